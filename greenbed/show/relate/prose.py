"""Where in a note's tokens a reader reads words that may become links: no headings, links, terms, code, maths or raw HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markdown_it.token import Token

_TITLES = frozenset({"heading_open", "callout_title_open", "th_open"})
_WORDS = {"text": None, "text_special": None, "softbreak": "\n"}  # None: the token's own content
_CLOSED = frozenset({"link", "term"})  # what a link cannot stand in
_VOID = ("<!", "<?", "<br", "<img", "<wbr", "<input", "<hr")


class Stretch(NamedTuple):
    """Words without anything between them but line ends."""

    first: int  # position of its first token
    end: int  # of the first token behind it
    text: str


def is_prose(tokens: Sequence[Token], idx: int) -> bool:
    """Whether the inline token at this position is no heading or title."""
    return tokens[idx].type == "inline" and (idx == 0 or tokens[idx - 1].type not in _TITLES)


def stretches(children: Sequence[Token]) -> Iterator[Stretch]:
    """The stretches of words of one inline token."""
    pieces: list[str] = []
    closed = 0
    for at, token in enumerate(children):
        if closed == 0 and token.type in _WORDS:
            pieces.append(_WORDS[token.type] or token.content)
            continue
        if pieces:
            yield Stretch(at - len(pieces), at, "".join(pieces))
            pieces = []
        closed = max(closed + _depth(token), 0)
    if pieces:
        yield Stretch(len(children) - len(pieces), len(children), "".join(pieces))


def _depth(token: Token) -> int:
    """1 where something begins that no link can stand in, -1 where it ends."""
    if token.type == "html_inline":
        return _depth_of_tag(token.content)
    return token.nesting if token.type.partition("_")[0] in _CLOSED else 0


def _depth_of_tag(tag: str) -> int:
    if tag.startswith("</"):
        return -1
    return 0 if tag.startswith(_VOID) or tag.endswith("/>") else 1
