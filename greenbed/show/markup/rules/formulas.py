"""Formulas, inline and displayed, and where in the file a mistake in one is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape

from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from greenbed.model import Code
from greenbed.show.markup.maths import Flaw, convert, convert_numbered, is_numbered
from greenbed.show.markup.rules.page import Env, Page, Rule, page_in

_DISPLAYED = frozenset({"math_block", "math_inline_double", "fence"})
_SCROLLER = 'class="math" role="group" tabindex="0" aria-label="Formula"'

Place = Callable[[int], tuple[int, int]]
"""Offset in a formula → line and column in the file."""


def math_inline(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    page, token = page_in(env), tokens[idx]
    return _html(page, token.content, _converted(page, token, display=False), _inline_place(page, token))


def math_inline_double(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    """Displayed maths within a paragraph, which cannot hold a div."""
    page, token = page_in(env), tokens[idx]
    formula = _html(page, token.content, _converted(page, token, display=True), _inline_place(page, token))
    return f"<span {_SCROLLER}>{formula}</span>"


def math_block(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    page, token = page_in(env), tokens[idx]
    return displayed(page, token, _block_place(page, token))


def displayed(page: Page, token: Token, place: Place) -> str:
    """A formula of its own: a wide one scrolls, also by keyboard."""
    return f"<div {_SCROLLER}>{_html(page, token.content, _converted(page, token, display=True), place)}</div>\n"


def check_formulas(page: Page, tokens: Sequence[Token]) -> None:
    """Report the mistakes in formulas that are rendered elsewhere: those of facts."""
    for token in tokens:
        page.inline = token
        for part in (token, *(token.children or ())):
            if part.type == "math_block":
                _html(page, part.content, convert(part.content, True), _block_place(page, part))
            elif part.type.startswith("math_"):
                _html(page, part.content, convert(part.content, part.type in _DISPLAYED), _inline_place(page, part))


def _converted(page: Page, token: Token, *, display: bool) -> str | Flaw:
    numbered = _numbered(page).get(id(token)) if is_numbered(token.content) else None
    return convert(token.content, display) if numbered is None else numbered


def _html(page: Page, latex: str, result: str | Flaw, place: Place) -> str:
    if isinstance(result, str):
        return result
    line, column = place(result.offset)
    page.problem(line, column, Code.BAD_MATH, f"{result.message}, in {_excerpt(latex, result.offset)}", result.hint)
    return f'<code class="math--bad">{escape(latex.strip())}</code>'


def _numbered(page: Page) -> dict[int, str | Flaw]:
    """All numbered formulas, by the identity of their tokens; they are converted together when the first of them is met.

    A section that is embedded elsewhere has the numbers that it has in its note.
    """
    if page.equations is None:
        page.equations = _together(page, page.note.tokens) if page.chain else {}
        if not all(id(part) in page.equations for part in _formulas(page.tokens)):
            page.equations |= _together(page, page.tokens)
    return page.equations


def _together(page: Page, tokens: Sequence[Token]) -> dict[int, str | Flaw]:
    parts = list(_formulas(tokens))
    results = convert_numbered([(part.content, part.type in _DISPLAYED) for part in parts], page.prefix)
    return {id(part): result for part, result in zip(parts, results, strict=True)}


def _formulas(tokens: Sequence[Token]) -> Iterator[Token]:
    """The numbered ones, but for those of facts, which are laid out elsewhere."""
    facts = 0
    for token in tokens:
        facts += {"fact_open": 1, "fact_close": -1}.get(token.type, 0)
        for part in (token, *(token.children or ())) if not facts else ():
            if _is_formula(part) and is_numbered(part.content):
                yield part


def _is_formula(token: Token) -> bool:
    return token.type.startswith("math_") or (token.type == "fence" and token.info.split()[:1] == ["math"])


def _excerpt(latex: str, offset: int) -> str:
    """The formula's line, for a message."""
    start = latex.rfind("\n", 0, offset) + 1
    line = latex[start:].partition("\n")[0].strip() or latex.strip().replace("\n", " ")
    return f'"{line[:60]}…"' if len(line) > 60 else f'"{line}"'


def _block_place(page: Page, token: Token) -> Place:
    def place(offset: int) -> tuple[int, int]:
        return _located(page, page.line_of(token), token.markup + token.content, offset + len(token.markup))

    return place


def _inline_place(page: Page, token: Token) -> Place:
    block = page.inline

    def place(offset: int) -> tuple[int, int]:
        if block is None or not block.map:
            return page.note.title_line, 1
        at = block.content.find(token.content, token.meta.get("at", 0))
        return _located(page, page.line_of(block), block.content, max(at, 0) + offset)

    return place


def _located(page: Page, first_line: int, text: str, offset: int) -> tuple[int, int]:
    """Line and column of a character of a block's text, which has lost the indentation and quote marks of its lines."""
    line = first_line + text.count("\n", 0, offset)
    start = text.rfind("\n", 0, offset) + 1
    content = text[start:].partition("\n")[0]
    return line, offset - start + 1 + _indentation(page, line, content.strip()) - (len(content) - len(content.lstrip()))


def _indentation(page: Page, line: int, content: str) -> int:
    """Characters before a line's content in the file itself; only looked up where there is something to report."""
    try:
        lines = page.note.file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return 0
    return max(lines[line - 1].find(content), 0) if 0 < line <= len(lines) else 0


RULES: dict[str, Rule] = {"math_inline": math_inline, "math_inline_double": math_inline_double, "math_block": math_block}
