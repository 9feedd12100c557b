"""Parts: folders below `cheatsheets/` and `chapters/`, in reading order. A part of cheat sheets is one page.

The title is the `part` that the notes of the folder give; they must agree. Without one it is the folder's name. Notes that lie
in no folder are free: a cheat sheet is a page of its own, a chapter belongs to the part that it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from greenbed.model import Code, Kind, Note, Part, Problem
from greenbed.show.relate.anchors import page_of
from greenbed.show.relate.order import folder_of
from greenbed.show.urls import slugify

_LEADING_NUMBER = re.compile(r"^\d+[-_. ]+")
_SEPARATORS = re.compile(r"[-_]+")


def cheatsheet_parts(notes: Iterable[Note]) -> tuple[Part, ...]:
    """The cheat-sheet pages, each with its chapters; `notes` in reading order."""
    pages: dict[str, list[Note]] = {}
    for note in notes:
        if note.kind is Kind.CHEATSHEET:
            pages.setdefault(page_of(note), []).append(note)
    return tuple(_part(PurePosixPath(url).name, url, members) for url, members in pages.items())


def chapter_parts(notes: Iterable[Note]) -> tuple[Part, ...]:
    """The parts that chapters come in, for the list of chapters; they are places on its page."""
    parts: dict[str, list[Note]] = {}
    for note in notes:
        if note.kind is Kind.CHAPTER:
            parts.setdefault(_chapter_slug(note), []).append(note)
    return tuple(_part(slug, f"/chapters/#{slug}", members) for slug, members in parts.items())


def fact_conflicts(notes: Iterable[Note]) -> tuple[Problem, ...]:
    """DUPLICATE_URL where facts of two pages have one id: readers' progress and flash cards are kept under it."""
    firsts: dict[str, Note] = {}
    problems = []
    for note in notes:
        for fact in note.facts if note.kind is Kind.CHEATSHEET else ():
            first = firsts.setdefault(fact.id, note)
            if page_of(first) != page_of(note):  # those of one page are told apart with its other places
                message = f'the fact "#{fact.id}" is already in {first.path}, and readers keep their progress under its id'
                hint = "give one of them another: :::fact {#…}"
                problems.append(Problem(note.path.as_posix(), fact.line, Code.DUPLICATE_URL, message, hint))
    return tuple(problems)


def part_conflicts(notes: Iterable[Note]) -> tuple[Problem, ...]:
    """FRONT_MATTER_TYPE where two files of a folder give different titles to their part."""
    first: dict[PurePosixPath, Note] = {}
    problems = []
    for note in notes:
        if note.kind is Kind.BIT or note.meta.part is None or not folder_of(note).parts:
            continue
        named = first.setdefault(note.path.parent, note)
        if named.meta.part != note.meta.part:
            problems.append(_conflict(note, named))
    return tuple(problems)


def _chapter_slug(note: Note) -> str:
    folder = folder_of(note)
    if not folder.parts:
        return slugify(note.meta.part) if note.meta.part else ""
    return "-".join(slugify(part) for part in folder.parts)


def _part(slug: str, url: str, notes: Sequence[Note]) -> Part:
    titles = (note.meta.part for note in notes if note.meta.part)
    title = next(titles, "") or _pretty(folder_of(notes[0]).name) or notes[0].title
    return Part(slug=slug, url=url, title=title, notes=tuple(note.path for note in notes))


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
