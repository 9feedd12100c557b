"""Shape comments and annotations of a snippet: which statement, or which argument of which function, each speaks of."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from greenbed.check.evidence.annotations import annotated
from greenbed.check.evidence.claims import ClaimKind, ShapeClaim, parted
from greenbed.check.evidence.comments import Comment
from greenbed.check.evidence.shapes import shapes_in
from greenbed.check.evidence.signatures import FUNCTIONS, Function, arguments_of, remarked_arguments, remarked_return
from greenbed.check.evidence.targets import bound_by, is_print, is_repeatable, unpacked, value_slot

ShapeClaims = Mapping[ast.AST, tuple[ShapeClaim, ...]]
"""By statement; by function for those of its arguments, whose labels are their names."""

_LABEL = re.compile(r"\s*([^\W\d][\w.]*)\s*:\s*(?=\()")
_SIZE = re.compile(r"\s*torch\.Size\(\[([\d\s,]*)\]\)")

Scope = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def shape_claims(
    tree: ast.AST, code: str, comments: Mapping[int, Comment], spoken: Mapping[ast.stmt, Comment]
) -> dict[ast.AST, tuple[ShapeClaim, ...]]:
    """Those in `tree`, which is `code` parsed; `spoken` are the comments behind statements, without those that say a value."""
    found: dict[ast.AST, tuple[ShapeClaim, ...]] = {}
    lines = code.split("\n")
    for statement, scope in _scoped(tree):
        claims = list(_behind(statement, spoken.get(statement)))
        if isinstance(statement, ast.AnnAssign) and statement.value is not None:
            claims += _annotated(statement.annotation, ())
        if claims:
            found[statement] = _within(claims, scope)
        if isinstance(statement, FUNCTIONS):
            found.update(_of_function(statement, comments, lines, found))
    return found


def _scoped(tree: ast.AST) -> Iterator[tuple[ast.stmt, Scope | None]]:
    """Each statement and the function or class in whose body it stands; inner ones first, so that functions come last."""
    waiting: list[tuple[ast.AST, Scope | None]] = [(tree, None)]
    found: list[tuple[ast.stmt, Scope | None]] = []
    while waiting:
        node, scope = waiting.pop()
        if isinstance(node, ast.stmt):
            found.append((node, scope))
        inner = node if isinstance(node, Scope) else scope
        waiting += [(child, inner) for child in ast.iter_child_nodes(node)]
    return reversed(found)


def _within(claims: list[ShapeClaim], scope: Scope | None) -> tuple[ShapeClaim, ...]:
    """The claims with the names that the code of their function uses."""
    if scope is None:
        return tuple(claims)
    outer = frozenset(node.id for node in ast.walk(scope) if isinstance(node, ast.Name))
    return tuple(replace(claim, outer=outer) for claim in claims)


def _behind(statement: ast.stmt, comment: Comment | None) -> Iterator[ShapeClaim]:
    """What the comment behind a statement says."""
    if comment is None or not (shapes := shapes_in(_without_label(statement, parted(comment.text)[1]))):
        return
    targets = unpacked(statement)
    if targets is None:
        if value_slot(statement) is None:
            return
        is_lenient = isinstance(statement, ast.Expr) and is_print(statement.value)
        yield ShapeClaim(ClaimKind.SHAPE, comment.line, shapes=shapes, column=comment.column, is_lenient=is_lenient)
    elif targets and all(is_repeatable(target) for target in targets):
        labels = tuple(ast.unparse(target) for target in targets)
        yield ShapeClaim(ClaimKind.SHAPE, comment.line, shapes=shapes, column=comment.column, labels=labels)


def _without_label(statement: ast.stmt, text: str) -> str:
    """A comment without what it calls the value before a colon: the target, or "shape"; `torch.Size([2])` as `(2,)`."""
    if not isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign):
        return text
    if (size := _SIZE.match(text)) is not None:
        axes = size[1].replace(",", " ").split()
        return f"({axes[0]},)" if len(axes) == 1 else f"({', '.join(axes)})"
    label = _LABEL.match(text)
    names = {"shape", "Shape", *(ast.unparse(target) for target in bound_by(statement))}
    return text[label.end() :] if label and label[1] in names else text


def _annotated(annotation: ast.expr | None, labels: tuple[str, ...]) -> Iterator[ShapeClaim]:
    if annotation is not None and (shapes := annotated(annotation)):
        line, column = annotation.lineno, annotation.col_offset + 1
        claim = ShapeClaim(ClaimKind.SHAPE, line, shapes=shapes, column=column, labels=labels)
        yield replace(claim, is_annotation=True, is_argument=bool(labels))


def _of_function(
    function: Function, comments: Mapping[int, Comment], lines: list[str], found: Mapping[ast.AST, tuple[ShapeClaim, ...]]
) -> Iterator[tuple[ast.AST, tuple[ShapeClaim, ...]]]:
    """What is said of a function's arguments, and of all that it returns."""
    claims = list(remarked_arguments(function, comments, lines))
    for argument in arguments_of(function):
        claims += _annotated(argument.annotation, (argument.arg,))
    if claims:
        yield function, _within(claims, function)
    returned = [*remarked_return(function, comments, lines), *_annotated(function.returns, ())]
    returned = [replace(claim, is_argument=claim.is_annotation) for claim in returned]
    for statement in _returns(function) if returned else ():
        yield statement, (*found.get(statement, ()), *_within(returned, function))


def _returns(function: Function) -> Iterator[ast.Return]:
    """Its own `return`s that give a value."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Return) and value_slot(node) is not None:
            yield node
        elif isinstance(node, ast.stmt | ast.ExceptHandler | ast.match_case) and not isinstance(node, Scope):
            waiting += ast.iter_child_nodes(node)
