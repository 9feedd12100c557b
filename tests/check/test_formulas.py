"""Arithmetic in shapes."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenbed.check.evidence.formulas import evaluate, formula, names_in, solve


def test_coefficients_and_signs_of_mathematics_are_read() -> None:
    tree = formula("2n + 3m×k − n^2")
    assert tree is not None
    assert names_in(tree) == ("n", "m", "k")
    assert evaluate(tree, {"n": 3, "m": 2, "k": 5}) == 2 * 3 + 3 * 2 * 5 - 9


@pytest.mark.parametrize(
    "text", ["n", "f(n)", "n if m else k", "n and m", "n[0]", "n @ m", "n << 2", "1.5 * n", "n +", "n\n+m"]
)
def test_what_is_no_arithmetic_is_refused(text: str) -> None:
    assert formula(text) is None


def test_what_has_no_value_has_none() -> None:
    for text in ("n / m", "n // m", "n % m", "n ** (m - 1)", "n ** 100"):
        tree = formula(text)
        assert tree is not None
        assert evaluate(tree, {"n": 2, "m": 0}) is None


FORMULAS = st.recursive(
    st.just("n"),
    lambda inner: st.builds(
        lambda part, operator, number, is_left: f"({part}) {operator} {number}" if is_left else f"{number} {operator} ({part})",
        inner,
        st.sampled_from(["+", "-", "*"]),
        st.integers(1, 9),
        st.booleans(),
    ),
    max_leaves=1,
)


@given(FORMULAS.filter(lambda text: text != "n"), st.integers(0, 50))
def test_solving_undoes_evaluating(text: str, n: int) -> None:
    tree = formula(text)
    assert tree is not None
    value = evaluate(tree, {"n": n})
    assert value is not None
    assert solve(tree, "n", value, {}) == n


def test_what_has_several_solutions_is_not_solved() -> None:
    for text in ("n * n", "n // 2", "n % 2", "n ** 2", "0 * n"):
        tree = formula(text)
        assert tree is not None
        assert solve(tree, "n", Fraction(4), {}) is None
