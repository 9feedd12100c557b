"""What a snippet claims about itself: its asserts, and the comments that say a value.

Claims are found in the syntax tree and in the tokens of the comments, never in the text, so a `#` inside a string is none.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from greenbed.check.evidence.comments import Comment, comments_of, spoken_of
from greenbed.check.evidence.shapes import Shape, shapes_in
from greenbed.check.evidence.targets import handed, is_print
from greenbed.check.evidence.tokens import tokenize as tokenize_value
from greenbed.check.evidence.values import opens_brackets, reads_as_value, requoted

_LEAD = re.compile(r"\s*(?:(?:→|->)\s*)?")


class ClaimKind(StrEnum):
    """How a claim is proven."""

    ASSERT = "assert"  # an assert, or a call of an assert_…, that was passed
    VALUE = "value"  # the repr of a bare expression
    PRINTED = "printed"  # what a print(…) writes
    SHAPE = "shape"  # the shape of what is bound, returned, handed over


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim, as written."""

    kind: ClaimKind
    line: int  # of the statement's comment, or of the assert; 1-based in the code that was searched
    want: str = ""
    shapes: tuple[Shape, ...] = ()  # of SHAPE; of a value where beside an array the text would be its shape
    column: int = field(default=1, compare=False)
    written: str = field(default="", compare=False)  # of a value: what follows each "#" of the comment, layout and all


@dataclass(frozen=True, slots=True)
class ShapeClaim(Claim):
    """That something has a shape."""

    labels: tuple[str, ...] = ()  # what the values are called, where there are several
    outer: frozenset[str] | None = None  # module-level names that the function's own code uses; None at module level
    passed: tuple[str, ...] = ()  # variables whose values come with each look
    is_annotation: bool = False  # its names have nothing to do with variables
    is_argument: bool = False  # None is as good
    is_lenient: bool = False  # prose beside what has no shape
    names: tuple[str, ...] = field(init=False, compare=False, default=())

    def __post_init__(self) -> None:
        names = dict.fromkeys(name for shape in self.shapes for name in shape.names)
        object.__setattr__(self, "names", tuple(names))


Claims = Mapping[ast.stmt, Claim]
"""By statement; the statements are those of the tree that was searched."""


def find_claims(tree: ast.Module | ast.Interactive, code: str) -> dict[ast.stmt, Claim]:
    """The claims in `tree`, which is `code` parsed; code that does not tokenise raises SyntaxError."""
    comments = comments_of(code)
    return claims_in(tree, comments, dict(spoken_of(tree, comments)))


def claims_in(
    tree: ast.Module | ast.Interactive, comments: Mapping[int, Comment], spoken: Mapping[ast.stmt, Comment]
) -> dict[ast.stmt, Claim]:
    """The same with the comments at hand, by line and by the statement that each speaks of."""
    claims: dict[ast.stmt, Claim] = {}
    for statement, comment in spoken.items():
        if comment.line == statement.end_lineno and (claim := _value_claim(statement, comment, comments)):
            claims[statement] = claim
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and node not in claims and is_assertion(node):
            claims[node] = Claim(ClaimKind.ASSERT, node.lineno)
    return claims


def _value_claim(statement: ast.stmt, comment: Comment, comments: Mapping[int, Comment]) -> Claim | None:
    if not isinstance(statement, ast.Expr) or isinstance(statement.value, ast.Yield | ast.YieldFrom) or _is_text(statement):
        return None
    written = _with_continuation(comment.text, comment.line, comments)
    kind = ClaimKind.PRINTED if is_print(statement.value) else ClaimKind.VALUE
    want = read_comment(written, kind)
    if want is None or (kind is ClaimKind.PRINTED and _writes_elsewhere(statement.value)):
        return None
    shapes = () if parted(written)[0].strip() else shapes_in(written)  # beside an array integers would be its shape
    if shapes and kind is ClaimKind.VALUE and isinstance(statement.value, ast.Call) and handed(statement.value) is not None:
        return None  # xs.append(x)  # (2, 3)
    return Claim(kind, comment.line, want, shapes, comment.column, written)


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


def _with_continuation(text: str, line: int, comments: Mapping[int, Comment]) -> str:
    """A value goes on in the comments of the next lines for as long as its brackets are open."""
    while opens_brackets(text) and (following := comments.get(line + 1)) and following.is_alone:
        text, line = f"{text}\n{following.text}", line + 1
    return text


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


def _writes_elsewhere(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and any(keyword.arg == "file" for keyword in node.keywords)


def is_assertion(node: ast.stmt) -> bool:
    """`assert …`, or a call such as `torch.testing.assert_close(…)` that stands alone."""
    if isinstance(node, ast.Assert):
        return True
    if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
        return False
    called = node.value.func
    name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
    return name.startswith("assert_")
