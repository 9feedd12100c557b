"""Footnotes: numbers that lead to the end of the note, and from there back to each place that refers to it."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from greenbed.show.markup.rules.page import Env, Rule, page_in


def footnote_ref(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    """The number; from within an embed it leads to the note that the embed is taken from."""
    page, token = page_in(env), tokens[idx]
    if not page.links:
        return ""
    number = token.meta["id"] + 1
    place = page.id(_reference(token))
    address = page.own_href(f"fn-{number}")
    label = f"Footnote {number}"
    return f'<sup class="footnote-ref"><a{place} href="{address}" role="doc-noteref" aria-label="{label}">{number}</a></sup>'


def footnote_block_open(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    return '<section class="footnotes" role="doc-endnotes" aria-label="Footnotes">\n<ol>\n'


def footnote_block_close(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    return "</ol>\n</section>\n"


def footnote_open(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    number = tokens[idx].meta["id"] + 1
    return f"<li{page_in(env).id(f'fn-{number}')}>\n"


def footnote_close(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    return "</li>\n"


def footnote_anchor(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    """The way back to one reference."""
    page, token = page_in(env), tokens[idx]
    uses = f", use {token.meta['subId'] + 1}" if token.meta["subId"] else ""
    label = f"Back to reference {token.meta['id'] + 1}{uses}"
    address = page.own_href(_reference(token))
    return f' <a class="footnotes__back" href="{address}" role="doc-backlink" aria-label="{label}">↩\ufe0e</a>'


def _reference(token: Token) -> str:
    again = token.meta.get("subId", 0)
    return f"fnref-{token.meta['id'] + 1}" + (f"-{again + 1}" if again > 0 else "")


RULES: dict[str, Rule] = {
    "footnote_ref": footnote_ref,
    "footnote_block_open": footnote_block_open,
    "footnote_block_close": footnote_block_close,
    "footnote_open": footnote_open,
    "footnote_close": footnote_close,
    "footnote_anchor": footnote_anchor,
}
