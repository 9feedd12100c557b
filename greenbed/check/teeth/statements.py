"""Statements left out, results that are None."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from greenbed.check.teeth.edits import Edit, Kind, Text
from greenbed.check.teeth.unfair import called

_KEEPS_MEANING = frozenset({"cache", "lru_cache", "compile", "wraps", "override", "script", "final"})
_NEEDED = frozenset({"__init__", "print"})  # without them nothing works, or nothing is claimed: that says nothing of the checks


def dropped(node: ast.Expr | ast.AugAssign | ast.Raise | ast.Break | ast.Continue, text: Text) -> Iterator[Edit]:
    """A statement made nothing. What is left says "pass", since a block must not be empty."""
    if isinstance(node, ast.Expr) and not (isinstance(node.value, ast.Call) and called(node.value.func) not in _NEEDED):
        return
    yield Edit(Kind.STATEMENT, *text.span(node), "pass")


def assigned(node: ast.Assign, text: Text) -> Iterator[Edit]:
    """x = f(x) → x = x; x[i] = y and x.a = y made nothing."""
    target = node.targets[0]
    if len(node.targets) > 1:
        return
    if isinstance(target, ast.Subscript) or (isinstance(target, ast.Attribute) and not _is_self(target.value)):
        yield Edit(Kind.STATEMENT, *text.span(node), "pass")
    elif isinstance(target, ast.Name) and _reads(node.value, target.id):
        yield Edit(Kind.STATEMENT, *text.span(node.value), target.id)


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("self", "cls")


def _reads(node: ast.expr, name: str) -> bool:
    return any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(node))


def returned(node: ast.Return, text: Text) -> Iterator[Edit]:
    """return x → return None."""
    if node.value is not None and not (isinstance(node.value, ast.Constant) and node.value.value is None):
        yield Edit(Kind.RETURN, *text.span(node.value), "None")


def decorated(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, text: Text) -> Iterator[Edit]:
    """A decorator left out, the line with it empty."""
    for decorator in node.decorator_list:
        name = called(decorator.func if isinstance(decorator, ast.Call) else decorator)
        if name not in _KEEPS_MEANING:
            start, end = text.span(decorator)
            yield Edit(Kind.DECORATOR, text.source.rindex("@", 0, start), end, "\n" * text.source.count("\n", start, end))
