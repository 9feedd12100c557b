"""What a statement binds, and where its value is to be looked at."""

from __future__ import annotations

import ast
import copy

from greenbed.check.evidence.comments import HEADED

_HANDED = {
    **dict.fromkeys(("append", "appendleft", "add", "put"), 0),
    **dict.fromkeys(("insert", "register_buffer", "register_parameter"), 1),
    **dict.fromkeys(("setattr", "__setattr__"), 2),
}
"""What gives nothing back when it is called: a comment behind it speaks of this argument."""

_REPEATABLE = (
    *(ast.Name, ast.Attribute, ast.Subscript, ast.Slice, ast.Tuple, ast.Constant, ast.BinOp, ast.UnaryOp),
    *(ast.expr_context, ast.operator, ast.unaryop),
)


def leaves(target: ast.expr) -> list[ast.expr]:
    """The single targets in a target, in order."""
    if isinstance(target, ast.Tuple | ast.List):
        return [leaf for element in target.elts for leaf in leaves(element)]
    return leaves(target.value) if isinstance(target, ast.Starred) else [target]


def bound_by(statement: ast.stmt) -> list[ast.expr]:
    """All single targets of a statement, in order."""
    if isinstance(statement, ast.Assign):
        return [leaf for target in statement.targets for leaf in leaves(target)]
    if isinstance(statement, ast.AugAssign) or (isinstance(statement, ast.AnnAssign) and statement.value is not None):
        return [statement.target]
    if isinstance(statement, ast.For | ast.AsyncFor):
        return leaves(statement.target)
    if isinstance(statement, ast.With | ast.AsyncWith):
        return [leaf for item in statement.items if item.optional_vars for leaf in leaves(item.optional_vars)]
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.NamedExpr):
        return [statement.value.target]
    return []


def unpacked(statement: ast.stmt) -> list[ast.expr] | None:
    """The targets that have to be looked at once they are bound; None where the value can be looked at on its way."""
    if isinstance(statement, ast.Assign):
        tuples = [target for target in statement.targets if isinstance(target, ast.Tuple | ast.List)]
        return leaves(tuples[0]) if tuples else None
    return bound_by(statement) if isinstance(statement, (ast.AugAssign, *HEADED)) else None


def is_repeatable(node: ast.expr) -> bool:
    """Whether to read it once more calls nothing that is written there."""
    return all(isinstance(part, _REPEATABLE) for part in ast.walk(node))


def read_again(target: ast.expr) -> ast.expr:
    """The expression that reads what was bound."""
    node = copy.deepcopy(target)
    for part in ast.walk(node):
        if isinstance(part, ast.Name | ast.Attribute | ast.Subscript | ast.Starred | ast.Tuple | ast.List):
            part.ctx = ast.Load()
    return node


Slot = tuple[ast.AST, str, int | None]
"""The place of an expression: node, field, index in the field."""


def value_slot(statement: ast.stmt) -> Slot | None:
    """Where in a statement the value stands that a comment behind it speaks of."""
    if isinstance(statement, ast.Assign | ast.AnnAssign | ast.Return):
        value = statement.value
        return (statement, "value", None) if value is not None and not isinstance(value, ast.Lambda) else None
    if not isinstance(statement, ast.Expr) or isinstance(statement.value, ast.Constant | ast.JoinedStr | ast.YieldFrom):
        return None
    node = statement.value
    if isinstance(node, ast.Yield):
        return (node, "value", None) if node.value is not None else None
    if isinstance(node, ast.Call) and (index := handed(node)) is not None:
        return (node, "args", index)
    return (statement, "value", None) if not is_print(node) else None


def handed(call: ast.Call) -> int | None:
    """The argument that a call is about which gives nothing back."""
    if any(isinstance(argument, ast.Starred) for argument in call.args):
        return None
    if is_print(call):
        return 0 if len(call.args) == 1 else None
    index = _HANDED.get(_called(call)) if isinstance(call.func, ast.Attribute) or _called(call) == "setattr" else None
    return index if index is not None and index < len(call.args) else None


def _called(call: ast.Call) -> str:
    """The name of a function or a method."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id if isinstance(call.func, ast.Name) else ""


def is_print(node: ast.expr) -> bool:
    """Whether it is a call of `print`."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
