"""What checking gives: a verdict for every snippet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath

from greenbed.model.problem import Code


class Status(StrEnum):
    """The verdict on one snippet; the values are keys of the JSON report."""

    VERIFIED = "verified"
    RUNS = "runs"
    SKIPPED = "skipped"
    NOT_RUN = "not_run"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Failure:
    """One reason why a snippet failed."""

    code: Code
    line: int
    message: str
    hint: str = ""
    want: str = ""
    got: str = ""
    detail: str = ""  # traceback and tails of stdout and stderr
    column: int = 1
    claim: str = ""  # what did not hold, where --accept could mend it: "value", "printed", "output", "example", "literal"
    written: str = ""  # the claim as it stands in the note: a comment from its "#" on, whole lines, or the text of a literal
    mended: str = ""  # what would be true in its place
    unmended: str = ""  # why nothing would


@dataclass(frozen=True, slots=True)
class Sight:
    """What shapes a line of a snippet was seen to give: "x", ("(2, 4, 5) float32",)."""

    line: int  # 1-based within the snippet's code
    name: str  # as written: "x", "self.weight"
    seen: tuple[str, ...]  # distinct, in the order in which they came, at most three
    varies: bool = False  # there were more


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning that a snippet caused."""

    category: str  # "FutureWarning"
    message: str
    line: int  # 1-based within the snippet's code; outside of it where another snippet's function is to blame
    deprecates: str = ""  # the package that will drop what is used, as "torch"; empty for other warnings


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture that a snippet drew."""

    svg: str  # without style attributes, ids unique within it
    alt: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What running one snippet showed."""

    snippet: int  # its index in the note
    status: Status
    checks: int = 0  # claims that were reached and held, in this fence alone
    reason: str = ""  # for SKIPPED and NOT_RUN
    stdout: str = ""
    stderr: str = ""
    raised: str = ""  # "RuntimeError: …" where raises= was met
    failures: tuple[Failure, ...] = ()
    seconds: float = 0.0
    verified_on: str = ""  # ISO date of the run, UTC
    cached: bool = False
    shown: str = ""  # repr of the last bare expression, where `show` asks for it
    sights: tuple[Sight, ...] = ()  # by line and name
    unreached: tuple[int, ...] = ()  # lines of claims that were never reached, 1-based within the snippet's code
    warnings: tuple[Warned, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Environment:
    """What the snippets ran on; shown to the reader beside every verdict."""

    python: str  # "3.11.7"
    torch: str  # "2.13.0+cpu"; empty when not installed
    platform: str  # "Linux x86_64"
    isolation: str  # "namespaces, Landlock" or what was missing


@dataclass(frozen=True, slots=True)
class Survivor:
    """A mutant that no check of its note noticed."""

    line: int  # of the file
    source: str  # the statement as written, in one line
    mutant: str  # the same, mutated
    reason: str = ""  # where the note declares it equivalent


@dataclass(frozen=True, slots=True)
class Teeth:
    """What mutation testing showed of one note."""

    mutants: int  # without those declared equivalent
    noticed: int
    survivors: tuple[Survivor, ...] = ()  # by line; the declared ones, which have a reason, among them
    untried: int = 0  # could not be tried, and are not counted in `mutants`
    hindrance: str = ""  # why


@dataclass(frozen=True, slots=True)
class Verification:
    """All verdicts of a garden."""

    by_path: Mapping[PurePosixPath, tuple[Verdict, ...]]  # one for each snippet, in order
    environment: Environment
    executed: int = 0  # snippets
    cached: int = 0
    reads: tuple[str, ...] = ()  # absolute paths of files outside the interpreter that snippets read, sorted
    teeth: Mapping[PurePosixPath, Teeth] = field(default_factory=dict)  # of the notes whose mutants were tried
