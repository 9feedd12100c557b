"""Which names cannot be tensors, so that nobody looks."""

from __future__ import annotations

import ast

import pytest

from greenbed.check.evidence.plain import plain_names


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("n = 3\ns = 'a'\nt = f'{n}'\nb = not n", "b n s t"),
        ("total = 0.0\nfor i in range(9):\n    total += i * 0.5", "i total"),
        ("for i, x in enumerate(xs):\n    n = i + 1", "i n"),
        ("for n in (1, 2):\n    m = n * 2", "m n"),
        ("B, T = x.shape\nn = B * T", "B T n"),
        ("n = x.size(0)\nm = loss.item()\nk = len(x)", "k m n"),
        ("import math\ny = math.sqrt(2)", "y"),
        ("a, b = 1, f()", "a"),
        ("net = nn.Linear(2, 3)\np = nn.Parameter(x)", "net"),
        ("x = 3\nx = f()", ""),  # one of its values may be one
        ("x = y = 0\nx = y + f()", "y"),
        ("n += 1", ""),  # nobody knows what it was before
        ("n = n + 1", ""),
        ("x = y > 3", ""),
        ("x = y is None\nz = y in w", "x z"),
        ("with f() as x: pass", ""),
        ("def f():\n    global n\n    n = torch.ones(2)\nn = 3", "n"),  # what is missed is only not shown
        ("x = [v for v in y]", ""),
        ("x = {1: torch.ones(2)}", "x"),
    ],
)
def test_the_plain_names_of_a_module(code: str, names: str) -> None:
    assert " ".join(sorted(plain_names(ast.parse(code)))) == names


def test_the_plain_names_of_a_function() -> None:
    (function,) = ast.parse("def f(x, n: int, m):\n    y = n + 1\n    z = x + 1\n    nonlocal w\n    w = 1\n").body
    assert sorted(plain_names(function)) == ["n", "y"]
