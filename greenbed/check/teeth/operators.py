"""Operators taken for others, minus signs and nots left out, conditions turned round."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from greenbed.check.teeth.edits import Edit, Kind, Text

_Operator = type[ast.operator] | type[ast.cmpop] | type[ast.boolop]

_ARITHMETIC: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "*"),
    ast.Mod: ("%", "//"),
    ast.Pow: ("**", "*"),
    ast.LShift: ("<<", ">>"),
    ast.RShift: (">>", "<<"),
    ast.BitAnd: ("&", "|"),
    ast.BitOr: ("|", "&"),
    ast.BitXor: ("^", "|"),
}
_NEGATED: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("<", ">="),
    ast.LtE: ("<=", ">"),
    ast.Gt: (">", "<="),
    ast.GtE: (">=", "<"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Is: ("is", "is not"),
    ast.IsNot: (r"is\s+not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: (r"not\s+in", "in"),
}
_BOUNDARY: dict[type[ast.cmpop], str] = {ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">"}
_MARKS: dict[_Operator, re.Pattern[str]] = {
    **{kind: re.compile(re.escape(mark)) for kind, (mark, _) in _ARITHMETIC.items()},
    ast.MatMult: re.compile("@"),
    ast.And: re.compile(r"\band\b"),
    ast.Or: re.compile(r"\bor\b"),
    **{kind: re.compile(mark) for kind, (mark, _) in _NEGATED.items()},
}
_PLAIN = (ast.Name, ast.Attribute, ast.Call, ast.Subscript, ast.Constant)
_DRAWS = frozenset({"rand", "randn", "rand_like", "randn_like", "uniform", "random", "normal"})


def binary(node: ast.BinOp, text: Text) -> Iterator[Edit]:
    """a + b → a - b, a @ b → b @ a."""
    place = text.find(_MARKS[type(node.op)], text.span(node.left)[1], text.span(node.right)[0])
    if place is None or _is_writing(node):
        return
    if isinstance(node.op, ast.MatMult):
        start, end = text.span(node)
        left, right = text.source[start : place[0]].strip(), text.source[place[1] : end].strip()
        yield Edit(Kind.OPERATOR, start, end, f"{_bracketed(right, node.right)} @ {_bracketed(left, node.left)}")
    else:
        yield Edit(Kind.OPERATOR, *place, _ARITHMETIC[type(node.op)][1])


def _is_writing(node: ast.BinOp) -> bool:
    """Whether it puts text together."""
    return any(isinstance(side, ast.JoinedStr) or _is_string(side) for side in (node.left, node.right))


def _is_string(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _bracketed(written: str, node: ast.expr) -> str:
    return written if isinstance(node, _PLAIN) else f"({written})"


def augmented(node: ast.AugAssign, text: Text) -> Iterator[Edit]:
    """a += b → a -= b."""
    if isinstance(node.op, ast.MatMult):
        return
    mark, other = _ARITHMETIC[type(node.op)]
    place = text.find(re.compile(re.escape(mark) + "="), text.span(node.target)[1], text.span(node.value)[0])
    if place is not None and not _is_string(node.value):
        yield Edit(Kind.OPERATOR, *place, f"{other}=")


def boolean(node: ast.BoolOp, text: Text) -> Iterator[Edit]:
    """a and b → a or b, at its first place."""
    place = text.find(_MARKS[type(node.op)], text.span(node.values[0])[1], text.span(node.values[1])[0])
    if place is not None:
        yield Edit(Kind.OPERATOR, *place, "or" if isinstance(node.op, ast.And) else "and")


def unary(node: ast.UnaryOp, text: Text) -> Iterator[Edit]:
    """-x → x, not x → x, ~x → x."""
    start, _ = text.span(node)
    length = len("not ") if isinstance(node.op, ast.Not) else 1
    if not isinstance(node.op, ast.UAdd):
        yield Edit(Kind.SIGN, start, start + length, "(" if text.source[start : start + length] == "not(" else "")


def comparison(node: ast.Compare, text: Text) -> Iterator[Edit]:
    """a < b → a >= b and a <= b, a == b → a != b, a in b → a not in b."""
    operands = [node.left, *node.comparators]
    for left, operator, right in zip(operands, node.ops, node.comparators, strict=False):
        place = text.find(_MARKS[type(operator)], text.span(left)[1], text.span(right)[0])
        if place is None:
            continue
        yield Edit(Kind.COMPARISON, *place, _NEGATED[type(operator)][1])
        if type(operator) in _BOUNDARY and not (_never_meets(left) or _never_meets(right)):
            yield Edit(Kind.COMPARISON, *place, _BOUNDARY[type(operator)])


def _never_meets(node: ast.expr) -> bool:
    """Whether nothing is ever exactly equal to it: a fraction, or what was drawn from a continuous distribution."""
    return any(
        (isinstance(part, ast.Constant) and isinstance(part.value, float) and not part.value.is_integer())
        or (
            isinstance(part, ast.Attribute | ast.Name) and (part.attr if isinstance(part, ast.Attribute) else part.id) in _DRAWS
        )
        for part in ast.walk(node)
    )


def condition(node: ast.expr, text: Text) -> Iterator[Edit]:
    """if x → if not (x); a comparison, a not and a True are turned round by themselves."""
    is_turned = (
        (isinstance(node, ast.Compare) and len(node.ops) == 1)
        or (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not))
        or isinstance(node, ast.Constant)
    )
    if not is_turned:
        yield Edit(Kind.CONDITION, *text.span(node), f"not ({text.of(node)})")
