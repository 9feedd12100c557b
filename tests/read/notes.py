"""What the tests of the read stage have in common: notes from text."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path, PurePosixPath
from textwrap import dedent

from greenbed.model import Code, Document, Note, Problem, Severity, Source
from greenbed.read.extract import extract
from greenbed.read.parse import parse


def source(text: str, path: str = "bits/a.md", *, committed: date | None = None) -> Source:
    """A file as discover gives it."""
    return Source(PurePosixPath(path), Path("/garden") / path, text, sha256(text.encode()).hexdigest(), committed)


def document(text: str, path: str = "bits/a.md") -> Document:
    """A parsed file without problems."""
    parsed, problems = parse(source(dedent(text), path))
    assert problems == ()
    return parsed


def read(text: str, path: str = "bits/a.md", *, committed: date | None = None) -> tuple[Note, tuple[Problem, ...]]:
    """A note and everything that is wrong with it."""
    parsed, broken = parse(source(dedent(text), path, committed=committed))
    note, unclear = extract(parsed)
    return note, broken + unclear


def note(text: str, path: str = "bits/a.md") -> Note:
    """A note that has no problems."""
    found, problems = read(text, path)
    assert problems == ()
    return found


def problem(text: str, path: str = "bits/a.md") -> Problem:
    """The only problem of a note."""
    _, (found,) = read(text, path)
    return found


def places(text: str) -> list[tuple[int, Code]]:
    """Line and code of each problem."""
    _, problems = read(text)
    return [(found.line, found.code) for found in problems]


def error(code: Code, line: int, column: int, message: str, hint: str, path: str = "bits/a.md") -> Problem:
    """A problem that stops publication."""
    return Problem(path, line, code, message, hint, column, Severity.ERROR)
