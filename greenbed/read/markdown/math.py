r"""Maths: $…$ and \(…\) in the line, $$…$$ and \[…\] displayed, also as blocks that may interrupt a paragraph.

Own rules, since neither plugin fits: dollarmath's inline rule looks at the last character of the paragraph when maths begins it
(`src[-1]`), does not stop at the end of a link's text and closes inside code spans; its block rule cannot interrupt a
paragraph; texmath knows no escapes. Dollars as in pandoc: no white space just inside, no digit just outside.
"""

from __future__ import annotations

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

FORMULAS = {
    "$": re.compile(r"\$(?![\s$])([^$\\]*+(?:\\[\s\S][^$\\]*+)*+)(?<!\s)\$(?!\d)"),
    "$$": re.compile(r"\$\$(?!\$)([^$\\]*+(?:(?:\\[\s\S]|\$(?!\$))[^$\\]*+)*+)\$\$"),
    "\\(": re.compile(r"\\\(([^\\]*+(?:\\(?!\))[\s\S][^\\]*+)*+)\\\)"),
    "\\[": re.compile(r"\\\[([^\\]*+(?:\\(?!\])[\s\S][^\\]*+)*+)\\\]"),
}
CLOSINGS = {"$": "$", "$$": "$$", "\\(": "\\)", "\\[": "\\]"}
DISPLAYED = ("$$", "\\[")
CODE_SPAN = re.compile(r"(?<![`\\])(`+)(?!`)[\s\S]+?(?<!`)\1(?!`)")
INTERRUPTS = ["paragraph", "reference", "blockquote", "list"]


def use_math(md: MarkdownIt) -> None:
    """Tokens math_inline, math_inline_double and math_block; content is the LaTeX, markup the opening delimiter."""
    md.inline.ruler.before("escape", "math_dollars", math_dollars)
    md.inline.ruler.before("escape", "math_brackets", math_brackets)
    md.block.ruler.before("fence", "math_block", math_block, {"alt": INTERRUPTS})


def math_dollars(state: StateInline, silent: bool) -> bool:
    """$…$ or $$…$$."""
    before = state.src[max(state.pos - 1, 0) : state.pos]
    if before == "$":  # the rest of a run that was no delimiter
        return False
    if state.src.startswith("$$", state.pos):
        return _formula(state, "$$", silent)
    return not before.isdigit() and _formula(state, "$", silent)


def math_brackets(state: StateInline, silent: bool) -> bool:
    r"""\(…\) or \[…\]; an escaped backslash before them has been passed already."""
    markup = state.src[state.pos : state.pos + 2]
    return markup in FORMULAS and _formula(state, markup, silent)


def _formula(state: StateInline, markup: str, silent: bool) -> bool:
    found = _match(markup, state.src, state.pos, state.posMax)
    if found is None:
        return False
    end, latex = found
    if not silent:
        token = state.push("math_inline_double" if markup in DISPLAYED else "math_inline", "math", 0)
        token.content, token.markup = latex, markup
    state.pos = end
    return True


def _match(markup: str, src: str, pos: int, end: int) -> tuple[int, str] | None:
    """Where the formula at `pos` ends, and its LaTeX. Code spans win: a delimiter inside one closes nothing."""
    if src.find(CLOSINGS[markup], pos + len(markup), end) < 0:
        return None
    found = FORMULAS[markup].match(src, pos, end)
    if found and "`" in found[1]:
        found = FORMULAS[markup].match(_without_code(src), pos, end)
    if not found or not found[1].strip():
        return None
    return found.end(), src[found.start(1) : found.end(1)]


@lru_cache(maxsize=1)
def _without_code(src: str) -> str:
    """The text with each code span covered by so many letters; asked for again and again while one paragraph is parsed."""
    return CODE_SPAN.sub(lambda code: "x" * len(code[0]), src)


def math_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Displayed maths on lines of its own, without an empty line inside."""
    begin = state.bMarks[start] + state.tShift[start]
    markup = state.src[begin : begin + 2]
    if markup not in DISPLAYED or state.is_code_block(start):
        return False
    if state.src.find(CLOSINGS[markup], begin + 2, state.eMarks[end - 1]) < 0:
        return False
    text = _lines(state, start, end, CLOSINGS[markup])
    found = _match(markup, text, 0, len(text))
    if found is None or text[found[0] :].partition("\n")[0].strip():
        return False
    if not silent:
        state.line = start + text.count("\n", 0, found[0]) + 1
        token = state.push("math_block", "math", 0)
        token.content, token.markup, token.map = found[1], markup, [start, state.line]
    return True


def _lines(state: StateBlock, start: int, end: int, closing: str) -> str:
    """The lines up to one that ends with the closing delimiter, an empty one or the container's end; unindented."""
    lines = [state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]]
    for line in range(start + 1, end):
        if lines[-1][2 * (len(lines) == 1) :].rstrip().endswith(closing) or state.isEmpty(line):
            break
        if state.sCount[line] < state.blkIndent:
            break
        lines.append(state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]])
    return "\n".join(lines)
