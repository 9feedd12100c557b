"""Numbers, truth values and a few strings, changed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from greenbed.check.teeth.edits import Edit, Kind, Text

_TINY = 1e-3
_LARGE = 0.1
_STRINGS_BOTH_WAYS = (
    ("mean", "sum"),
    ("same", "valid"),
    ("fan_in", "fan_out"),
    ("ij", "xy"),
    ("left", "right"),
    ("nearest", "bilinear"),
    ("reflect", "replicate"),
    ("reduced", "complete"),
    ("tanh", "none"),
    ("linear", "relu"),
)
_STRINGS = {one: other for pair in _STRINGS_BOTH_WAYS for one, other in (pair, pair[::-1])}
_SUBSCRIPTS = re.compile(r"\s*[A-Za-z.,\s]+->(?P<result>[A-Za-z.\s]*)")
_AXES = re.compile(r"\w+|\([^)]*\)|\.\.\.")


def is_number(node: ast.AST) -> bool:
    """Whether it is a number as written, with or without a minus."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        node = node.operand
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def number(node: ast.expr, text: Text, *, is_axis: bool) -> Iterator[Edit]:
    """Whole numbers one up or down, fractions doubled or turned round; an axis becomes its neighbour."""
    value = ast.literal_eval(node)
    if is_axis:
        yield Edit(Kind.AXIS, *text.span(node), str(_other_axis(value)))
        return
    for other in _other_numbers(value):
        yield Edit(Kind.CONSTANT, *text.span(node), repr(other))


def _other_axis(axis: int) -> int:
    """The last becomes the one before, so that a vector, which has no other, notices."""
    return {-1: -2, 0: 1}.get(axis, axis + 1 if axis < 0 else axis - 1)


def _other_numbers(value: float) -> tuple[float, ...]:
    if isinstance(value, int):
        return (value + 1, value - 1) if value else (1,)
    if value == 0 or value != value or value in (float("inf"), float("-inf")):
        return (value + 1.0,) if value == 0 else (-value,)
    if abs(value) < _TINY:
        return (_LARGE,)  # twice an epsilon is as good as the epsilon
    return (value * 2, -value)


def constant(node: ast.Constant, text: Text) -> Iterator[Edit]:
    """True ↔ False."""
    if isinstance(node.value, bool):
        yield Edit(Kind.CONSTANT, *text.span(node), repr(not node.value))


def string(node: ast.expr, text: Text) -> Iterator[Edit]:
    """An argument: "mean" ↔ "sum", and the last two axes of what an einsum or a rearrange gives."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        other = _STRINGS.get(node.value) or _other_order(node.value)
        if other is not None and other != node.value:
            yield Edit(Kind.STRING, *text.span(node), repr(other).replace("'", '"'))


def _other_order(pattern: str) -> str | None:
    """ "bqd,bkd->bqk" → "bqd,bkd->bkq"; None for what is no pattern."""
    before, arrow, after = pattern.partition("->")
    if not arrow:
        return None
    if " " in after.strip() or "(" in after:
        names = list(_AXES.finditer(after))
        if len(names) < 2:
            return None
        one, two = names[-2:]
        return f"{before}->{after[: one.start()]}{two[0]}{after[one.end() : two.start()]}{one[0]}{after[two.end() :]}"
    letters = after.strip()
    if not _SUBSCRIPTS.fullmatch(pattern) or len(letters.replace(".", "")) < 2:
        return None
    return f"{before}->{letters[:-2]}{letters[-1]}{letters[-2]}"
