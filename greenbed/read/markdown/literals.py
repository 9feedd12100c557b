"""Checked literals: `131,328<!-- = sum(p.numel() for p in layer.parameters()) -->`.

What the comment speaks of becomes literal_open … literal_close, and the comment leaves the stream. Of text just the value is
taken; a code span, a formula or anything else with two ends is taken whole, since it can only be shown whole. A comment that
has nothing to speak of stays, for whoever reports it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from greenbed.read.text import plain
from greenbed.read.written import Range, at_end, in_code, in_formula, in_words

OPENING = re.compile(r"<!--\s*=(?!=)")
COMMENT = re.compile(r"<!--\s*=(?!=)\s*(.*?)\s*-->", re.DOTALL)
TEXTS = ("text", "softbreak")
PAIRS = frozenset({"em_close", "strong_close", "s_close", "link_close", "span_close", "term_close"})
SINGLES = {"code_inline": in_code, "math_inline": in_formula, "math_inline_double": in_formula}


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a comment speaks of."""

    first: int  # position in the stream of the first token that is shown as the literal
    end: int  # of the first token behind it
    text: str  # the literal
    at: int  # its offset in the parent's content


def use_literals(md: MarkdownIt) -> None:
    """Tokens literal_open/literal_close: meta expression, expression_at, text, at."""
    md.core.ruler.after("text_join", "literals", literals)


def literals(state: StateCore) -> None:
    """Mark the literals of all paragraphs, headings, cells."""
    for inline in state.tokens:
        if inline.children and "<!--" in inline.content:
            inline.children = list(marked(inline.children, inline.content))


def marked(tokens: Sequence[Token], content: str) -> Sequence[Token]:
    """The children of a token with this content, their literals marked; what an image stands for has offsets of its own."""
    out: list[Token] = []
    for token in tokens:
        if token.children:
            token.children = list(marked(token.children, token.content))
        comment = COMMENT.fullmatch(token.content) if token.type == "html_inline" else None
        spoken = _spoken(out, content[: token.meta.get("at", 0)]) if comment else None
        if comment and spoken:
            _wrap(out, spoken, {"expression": comment[1], "expression_at": token.meta["at"] + comment.start(1)})
        else:
            out.append(token)
    return out


def _wrap(out: list[Token], spoken: Spoken, meta: dict[str, object]) -> None:
    inside = out[spoken.first : spoken.end]
    level = inside[0].level
    for token in inside:
        token.level += 1
    opening = Token("literal_open", "span", 1, level=level, meta={**meta, "text": spoken.text, "at": spoken.at})
    out[spoken.first : spoken.end] = [opening, *inside, Token("literal_close", "span", -1, level=level)]


def _spoken(out: list[Token], before: str) -> Spoken | None:
    """What stands at the end of `out`, cut out of it; `before` is all that is written up to the comment."""
    while out and out[-1].type == "text" and not out[-1].content:  # what emphasis leaves behind
        out.pop()
    if not out:
        return None
    last = out[-1]
    if last.type in TEXTS:
        return _of_text(out, before)
    if last.type in SINGLES:
        found = SINGLES[last.type](last.content)
        return _single(len(out) - 1, last, found, before) if found else None
    return _of_pair(out, before) if last.type in PAIRS else None


def _of_text(out: list[Token], before: str) -> Spoken | None:
    start = next((at + 1 for at in range(len(out) - 1, -1, -1) if out[at].type not in TEXTS), 0)
    text = "".join(map(_content, out[start:]))
    found = at_end(text)
    if found is None:
        return None
    out[start:] = _split(out[start:], found)
    first = next(at for at in range(start, len(out)) if out[at].meta.get("literal"))
    end = 1 + max(at for at in range(first, len(out)) if out[at].meta.pop("literal", False))
    return Spoken(first, end, text[slice(*found)], _written_at(text[found[0] :], before))


def _split(tokens: list[Token], found: Range) -> Iterator[Token]:
    """The same text, with what is found in tokens of its own."""
    start = 0
    for token in tokens:
        end = start + len(_content(token))
        cuts = [start, *(cut for cut in found if start < cut < end), end]
        for begin, stop in pairwise(cuts):
            is_literal = found[0] <= begin and stop <= found[1]
            content = token.content[begin - start : stop - start]
            meta = token.meta if begin == start else {}
            yield token.copy(content=content, meta={**meta, "literal": True} if is_literal else meta)
        start = end


def _content(token: Token) -> str:
    return "\n" if token.type == "softbreak" else token.content


def _written_at(ending: str, before: str) -> int:
    """Where the text `ending`, with which `before` ends, begins in it; escapes and line ends are written otherwise there."""
    if before.endswith(ending):
        return len(before) - len(ending)
    pattern = "".join(r"\s+" if character == "\n" else rf"\\?{re.escape(character)}" for character in ending)
    found = re.search(rf"{pattern}\Z", before)
    return found.start() if found else len(before)


def _single(position: int, token: Token, found: Range, before: str) -> Spoken:
    """In a code span or formula, whose content is written as it is but for the space just inside backticks."""
    begin = token.meta["at"] + len(token.markup)
    written = before[begin : len(before) - len(token.markup)]
    begin += token.type == "code_inline" and len(written) == len(token.content) + 2
    return Spoken(position, position + 1, token.content[slice(*found)], begin + found[0])


def _of_pair(out: list[Token], before: str) -> Spoken | None:
    """In what an opening token and the last one enclose."""
    level = out[-1].level
    first = next(at for at in range(len(out) - 2, -1, -1) if out[at].nesting > 0 and out[at].level == level)
    text = plain(out[first + 1 : -1])
    found = in_words(text)
    if found is None:
        return None
    written = text[slice(*found)]
    begin = out[first].meta.get("at", 0)
    return Spoken(first, len(out), written, max(before.rfind(written, begin), begin))
