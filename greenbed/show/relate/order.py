"""The order in which a garden is read: bits, then chapters, then cheat sheets.

Bits stand by themselves, so they go by `order`, then by date of creation. Chapters and cheat sheets come in parts, which are
folders: by folder first, then by `order`, then by date. What has no order comes after what has one, what has no date after what
has one, and the path decides at last. Numbers in names count as numbers: "2-masks" comes before "10-caches".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from math import inf
from pathlib import PurePosixPath

from greenbed.model import Kind, Note

_NUMBER = re.compile(r"(\d+)")
_KINDS = {Kind.BIT: 0, Kind.CHAPTER: 1, Kind.CHEATSHEET: 2}

NaturalKey = tuple[tuple[int, str], ...]


def reading_order(notes: Iterable[Note]) -> tuple[Note, ...]:
    """The notes as a reader meets them."""
    return tuple(sorted(notes, key=_place))


def natural(text: str) -> NaturalKey:
    """Sort key in which numbers count as numbers.

    >>> sorted(["10-caches", "2-masks"], key=natural)
    ['2-masks', '10-caches']
    """
    pieces = _NUMBER.split(text.casefold())
    return tuple((int(piece), "") if index % 2 else (-1, piece) for index, piece in enumerate(pieces))


def folder_of(note: Note) -> PurePosixPath:
    """The folder below the kind's own, "." where there is none: the part of a chapter or cheat sheet."""
    return PurePosixPath(*note.path.parent.parts[1:])


def _place(note: Note) -> tuple[int, tuple[NaturalKey, ...], float, date, NaturalKey, str]:
    folders = () if note.kind is Kind.BIT else tuple(natural(part) for part in folder_of(note).parts)
    order = inf if note.meta.order is None else note.meta.order
    return _KINDS[note.kind], folders, order, note.created or date.max, natural(note.path.as_posix()), note.path.as_posix()
