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


class FailureRecord(TypedDict):
    """One reason for failure; fields as in model.Failure, `line` relative to the snippet."""

    code: str
    line: int
    message: str
    hint: str
    want: str
    got: str
    detail: str


class Record(TypedDict):
    """What one snippet showed; every snippet of a job leaves exactly one."""

    note: str
    snippet: int
    status: Literal["ran", "skipped", "failed", "not_run"]
    checks: int  # claims reached that held: distinct asserts, value comments, doctest examples, output fences, raises=
    reason: str
    stdout: str
    stderr: str
    raised: str
    failures: list[FailureRecord]
    seconds: float
    reads: list[str]  # absolute paths of files read so far, outside the interpreter and site-packages
    distributions: list[str]  # top-level names of third-party packages imported so far
    randomness: str  # digest of what two ambient seeds are compared by; "" when the global generators were not used unseeded


_TYPES: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("note", "reason", "stdout", "stderr", "raised", "randomness"), str),
    **dict.fromkeys(("snippet", "checks"), int),
    **dict.fromkeys(("reads", "distributions", "failures"), list),
    "seconds": (int, float),
}
_STATUSES = ("ran", "skipped", "failed", "not_run")


def as_record(message: Mapping[str, object]) -> Record | None:
    """What came over a pipe, if it is a Record: a snippet can write there, too."""
    failures = message.get("failures")
    if not all(isinstance(message.get(name), kind) for name, kind in _TYPES.items()) or message.get("status") not in _STATUSES:
        return None
    if not isinstance(failures, list) or not all(map(_is_failure, failures)):
        return None
    record: Any = dict(message)
    return cast(Record, record)


def _is_failure(value: object) -> bool:
    names = FailureRecord.__annotations__
    return isinstance(value, dict) and all(isinstance(value.get(name), int if name == "line" else str) for name in names)


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
        "randomness": "",
    }
