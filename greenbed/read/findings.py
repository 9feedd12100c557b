"""What a reading step noticed, before the file's path is added: inner functions deal in lines alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import PurePosixPath

from greenbed.model import Code, Problem, Severity

UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What could move a terminal's cursor or turn its text round when it is quoted."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem without its path; `line` is the file line, in Markdown rules the 0-based line of the body."""

    line: int
    code: Code
    message: str
    hint: str = ""
    column: int = 1
    severity: Severity = Severity.ERROR


def problems(path: PurePosixPath, findings: Iterable[Finding], *, above: int = 0) -> tuple[Problem, ...]:
    """The findings as problems of the file at `path`; `above` is added to each line."""
    return tuple(_problem(str(path), found, above) for found in findings)


def _problem(path: str, found: Finding, above: int) -> Problem:
    message, hint = (UNPRINTABLE.sub("\ufffd", text) for text in (found.message, found.hint))
    return Problem(path, found.line + above, found.code, message, hint, found.column, found.severity)


def suggestion(word: str, known: Collection[str]) -> str:
    """A hint for a misspelt word: the nearest known one, else all of them."""
    near = get_close_matches(word, known, n=1)
    return f'did you mean "{near[0]}"?' if near else f"known are {', '.join(known)}"


def excerpt(written: str, *, length: int = 48) -> str:
    """What the author wrote, on one line and short enough for a message."""
    line = " ".join(written.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
