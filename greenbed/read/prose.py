"""What a note's words come to: their number, and the first of them."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token

from greenbed.read.text import plain

EXCERPT_LENGTH = 160


def words(tokens: Sequence[Token]) -> int:
    """How many words are to be read; code blocks and formulas take their own time."""
    return sum(
        len(child.content.split())
        for token in tokens
        if token.children
        for child in token.children
        if child.type in ("text", "code_inline")
    )


def excerpt(tokens: Sequence[Token]) -> str:
    """The first paragraph that stands in nothing else, cut between words to 160 characters."""
    for index, token in enumerate(tokens):
        if token.type == "paragraph_open" and token.level == 0 and not token.hidden:
            text = " ".join(plain(tokens[index + 1].children or ()).split())
            if text:
                return _short(text)
    return ""


def _short(text: str) -> str:
    if len(text) <= EXCERPT_LENGTH:
        return text
    cut = text[:EXCERPT_LENGTH]
    return (cut.rpartition(" ")[0] or cut[:-1]).rstrip(" ,;:–—-") + "…"
