"""The name that an author may have meant.

A list of names is searched through their three-letter pieces, so that a garden with thousands of dead links does not compare
each with each.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches
from functools import cached_property

_CANDIDATES = 20  # the names that share most pieces are compared in full
_CUTOFF = 0.6  # difflib's own


def nearest(word: str, names: Iterable[str]) -> str:
    """The name of a short list that is written most like `word`; empty when none is."""
    spelled = {name.casefold(): name for name in names}
    return next((spelled[match] for match in get_close_matches(word.casefold(), spelled, n=1, cutoff=_CUTOFF)), "")


class Near:
    """A long list of names to search again and again; nothing is computed before the first search."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = names

    def find(self, word: str) -> str:
        """The name that is written most like `word`; the first of equals; empty when none is."""
        wanted = word.casefold()
        shared = Counter(name for piece in _pieces(wanted) for name in self._by_piece.get(piece, ()))
        ranked = sorted(shared, key=lambda name: (-shared[name], self._order[name]))[:_CANDIDATES]
        scored = [(SequenceMatcher(None, wanted, name.casefold()).ratio(), -self._order[name], name) for name in ranked]
        best = max(scored, default=(0.0, 0, ""))
        return best[2] if best[0] >= _CUTOFF else ""

    @cached_property
    def _order(self) -> dict[str, int]:
        return {name: index for index, name in enumerate(dict.fromkeys(self._names))}

    @cached_property
    def _by_piece(self) -> dict[str, list[str]]:
        by_piece: dict[str, list[str]] = defaultdict(list)
        for name in self._order:
            for piece in _pieces(name.casefold()):
                by_piece[piece].append(name)
        return by_piece


def _pieces(word: str) -> set[str]:
    padded = f"  {word} "
    return {padded[index : index + 3] for index in range(len(padded) - 2)}
