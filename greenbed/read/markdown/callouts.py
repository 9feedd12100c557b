"""Callouts: a quote that begins with `[!kind] Title`, `[!kind]-` folded, `[!kind]+` foldable."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

MARKER = re.compile(r"\[!([^\W\d_][\w-]*)\]([+-]?)(?:[ \t]+([^\n]*))?(?:\n|\Z)")


def use_callouts(md: MarkdownIt) -> None:
    """Tokens callout_open/close: meta kind, fold; first child callout_title_open, inline, callout_title_close."""
    md.core.ruler.after("block", "callouts", callouts)


def callouts(state: StateCore) -> None:
    """Rename the quotes that are callouts, before their inlines are parsed."""
    tokens = state.tokens
    for index in range(len(tokens) - 1, -1, -1):  # from the end, so that what is inserted moves nothing that is to be seen
        if tokens[index].type == "blockquote_open" and tokens[index + 1].type == "paragraph_open":
            marker = MARKER.match(tokens[index + 2].content)
            if marker:
                _become_callout(tokens, index, marker)


def _become_callout(tokens: list[Token], index: int, marker: re.Match[str]) -> None:
    opening, paragraph, inline, end = tokens[index : index + 4]
    level = opening.level
    close = next(
        at for at in range(index + 1, len(tokens)) if tokens[at].type == "blockquote_close" and tokens[at].level == level
    )
    tokens[close].type = "callout_close"
    opening.type, opening.meta = "callout_open", {"kind": marker[1].lower(), "fold": marker[2]}
    for token in (opening, tokens[close]):
        token.tag = "div"
    tokens[index + 1 : index + 4] = [*_title(inline, marker, level + 1), *_rest(paragraph, inline, end, marker.end())]


def _title(inline: Token, marker: re.Match[str], level: int) -> list[Token]:
    line = inline.map[0] if inline.map else 0
    lines = [line, line + 1]
    content = (marker[3] or "").strip() or marker[1].replace("-", " ").lower().capitalize()
    return [
        Token("callout_title_open", "p", 1, map=lines, level=level, block=True),
        Token("inline", "", 0, map=lines, level=level + 1, children=[], content=content, block=True),
        Token("callout_title_close", "p", -1, level=level, block=True),
    ]


def _rest(paragraph: Token, inline: Token, end: Token, at: int) -> list[Token]:
    """The paragraph without its first line, if there is more of it."""
    inline.content = inline.content[at:].lstrip()
    if not inline.content or not inline.map:
        return []
    lines = [inline.map[0] + 1, inline.map[1]]
    paragraph.map = inline.map = lines
    return [paragraph, inline, end]
