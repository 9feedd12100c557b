"""Markdown tokens → HTML, from the same tokens that snippets, links and terms were taken from.

One renderer serves the whole process; what differs from page to page travels in markdown-it's `env`, as a `Page`. Every address
is relative to the page (`root`), ids are unique on it, and no element has a style attribute.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from greenbed.model import Garden, Kind, Note, Problem, Snippet
from greenbed.show.markup.linked import Linked
from greenbed.show.markup.rules import (
    blocks,
    callouts,
    citations,
    embeds,
    examples,
    footnotes,
    formulas,
    links,
    literals,
    terms,
)
from greenbed.show.markup.rules.page import CodeHtml, Env, FactHtml, Page, SnippetHtml, page_in
from greenbed.show.relate.anchors import page_of


def render_body(
    note: Note,
    garden: Garden,
    *,
    root: str,
    snippet_html: SnippetHtml,
    code_html: CodeHtml,
    fact_html: FactHtml | None = None,
    linked: Linked | None = None,
) -> tuple[str, tuple[Problem, ...]]:
    """The body of a note; where `linked` collects them, the first mentions of terms are links.

    BAD_MATH for its formulas, also those of its facts, which only `fact_html` shows.
    """
    page = _page(note, garden, root, snippet_html, code_html, fact_html, linked)
    page.tokens = note.tokens
    return _render(note.tokens, page), tuple(page.problems)


def render_blocks(
    tokens: Sequence[Token], note: Note, garden: Garden, *, root: str, snippet_html: SnippetHtml, code_html: CodeHtml
) -> str:
    """Some blocks of a note: a fact's question or explanation. Their problems are reported with the body."""
    page = _page(note, garden, root, snippet_html, code_html, None)
    page.tokens = tokens
    return _render(tokens, page)


def render_inline(
    tokens: Sequence[Token], note: Note, garden: Garden, *, root: str, links: bool = True, ids: bool = False
) -> str:
    """Inline tokens of a note: a heading in the table of contents (`links=False`), a definition, an option of a fact."""
    page = _page(note, garden, root, _no_snippet, _plain_code, None)
    page.links, page.ids, page.url = links, ids, ""  # it may stand on any page, so that no address is short for its own
    renderer = _renderer()
    return renderer.renderInline(tokens, _options(), {"page": page})


def _page(
    note: Note,
    garden: Garden,
    root: str,
    snippet_html: SnippetHtml,
    code_html: CodeHtml,
    fact_html: FactHtml | None,
    linked: Linked | None = None,
) -> Page:
    # On a cheat sheet the part is h1 and the chapter h2.
    top = 3 if note.kind is Kind.CHEATSHEET else 2
    return Page(_renderer(), note, garden, root, page_of(note), snippet_html, code_html, fact_html, linked, top_level=top)


def _render(tokens: Sequence[Token], page: Page) -> str:
    return _renderer().render(tokens, _options(), {"page": page})


@cache
def _renderer() -> Body:
    return Body()


@cache
def _options() -> OptionsDict:
    return MarkdownIt("commonmark", {"xhtmlOut": False}).options


def _no_snippet(note: Note, snippet: Snippet) -> str:
    return ""


def _plain_code(code: str, language: str) -> str:
    return f"<pre><code>{escape(code)}</code></pre>\n"


class Body(RendererHTML):
    """markdown-it's renderer with our rules in place of, and beside, its own."""

    def __init__(self) -> None:
        super().__init__()
        for family in (blocks, callouts, citations, embeds, examples, footnotes, formulas, links, literals, terms):
            self.rules.update(family.RULES)

    def render(self, tokens: Sequence[Token], options: OptionsDict, env: Env) -> str:
        """Block tokens → HTML; facts are given to whoever lays them out, and skipped."""
        page, out, skipped_to = page_in(env), [], 0
        for idx, token in enumerate(tokens):
            if idx < skipped_to:
                continue
            if token.type == "inline":
                page.inline = token
                out.append(self.renderInline(terms.children_of(page, tokens, idx), options, env))
            elif token.type == "fact_open":
                skipped_to = self._fact_end(tokens, idx)
                out.append(self._fact(page, tokens[idx:skipped_to]))
            elif rule := self.rules.get(token.type):
                out.append(rule(tokens, idx, options, env))
            else:
                out.append(self.renderToken(tokens, idx, options, env))
        return "".join(out)

    def _fact(self, page: Page, tokens: Sequence[Token]) -> str:
        formulas.check_formulas(page, tokens)
        fact = next((fact for fact in page.note.facts if fact.id == tokens[0].meta["id"]), None)
        return page.fact_html(page.note, fact) if fact and page.fact_html else ""

    def _fact_end(self, tokens: Sequence[Token], start: int) -> int:
        depth = 0
        for idx in range(start, len(tokens)):
            depth += {"fact_open": 1, "fact_close": -1}.get(tokens[idx].type, 0)
            if depth == 0:
                return idx + 1
        return len(tokens)
