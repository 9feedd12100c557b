"""Which names certainly have a value where a statement runs."""

from __future__ import annotations

import ast

from greenbed.check.evidence.certain import certain_names

CODE = """
def f(a, *args, b=1, **options):
    c = 1
    if a:
        d = 2
        here
    for e in a:
        g = 1
        here
    try:
        h = 1
        here
    except ValueError as error:
        here
    with a as i:
        here
    j: int
    k, (l, *m) = a
    here
    del k
    def inner():
        n = 1
    o.p = 1
    here
"""


def test_what_is_bound_above_in_the_same_block_or_around_it_is_certain() -> None:
    (function,) = ast.parse(CODE).body
    assert isinstance(function, ast.FunctionDef)
    arguments = {"a", "args", "b", "options", "c"}
    found = [
        set(names) - arguments
        for statement, names in certain_names(function).items()
        if isinstance(statement, ast.Expr) and arguments <= names
    ]
    assert found == [{"d"}, {"e", "g"}, {"h"}, set(), {"i"}, {"l", "m"}, {"l", "m"}]
