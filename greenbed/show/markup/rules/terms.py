"""The first mention of a term on a page: a link to its entry in the glossary."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from greenbed.show.markup.rules.page import Env, Page, Rule, page_in
from greenbed.show.relate.prose import is_prose


def children_of(page: Page, tokens: Sequence[Token], idx: int) -> Sequence[Token]:
    """What stands in a block, with links at the first mentions of terms."""
    if page.linked is None or not page.links or not is_prose(tokens, idx):
        return tokens[idx].children or ()
    return page.linked.linking(tokens[idx])


def term_link_open(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    address = page_in(env).href(f"/glossary/#{tokens[idx].meta['id']}")
    return f'<a class="term-link" href="{address}">'


def term_link_close(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    return "</a>"


RULES: dict[str, Rule] = {"term_link_open": term_link_open, "term_link_close": term_link_close}
