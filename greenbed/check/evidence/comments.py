"""The comments of a snippet and the statements they speak of, from tokens and tree, so that a `#` inside a string is none."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

HEADED = (ast.For, ast.AsyncFor, ast.With, ast.AsyncWith)
"""Statements whose head binds names, so that a comment behind it can speak of them."""


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment."""

    text: str  # after the "#"
    line: int
    column: int  # 1-based
    is_alone: bool  # nothing else on its line


def comments_of(code: str) -> dict[int, Comment]:
    """By line; code that does not tokenise raises SyntaxError."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(code).readline))
    except tokenize.TokenError as error:
        message, (line, column) = error.args
        raise SyntaxError(message, (None, line, column, None)) from None
    return {
        token.start[0]: Comment(token.string[1:], token.start[0], token.start[1] + 1, not token.line[: token.start[1]].strip())
        for token in tokens
        if token.type == tokenize.COMMENT
    }


def spoken_of(tree: ast.AST, comments: Mapping[int, Comment]) -> Iterator[tuple[ast.stmt, Comment]]:
    """Each statement that has a comment behind its end, or else behind its first line; a loop has it behind its head."""
    owners = _owners(tree)
    for line, comment in comments.items():
        owner = owners.get(line)
        if owner is None or comment.is_alone:
            continue
        if isinstance(owner, HEADED):
            if _end_of_head(owner) <= line < owner.body[0].lineno:
                yield owner, comment
        elif owner.end_lineno == line or (owner.lineno == line and _is_only(line, owner, comments)):
            yield owner, comment


def _end_of_head(statement: ast.For | ast.AsyncFor | ast.With | ast.AsyncWith) -> int:
    if isinstance(statement, ast.For | ast.AsyncFor):
        return statement.iter.end_lineno or statement.lineno
    last = statement.items[-1]
    return (last.optional_vars or last.context_expr).end_lineno or statement.lineno


def _owners(tree: ast.AST) -> dict[int, ast.stmt]:
    """For each line the innermost statement, of several the last that begins there or before."""
    owners: dict[int, ast.stmt] = {}
    for node in ast.walk(tree):  # breadth first: what is inside comes later
        if isinstance(node, ast.stmt):
            owners.update(dict.fromkeys(range(node.lineno, (node.end_lineno or node.lineno) + 1), node))
    return owners


def _is_only(line: int, statement: ast.stmt, comments: Mapping[int, Comment]) -> bool:
    """Whether no other line of a simple statement has a comment."""
    is_simple = not hasattr(statement, "body")
    return is_simple and not any(other in comments for other in range(line + 1, (statement.end_lineno or line) + 1))
