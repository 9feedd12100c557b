"""Arguments swapped or left out, axes, transposes left out, slices moved."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise

from greenbed.check.teeth.edits import Edit, Kind, Text
from greenbed.check.teeth.literals import is_number
from greenbed.check.teeth.unfair import called

_COMMUTES = re.compile(  # or cannot be mistaken
    r"max|min|maximum|minimum|add|mul|multiply|equal|allclose|isclose|eq|ne|logical_and|logical_or|logical_xor|"
    r"logaddexp|hypot|gcd|dot|inner|vdot|cosine_similarity|mse_loss|l1_loss|smooth_l1_loss|huber_loss|dist|"
    r"broadcast_shapes|transpose|swapaxes|array_equal|print|round|isinstance|issubclass|hasattr|getattr"
)
_AXIS_KEYWORDS = frozenset({"dim", "axis", "dim0", "dim1", "axis0", "axis1", "start_dim", "end_dim", "dims", "axes"})
_FIRST_IS_AXIS = re.compile(
    r"sum|mean|max|min|amax|amin|argmax|argmin|softmax|log_softmax|logsumexp|cumsum|cumprod|cummax|cummin|prod|"
    r"std|var|median|unsqueeze|squeeze|size|chunk|flip|all|any|sort|argsort|norm"
)
"""Of a tensor's methods, where the one positional argument is a number; of functions the second one is."""
_SECOND_IS_AXIS = frozenset(
    {"stack", "cat", "concat", "flip", "unsqueeze", "squeeze", "softmax", "log_softmax", "cumsum", "chunk"}
)
_MODULES = frozenset({"torch", "F", "np", "numpy", "functional", "nn"})
_TRANSPOSES = frozenset({"transpose", "permute", "swapaxes", "t", "movedim", "flip"})
_TRANSPOSED = frozenset({"T", "mT", "H", "mH"})
_MAY_GO = re.compile(  # without which the same comes out: they draw, steer how it is computed, or only check
    r"generator|seed|random_state|device|num_workers|pin_memory|non_blocking|strict|atol|rtol|rel_tol|abs_tol|"
    r"tol|equal_nan|flush|file|layout|memory_format|weights_only|fullgraph|backend|msg"
)


def arguments(node: ast.Call, text: Text) -> Iterator[Edit]:
    """f(a, b) → f(b, a), for each two neighbours."""
    if _COMMUTES.fullmatch(called(node.func)):
        return
    for one, two in pairwise(node.args):
        if not isinstance(one, ast.Starred) and not isinstance(two, ast.Starred):
            yield _swapped(one, two, text)


def _swapped(one: ast.expr, two: ast.expr, text: Text, kind: Kind = Kind.ARGUMENTS) -> Edit:
    (start, middle), (after, end) = text.span(one), text.span(two)
    return Edit(kind, start, end, f"{text.of(two)}{text.source[middle:after]}{text.of(one)}")


def keywords(node: ast.Call, text: Text) -> Iterator[Edit]:
    """f(a, b=c) → f(a)."""
    parts: list[ast.expr | ast.keyword] = sorted([*node.args, *node.keywords], key=lambda part: text.span(part))
    for position, part in enumerate(parts):
        if isinstance(part, ast.keyword) and _matters(part):
            start, end = text.span(part)
            if position:
                start = _end_of(parts[position - 1], text)
            elif len(parts) > 1:
                end = text.span(parts[1])[0]
            yield Edit(Kind.KEYWORD, start, end, "")


def _matters(keyword: ast.keyword) -> bool:
    """Whether it may be missed; a truth value is turned round instead, since it may be the one that goes without saying."""
    is_truth = isinstance(keyword.value, ast.Constant) and isinstance(keyword.value.value, bool)
    return keyword.arg is not None and not is_truth and not _MAY_GO.fullmatch(keyword.arg)


def _end_of(part: ast.expr | ast.keyword, text: Text) -> int:
    """Behind an argument and the parentheses around it."""
    end = text.span(part)[1]
    while text.source[end : end + 1].isspace() or text.source[end : end + 1] == ")":
        end += 1
    return end


def axes(node: ast.Call) -> Iterator[ast.expr]:
    """The arguments that are axes, as far as they are numbers."""
    for keyword in node.keywords:
        if keyword.arg in _AXIS_KEYWORDS:
            yield from _numbers(keyword.value)
    function = node.func
    if not isinstance(function, ast.Attribute):
        return
    is_function = isinstance(function.value, ast.Name) and function.value.id in _MODULES
    if is_function and function.attr in _SECOND_IS_AXIS and len(node.args) > 1:
        yield from _numbers(node.args[1])
    elif not is_function and _FIRST_IS_AXIS.fullmatch(function.attr) and len(node.args) == 1:
        yield from _numbers(node.args[0])


def _numbers(node: ast.expr) -> Iterator[ast.expr]:
    parts = node.elts if isinstance(node, ast.Tuple | ast.List) else [node]
    return (part for part in parts if is_number(part) and isinstance(ast.literal_eval(part), int))


def strings(node: ast.Call) -> Iterator[ast.expr]:
    """The arguments that may be strings that matter."""
    yield from node.args
    yield from (keyword.value for keyword in node.keywords)


def transposing(node: ast.Call, text: Text) -> Iterator[Edit]:
    """x.transpose(0, 1) → x."""
    function = node.func
    if isinstance(function, ast.Attribute) and function.attr in _TRANSPOSES and not _is_module(function.value):
        yield _without(function, text.span(node)[1], text)


def transposed(node: ast.Attribute, text: Text) -> Iterator[Edit]:
    """x.T → x."""
    if node.attr in _TRANSPOSED and isinstance(node.ctx, ast.Load):
        yield _without(node, text.span(node)[1], text)


def _without(node: ast.Attribute, end: int, text: Text) -> Edit:
    dot = text.source.rindex(".", text.span(node.value)[1], text.span(node)[1])
    return Edit(Kind.TRANSPOSE, dot, end, "")


def _is_module(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in _MODULES


def slices(node: ast.Slice, text: Text) -> Iterator[Edit]:
    """x[:n] → x[:n + 1]; bounds that are numbers change as all numbers do."""
    for bound in (node.lower, node.upper):
        if bound is not None and not is_number(bound):
            yield Edit(Kind.SLICE, *text.span(bound), f"{text.of(bound)} + 1")


def new_axes(node: ast.Subscript, text: Text) -> Iterator[Edit]:
    """x[:, None] → x[None, :]."""
    if isinstance(node.slice, ast.Tuple):
        for one, two in pairwise(node.slice.elts):
            if any(isinstance(part, ast.Constant) and part.value is None for part in (one, two)):
                yield _swapped(one, two, text, Kind.SLICE)
