"""What a snippet claims about itself: its asserts, and the comments that say a value.

Claims are found in the syntax tree and in the tokens of the comments, never in the text, so a `#` inside a string is none.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from greenbed.check.evidence.tokens import tokenize as tokenize_value
from greenbed.check.evidence.values import opens_brackets, reads_as_shape, reads_as_value, requoted

_LEAD = re.compile(r"\s*(?:(?:→|->)\s*)?")


class ClaimKind(StrEnum):
    """How a claim is proven."""

    ASSERT = "assert"  # an assert, or a call of an assert_…, that was passed
    VALUE = "value"  # the repr of a bare expression
    PRINTED = "printed"  # what a print(…) writes


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim, as written."""

    kind: ClaimKind
    line: int  # of the statement's comment, or of the assert; 1-based in the code that was searched
    want: str = ""
    is_shape: bool = False  # integers in parentheses: no claim about a tensor's value
    written: str = field(default="", compare=False)  # of a value: what follows each "#" of the comment, layout and all


Claims = Mapping[ast.stmt, Claim]
"""By statement; the statements are those of the tree that was searched."""


@dataclass(frozen=True, slots=True)
class _Comment:
    text: str
    is_alone: bool  # nothing else on its line


def find_claims(tree: ast.Module | ast.Interactive, code: str) -> dict[ast.stmt, Claim]:
    """The claims in `tree`, which is `code` parsed; code that does not tokenise raises SyntaxError."""
    claims: dict[ast.stmt, Claim] = {}
    comments = _comments(code)
    for statement in _last_on_each_line(tree):
        if isinstance(statement, ast.Expr) and (claim := _value_claim(statement, comments)):
            claims[statement] = claim
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and node not in claims and _is_assertion(node):
            claims[node] = Claim(ClaimKind.ASSERT, node.lineno)
    return claims


def _comments(code: str) -> dict[int, _Comment]:
    """By line."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(code).readline))
    except tokenize.TokenError as error:
        message, (line, column) = error.args
        raise SyntaxError(message, (None, line, column, None)) from None
    return {
        token.start[0]: _Comment(token.string[1:], not token.line[: token.start[1]].strip())
        for token in tokens
        if token.type == tokenize.COMMENT
    }


def _last_on_each_line(tree: ast.AST) -> Iterator[ast.stmt]:
    """For each line the statement to which a comment at its end belongs: the innermost that ends last."""
    last: dict[int, ast.stmt] = {}
    for node in ast.walk(tree):  # breadth first: what is inside comes later
        if isinstance(node, ast.stmt):
            line, column = node.end_lineno or 0, node.end_col_offset or 0
            if line not in last or column >= (last[line].end_col_offset or 0):
                last[line] = node
    return iter(last.values())


def _value_claim(statement: ast.Expr, comments: Mapping[int, _Comment]) -> Claim | None:
    line = statement.end_lineno or statement.lineno
    comment = comments.get(line)
    if comment is None or isinstance(statement.value, ast.Yield | ast.YieldFrom) or _is_text(statement):
        return None
    written = _with_continuation(comment.text, line, comments)
    kind = ClaimKind.PRINTED if _is_print(statement.value) else ClaimKind.VALUE
    want = read_comment(written, kind)
    if want is None or (kind is ClaimKind.PRINTED and _writes_elsewhere(statement.value)):
        return None
    return Claim(kind, line, want, _is_shape(written), written)


def read_comment(text: str, kind: ClaimKind) -> str | None:
    """The value that a comment claims; None where it is prose."""
    lead, value = parted(text)
    value = value.strip()
    if not value or not (lead.strip() or reads_as_value(value)):
        return None
    return value if kind is ClaimKind.PRINTED else _as_repr(value, has_arrow=bool(lead.strip()))


def parted(text: str) -> tuple[str, str]:
    """A comment as its arrow, with the spaces around it, and what follows; where there is no arrow, as spaces and the rest."""
    end = match.end() if (match := _LEAD.match(text)) else 0
    return text[:end], text[end:]


def _with_continuation(text: str, line: int, comments: Mapping[int, _Comment]) -> str:
    """A value goes on in the comments of the next lines for as long as its brackets are open."""
    while opens_brackets(text) and (following := comments.get(line + 1)) and following.is_alone:
        text, line = f"{text}\n{following.text}", line + 1
    return text


def _is_shape(text: str) -> bool:
    lead, value = parted(text)
    return not lead.strip() and reads_as_shape(value)


def _as_repr(text: str, *, has_arrow: bool) -> str:
    """A value as `repr` writes it: strings in single quotes, a tuple in parentheses."""
    text = requoted(text)
    depth = 0
    for token in tokenize_value(text):
        if token.kind == "mark":
            depth += (token.text in "([{") - (token.text in ")]}")
            if token.text == "," and depth == 0 and not has_arrow:
                return f"({text})"
    return text


def _is_text(statement: ast.Expr) -> bool:
    """A docstring, which must stay what it is, or a string that nobody uses."""
    return isinstance(statement.value, ast.Constant) and isinstance(statement.value.value, str)


def _is_print(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"


def _writes_elsewhere(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and any(keyword.arg == "file" for keyword in node.keywords)


def _is_assertion(node: ast.stmt) -> bool:
    """`assert …`, or a call such as `torch.testing.assert_close(…)` that stands alone."""
    if isinstance(node, ast.Assert):
        return True
    if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
        return False
    called = node.value.func
    name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
    return name.startswith("assert_")
