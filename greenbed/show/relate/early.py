"""Terms that a chapter uses before the note that introduces them has been read: notes to the author, no errors.

Bits come first in reading order, so this is about what a later chapter or a cheat sheet introduces. A use inside a link is no
use, and a chapter that has linked to the introducing note by then has shown the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from markdown_it.token import Token

from greenbed.model import Code, Entry, Kind, LinkKey, Note, Problem, Severity, Target
from greenbed.show.relate.mentions import Mentions, mentions_of
from greenbed.show.relate.prose import is_prose, stretches


class Use(NamedTuple):
    """Where a note names a term."""

    line: int  # file line
    words: str


def used_early(notes: Sequence[Note], entries: Sequence[Entry], targets: Mapping[LinkKey, Target]) -> tuple[Problem, ...]:
    """USED_BEFORE_DEFINED at the first use of each such term in each chapter; `notes` in reading order."""
    place = {note.path: number for number, note in enumerate(notes)}
    by_path = {note.path: note for note in notes}
    names = mentions_of(entries)
    found = []
    for note in notes:
        if note.kind is not Kind.CHAPTER:
            continue
        later = {term for term in names.in_note(note) if place[entries[term].note] > place[note.path]}
        for term, use in first_uses(note, later, names).items():
            entry = entries[term]
            if use.line < _shown_way(note, entry.note, targets):
                found.append(_problem(note, use, entry, by_path[entry.note]))
    return tuple(found)


def first_uses(note: Note, terms: set[int], names: Mentions) -> Mapping[int, Use]:
    """Where a note uses these terms first, in prose."""
    found: dict[int, Use] = {}
    for idx, token in enumerate(note.tokens if terms else ()):
        if not is_prose(note.tokens, idx):
            continue
        for stretch in stretches(token.children or ()):
            for spot in names.spots(stretch.text):
                if spot.term in terms and spot.term not in found:
                    words = stretch.text[spot.start : spot.end]
                    found[spot.term] = Use(_line(note, token, stretch.first, words), " ".join(words.split()))
    return found


def _line(note: Note, inline: Token, first: int, words: str) -> int:
    """The file line on which words stand, in or behind the token `first` of a block."""
    before = (token.meta.get("at", 0) for token in (inline.children or ())[:first])
    written = re.compile(r"\s+".join(map(re.escape, words.split()))).search(inline.content, max(before, default=0))
    offset = written.start() if written else 0
    return note.body_line + (inline.map[0] if inline.map else 0) + inline.content.count("\n", 0, offset)


def _shown_way(note: Note, introducing: PurePosixPath, targets: Mapping[LinkKey, Target]) -> float:
    """The line of the first link to the introducing note; infinite where there is none."""
    return min(_lines_of_links(note, introducing, targets), default=float("inf"))


def _lines_of_links(note: Note, introducing: PurePosixPath, targets: Mapping[LinkKey, Target]) -> Iterator[int]:
    for link in note.links:
        target = targets.get((note.path, link.kind, link.target, link.fragment))
        if target and target.note == introducing:
            yield link.line


def _problem(note: Note, use: Use, entry: Entry, introducing: Note) -> Problem:
    where = f"{introducing.path}:{entry.term.line}"
    return Problem(
        note.path.as_posix(),
        use.line,
        Code.USED_BEFORE_DEFINED,
        f'"{use.words}" is used here, but introduced later in reading order: {where}',
        f"introduce it here or earlier with [{entry.name}]{{.term}}, or link to the note that does",
        severity=Severity.NOTE,
    )
