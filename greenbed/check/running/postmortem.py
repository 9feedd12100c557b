"""What the two sides of a failed assert were, found by evaluating them again in the frame that failed."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from types import FrameType
from typing import Any

from greenbed.check.running.failures import quoted

_CLOSENESS = frozenset({"allclose", "equal", "array_equal"})


@dataclass(frozen=True, slots=True)
class Finding:
    """What an assert turned out to compare; `want` and `got` for equality alone."""

    message: str = ""
    want: str = ""
    got: str = ""


def examine(test: ast.expr, frame: FrameType) -> Finding:
    """Nothing where the test is no comparison, or does not come out false again."""
    names = {**frame.f_globals, **frame.f_locals}  # one mapping, so that comprehensions see the locals too
    try:
        if isinstance(test, ast.Compare):
            return _compared(test, names)
        if isinstance(test, ast.Call) and _called(test) in _CLOSENESS:
            return _apart(test, names)
    except BaseException:  # whatever the author's code raises when it is evaluated once more
        return Finding()
    return Finding()


def _compared(test: ast.Compare, names: Mapping[str, Any]) -> Finding:
    operands = [test.left, *test.comparators]
    values = [_evaluate(operand, names) for operand in operands]
    if _holds(test, values):
        return Finding()
    shown = [
        f"{quoted(ast.unparse(operand))} is {quoted(repr(value))}"
        for operand, value in zip(operands, values, strict=True)
        if not _is_written_out(operand)
    ]
    is_equality = len(test.ops) == 1 and isinstance(test.ops[0], ast.Eq)
    got, want = (repr(values[0]), repr(values[1])) if is_equality else ("", "")
    return Finding(", ".join(shown), want, got)


def _holds(test: ast.Compare, values: list[Any]) -> bool:
    """The same comparison of values that are already there."""
    names: list[ast.expr] = [ast.Name(f"_{i}", ast.Load()) for i in range(len(values))]
    again = ast.Compare(names[0], test.ops, names[1:])
    return bool(_evaluate(ast.fix_missing_locations(again), {f"_{i}": value for i, value in enumerate(values)}))


def _apart(test: ast.Call, names: Mapping[str, Any]) -> Finding:
    left, right = (_evaluate(argument, names) for argument in test.args[:2])
    if tuple(left.shape) != tuple(right.shape):
        return Finding(f"shapes are {tuple(left.shape)} and {tuple(right.shape)}")
    return Finding(f"the largest difference is {float(abs(left - right).max()):.3g}")


def _evaluate(node: ast.expr, names: Mapping[str, Any]) -> Any:
    return eval(compile(ast.Expression(node), "<assert>", "eval", dont_inherit=True), dict(names))


def _is_written_out(node: ast.expr) -> bool:
    """Whether the source already shows the value."""
    return not any(isinstance(part, ast.Name | ast.Call | ast.Attribute | ast.Subscript) for part in ast.walk(node))


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id if isinstance(call.func, ast.Name) else ""
