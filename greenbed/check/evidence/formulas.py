"""Arithmetic in shapes: `d_k/2`, `T_prev + 1`, `B*T`, `2n + 1`, `self.heads * 4`. Exact, and nothing is ever called."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from fractions import Fraction

_SIGNS = str.maketrans({"×": "*", "·": "*", "⋅": "*", "−": "-", "÷": "/"})
_COEFFICIENT = re.compile(r"(?<![\w.])(\d+)(?![eE]\d)(?=[^\W\d_])")  # "4C", "2n"
_LONGEST = 60
_GREATEST = 64  # exponent


def formula(text: str) -> ast.expr | None:
    """`text` parsed, or None where it is anything else than + - * / // % ** on names, attributes and integers."""
    text = _COEFFICIENT.sub(r"\1*", text.translate(_SIGNS).replace("^", "**"))
    if len(text) > _LONGEST or not text.isprintable():
        return None
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return tree if _is_formula(tree) and isinstance(tree, ast.BinOp) else None


def _is_formula(node: ast.expr) -> bool:
    match node:
        case ast.BinOp(left, ast.Add() | ast.Sub() | ast.Mult() | ast.Div() | ast.FloorDiv() | ast.Mod() | ast.Pow(), right):
            return _is_formula(left) and _is_formula(right)
        case ast.UnaryOp(ast.USub(), operand):
            return isinstance(operand, ast.BinOp) and _is_formula(operand)
        case ast.Constant(value):
            return type(value) is int
        case ast.Attribute(value, _):
            return isinstance(value, ast.Name | ast.Attribute) and _is_formula(value)
    return isinstance(node, ast.Name) and node.id not in ("nan", "inf")


def names_in(node: ast.expr) -> tuple[str, ...]:
    """Its names in order, `self.heads` as one."""
    if isinstance(node, ast.Name | ast.Attribute):
        return (ast.unparse(node),)
    parts = [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
    return tuple(dict.fromkeys(name for part in parts for name in names_in(part)))


def evaluate(node: ast.expr, sizes: Mapping[str, int]) -> Fraction | None:
    """Its value where `sizes` has all of its names; None where it has none, as after a division by zero."""
    if isinstance(node, ast.Constant):
        return Fraction(node.value) if isinstance(node.value, int) else None
    if isinstance(node, ast.UnaryOp):
        value = evaluate(node.operand, sizes)
        return -value if value is not None else None
    if not isinstance(node, ast.BinOp):
        return Fraction(sizes[ast.unparse(node)])
    left, right = evaluate(node.left, sizes), evaluate(node.right, sizes)
    return _applied(node.op, left, right) if left is not None and right is not None else None


def _applied(operator: ast.operator, left: Fraction, right: Fraction) -> Fraction | None:
    match operator:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
        case ast.Pow():
            return left ** int(right) if right.denominator == 1 and 0 <= right <= _GREATEST else None
    if not right:
        return None
    return left / right if isinstance(operator, ast.Div) else Fraction(left // right if _floors(operator) else left % right)


def _floors(operator: ast.operator) -> bool:
    return isinstance(operator, ast.FloorDiv)


def solve(node: ast.expr, name: str, value: int | Fraction, sizes: Mapping[str, int]) -> Fraction | None:
    """The `name` for which the formula comes to `value`; None where that cannot be said."""
    target = Fraction(value)
    while isinstance(node, ast.BinOp):
        inner, outer = (node.left, node.right) if name in names_in(node.left) else (node.right, node.left)
        if name in names_in(outer):
            return None
        other = evaluate(outer, sizes)
        undone = _undone(node.op, target, other, is_left=inner is node.left) if other is not None else None
        if undone is None:
            return None
        node, target = inner, undone
    return target if isinstance(node, ast.Name | ast.Attribute) else None


def _undone(operator: ast.operator, target: Fraction, other: Fraction, *, is_left: bool) -> Fraction | None:
    """The operand for which the operator gives `target`, `other` being the operand on the other side."""
    match operator:
        case ast.Add():
            return target - other
        case ast.Sub():
            return target + other if is_left else other - target
        case ast.Mult():
            return target / other if other else None
        case ast.Div():
            return target * other if is_left and other else None
    return None
