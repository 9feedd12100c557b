"""Embeds that show themselves: `![[b]]` in a and `![[a]]` in b would never end.

What counts is the section that is shown, not the note: a note may well embed another section of itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from greenbed.model import Code, LinkKey, LinkKind, Note, Problem, Target
from greenbed.show.relate.sections import section

_Shown = tuple[PurePosixPath, str]  # note and note-local id, "" for the whole


def embed_cycles(notes: Mapping[PurePosixPath, Note], targets: Mapping[LinkKey, Target]) -> tuple[Problem, ...]:
    """EMBED_CYCLE for each ring of embeds, at the embed of its first note by path."""
    embedding = {key[0] for key in targets if key[1] is LinkKind.EMBED}
    rings: dict[frozenset[_Shown], list[_Shown]] = {}
    finished: set[_Shown] = set()
    for path in sorted(embedding):
        for ring in _rings((path, ""), notes, targets, finished):
            rings.setdefault(frozenset(ring), ring)
    return tuple(_problem(ring, notes, targets) for ring in rings.values())


def _rings(
    start: _Shown, notes: Mapping[PurePosixPath, Note], targets: Mapping[LinkKey, Target], finished: set[_Shown]
) -> Iterator[list[_Shown]]:
    """Walk depth first, without recursion: a chain of embeds may be as long as the garden."""
    way: list[_Shown] = []
    on_way: set[_Shown] = set()
    stack: list[tuple[_Shown, Iterator[_Shown]]] = []

    def enter(shown: _Shown) -> None:
        way.append(shown)
        on_way.add(shown)
        stack.append((shown, iter(tuple(_embedded(shown, notes, targets)))))

    if start not in finished:
        enter(start)
    while stack:
        shown, following = stack[-1]
        if (child := next(following, None)) is None:
            stack.pop()
            on_way.discard(way.pop())
            finished.add(shown)
        elif child in on_way:
            yield way[way.index(child) :]
        elif child not in finished:
            enter(child)


def _embedded(shown: _Shown, notes: Mapping[PurePosixPath, Note], targets: Mapping[LinkKey, Target]) -> Iterable[_Shown]:
    path, fragment = shown
    for token in section(notes[path], fragment):
        if token.type == "embed":
            target = targets.get((path, LinkKind.EMBED, token.meta["target"], token.meta.get("fragment", "")))
            if target and target.note:
                yield target.note, target.fragment


def _problem(ring: list[_Shown], notes: Mapping[PurePosixPath, Note], targets: Mapping[LinkKey, Target]) -> Problem:
    first = min(range(len(ring)), key=lambda index: ring[index])
    ring = ring[first:] + ring[:first]
    path, following = ring[0][0], ring[1 % len(ring)]
    note = notes[path]
    link = next(
        link
        for link in note.links
        if link.kind is LinkKind.EMBED
        and (found := targets.get((path, link.kind, link.target, link.fragment)))
        and (found.note, found.fragment) == following
    )
    way = " → ".join(_named(shown) for shown in [*ring, ring[0]])
    message = f"![[{link.target}{'#' if link.fragment else ''}{link.fragment}]] embeds itself: {way}"
    return Problem(
        path.as_posix(), link.line, Code.EMBED_CYCLE, message, "make one of these embeds a link: leave out the !", link.column
    )


def _named(shown: _Shown) -> str:
    path, fragment = shown
    return f"{path}#{fragment}" if fragment else path.as_posix()
