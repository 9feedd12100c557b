"""What can be wrong, and how it is said."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a problem is: an error stops publication, a warning does so under --strict, a note to the author never does."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """Its place in a list, the worst first."""
        return list(Severity).index(self)


class Code(StrEnum):
    """The closed list of what can be wrong; each has a test that provokes it."""

    # read
    EMPTY_CONTENT = "empty-content"
    EMPTY_NOTE = "empty-note"
    UNREADABLE = "unreadable"
    NOT_UTF8 = "not-utf8"
    FRONT_MATTER = "front-matter"  # YAML that does not parse, or a block that is never closed
    FRONT_MATTER_TYPE = "front-matter-type"
    UNKNOWN_KEY = "unknown-key"
    UNCLOSED_FENCE = "unclosed-fence"
    UNCLOSED_CONTAINER = "unclosed-container"
    UNKNOWN_CONTAINER = "unknown-container"
    UNKNOWN_OPTION = "unknown-option"  # a word or key in a fence's info string
    BAD_OPTION = "bad-option"  # a known key with a value it cannot have
    ORPHAN_SNIPPET = "orphan-snippet"  # a check, setup or output fence with no snippet to belong to
    BAD_TERM = "bad-term"
    BAD_FACT = "bad-fact"
    BAD_LITERAL = "bad-literal"  # a comment <!-- = … --> that nothing can check
    BAD_REFERENCE = "bad-reference"  # an entry of the bibliography that is not whole, or a file that is none
    # check
    FAILED = "failed"  # the snippet raised
    MISMATCH = "mismatch"  # want and got differ
    NOT_RAISED = "not-raised"
    SHAPE = "shape"  # a shape comment or annotation that is not true
    CANNOT_FAIL = "cannot-fail"  # a check that would hold whatever the code did
    EMPTY_EXPECTATION = "empty-expectation"  # only "...", which anything would meet
    TIMEOUT = "timeout"
    CRASHED = "crashed"
    EXITED = "exited"
    MEMORY = "memory"
    FLOOD = "flood"
    LEFT_PROCESSES = "left-processes"
    FORBIDDEN = "forbidden"  # network, or a write outside the scratch folder
    UNPROVEN = "unproven"
    UNSEEDED = "unseeded"
    LEAKS_STATE = "leaks-state"
    DEPRECATED = "deprecated"  # a package will drop what the snippet uses
    MISSING_ALT = "missing-alt"
    NO_FIGURE = "no-figure"  # alt= on a fence that draws nothing
    HEAVY_FIGURE = "heavy-figure"
    FACT_REFUTED = "fact-refuted"
    DISTRACTOR_HOLDS = "distractor-holds"
    IDLE_EQUIVALENT = "idle-equivalent"  # a declared mutant that does not survive
    TOOTHLESS = "toothless"  # fewer mutants are noticed than the settings demand
    NO_ISOLATION = "no-isolation"
    CACHE_DAMAGED = "cache-damaged"
    # show
    UNKNOWN_CATEGORY = "unknown-category"  # not in the garden's vocabulary
    UNKNOWN_TAG = "unknown-tag"
    DUPLICATE_URL = "duplicate-url"
    DEAD_LINK = "dead-link"
    DEAD_ANCHOR = "dead-anchor"
    AMBIGUOUS_LINK = "ambiguous-link"
    MISSING_FILE = "missing-file"
    EMBED_CYCLE = "embed-cycle"
    UNKNOWN_CITATION = "unknown-citation"  # a key that the bibliography does not have
    BAD_MATH = "bad-math"
    USED_BEFORE_DEFINED = "used-before-defined"  # a term in a chapter, before what introduces it in reading order
    TEMPLATE = "template"
    WRITE_FAILED = "write-failed"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where, and how to mend it."""

    path: str  # below the content folder; for a template, below the project folder
    line: int
    code: Code
    message: str  # one line: what is wrong, quoting what the author wrote
    hint: str = ""  # one line: how to mend it
    column: int = 1
    severity: Severity = Severity.ERROR
    detail: str = ""  # evidence in several lines: want and got, tail of stdout; never in the one-line form
