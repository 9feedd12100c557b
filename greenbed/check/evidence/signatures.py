"""What is said of a function's arguments and of what it returns: above its first statement, in its docstring, beside arguments.

def attention(q, k, v):
    # q, k: (B, T, d)        or in the docstring: "q (Tensor): (B, T, d)", "Returns: (B, T, d)"

def attention(
    q: Tensor,  # (B, T, d)
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping

from greenbed.check.evidence.claims import ClaimKind, ShapeClaim
from greenbed.check.evidence.comments import Comment
from greenbed.check.evidence.shapes import shapes_in

Function = ast.FunctionDef | ast.AsyncFunctionDef
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

_NAMES = re.compile(
    r"""
    (?: ^ \s* (?: [-*•] \s+ )? (?: :param \s+ )? | [,;] \s* )
    (?P<names> \*{0,2}[^\W\d]\w* (?: \s* (?: , | / | \band\b ) \s* \*{0,2}[^\W\d]\w* )* )
    \s* (?: \( [^()]* \) )? \s* : \s* (?= \( )
    """,
    re.VERBOSE,
)
_RETURNS = re.compile(r"\s*:?(?:returns?|Returns?)\s*:\s*(?P<rest>.*)", re.DOTALL)
_TYPED = re.compile(r"\s*(?:[\w.]+\s*(?:\([^()]*\))?\s*:\s*)?(?=\()")
_QUOTES = re.compile(r"^\s*[rRuU]?(?:\"\"\"|'''|\"|')|(?:\"\"\"|'''|\"|')\s*$")


def arguments_of(function: Function) -> list[ast.arg]:
    """All of them, in order."""
    given = function.args
    extra = [argument for argument in (given.vararg, given.kwarg) if argument is not None]
    return [*given.posonlyargs, *given.args, *given.kwonlyargs, *extra]


def remarked_arguments(function: Function, comments: Mapping[int, Comment], lines: list[str]) -> Iterator[ShapeClaim]:
    """One claim for each remark that names arguments, or stands on their line."""
    names = {argument.arg for argument in arguments_of(function)} - _catch_all(function)
    for line, column, text in _remarks(function, comments, lines):
        found = [match for match in _NAMES.finditer(text) if match.start() == 0 or text[match.start()] in ",;"]
        if not found or found[0].start() != 0:
            continue
        ends = [*(match.start() for match in found[1:]), len(text)]
        for match, end in zip(found, ends, strict=True):
            said = tuple(re.findall(r"\w+", re.sub(r"\band\b", " ", match["names"])))
            shapes = shapes_in(text[match.end() : end])
            if shapes and names.issuperset(said):
                yield _claim(line, column, shapes_text=text[match.end() : end], labels=said)
    yield from _beside(function, comments)


def _claim(line: int, column: int, *, shapes_text: str, labels: tuple[str, ...]) -> ShapeClaim:
    shapes = shapes_in(shapes_text)
    return ShapeClaim(ClaimKind.SHAPE, line, shapes=shapes, column=column, labels=labels, is_argument=bool(labels))


def _catch_all(function: Function) -> set[str]:
    return {function.args.kwarg.arg} if function.args.kwarg else set()


def _beside(function: Function, comments: Mapping[int, Comment]) -> Iterator[ShapeClaim]:
    """Comments on the lines of a signature of several lines: of the arguments that end there."""
    arguments = [argument for argument in arguments_of(function) if argument.arg not in ("self", "cls")]
    if all(argument.end_lineno == function.lineno for argument in arguments):
        return
    for line in sorted({argument.end_lineno or 0 for argument in arguments}):
        comment = comments.get(line)
        if comment is not None and line < function.body[0].lineno and shapes_in(comment.text):
            labels = tuple(argument.arg for argument in arguments if argument.end_lineno == line)
            yield _claim(line, comment.column, shapes_text=comment.text, labels=labels)


def remarked_return(function: Function, comments: Mapping[int, Comment], lines: list[str]) -> Iterator[ShapeClaim]:
    """What remarks say of what it returns: behind "Returns:", or on the line after it."""
    is_next = False
    names = {argument.arg for argument in arguments_of(function)}
    for line, column, text in _remarks(function, comments, lines):
        match = _RETURNS.match(text)
        said = match["rest"] if match else text if is_next else ""
        is_next = match is not None and not said.strip()
        start = _TYPED.match(said)
        if start and shapes_in(said[start.end() :]) and not {"returns", "return"} & names:
            yield _claim(line, column, shapes_text=said[start.end() :], labels=())


def _remarks(function: Function, comments: Mapping[int, Comment], lines: list[str]) -> Iterator[tuple[int, int, str]]:
    """Line, column and text of the lines of its docstring, and of the comments before its first statement."""
    docstring = docstring_of(function)
    if docstring is not None:
        for line in range(docstring.lineno, (docstring.end_lineno or docstring.lineno) + 1):
            text = _QUOTES.sub("", lines[line - 1])
            if not text.lstrip().startswith((">>>", "...")):
                yield line, len(text) - len(text.lstrip()) + 1, text.strip()
    for line in range(function.lineno + 1, _first_line(function)):
        if (comment := comments.get(line)) is not None and comment.is_alone:
            yield line, comment.column, comment.text.strip()


def docstring_of(scope: ast.AST) -> ast.Expr | None:
    """The statement that is the docstring of a function or a class."""
    first = scope.body[0] if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) else None
    is_text = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    return first if is_text and isinstance(first, ast.Expr) else None


def _first_line(function: Function) -> int:
    """Of its first statement that is no docstring, decorators included; of what would come after it, where there is none."""
    body = function.body[1:] if docstring_of(function) else function.body
    if not body:
        return (function.end_lineno or function.lineno) + 1
    decorators: list[ast.expr] = getattr(body[0], "decorator_list", [])
    return min([body[0].lineno, *(decorator.lineno for decorator in decorators)])
