"""The small picture beside a note: who links to it above, itself, where it links below, and the links among these.

It shows what two lists of links do not: which of them belong together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from greenbed.show.map.layout import arc
from greenbed.show.map.letters import cut
from greenbed.show.map.web import Web

MOST = 12  # neighbours that are shown
ROW = 24  # pixels of the picture
WIDTH = 240
DOT = 30
TITLE = DOT + 12


@dataclass(frozen=True, slots=True)
class Row:
    """A note in the small picture."""

    url: str  # empty for the note itself
    title: str  # as much of it as there is room for
    y: int


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What stands around one note."""

    rows: tuple[Row, ...]  # from top to bottom
    height: int
    own: str  # path data (SVG 2 §9.3) of the links from and to the note
    others: str  # of those among its neighbours; empty where there are none
    above: int  # notes that link here
    below: int  # notes that it links to
    more: int  # neighbours for which there was no room


class Surroundings:
    """Makes the small pictures of a garden."""

    def __init__(self, titles: Mapping[PurePosixPath, str], urls: Mapping[PurePosixPath, str], web: Web) -> None:
        self.titles = titles
        self.urls = urls
        self.web = web
        self.order = {path: number for number, path in enumerate(titles)}

    def of(self, path: PurePosixPath) -> Neighbours | None:
        """The small picture of a note; None where it has no neighbours."""
        out = self.web.out.get(path, ())
        into = tuple(other for other in self.web.into.get(path, ()) if other not in out)
        if not into and not out:
            return None
        kept = self.nearest(path, (*into, *out))
        column = [*(other for other in into if other in kept), path, *(other for other in out if other in kept)]
        at = {other: number * ROW + ROW // 2 for number, other in enumerate(column)}
        return Neighbours(
            rows=tuple(self.row(other, y, is_own=other == path) for other, y in at.items()),
            height=len(column) * ROW,
            own="".join(between(at[path], at[other]) for other in column if other != path),
            others="".join(between(at[one], at[other]) for one, other in self.among(column, path)),
            above=len(self.web.into.get(path, ())),
            below=len(out),
            more=len(into) + len(out) - len(kept),
        )

    def nearest(self, path: PurePosixPath, found: Sequence[PurePosixPath]) -> frozenset[PurePosixPath]:
        """Those that share most neighbours with the note, where there are too many; of equals the first in reading order."""
        if len(found) <= MOST:
            return frozenset(found)
        around = {path, *found}
        shared = {other: self.links(other, around) for other in found}
        return frozenset(sorted(found, key=lambda other: (-shared[other], self.order[other]))[:MOST])

    def links(self, path: PurePosixPath, around: set[PurePosixPath]) -> int:
        """How many links there are between a note and these."""
        return sum(other in around for other in (*self.web.into.get(path, ()), *self.web.out.get(path, ())))

    def among(self, column: Sequence[PurePosixPath], path: PurePosixPath) -> Iterator[tuple[PurePosixPath, PurePosixPath]]:
        """The links among the neighbours, each pair once."""
        shown = {other: number for number, other in enumerate(column) if other != path}
        pairs = {
            (min(one, other, key=shown.__getitem__), max(one, other, key=shown.__getitem__))
            for one in shown
            for other in self.web.out.get(one, ())
            if other in shown
        }
        yield from sorted(pairs, key=lambda pair: (shown[pair[0]], shown[pair[1]]))

    def row(self, path: PurePosixPath, y: int, *, is_own: bool) -> Row:
        """A note at its place."""
        return Row("" if is_own else self.urls[path], cut(self.titles[path], WIDTH - TITLE - (14 if is_own else 4)), y)


def between(one: int, other: int) -> str:
    """The line between two rows."""
    return arc(DOT, min(one, other), max(one, other), DOT - 4)
