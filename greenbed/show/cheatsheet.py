"""Parts: folders below `cheatsheets/` and `chapters/`, in reading order. A part of cheat sheets is one page.

The title is the `part` that the notes of the folder give; they must agree. Without one it is the folder's name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePosixPath

from greenbed.model import Code, Kind, Note, Part, Problem
from greenbed.show.anchors import page_of
from greenbed.show.order import folder_of
from greenbed.show.urls import slugify

_LEADING_NUMBER = re.compile(r"^\d+[-_. ]+")
_SEPARATORS = re.compile(r"[-_]+")


def cheatsheet_parts(notes: Iterable[Note]) -> tuple[Part, ...]:
    """The cheat-sheet pages, each with its chapters; `notes` in reading order."""
    return _parts((note for note in notes if note.kind is Kind.CHEATSHEET), page_of)


def chapter_parts(notes: Iterable[Note]) -> tuple[Part, ...]:
    """The parts that chapters come in, for the list of chapters; they have no page, so the URL is the list's."""
    return _parts((note for note in notes if note.kind is Kind.CHAPTER), lambda note: f"/chapters/#{_slug(folder_of(note))}")


def part_conflicts(notes: Iterable[Note]) -> tuple[Problem, ...]:
    """FRONT_MATTER_TYPE where two files of a folder give different titles to their part."""
    first: dict[PurePosixPath, Note] = {}
    problems = []
    for note in notes:
        if note.kind is Kind.BIT or note.meta.part is None:
            continue
        named = first.setdefault(note.path.parent, note)
        if named.meta.part != note.meta.part:
            problems.append(_conflict(note, named))
    return tuple(problems)


def _parts(notes: Iterable[Note], url_of: Callable[[Note], str]) -> tuple[Part, ...]:
    grouped: dict[str, list[Note]] = {}
    for note in notes:
        grouped.setdefault(url_of(note), []).append(note)
    return tuple(_part(url, members) for url, members in grouped.items())


def _part(url: str, notes: Sequence[Note]) -> Part:
    folder = folder_of(notes[0])
    titles = (note.meta.part for note in notes if note.meta.part)
    title = next(titles, "") or _pretty(folder.name) or notes[0].title
    return Part(slug=_slug(folder), url=url, title=title, notes=tuple(note.path for note in notes))


def _slug(folder: PurePosixPath) -> str:
    return "/".join(slugify(part) for part in folder.parts)


def _pretty(name: str) -> str:
    """ "01-first_steps" → "First steps"."""
    words = _SEPARATORS.sub(" ", _LEADING_NUMBER.sub("", name)).strip()
    return words[:1].upper() + words[1:]


def _conflict(note: Note, named: Note) -> Problem:
    return Problem(
        note.path.as_posix(),
        note.meta.lines.get("part", 1),
        Code.FRONT_MATTER_TYPE,
        f'part "{note.meta.part}", but {named.path} calls this part "{named.meta.part}"',
        "a folder is one part: give its files the same title, or leave it to one of them",
    )
