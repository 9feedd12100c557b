"""Headings have ids: `# Text {#custom}`, else the name GitHub gives them; no two in a note are the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from greenbed.read.slug import Names, anchor
from greenbed.read.text import plain

CUSTOM = re.compile(r"[ \t]*\{#([\w.:-]+)\}$")


def use_headings(md: MarkdownIt) -> None:
    """Attribute id of heading_open."""
    md.core.ruler.after("block", "heading_custom", heading_custom)
    md.core.ruler.after("inline", "heading_ids", heading_ids)


def heading_custom(state: StateCore) -> None:
    """Take {#custom} off the text before it is parsed."""
    for opening, inline in _headings(state.tokens):
        custom = CUSTOM.search(inline.content)
        if custom:
            opening.attrs["id"] = custom[1]
            inline.content = inline.content[: custom.start()]


def heading_ids(state: StateCore) -> None:
    """Name each heading; chosen names come first, whatever the order."""
    headings = list(_headings(state.tokens))
    names = Names()
    for chosen in (True, False):
        for opening, inline in headings:
            if ("id" in opening.attrs) is chosen:
                name = str(opening.attrs["id"]) if chosen else anchor(plain(inline.children or ()))
                opening.attrs["id"] = names.free(name)


def _headings(tokens: list[Token]) -> Iterator[tuple[Token, Token]]:
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            yield token, tokens[index + 1]
