"""Embeds: ![[target]], ![[target#heading]]; alone in a paragraph a block, else inline."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from greenbed.read.markdown.wikilinks import TARGET, matched

EMBED = re.compile("!" + TARGET)


def use_embeds(md: MarkdownIt) -> None:
    """Tokens embed and embed_inline: meta target, fragment, text."""
    md.inline.ruler.before("image", "embed", embed)
    md.core.ruler.after("inline", "embed_block", embed_blocks)


def embed(state: StateInline, silent: bool) -> bool:
    """![[target#fragment]]."""
    return matched(state, EMBED, "embed_inline", silent)


def embed_blocks(state: StateCore) -> None:
    """A paragraph that is one embed becomes a block."""
    tokens = state.tokens
    for index in range(len(tokens) - 1, 0, -1):
        inline = tokens[index]
        if inline.type == "inline" and tokens[index - 1].type == "paragraph_open" and inline.children:
            only = inline.children[0]
            if only.type == "embed_inline" and len(inline.children) == 1:
                block = Token("embed", "", 0, map=inline.map, level=inline.level - 1, meta=only.meta, block=True)
                tokens[index - 1 : index + 2] = [block]
