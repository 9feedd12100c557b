"""Which names of a function certainly have a value where a statement runs, so that its code can hand them over.

To look them up in the frame would make a copy of all that the function holds.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from greenbed.check.evidence.comments import HEADED
from greenbed.check.evidence.signatures import Function, arguments_of
from greenbed.check.evidence.targets import bound_by

Certain = dict[ast.stmt, frozenset[str]]


def parameters(function: Function) -> frozenset[str]:
    """The names of its arguments that it never deletes."""
    return frozenset(argument.arg for argument in arguments_of(function)) - _unsure(function)


def certain_names(function: Function) -> Certain:
    """By statement of its own body, at any depth: arguments, and what was bound above in the same block or around it."""
    found: Certain = {}
    _follow(function.body, parameters(function), _unsure(function), found)
    return found


def _follow(body: Sequence[ast.stmt], names: frozenset[str], unsure: frozenset[str], found: Certain) -> None:
    for statement in body:
        found[statement] = names
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        bound = frozenset(target.id for target in bound_by(statement) if isinstance(target, ast.Name)) - unsure
        for block in _blocks(statement):
            _follow(block, names | bound if block is getattr(statement, "body", None) else names, unsure, found)
        if not isinstance(statement, HEADED):  # a loop may not run, and a `with` may swallow what happens in its head
            names |= bound


def _blocks(statement: ast.stmt) -> Iterator[Sequence[ast.stmt]]:
    for name in ("body", "orelse", "finalbody"):
        yield getattr(statement, name, [])
    for part in (*getattr(statement, "handlers", []), *getattr(statement, "cases", [])):
        yield part.body


def _unsure(function: Function) -> frozenset[str]:
    """Names that may lose their value, or that are not the function's own."""
    lost: set[str] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Delete):
            lost |= {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
        elif isinstance(node, ast.ExceptHandler) and node.name:
            lost.add(node.name)
        elif isinstance(node, ast.Global | ast.Nonlocal):
            lost.update(node.names)
    return frozenset(lost)
