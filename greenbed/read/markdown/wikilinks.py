r"""Wikilinks: [[target]], [[target#heading]], [[target|text]]; in a table \| is the separator.

`[[1]](https://…)` stays an ordinary link around "[1]".
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

TARGET = r"\[\[(?!\^)([^\[\]|#]*)(?:#([^\[\]|]*))?(?:\|([^\[\]]*))?\]\]"
WIKILINK = re.compile(TARGET + r"(?!\()")


def use_wikilinks(md: MarkdownIt) -> None:
    """Token wikilink: meta target, fragment, text."""
    md.inline.ruler.before("link", "wikilink", wikilink)


def wikilink(state: StateInline, silent: bool) -> bool:
    """[[target#fragment|text]], outside of links."""
    return not state.linkLevel and matched(state, WIKILINK, "wikilink", silent)


def matched(state: StateInline, pattern: re.Pattern[str], kind: str, silent: bool) -> bool:
    """Push a token of this kind where the pattern matches and names something."""
    found = pattern.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    target, fragment, text = (" ".join((part or "").split()) for part in found.groups())
    target, fragment = target.removesuffix("\\").rstrip(), fragment.removesuffix("\\").rstrip()
    if not target and not fragment:
        return False
    if not silent:
        state.push(kind, "", 0).meta = {"target": target, "fragment": fragment, "text": text}
    state.pos = found.end()
    return True
