"""What is left as it is, because no check could or should notice: it is not what the note says.

Asserts, tolerances and comparisons that a comment calls True are checks themselves; another seed is another experiment, and so
is a sample of one more; pictures, times, messages and the number of digits shown are not what is compared.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

_SEEDS = re.compile(r"(?:.*seed.*|default_rng|RandomState|Random|Generator|set_rng_state|setstate)", re.IGNORECASE)
_SEED_KEYWORDS = frozenset({"seed", "generator", "random_state", "rng"})
_TOLERANCES = frozenset({"atol", "rtol", "rel_tol", "abs_tol", "tol", "equal_nan"})
_DRAWING = frozenset({"plt", "ax", "axs", "fig", "mpl", "matplotlib", "cbar"})
_TIMING = frozenset({"perf_counter", "perf_counter_ns", "process_time", "monotonic", "timeit", "Timer", "sleep"})
_HOUSEKEEPING = frozenset(
    {"filterwarnings", "simplefilter", "set_num_threads", "set_num_interop_threads", "use_deterministic_algorithms"}
)
_DRAWS = frozenset({"rand", "randn", "randint", "randperm", "normal", "uniform", "multinomial", "choice", "choices", "random"})
_TINY = 1e-2
_SAMPLE = 100


def called(function: ast.expr) -> str:
    """The last part of a function's name."""
    return function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""


def is_left(node: ast.AST) -> bool:
    """Whether nothing in `node`, an expression, is changed."""
    match node:
        case ast.JoinedStr():
            return True  # Python before 3.12 does not say where its parts are; and most of it is wording
        case ast.Call(func=function):
            return _SEEDS.fullmatch(called(function)) is not None
        case ast.keyword(arg=str(name)):
            return name in _SEED_KEYWORDS or name in _TOLERANCES
    return False


def parts_left(node: ast.AST) -> Iterator[ast.AST]:
    """What right below `node`, an expression, stays as it is, though the rest of it is changed."""
    if isinstance(node, ast.Compare):
        yield from (part for part in node.comparators if _is_tolerance(part))
    elif isinstance(node, ast.Call):
        name = called(node.func)
        given = [*node.args, *(keyword.value for keyword in node.keywords)]
        if name in _DRAWS:
            yield from (part for part in given if isinstance(part, ast.Constant) and _is_sample_size(part.value))
        elif name == "round":
            yield from given if isinstance(node.func, ast.Attribute) else given[1:]
    elif isinstance(node, ast.arg):
        yield from ast.iter_child_nodes(node)  # its type


def _is_tolerance(node: ast.expr) -> bool:
    """How near is near enough: `… < 1e-6`."""
    return isinstance(node, ast.Constant) and isinstance(node.value, float) and 0 < abs(node.value) < _TINY


def _is_sample_size(value: object) -> bool:
    return isinstance(value, int) and value >= _SAMPLE


def verdicts(value: ast.expr) -> Iterator[ast.Compare]:
    """The comparisons by which a bare expression comes to the True or False that its comment says."""
    match value:
        case ast.Compare():
            yield value
        case ast.BoolOp(values=parts) | ast.Tuple(elts=parts):
            for part in parts:
                yield from verdicts(part)
        case ast.UnaryOp(op=ast.Not(), operand=part) | ast.Call(func=ast.Attribute(value=part)):
            yield from verdicts(part)


def is_left_alone(statement: ast.stmt, claims: Iterable[ast.stmt], *, prints: bool) -> bool:
    """Whether a statement, or the head of one with a body, stays as it is.

    `claims` are the statements with a comment that says their value; `prints`: whether what is printed is compared.
    """
    if isinstance(statement, ast.Import | ast.ImportFrom | ast.Assert | ast.Global | ast.Nonlocal | ast.Delete | ast.Pass):
        return True
    names = set(_names(statement))
    if names & (_DRAWING | _TIMING | _HOUSEKEEPING) or _is_main(statement):
        return True
    if isinstance(statement, ast.Expr) and statement not in claims:
        return _says_nothing(statement.value, prints=prints)
    return False


def _says_nothing(value: ast.expr, *, prints: bool) -> bool:
    """A bare expression whose value nobody compares, a check, a seed, a message."""
    if not isinstance(value, ast.Call | ast.Await | ast.Yield | ast.YieldFrom):
        return True
    if not isinstance(value, ast.Call):
        return False
    name = called(value.func)
    return name.startswith("assert_") or is_left(value) or (name == "print" and not prints)


def _names(statement: ast.stmt) -> Iterable[str]:
    for part in heads(statement):
        for node in ast.walk(part):
            if isinstance(node, ast.Name):
                yield node.id
            elif isinstance(node, ast.Attribute):
                yield node.attr


def heads(statement: ast.stmt) -> list[ast.AST]:
    """What of a statement is not a statement itself, without annotations; decorators are the function's, not the head's."""
    parts: list[ast.AST] = []
    for name, value in ast.iter_fields(statement):
        if name in ("body", "orelse", "finalbody", "handlers", "decorator_list", "annotation", "returns", "cases"):
            continue
        parts += [part for part in (value if isinstance(value, list) else [value]) if isinstance(part, ast.AST)]
    return parts


def _is_main(statement: ast.stmt) -> bool:
    """`if __name__ == "__main__"`, which is true here."""
    return isinstance(statement, ast.If) and any(
        isinstance(node, ast.Name) and node.id == "__name__" for node in ast.walk(statement.test)
    )
