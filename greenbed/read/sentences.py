"""Sentences of a paragraph, as text and as tokens."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from markdown_it.token import Token

from greenbed.read.text import seen

ENDING = re.compile(r"""[.!?…]+["'”’»)\]]*\s+(?=\S)|[。！？]+\s*""")
LAST_WORD = re.compile(r"(?:^|[\s(\[])(\S+)\Z")
INITIAL = re.compile(r"[A-Z]\.")
ABBREVIATION = re.compile(
    r"(?:al|approx|ca|cf|ch|dr|e\.g|eds?|eqs?|figs?|i\.e|incl|mrs?|ms|nos?|pp?|prof|refs?|resp|sec|st|tab|vol|vs)\.",
    re.IGNORECASE,
)
SHOWN_AS_WORDS = frozenset({"code_inline", "math_inline", "math_inline_double", "wikilink"})
DROPPED = frozenset({"footnote_ref", "html_inline"})  # a mark without its footnote, a tag without its partner


class Sentences:
    """The sentences of one inline token's children."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        pieces = [seen(token) for token in tokens]
        self.starts = list(accumulate(map(len, pieces), initial=0))
        self.text = "".join(pieces)
        covered = (
            "0" * len(piece) if token.type in SHOWN_AS_WORDS else piece for token, piece in zip(tokens, pieces, strict=True)
        )
        self.bounds = [0, *_bounds("".join(covered)), len(self.text)]

    def around(self, first: int, last: int) -> tuple[int, int]:
        """Where the sentence or sentences with tokens `first` to `last` begin and end in the text."""
        start = self.bounds[bisect_right(self.bounds, self.starts[first]) - 1]
        end = self.bounds[bisect_left(self.bounds, self.starts[last + 1])]
        return start, start + len(self.text[start:end].rstrip())

    def said(self, first: int, last: int) -> str:
        """The sentence around these tokens, plain."""
        start, end = self.around(first, last)
        return " ".join(self.text[start:end].split())

    def written(self, first: int, last: int) -> tuple[Token, ...]:
        """The sentence around these tokens, as a balanced list of tokens."""
        start, end = self.around(first, last)
        return tuple(_cut(self.tokens, self.starts, start, end))


def _bounds(covered: str) -> Iterator[int]:
    """Where a new sentence begins; code and maths are covered, so that their dots end nothing."""
    for ending in ENDING.finditer(covered):
        following = covered[ending.end() : ending.end() + 1]
        if not following.islower() and not _is_abbreviation(covered[: ending.start() + 1]):
            yield ending.end()


def _is_abbreviation(before: str) -> bool:
    last = LAST_WORD.search(before[-24:])
    return last is not None and bool(ABBREVIATION.fullmatch(last[1]) or INITIAL.fullmatch(last[1]))


def _cut(tokens: Sequence[Token], starts: Sequence[int], start: int, end: int) -> list[Token]:
    kept: list[Token] = []
    opened: list[Token] = []
    for token, at in zip(tokens, starts, strict=False):
        if at >= end:
            break
        if token.nesting > 0:
            opened.append(token)
            kept += [token] if kept else []  # what is open when the first piece comes is added with it
        elif token.nesting < 0:
            opened.pop()
            kept += [token] if kept else []
        elif piece := _piece(token, start - at, end - at):
            kept += [piece] if kept else [*opened, piece]
    return [*kept, *map(_closing, reversed(opened))] if kept else []


def _piece(token: Token, start: int, end: int) -> Token | None:
    """What of a token lies between these offsets in it."""
    if token.type in DROPPED:
        return None
    if token.type != "text":
        return token if start < max(len(seen(token)), 1) else None
    text = token.content[max(start, 0) : end]
    return token.copy(content=text) if text else None


def _closing(opening: Token) -> Token:
    kind = opening.type.replace("_open", "_close")
    return Token(kind, opening.tag, -1, level=opening.level, markup=opening.markup, info=opening.info)
