"""Examples: a piece of Markdown, and below or beside it what becomes of it on the page."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from greenbed.show.markup.rules.page import Env, Rule, page_in


def example_open(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    source = page_in(env).code_html(tokens[idx].meta["source"], "markdown")
    return (
        f'<div class="example">\n<div class="example__source">\n<p class="example__label">Markdown</p>\n{source}</div>\n'
        '<div class="example__result">\n<p class="example__label">On the page</p>\n'
    )


def example_close(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    return "</div>\n</div>\n"


RULES: dict[str, Rule] = {"example_open": example_open, "example_close": example_close}
