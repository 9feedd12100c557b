"""Bare addresses become links, as on GitHub: www.…, https://…, name@host."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

NAME = "gfm_autolink_protocol"
PROTOCOLS = ("http", "https", "mailto", "xmpp")


def use_autolinks(md: MarkdownIt) -> None:
    """Tokens as the plugin's: link_open with info "auto"."""
    md.use(gfm_autolink_plugin)
    ruler = md.inline.ruler
    theirs = dict(zip(ruler.get_active_rules(), ruler.getRules(""), strict=True))[NAME]

    def protocol(state: StateInline, silent: bool) -> bool:
        """Only where it can match: the plugin's rule searches all the text before every colon."""
        return state.src.endswith(PROTOCOLS, 0, state.pos) and theirs(state, silent)

    ruler.at(NAME, protocol)
