"""Headings, fences, tables, lists, raw HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from greenbed.model import Role
from greenbed.show.markup.plain import plain
from greenbed.show.markup.rules.formulas import displayed
from greenbed.show.markup.rules.page import Env, Page, Rule, page_in

LINKED_RANKS = 4

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ALIGNED = re.compile(r"text-align:\s*(left|right|center)")
_CHECKBOX = 'class="task-list-item-checkbox"'


def heading_open(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    """`<h2 id=…>`; ranks are moved down where the page has a higher heading itself."""
    page, token = page_in(env), tokens[idx]
    rank = _rank(page, token)
    opening = f"<h{rank}{page.id(str(token.attrs.get('id', '')))}>"
    return f'<div class="heading heading--{rank}">{opening}' if _has_link(page, rank) else opening


def heading_close(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    """Its end, and the link to it, which stands beside it so as to be no part of its name."""
    page, token = page_in(env), tokens[idx]
    rank = _rank(page, token)
    end = f"</h{rank}>"
    if not _has_link(page, rank):
        return f"{end}\n"
    opening, inline = tokens[idx - 2], tokens[idx - 1]
    label = escape(f"Link to section {plain(inline.children or ())}")
    address = page.own_href(str(opening.attrs.get("id", "")))
    return f'{end} <a class="heading__anchor" href="{address}" aria-label="{label}">#</a></div>\n'


def _has_link(page: Page, rank: int) -> bool:
    return page.ids and page.links and rank <= LINKED_RANKS


def _rank(page: Page, token: Token) -> int:
    return min(int(token.tag[1]) + page.shift, 6)


def fence(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    """A snippet with its proof, where it is one; setup, checks and expected output are shown there."""
    page, token = page_in(env), tokens[idx]
    line = page.line_of(token)
    snippet = page.snippets.get(line)
    if snippet is not None:
        return f"{page.snippet_html(page.note, snippet).rstrip()}\n" if snippet.role is Role.SHOWN else ""
    if line in page.outputs:
        return ""
    language = (unescapeAll(token.info).split() or [""])[0]
    if language == "math":
        return displayed(page, token, lambda offset: (line + 1 + token.content.count("\n", 0, offset), 1))
    return page.code_html(token.content, language)


def code_block(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    """Indented code, in no language."""
    return page_in(env).code_html(tokens[idx].content, "")


def table_open(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    """A wide table scrolls, also by keyboard."""
    return '<div class="table" role="group" tabindex="0" aria-label="Table">\n<table>\n'


def table_close(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    return "</table>\n</div>\n"


def cell_open(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    """`<td>` or `<th>`, aligned by a class."""
    token = tokens[idx]
    aligned = _ALIGNED.search(str(token.attrs.get("style", "")))
    scope = ' scope="col"' if token.tag == "th" else ""
    return f'<{token.tag}{scope} class="align-{aligned[1]}">' if aligned else f"<{token.tag}{scope}>"


def html_block(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    """As written, without comments."""
    content = tokens[idx].content
    if "<!--" not in content:
        return content
    kept = _COMMENT.sub("", content)
    return kept if kept.strip() else ""


def html_inline(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    """As written; no comments, and the box of a task says whether it is done."""
    content = tokens[idx].content
    if content.startswith("<!--"):
        return ""
    if _CHECKBOX in content and content.startswith("<input"):
        done = 'checked="checked"' in content
        state = ' checked aria-label="Done"' if done else ' aria-label="To do"'
        return f'<input class="task" type="checkbox" disabled{state}>'
    return content


RULES: dict[str, Rule] = {
    "heading_open": heading_open,
    "heading_close": heading_close,
    "fence": fence,
    "code_block": code_block,
    "table_open": table_open,
    "table_close": table_close,
    "th_open": cell_open,
    "td_open": cell_open,
    "html_block": html_block,
    "html_inline": html_inline,
}
