"""Citations: "(Vaswani et al., 2017, §3.2)", each work linked to its entry on the page of references."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from greenbed.show.markup.rules.page import Env, Page, Rule, page_in
from greenbed.show.relate.citations import reference_url


def citation(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    """The works in brackets; a key without an entry, which only the preview shows, is marked like a dead link."""
    page, token = page_in(env), tokens[idx]
    works = "; ".join(_work(page, key, place) for key, place, _ in token.meta["items"])
    return f'{token.meta["space"]}<span class="citation">({works})</span>'


def _work(page: Page, key: str, place: str) -> str:
    entry = page.garden.bibliography.get(key)
    rest = f", {escape(place)}" if place else ""
    if entry is None:
        return f'<span class="link--dead">{escape(key)}</span>{rest}'
    if not page.may_link:
        return f"{escape(entry.label)}{rest}"
    address = page.href(reference_url(key))
    return f'<a class="link" href="{address}" role="doc-biblioref">{escape(entry.label)}</a>{rest}'


RULES: dict[str, Rule] = {"citation": citation}
