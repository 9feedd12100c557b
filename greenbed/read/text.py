"""What a reader sees of inline tokens, as plain text."""

from __future__ import annotations

from collections.abc import Iterable

from markdown_it.token import Token

VERBATIM = frozenset({"text", "text_special", "code_inline", "math_inline", "math_inline_double"})
BREAKS = frozenset({"softbreak", "hardbreak"})


def plain(tokens: Iterable[Token]) -> str:
    """Text, code and LaTeX of the tokens, line breaks as spaces; HTML and footnote marks leave nothing."""
    return "".join(map(seen, tokens))


def seen(token: Token) -> str:
    """What one token shows."""
    if token.type in VERBATIM:
        return token.content
    if token.type in BREAKS:
        return " "
    if token.type == "wikilink":
        return label(token)
    if token.type == "image":
        return plain(token.children or ())
    return ""


def label(wikilink: Token) -> str:
    """The text of a wikilink as far as the note itself knows it: the resolver may know the target's title."""
    meta = wikilink.meta
    return str(meta["text"] or meta["target"].rsplit("/", 1)[-1] or meta["fragment"])
