"""Callouts: notes in the margin of the argument; foldable ones are `<details>`."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from greenbed.show.markup.rules.page import Env, Rule, page_in

_ICONS = {
    "note": "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M8 7.5v3.5M8 4.8v.2",
    "tip": "M5.5 11.5h5M6.5 14h3M5.5 11.5c0-2-2-2.8-2-5.2a4.5 4.5 0 0 1 9 0c0 2.4-2 3.2-2 5.2",
    "important": "M2 2.5h12v9H8.5l-3 3v-3H2zM8 4.5v3M8 9.3v.2",
    "warning": "M8 2l6.5 11.5h-13zM8 6.5v3M8 11.4v.2",
    "danger": "M5.2 1.5h5.6l3.7 3.7v5.6l-3.7 3.7H5.2l-3.7-3.7V5.2zM8 4.5v4M8 11.2v.2",
    "example": "M6 4h8M6 8h8M6 12h8M2.5 4h.2M2.5 8h.2M2.5 12h.2",
    "question": "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M6 6.2a2 2 0 1 1 2.8 1.9c-.6.3-.8.7-.8 1.2M8 11.4v.2",
    "quote": "M6.5 4.5C4.5 5 3 6.500 3 9v2.500h3.500V8H4.800M13 4.500C11 5 9.500 6.500 9.500 9v2.500H13V8h-1.700",
}
_FAMILIES = {
    "info": "note", "abstract": "note", "summary": "note", "tldr": "note", "todo": "note",
    "hint": "tip", "success": "tip", "check": "tip", "done": "tip",
    "attention": "warning",
    "caution": "danger", "error": "danger", "bug": "danger", "failure": "danger", "fail": "danger", "missing": "danger",
    "help": "question", "faq": "question",
    "cite": "quote",
}  # fmt: skip

KINDS = tuple(_ICONS)
"""What a callout's class ends with: `callout--warning`; GitHub's and Obsidian's kinds are each one of these."""


def callout_open(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    meta = tokens[idx].meta
    name = f"callout callout--{family(str(meta['kind']))}"
    if meta["fold"]:
        page_in(env).ends.append("</details>\n")
        return f'<details class="{name}"{" open" if meta["fold"] == "+" else ""}>\n'
    page_in(env).ends.append("</aside>\n")
    label = escape(str(meta["kind"]).replace("-", " ").capitalize())
    return f'<aside class="{name}" role="note" aria-label="{label}">\n'


def callout_close(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    return page_in(env).ends.pop()


def callout_title_open(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    """The title comes first in its callout, so the token before it is the callout's."""
    meta = tokens[idx - 1].meta
    tag = "summary" if meta["fold"] else "p"
    return f'<{tag} class="callout__title">{_icon(family(str(meta["kind"])))}'


def callout_title_close(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    return "</summary>\n" if tokens[idx - 3].meta["fold"] else "</p>\n"


def family(kind: str) -> str:
    """The kind that a callout looks like.

    >>> family("caution"), family("warning"), family("anything")
    ('danger', 'warning', 'note')
    """
    return kind if kind in _ICONS else _FAMILIES.get(kind, "note")


def _icon(kind: str) -> str:
    return (
        '<svg class="callout__icon" viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" '
        f'stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="{_ICONS[kind]}"/></svg>'
    )


RULES: dict[str, Rule] = {
    "callout_open": callout_open,
    "callout_close": callout_close,
    "callout_title_open": callout_title_open,
    "callout_title_close": callout_title_close,
}
