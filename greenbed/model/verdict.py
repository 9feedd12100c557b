"""What checking gives: a verdict for every snippet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Environment:
    """What the snippets ran on; shown to the reader beside every verdict."""

    python: str  # "3.11.7"
    torch: str  # "2.13.0+cpu"; empty when not installed
    platform: str  # "Linux x86_64"
    isolation: str  # "namespaces, Landlock" or what was missing


@dataclass(frozen=True, slots=True)
class Verification:
    """All verdicts of a garden."""

    by_path: Mapping[PurePosixPath, tuple[Verdict, ...]]  # one for each snippet, in order
    environment: Environment
    executed: int = 0  # snippets
    cached: int = 0
    reads: tuple[str, ...] = ()  # absolute paths of files outside the interpreter that snippets read, sorted
