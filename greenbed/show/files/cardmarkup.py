"""Tokens → HTML for flash cards: formulas as LaTeX for MathJax, code as bare `<pre>`, addresses whole or none, no pictures."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from functools import cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from greenbed.model import Choice, Garden, Note, Snippet
from greenbed.show.markup.body import Body
from greenbed.show.markup.plain import plain
from greenbed.show.markup.rules.links import target_of_embed, wikilink_html
from greenbed.show.markup.rules.page import Env, Page, Rule, page_in


class Markup:
    """Renders the parts of one note's facts."""

    def __init__(self, note: Note, garden: Garden, base_url: str) -> None:
        # a card has no site around it: without a base URL there is nowhere to link to
        root = f"{base_url}/" if base_url else ""
        self.page = Page(_renderer(), note, garden, root, "", _snippet, _code, None, links=bool(base_url), ids=False)

    def blocks(self, tokens: Sequence[Token]) -> str:
        """Paragraphs, lists, formulas, code."""
        self.page.tokens = tokens
        return _renderer().render(tokens, _options(), {"page": self.page}).strip()

    def option(self, choice: Choice) -> str:
        """The answer or a distractor."""
        return _renderer().renderInline(choice.tokens, _options(), {"page": self.page})

    @staticmethod
    def link(title: str, url: str) -> str:
        """A link, or its words alone where there is nowhere to go."""
        return f'<a href="{escape(url)}">{escape(title)}</a>' if url else escape(title)


class CardBody(Body):
    """The renderer of pages with other rules for what a card cannot hold."""

    def __init__(self) -> None:
        super().__init__()
        rules: MutableMapping[str, Any] = self.rules  # markdown-it types them as methods
        rules.update(RULES)


def _latex(token: Token) -> str:
    return escape(token.content.strip(), quote=False)


def _displayed(token: Token) -> str:
    return f"<p>\\[{_latex(token)}\\]</p>\n"


def _fence(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    token = tokens[idx]
    is_formula = unescapeAll(token.info).split()[:1] == ["math"]
    return _displayed(token) if is_formula else _code(token.content, "")


def _embed(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    page, token = page_in(env), tokens[idx]
    return wikilink_html(page, token, target_of_embed(page, token))


def _snippet(note: Note, snippet: Snippet) -> str:
    return _code(snippet.code, "python")


def _code(code: str, language: str) -> str:
    return f"<pre><code>{escape(code, quote=False)}</code></pre>\n"


RULES: dict[str, Rule] = {
    "math_inline": lambda tokens, idx, options, env: f"\\({_latex(tokens[idx])}\\)",
    "math_inline_double": lambda tokens, idx, options, env: f"\\[{_latex(tokens[idx])}\\]",
    "math_block": lambda tokens, idx, options, env: _displayed(tokens[idx]),
    "fence": _fence,
    "image": lambda tokens, idx, options, env: escape(plain(tokens[idx].children or ())),
    "embed": _embed,
    "embed_inline": _embed,
    "literal_open": lambda tokens, idx, options, env: "",
    "literal_close": lambda tokens, idx, options, env: "",
}


@cache
def _renderer() -> CardBody:
    return CardBody()


@cache
def _options() -> OptionsDict:
    return MarkdownIt("commonmark", {"xhtmlOut": False}).options
