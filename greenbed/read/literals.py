"""Document → checked literals: numbers and other values in prose that the build compares with an expression.

In the body a literal is evaluated after the last snippet above it; in a fact after the fact's own check, with the names of that
check; in the front matter after the last snippet of the note.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from markdown_it.token import Token

from greenbed.model import Code, Document, Literal, Role, Snippet
from greenbed.read.findings import Finding, excerpt
from greenbed.read.markdown.literals import COMMENT, OPENING
from greenbed.read.places import Places
from greenbed.read.written import at_end

_INVALID = (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError)
_IMAGE_MARK = len("![")

Place = Callable[[int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Claim:
    """A literal with its comment, not yet judged."""

    literal: Literal
    place: Place  # of an offset in the expression

    def complaint(self) -> Finding | None:
        """What is wrong with the expression."""
        expression = self.literal.expression
        if not expression:
            hint = f"write what computes it: {self.literal.text}<!-- = … -->"
            return self._finding(0, "the comment holds no expression", hint)
        error = _error(expression)
        if error is None:
            return self._vain() if _is_constant(expression) else None
        at = len(expression) if error.offset == 0 else (error.offset or 1) - 1  # 0 is its end
        message = f'"{excerpt(expression)}" is no Python expression: {error.msg}'
        return self._finding(at, message, "write what computes the value, as behind an = sign")

    def _vain(self) -> Finding:
        message = f'"{excerpt(self.literal.expression)}" computes nothing, so this check cannot fail'
        return replace(self._finding(0, message, "write what the value comes from"), code=Code.CANNOT_FAIL)

    def _finding(self, at: int, message: str, hint: str) -> Finding:
        line, column = self.place(at)
        return Finding(line, Code.BAD_LITERAL, message, hint, column)


def literals(document: Document, snippets: Sequence[Snippet], places: Places) -> tuple[tuple[Literal, ...], list[Finding]]:
    """All that can be checked, by line and column; findings: bad-literal, cannot-fail."""
    claims, findings = [], list(_speechless(document.tokens, places))
    for claim in _claims(document.tokens, places):
        complaint = claim.complaint()
        findings += [complaint] if complaint else []
        claims += [] if complaint else [claim.literal]
    order = _Order(document.tokens, snippets, places)
    last = len(snippets) - 1
    placed = [replace(one, after=order.before(one.line)) for one in claims]
    placed += [replace(one, after=last) for one in document.meta.literals]
    if not snippets:
        findings += map(_nothing_runs, placed)
        return (), findings
    return tuple(sorted(placed, key=lambda one: (one.line, one.column))), findings


def taken_out(text: str, written: str, place: Place) -> tuple[str, list[Literal], list[Finding]]:
    """A text of the front matter without its comments, its literals, and what is wrong with others.

    `written` is the text as the file has it, `place` gives line and column of an offset in that.
    """
    found: list[Literal] = []
    findings: list[Finding] = []
    end = 0
    for comment in COMMENT.finditer(text):
        at = max(written.find(comment[0], end), 0)  # not found where YAML writes it in another way, as in folded lines
        end = at + 1
        claim = _claim_in(text[: comment.start()], comment, at, place)
        complaint = claim.complaint() if claim else speechless(*place(at), comment[0])
        findings += [complaint] if complaint else []
        found += [claim.literal] if claim and not complaint else []
    return COMMENT.sub("", text), found, findings


def _claim_in(before: str, comment: re.Match[str], at: int, place: Place) -> Claim | None:
    ending = at_end(before)
    if ending is None:
        return None
    literal = Literal(before[slice(*ending)], comment[1], *place(max(at - len(before) + ending[0], 0)), None)
    start = at + comment.start(1) - comment.start()
    return Claim(literal, lambda offset: place(start + offset))


def speechless(line: int, column: int, written: str) -> Finding:
    """A comment before which stands no value."""
    message = f'nothing before "{excerpt(written)}" reads as a value'
    hint = "write the comment right behind a number, a value in brackets or quotes, a code span or a formula"
    return Finding(line, Code.BAD_LITERAL, message, hint, column)


def _error(expression: str) -> SyntaxError | None:
    """Why an expression cannot be compiled; its lines count as one."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(expression.replace("\n", " "), "<literal>", "eval", dont_inherit=True)
    except SyntaxError as error:
        return error
    except _INVALID as error:
        return SyntaxError(str(error) or "nested too deeply")
    return None


