"""Citations: [@key], [@key, §3.2], [@one; @other]; the keys are those of the bibliography, which linking knows.

White space before one belongs to it, so that a text which leaves citations out has no gap. `[@key](https://…)` and the like
stay what they are: a link, a reference, a span.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline

CITATION = re.compile(r"\[(@[^\[\]]*)\](?![(\[{])")
ITEM = re.compile(r"\s*@?\s*([^;,]*)(?:,([^;]*))?(?:;|\Z)")


def use_citations(md: MarkdownIt) -> None:
    """Token citation: meta items, space; its content is what was written."""
    md.inline.ruler.before("link", "citation", citation)


def citation(state: StateInline, silent: bool) -> bool:
    """[@key, place; @other key]"""
    if not state.src.startswith("[@", state.pos):
        return False
    found = CITATION.match(state.src, state.pos, state.posMax)
    if not found or normalizeReference(found[1]) in state.env.get("references", {}):
        return False
    items = cited(found[1])
    if not items:
        return False
    if not silent:
        _push(state, found[0], items)
    state.pos = found.end()
    return True


def cited(written: str) -> tuple[tuple[str, str, int], ...]:
    """Key, place and the key's offset behind the bracket, for each work.

    >>> cited("@vaswani2017, §3.2; @ba2016")
    (('vaswani2017', '§3.2', 2), ('ba2016', '', 22))
    """
    items = []
    at = 0
    while at < len(written) and (item := ITEM.match(written, at)):
        key = " ".join(item[1].split())
        if key:
            items.append((key, " ".join((item[2] or "").split()), item.start(1) + 1))
        at = max(item.end(), at + 1)
    return tuple(items)


def _push(state: StateInline, written: str, items: tuple[tuple[str, str, int], ...]) -> None:
    space = " " if state.pending.endswith(" ") else ""
    if space:
        state.pending = state.pending.rstrip(" ")
    elif not state.pending and state.tokens and state.tokens[-1].type == "softbreak":
        state.tokens.pop()
        space = "\n"
    token = state.push("citation", "", 0)
    token.content, token.meta = written, {"items": items, "space": space, "at": state.pos}
