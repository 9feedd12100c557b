"""What is left as it is, because no check could or should notice: it is not what the note says.

Asserts and tolerances are checks themselves; another seed is another experiment; pictures, times and messages are not compared.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

_SEEDS = re.compile(r"(?:.*seed.*|default_rng|RandomState|Random|Generator|set_rng_state|setstate)", re.IGNORECASE)
_SEED_KEYWORDS = frozenset({"seed", "generator", "random_state", "rng"})
_TOLERANCES = frozenset({"atol", "rtol", "rel_tol", "abs_tol", "tol", "equal_nan"})
_DRAWING = frozenset({"plt", "ax", "axs", "fig", "mpl", "matplotlib", "cbar"})
_TIMING = frozenset({"perf_counter", "perf_counter_ns", "process_time", "monotonic", "timeit", "Timer", "sleep"})
_HOUSEKEEPING = frozenset(
    {"filterwarnings", "simplefilter", "set_num_threads", "set_num_interop_threads", "use_deterministic_algorithms"}
)
_TINY = 1e-2


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


def is_tolerance(node: ast.AST, parent: ast.AST) -> bool:
    """Whether it says how near is near enough: `… < 1e-6`."""
    if not isinstance(parent, ast.Compare):
        return False
    return isinstance(node, ast.Constant) and isinstance(node.value, float) and 0 < abs(node.value) < _TINY


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