def _is_constant(expression: str) -> bool:
    """Whether it is a value that is merely written once more."""
    try:
        ast.literal_eval(expression.replace("\n", " "))
    except (*_INVALID, TypeError):
        return False
    return True


def _nothing_runs(literal: Literal) -> Finding:
    message = f'"{excerpt(literal.expression)}" is computed by nothing: this note has no snippet'
    hint = "add a ```python setup block that makes the names it needs, or take the comment out"
    return Finding(literal.line, Code.BAD_LITERAL, message, hint, literal.column)


def _claims(tokens: Sequence[Token], places: Places) -> Iterator[Claim]:
    for inline in tokens:
        for token, shift in _children(inline, 0) if "<!--" in inline.content else ():
            if token.type == "literal_open":
                yield _claim(inline, token, shift, places)


def _claim(inline: Token, token: Token, shift: int, places: Places) -> Claim:
    line, column = places.inside(inline, shift + token.meta["at"])
    literal = Literal(token.meta["text"], token.meta["expression"], line, column, None)
    start = shift + int(token.meta["expression_at"])
    return Claim(literal, lambda offset: places.inside(inline, start + offset))


def _children(parent: Token, shift: int) -> Iterator[tuple[Token, int]]:
    """The tokens inside, also in what images stand for, and what is to be added to their offsets."""
    for token in parent.children or ():
        yield token, shift
        if token.children:
            yield from _children(token, shift + token.meta.get("at", 0) + _IMAGE_MARK)


def _speechless(tokens: Sequence[Token], places: Places) -> Iterator[Finding]:
    """Comments that begin like one and are about nothing."""
    for token in tokens:
        if token.type == "html_block":
            for opening in OPENING.finditer(token.content):
                yield _in_html(token, opening, places)
        elif token.children and "<!--" in token.content:
            yield from _in_prose(token, places)


def _in_html(token: Token, opening: re.Match[str], places: Places) -> Finding:
    line = places.line(token) + token.content.count("\n", 0, opening.start())
    written = excerpt(token.content[opening.start() :].partition("\n")[0])
    hint = "write it in the line of the value that it is about, right behind it"
    return Finding(line, Code.BAD_LITERAL, f'"{written}" stands in a block of HTML, where nothing is checked', hint)


def _in_prose(inline: Token, places: Places) -> Iterator[Finding]:
    for token, shift in _children(inline, 0):
        if token.type == "html_inline" and COMMENT.fullmatch(token.content):
            yield speechless(*places.inside(inline, shift + token.meta["at"]), token.content)
        elif token.type == "text" and (opening := OPENING.search(token.content)) and "-->" not in inline.content:
            at = inline.content.find(opening[0])
            hint = "end it with -->; in a table write \\| for |"
            message = f'the comment "{excerpt(token.content[opening.start() :])}" is never closed'
            line, column = places.inside(inline, at)
            yield Finding(line, Code.BAD_LITERAL, message, hint, column)


class _Order:
    """Which snippet comes before a line."""

    def __init__(self, tokens: Sequence[Token], snippets: Sequence[Snippet], places: Places) -> None:
        checks = {snippet.fence_line: snippet.index for snippet in snippets if snippet.role is Role.FACT}
        # the check of a fact makes names for this fact alone
        self._others = [(snippet.fence_line, snippet.index) for snippet in snippets if snippet.role is not Role.FACT]
        self._facts = list(_facts(tokens, checks, places)) if checks else []

    def before(self, line: int) -> int | None:
        """Index of the snippet after which a literal on this line is evaluated."""
        own = [check for first, end, check in self._facts if first <= line < end]
        above = [index for fence_line, index in self._others if fence_line < line]
        return next(iter([*own, *above[-1:]]), None)


def _facts(tokens: Sequence[Token], checks: dict[int, int], places: Places) -> Iterator[tuple[int, int, int]]:
    """First line, line behind the last, and check of each fact that has one."""
    for token in tokens:
        if token.type == "fact_open" and token.map:
            first, end = places.line(token), places.line(token) + token.map[1] - token.map[0]
            own = [index for line, index in checks.items() if first <= line < end]
            yield from ((first, end, index) for index in own[:1])
