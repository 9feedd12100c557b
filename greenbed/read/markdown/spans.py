"""Spans with attributes, [text]{.class}, and among them terms: [Long Form (LF)]{.term aka="x, y"}.

The attribute parser is mdit-py-plugins'; its span rule reads past the end of a link's text, comes after link references that
would swallow a term, and knows nothing of terms.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.attrs.parse import ParseError, parse

from greenbed.read.slug import slugify
from greenbed.read.text import plain

ATTRIBUTES = re.compile(r"\{[^{}]*\}")
KEPT = frozenset({"id", "class", "lang", "title"})
NAME = re.compile(r"(.*\S)\s*\(([^()]+)\)")


def use_spans(md: MarkdownIt) -> None:
    """Tokens span_open/span_close and term_open/term_close: meta id, short, aliases."""
    md.inline.ruler.before("link", "span", span)
    md.core.ruler.after("inline", "terms", terms)


def span(state: StateInline, silent: bool) -> bool:
    """[text]{…}"""
    if "]{" not in state.src:
        return False
    start, end = state.pos + 1, state.posMax
    label_end = state.md.helpers.parseLinkLabel(state, state.pos)
    written = ATTRIBUTES.match(state.src, label_end + 1, end) if label_end >= 0 else None
    attributes = _attributes(written[0]) if written else None
    if written is None or attributes is None:
        return False
    if not silent:
        state.env["spans"] = True
        kind = "term" if "term" in attributes.get("class", "").split() else "span"
        state.pos, state.posMax = start, label_end
        state.push(f"{kind}_open", "span", 1).attrs = {**attributes}
        state.md.inline.tokenize(state)
        state.push(f"{kind}_close", "span", -1)
    state.pos, state.posMax = written.end(), end
    return True


def _attributes(written: str) -> dict[str, str] | None:
    try:
        return parse(written)[1]
    except ParseError:
        return None


def terms(state: StateCore) -> None:
    """Move what is known of a term from its attributes to its meta; other spans keep harmless attributes only."""
    for inline in state.tokens if "spans" in state.env else ():
        for index, token in enumerate(inline.children or ()):
            if token.type == "term_open":
                _describe(token, inline.children or [], index)
            elif token.type == "span_open":
                token.attrs = {key: value for key, value in token.attrs.items() if key in KEPT}


def _describe(opening: Token, tokens: list[Token], index: int) -> None:
    close = next(at for at in range(index + 1, len(tokens)) if tokens[at].nesting < 0 and tokens[at].level == opening.level)
    name, short = split(plain(tokens[index + 1 : close]))
    aliases = tuple(alias for part in str(opening.attrs.get("aka", "")).split(",") if (alias := part.strip()))
    at = opening.meta["at"]
    opening.attrs = {}
    opening.meta = {"id": f"term-{slugify(name) or 'unnamed'}", "name": name, "short": short, "aliases": aliases, "at": at}


def split(written: str) -> tuple[str, str]:
    """Name and abbreviation.

    >>> split("Rotary position embedding (RoPE)"), split("logit")
    (('Rotary position embedding', 'RoPE'), ('logit', ''))
    """
    found = NAME.fullmatch(" ".join(written.split()))
    return (found[1], found[2].strip()) if found else (" ".join(written.split()), "")
