"""What a note's file holds, and whether an amended text is the same note but for the claims that were to change."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from greenbed.accept.amend import as_lines
from greenbed.accept.locate import Change
from greenbed.model import Note, Source

Reader = Callable[[Source], Note]
"""Source → Note, as the pipeline reads it."""

Place = tuple[int, int]
"""File line and column."""


def as_run(file: Path, sha256: str) -> str | None:
    """The text of a file, with its own line ends and byte order mark; None where it is no longer what was run."""
    try:
        content = file.read_bytes()
    except OSError:
        return None
    return content.decode("utf-8") if hashlib.sha256(content).hexdigest() == sha256 else None


def is_as_intended(note: Note, changes: Sequence[Change], literals: Mapping[Place, str], text: str, read: Reader) -> bool:
    """Whether `text` reads as `note` with those changes and literals."""
    again = read(Source(note.path, note.file, "\n".join(as_lines(text)), note.sha256))
    return _told(again, (), {}) == _told(note, changes, literals)


def _told(note: Note, changes: Sequence[Change], literals: Mapping[Place, str]) -> list[object]:
    """All that is run and claimed, with changes made."""
    snippets = [
        (
            _changed(snippet.code, snippet.line, changes),
            snippet.expected and _changed(snippet.expected.text, snippet.expected.line, changes),
            snippet.role,
            snippet.options,
            snippet.owner,
        )
        for snippet in note.snippets
    ]
    said = [(literals.get((each.line, each.column), each.text), each.expression, each.after) for each in note.literals]
    return [len(note.tokens), len(note.headings), note.meta.tags, snippets, said]


def _changed(text: str, first: int, changes: Sequence[Change]) -> str:
    """The text of a fence whose first line is file line `first`."""
    lines = text.split("\n")
    count = max(len(lines) - 1, 1)
    for change in sorted(changes, key=lambda change: -change.line):
        if first <= change.line < first + count:
            start = change.line - first
            lines[start : start + len(change.old)] = change.new
    return "\n".join(lines)
