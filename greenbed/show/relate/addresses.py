"""Who owns which URL: two notes that want one, places on a page with one id, and the old addresses that lead to new ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from greenbed.model import Code, Note, Problem
from greenbed.show.relate.anchors import anchors, page_of
from greenbed.show.urls import slugify

_CLEAN = re.compile(r"(?!\.+$)[\w.~-]+")


def url_conflicts(notes: Iterable[Note]) -> tuple[dict[PurePosixPath, Note], tuple[Problem, ...]]:
    """For each note whose URL another already has, that other; with a DUPLICATE_URL at the second in order of path."""
    owners: dict[str, Note] = {}
    losers: dict[PurePosixPath, Note] = {}
    problems = []
    for note in sorted(notes, key=lambda note: note.path):
        # File systems without case would let the two overwrite each other.
        owner = owners.setdefault(note.url.casefold(), note)
        if owner is not note:
            losers[note.path] = owner
            problems.append(_conflict(note, owner))
    return losers, tuple(problems)


def anchor_conflicts(notes: Iterable[Note]) -> tuple[Problem, ...]:
    """DUPLICATE_URL where two places of a cheat-sheet page would get one id; a note's own ids are unique already."""
    problems = []
    taken: dict[str, str] = {}
    for note in notes:
        _, mark, own = note.url.partition("#")
        if not mark:
            continue
        for id, line in ((own, note.title_line), *((place.page_id, place.line) for place in anchors(note))):
            if other := taken.get(f"{page_of(note)}#{id}"):
                problems.append(_same_id(note, line, id, other))
            else:
                taken[f"{page_of(note)}#{id}"] = f"{note.path}:{line}"
    return tuple(problems)


def redirects(notes: Sequence[Note]) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    """Old URL → new URL for every alias; DUPLICATE_URL where a note or another alias has that address."""
    owners = {url.casefold(): note for note in reversed(notes) for url in (note.url, page_of(note))}
    moved: dict[str, str] = {}
    problems = []
    for note in notes:
        for alias in note.meta.aliases:
            url = _old_url(note, alias)
            owner = owners.setdefault(url.casefold(), note)
            if owner is not note:
                problems.append(_alias_conflict(note, alias, url, owner))
            elif url.casefold() not in (note.url.casefold(), page_of(note).casefold()):
                moved[url] = note.url
    return dict(sorted(moved.items())), tuple(problems)


def _old_url(note: Note, alias: str) -> str:
    """An alias is a slug of the same kind; one that begins with "/" is a whole address."""
    segments = [part if _CLEAN.fullmatch(part) else slugify(part) for part in alias.split("/") if part]
    folders = [] if alias.startswith("/") else [note.kind.folder]
    return "/" + "".join(f"{part}/" for part in [*folders, *segments])


def _conflict(note: Note, owner: Note) -> Problem:
    return Problem(
        note.path.as_posix(),
        note.meta.lines.get("slug", note.title_line),
        Code.DUPLICATE_URL,
        f"two notes want {note.url}: {owner.path} and {note.path}",
        "give one of them another `slug`",
    )


def _same_id(note: Note, line: int, id: str, other: str) -> Problem:
    message = f'"#{id}" is already on {page_of(note)}, from {other}'
    return Problem(note.path.as_posix(), line, Code.DUPLICATE_URL, message, "give one of them another id or wording")


def _alias_conflict(note: Note, alias: str, url: str, owner: Note) -> Problem:
    return Problem(
        note.path.as_posix(),
        note.meta.lines.get("aliases", 1),
        Code.DUPLICATE_URL,
        f'the alias "{alias}" wants {url}, which belongs to {owner.path}',
        "remove the alias, or give it to one note alone",
    )
