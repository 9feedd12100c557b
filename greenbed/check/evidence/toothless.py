"""Checks that cannot fail, found in the syntax tree: they would count as proof, and prove nothing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from greenbed.check.evidence.claims import is_assertion

_COMPARING = re.compile(r"assert_(?:close|equal|allclose|array_equal|array_almost_equal)|equal|allclose|array_equal|isclose")
_SUMMING = frozenset({"all", "bool", "item"})
_CAUGHT = frozenset({"AssertionError", "Exception", "BaseException"})
_IMPURE = (ast.Call, ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr)


@dataclass(frozen=True, slots=True)
class Toothless:
    """A check that cannot fail."""

    line: int
    column: int  # 1-based
    reason: str  # "it compares x with itself"
    hint: str


def toothless(tree: ast.AST) -> Iterator[Toothless]:
    """All of them, each once."""
    for node in ast.walk(tree):
        found = None
        if isinstance(node, ast.Assert):
            found = _of_test(node.test)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            found = _of_call(node.value, asserting=True)
        if found is not None and isinstance(node, ast.stmt):
            yield Toothless(node.lineno, node.col_offset + 1, *found)
        if isinstance(node, ast.Try | ast.TryStar):
            yield from _swallowed(node)
        elif isinstance(node, ast.With):
            yield from _suppressed(node)


Reason = tuple[str, str]
_TRUE: dict[type[ast.expr], str] = {
    ast.JoinedStr: "a text",
    ast.Lambda: "a function",
    ast.GeneratorExp: "a generator",
    ast.List: "a list",
    ast.Dict: "a dictionary",
    ast.Set: "a set",
}
_COMPARE = "compare with what is expected, worked out in another way"


def _of_test(test: ast.expr) -> Reason | None:
    if isinstance(test, ast.Tuple) and test.elts:
        return ("it asserts a tuple, which is true", "take the parentheses away: assert condition, message")
    if isinstance(test, ast.Constant):
        return (f"it asserts {ast.unparse(test)}", "assert something about the result") if test.value else None
    if kind := next((name for kind, name in _TRUE.items() if isinstance(test, kind) and not _is_empty(test)), ""):
        return f"it asserts {kind}, which is true", "assert what is in it, or what it gives"
    if isinstance(test, ast.BoolOp):
        return _of_operands(test)
    if isinstance(test, ast.Compare):
        return _of_comparison(test)
    return _of_call(test, asserting=False) if isinstance(test, ast.Call) else None


def _is_empty(test: ast.expr) -> bool:
    return (isinstance(test, ast.List) and not test.elts) or (isinstance(test, ast.Dict) and not test.keys)


def _of_operands(test: ast.BoolOp) -> Reason | None:
    """`… or True` holds, and `a == a and b == b` as well."""
    found = [_of_test(operand) for operand in test.values]
    if isinstance(test.op, ast.Or):
        at = next((number for number, reason in enumerate(found) if reason), None)
        return ("one side of its `or` is always true", "take that side away") if at is not None else None
    return found[0] if all(found) else None


def _of_comparison(test: ast.Compare) -> Reason | None:
    """`x.shape == x.shape`, and `x is x`; `x != x` is how nan is found, and `f(x) == f(x)` asks whether f draws lots."""
    operands = [test.left, *test.comparators]
    pairs = zip(operands, test.ops, operands[1:], strict=False)
    same = all(_is_same(left, right) and isinstance(op, ast.Eq | ast.Is | ast.LtE | ast.GtE) for left, op, right in pairs)
    return (f"it compares {ast.unparse(test.left)} with itself", _COMPARE) if same else None


def _of_call(call: ast.Call, *, asserting: bool) -> Reason | None:
    """`assert_close(a, a)` as a statement, `torch.equal(a, a)` as a test."""
    function, name = call.func, _name(call.func)
    operands = call.args[:2]
    if name in _SUMMING and not asserting:  # (a == a).all(), bool(a == a)
        inner = call.args[0] if len(call.args) == 1 else function.value if isinstance(function, ast.Attribute) else None
        return _of_test(inner) if isinstance(inner, ast.Compare | ast.Call) else None
    if isinstance(function, ast.Attribute) and len(call.args) == 1:  # a.equal(a)
        operands = [function.value, *call.args]
    if not _COMPARING.fullmatch(name) or name.startswith("assert_") is not asserting or len(operands) < 2:
        return None
    return (f"it compares {ast.unparse(operands[0])} with itself", _COMPARE) if _is_same(*operands) else None


def _name(function: ast.expr) -> str:
    """Of what is called, without what it belongs to."""
    return function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""


def _is_same(left: ast.expr, right: ast.expr) -> bool:
    """Written alike, with no call in it, which may give something else each time."""
    if any(isinstance(node, _IMPURE) for node in ast.walk(left)):
        return False
    return ast.dump(left) == ast.dump(right)


def _swallowed(node: ast.Try | ast.TryStar) -> Iterator[Toothless]:
    """Asserts in a `try` whose handler passes over their failure."""
    silent = next((handler for handler in node.handlers if _catches(handler)), None)
    if silent is None or node.orelse or not all(_is_nothing(statement) for statement in silent.body):
        return
    caught = f"except {ast.unparse(silent.type)}" if silent.type is not None else "except"
    yield from _passed_over(node.body, caught, "try")


def _suppressed(node: ast.With) -> Iterator[Toothless]:
    """Asserts in a `with suppress(AssertionError)`."""
    calls = [item.context_expr for item in node.items if isinstance(item.context_expr, ast.Call)]
    for call in calls:
        if _name(call.func) == "suppress" and any(map(_is_caught, call.args)):
            yield from _passed_over(node.body, ast.unparse(call), "with")
            return


def _passed_over(body: list[ast.stmt], caught: str, place: str) -> Iterator[Toothless]:
    for inner in _own(body):
        if isinstance(inner, ast.stmt) and is_assertion(inner) and not _always_fails(inner):
            reason = f'its failure is passed over by "{caught}"'
            yield Toothless(inner.lineno, inner.col_offset + 1, reason, f"take the assert out of the {place}")


def _catches(handler: ast.ExceptHandler) -> bool:
    """Whether a failed assert ends here."""
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or _is_caught(kind) for kind in kinds)


def _is_caught(kind: ast.expr) -> bool:
    """Whether a failed assert is of this type."""
    return isinstance(kind, ast.Name) and kind.id in _CAUGHT


def _is_nothing(statement: ast.stmt) -> bool:
    is_constant = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return isinstance(statement, ast.Pass | ast.Continue) or is_constant


def _always_fails(node: ast.stmt) -> bool:
    """`assert False, "should have raised"`: no check that holds."""
    return isinstance(node, ast.Assert) and isinstance(node.test, ast.Constant) and not node.test.value


def _own(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """Statements that run within the `try` itself, in no inner `try` and no function."""
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda | ast.Try | ast.TryStar):
            waiting += ast.iter_child_nodes(node)
