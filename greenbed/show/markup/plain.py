"""Inline tokens → the text that a reader hears."""

from __future__ import annotations

from collections.abc import Iterable

from markdown_it.token import Token

_READ = frozenset({"text", "code_inline", "math_inline", "math_inline_double", "text_special"})
_BREAKS = frozenset({"softbreak", "hardbreak"})


def plain(tokens: Iterable[Token]) -> str:
    """Words, code and LaTeX; a wikilink's own text or its target; what an image stands for."""
    return " ".join("".join(_text(token) for token in tokens).split())


def _text(token: Token) -> str:
    if token.type in _READ:
        return token.content
    if token.type in _BREAKS:
        return " "
    if token.type == "wikilink":
        return str(token.meta.get("text") or token.meta["target"] or token.meta["fragment"])
    return plain(token.children) if token.type == "image" and token.children else ""
