"""Which token came in the place of which that is written, also where an ellipsis stands for some of them.

Marks have to agree: two texts that are built differently have no places in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, pairwise

from greenbed.check.evidence.brackets import Group, Item, grouped, is_star
from greenbed.check.evidence.tokens import Token

Pair = tuple[Token, Token]
"""A token as written, and the one that came for it."""

_NUMBERS = frozenset({"float", "integer", "imaginary"})
_REPLACEABLE = frozenset({"word", "string"})


def aligned(want: Sequence[Token], got: Sequence[Token]) -> list[Pair] | None:
    """Pairs for all tokens but ellipses and brackets; None where the two are built differently."""
    return _items(grouped(want), grouped(got))


def _items(want: Sequence[Item], got: Sequence[Item]) -> list[Pair] | None:
    stars = [place for place, item in enumerate(want) if is_star(item)]
    if not stars:
        return _row(want, got)
    head, tail = want[: stars[0]], want[stars[-1] + 1 :]
    end = len(got) - len(tail)
    if len(head) > end:
        return None
    chunks = [want[left + 1 : right] for left, right in pairwise(stars)]
    parts = [
        _row(head, got[: len(head)]),
        _chunks([chunk for chunk in chunks if chunk], got[len(head) : end]),
        _row(tail, got[end:]),
    ]
    return _together(parts)


def _chunks(chunks: Sequence[Sequence[Item]], got: Sequence[Item]) -> list[Pair] | None:
    """What stands between two ellipses is looked for from the left, by all but its floats."""
    pairs: list[Pair] = []
    start = 0
    for chunk in chunks:
        places = range(start, len(got) - len(chunk) + 1)
        found = ((at, row) for at in places if (row := _row(chunk, got[at : at + len(chunk)], by_all=True)) is not None)
        at, row = next(found, (0, None))
        if row is None:
            return None
        pairs += row
        start = at + len(chunk)
    return pairs


def _row(want: Sequence[Item], got: Sequence[Item], *, by_all: bool = False) -> list[Pair] | None:
    if len(want) != len(got):
        return None
    return _together(_one(*pair, by_all=by_all) for pair in zip(want, got, strict=True))


def _one(want: Item, got: Item, *, by_all: bool) -> list[Pair] | None:
    if isinstance(want, Token) and isinstance(got, Token):
        return [(want, got)] if _may_stand_for(want, got, by_all=by_all) else None
    if isinstance(want, Group) and isinstance(got, Group) and want.opening.text == got.opening.text:
        return _items(want.items, got.items)
    return None


def _together(parts: Iterable[list[Pair] | None]) -> list[Pair] | None:
    rows: list[list[Pair]] = []
    for part in parts:
        if part is None:
            return None
        rows.append(part)
    return list(chain.from_iterable(rows))


def _may_stand_for(want: Token, got: Token, *, by_all: bool) -> bool:
    if want.text == got.text:
        return True
    if by_all:
        return want.kind == got.kind == "float"
    return {want.kind, got.kind} <= _NUMBERS or (want.kind == got.kind and want.kind in _REPLACEABLE)
