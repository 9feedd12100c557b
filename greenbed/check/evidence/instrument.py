"""Claims made to report themselves: the syntax tree is rewritten, the text never, so lines and sources stay what they are.

x.shape  # torch.Size([2])   →   __greenbed__.value(0, x.shape)
print(y)  # 0.25             →   __greenbed__.printer(1, print)(y)
assert z                     →   assert z; __greenbed__.held(2)
"""

from __future__ import annotations

import ast
from collections.abc import Callable

from greenbed.check.evidence.claims import Claim, ClaimKind, Claims

HOOK = "__greenbed__"
"""The name by which rewritten code finds hook.py, in the namespace of the note."""


def instrument(tree: ast.Module | ast.Interactive, claims: Claims, register: Callable[[Claim], int]) -> None:
    """Rewrite the statements of `claims` in place; `register` gives each claim its number."""
    _Rewriter(claims, register).visit(tree)


class _Rewriter(ast.NodeTransformer):
    def __init__(self, claims: Claims, register: Callable[[Claim], int]) -> None:
        self._claims = claims
        self._register = register

    def visit_Assert(self, node: ast.Assert) -> list[ast.stmt]:
        return [node, self._held(node)]

    def visit_Expr(self, node: ast.Expr) -> ast.stmt | list[ast.stmt]:
        claim = self._claims.get(node)
        if claim is None:
            return node
        if claim.kind is ClaimKind.ASSERT:
            return [node, self._held(node)]
        number = self._register(claim)
        if claim.kind is ClaimKind.PRINTED and isinstance(node.value, ast.Call):
            node.value.func = _call("printer", number, node.value.func)
        else:
            node.value = _call("value", number, node.value)
        return node

    def _held(self, node: ast.stmt) -> ast.stmt:
        number = self._register(self._claims[node])
        return ast.fix_missing_locations(ast.copy_location(ast.Expr(_call("held", number, None, at=node)), node))


def _call(method: str, number: int, argument: ast.expr | None, *, at: ast.AST | None = None) -> ast.Call:
    function = ast.Attribute(ast.Name(HOOK, ast.Load()), method, ast.Load())
    arguments: list[ast.expr] = [ast.Constant(number)]
    if argument is not None:
        arguments.append(argument)
    return ast.fix_missing_locations(ast.copy_location(ast.Call(function, arguments, []), argument or at or function))
