"""Links and images inside the garden say where they lead, percent-decoded, beside the href as written."""

from __future__ import annotations

import re
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/")
ADDRESSES = {"link_open": "href", "image": "src"}


def use_links(md: MarkdownIt) -> None:
    """Meta target and fragment of link_open and image without scheme and not absolute."""
    md.core.ruler.after("inline", "garden_links", garden_links)


def garden_links(state: StateCore) -> None:
    """Mark the links that the garden has to resolve."""
    for inline in state.tokens:
        for token in inline.children or ():
            if token.type in ADDRESSES:
                address = str(token.attrs[ADDRESSES[token.type]])
                if not ELSEWHERE.match(address):
                    target, _, fragment = address.partition("#")
                    token.meta |= {"target": unquote(target), "fragment": unquote(fragment)}
