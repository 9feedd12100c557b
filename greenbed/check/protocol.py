"""What crosses the process boundary: a Job goes in, Records come out, as JSON lines.

Data crosses, exceptions never: an exception class with required arguments does not survive unpickling and takes the pool down.
Line numbers in a Record are relative to the snippet (1 = its first line of code), so that a cached record stays true when prose
above it changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypedDict, cast


class ChoiceJob(TypedDict):
    """One option of a fact, bound to `answer`: its value where `text` is a Python literal, else `text` itself."""

    text: str
    line: int  # file line


class LiteralJob(TypedDict):
    """A checked literal."""

    line: int  # file line
    column: int
    text: str  # as written
    expression: str


class SnippetJob(TypedDict):
    """One snippet, ready to run."""

    index: int
    line: int  # file line of the first line of code
    code: str
    role: str  # values of model.Role
    raises: tuple[str, str] | None  # exception type, text in its message
    skip: str | None
    needs: tuple[str, ...]
    tol: float | None
    timeout: float  # seconds, defaults already applied
    sets: tuple[str, ...]
    new: bool
    show: bool  # keep the repr of the last bare expression
    alt: str | None  # what a figure shows
    before: list[LiteralJob]  # those above the first snippet; empty for all others
    after: list[LiteralJob]  # those between this snippet and the next
    expected: str | None  # stdout that the ```output fence promises
    expected_line: int  # its first line, relative to the snippet's first line of code (1-based)
    choices: list[ChoiceJob]  # role "fact": the answer first


class Job(TypedDict):
    """One note to run from top to bottom in one process."""

    note: str  # path below content; identifies the job in records
    file: str  # absolute path of the Markdown file: what tracebacks and inspect.getsource name
    seed: int  # ambient seed of random, numpy and torch
    snippets: list[SnippetJob]
    beside: dict[str, str]  # name below the scratch folder → absolute path of a file beside the note
    memory_bytes: int
    output_bytes: int
    sights: bool  # whether the shapes that lines give are taken down


class FailureRecord(TypedDict):
    """One reason for failure; fields as in model.Failure, `line` relative to the snippet."""

    code: str
    line: int
    message: str
    hint: str
    want: str
    got: str
    detail: str
    claim: str
    column: int
    written: str
    mended: str
    unmended: str


class SightRecord(TypedDict):
    """As model.Sight, of any snippet: a function may be called long after it was defined."""

    snippet: int
    line: int
    name: str
    seen: list[str]
    varies: bool


class UnreachedRecord(TypedDict):
    """A claim that was never reached."""

    snippet: int
    line: int


class WarningRecord(TypedDict):
    """As model.Warned, but for the line: a function of another snippet may be to blame."""

    category: str
    message: str
    snippet: int
    line: int  # relative to that snippet
    deprecates: str


class FigureRecord(TypedDict):
    """As model.Figure."""

    svg: str
    alt: str


class Record(TypedDict):
    """What one snippet showed; every snippet of a job leaves exactly one."""

    note: str
    snippet: int
    status: Literal["ran", "skipped", "failed", "not_run"]
    checks: (
        int  # its claims that were reached and held, distinct: comments, asserts, examples, output fences, raises=, literals
    )
    reason: str
    stdout: str
    stderr: str
    raised: str
    failures: list[FailureRecord]
    seconds: float
    reads: list[str]  # absolute paths of files read so far, outside the interpreter and site-packages
    distributions: list[str]  # top-level names of third-party packages imported so far
    shown: str
    sights: list[SightRecord]  # of the lines that were reached while it ran, as they stand after it
    proves: list[int]  # the other snippets of the claims that held for the first time while it ran, each once a claim
    unreached: list[UnreachedRecord]  # of all of the note, in the record of its last snippet
    warnings: list[WarningRecord]
    figures: list[FigureRecord]
    randomness: str  # digest of what two ambient seeds are compared by; "" when the global generators were not used unseeded


_TYPES: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("note", "reason", "stdout", "stderr", "raised", "shown", "randomness"), str),
    **dict.fromkeys(("snippet", "checks"), int),
    **dict.fromkeys(("reads", "distributions", "failures", "sights", "proves", "unreached", "warnings", "figures"), list),
    "seconds": (int, float),
}
_STATUSES = ("ran", "skipped", "failed", "not_run")


def as_record(message: Mapping[str, object]) -> Record | None:
    """What came over a pipe, if it is a Record: a snippet can write there, too."""
    if not all(isinstance(message.get(name), kind) for name, kind in _TYPES.items()) or message.get("status") not in _STATUSES:
        return None
    if not all(_is_shaped(message[name], kind) for name, kind in _LISTED.items()):
        return None
    record: Any = dict(message)
    return cast(Record, record) if all(isinstance(index, int) for index in record["proves"]) else None


_LISTED: dict[str, type] = {
    "failures": FailureRecord,
    "sights": SightRecord,
    "unreached": UnreachedRecord,
    "warnings": WarningRecord,
    "figures": FigureRecord,
}
_FIELDS: dict[str, type] = {"int": int, "str": str, "bool": bool, "list[str]": list}


def _is_shaped(values: object, kind: type) -> bool:
    """Whether `values` is a list of dictionaries with the fields of `kind`."""
    fields = [(name, _FIELDS[str(said)]) for name, said in _SAID[kind].items()]
    return isinstance(values, list) and all(
        isinstance(value, dict) and all(isinstance(value.get(name), type_) for name, type_ in fields) for value in values
    )


_SAID = {kind: {name: hint.__forward_arg__ for name, hint in kind.__annotations__.items()} for kind in _LISTED.values()}


def unmendable(
    code: str, line: int, message: str, hint: str, *, want: str = "", got: str = "", detail: str = ""
) -> FailureRecord:
    """A reason for failure that is no claim, so that --accept has nothing to write in its place."""
    return {
        "code": code,
        "line": line,
        "message": message,
        "hint": hint,
        "want": want,
        "got": got,
        "detail": detail,
        "claim": "",
        "column": 1,
        "written": "",
        "mended": "",
        "unmended": "",
    }


def blank(note: str, snippet: int, reason: str) -> Record:
    """The record of a snippet that was not run, and why."""
    return {
        "note": note,
        "snippet": snippet,
        "status": "not_run",
        "checks": 0,
        "reason": reason,
        "stdout": "",
        "stderr": "",
        "raised": "",
        "failures": [],
        "seconds": 0.0,
        "reads": [],
        "distributions": [],
        "shown": "",
        "sights": [],
        "proves": [],
        "unreached": [],
        "warnings": [],
        "figures": [],
        "randomness": "",
    }
