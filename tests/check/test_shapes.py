"""Shapes as comments write them, and whether sizes agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenbed.check.evidence.shapes import Clash, Fit, shapes_in, unify

SHAPES = [
    ("(B, H, T, d_k)", ["(B, H, T, d_k)"]),
    ("(2, 3)", ["(2, 3)"]),
    ("(T,)", ["(T,)"]),
    ("()", ["()"]),
    (" ( B , T ) ", ["( B , T )"]),
    ("(..., d)", ["(..., d)"]),
    ("(…, d)", ["(…, d)"]),
    ("(*, d)", ["(*, d)"]),
    ("(B, ..., d)", ["(B, ..., d)"]),
    ("(B, d_k/2)", ["(B, d_k/2)"]),
    ("(B, T_prev + 1)", ["(B, T_prev + 1)"]),
    ("(B*T, C)", ["(B*T, C)"]),
    ("(B×T, 3C)", ["(B×T, 3C)"]),
    ("(H × W × 3C)", ["(H × W × 3C)"]),
    ("(2*n+1,)", ["(2*n+1,)"]),
    ("(2n + 1, (T + 1)//2)", ["(2n + 1, (T + 1)//2)"]),
    ("(self.n, config.width * 4)", ["(self.n, config.width * 4)"]),
    ("(B=2, T)", ["(B=2, T)"]),
    ("(10_000, 3)", ["(10_000, 3)"]),
    ("(_, T)", ["(_, T)"]),
    ("(N), 1 wherever the root would be at its edge", ["(N)"]),
    ("(d_k)", ["(d_k)"]),
    ("(d_k/2)", ["(d_k/2)"]),  # where its names are known
    ("(T, T), of the first sequence", ["(T, T)"]),
    ("(T, d): sin, cos, …", ["(T, d)"]),
    ("(n, n), Q Λ¹⁰ Q⁻¹", ["(n, n)"]),
    ("(B, T), (B, S)", ["(B, T)", "(B, S)"]),
    ("(B, T) and (B,)", ["(B, T)", "(B,)"]),
    ("(B, T), (see, or not below)", ["(B, T)"]),
    ("(B, T, C) -> (B, C, T)", ["(B, C, T)"]),
    ("(B, T) → (B, T), (B,)", ["(B, T)", "(B,)"]),
    ("(B, T) @ (T, C) = (B, C)", ["(B, C)"]),
    ("(B, nh, T, hs) x (B, nh, hs, T) -> (B, nh, T, T)", ["(B, nh, T, T)"]),
]  # fmt: skip

PROSE = [
    "", "optional", "(optional)", "(a)", "(Adam)", "(3)", "(1) first", "shape (B, T)", "[B, T]", "(a b, c)", "(seq len, dim)",
    "(...)", "(...,)", "(..., ...)", "(True, False)", "(nan, inf)", "(not, that)", "(-1, 2)", "(len(x), 2)", "(0.5, 2)",
    "('a', 2)", "(B, T", "(B,, T)", "(,)", "(B, T) @ (T, C)", "(B, T) or (S,)", "(x, y) → z", "(lambda: 0, 1)",
    "(a if b else c, 2)", "(x[0], 2)", "(a, b := 2)", "((a, b), 2)", "(1e5, 2)",
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), SHAPES)
def test_a_shape_is_read(text: str, found: list[str]) -> None:
    assert [shape.text for shape in shapes_in(text)] == found


@pytest.mark.parametrize("text", PROSE)
def test_prose_is_no_shape(text: str) -> None:
    assert shapes_in(text) == ()


@pytest.mark.parametrize(
    ("text", "sizes", "known", "found"),
    [
        ("(B, T)", (2, 3), {}, {"B": 2, "T": 3}),
        ("(B, T)", (2, 3), {"B": 2}, {"T": 3}),
        ("(T, T)", (3, 3), {}, {"T": 3}),
        ("(2, T)", (2, 3), {}, {"T": 3}),
        ("(B=2, T)", (2, 3), {}, {"B": 2, "T": 3}),
        ("(_, T)", (2, 3), {}, {"T": 3}),
        ("()", (), {}, {}),
        ("(H × W)", (2, 3), {}, {"H": 2, "W": 3}),
        ("(..., d)", (5,), {}, {"d": 5}),
        ("(..., d)", (2, 3, 5), {}, {"d": 5}),
        ("(B, ..., d)", (2, 3, 4, 5), {}, {"B": 2, "d": 5}),
        ("(n, 2*n+1)", (3, 7), {}, {"n": 3}),
        ("(2*n+1, n)", (7, 3), {}, {"n": 3}),
        ("(d_k/2,)", (4,), {"d_k": 8}, {}),
        ("(d_k/2,)", (4,), {}, {"d_k": 8}),
        ("(T_prev + 1,)", (4,), {}, {"T_prev": 3}),
        ("(T - 4,)", (3,), {}, {"T": 7}),
        ("(8 - T,)", (3,), {}, {"T": 5}),
        ("(B*T, C)", (6, 4), {"B": 2}, {"T": 3, "C": 4}),
        ("(B*T, C)", (6, 4), {}, {"B * T": 6, "C": 4}),  # it stands for itself until its names are known
        ("(B * T,)", (6,), {"B * T": 6}, {}),
        ("((T + 1)//2,)", (3,), {"T": 5}, {}),
        ("(2**k,)", (8,), {"k": 3}, {}),
        ("(n % 3,)", (1,), {"n": 7}, {}),
        ("(B, T)", ("j1", 3), {}, {"B": "j1", "T": 3}),
        ("(B, T)", ("j1", 3), {"B": "j1"}, {"T": 3}),
    ],
)  # fmt: skip
def test_sizes_that_agree_give_names_their_size(
    text: str, sizes: tuple[int, ...], known: dict[str, int], found: object
) -> None:
    (shape,) = shapes_in(text)
    assert unify(shape, sizes, known) == Fit(found)  # type: ignore[arg-type]  # mappings, as pytest passes them


@pytest.mark.parametrize(
    ("text", "sizes", "known", "because"),
    [
        ("(B, T)", (2, 3, 4), {"B": 2}, {}),
        ("(B, T)", (2,), {}, {}),
        ("(B, T)", (2, 3), {"T": 4}, {"T": 4}),
        ("(T, T)", (3, 4), {}, {"T": 3}),
        ("(2, 3)", (2, 4), {}, {}),
        ("()", (1,), {}, {}),
        ("(T,)", (), {}, {}),
        ("(..., a, d)", (5,), {}, {}),
        ("(d_k/2,)", (3,), {"d_k": 8}, {"d_k": 8}),
        ("(d_k/2,)", (3,), {"d_k": 7}, {"d_k": 7}),  # 3.5 is no size
        ("(n, 2*n+1)", (3, 8), {}, {"n": 3}),
        ("(2*n,)", (7,), {}, {}),
        ("(n - 4,)", (2,), {"n": 5}, {"n": 5}),
        ("(n // m,)", (2,), {"n": 5, "m": 0}, {"n": 5, "m": 0}),
        ("(B * T,)", (8,), {"B * T": 6}, {"B * T": 6}),
        ("(B=3, T)", (2, 3), {}, {}),
        ("(B, T)", ("j1", 3), {"B": 2}, {"B": 2}),
    ],
)
def test_sizes_that_clash_say_because_of_what(
    text: str, sizes: tuple[int, ...], known: dict[str, int], because: object
) -> None:
    (shape,) = shapes_in(text)
    assert unify(shape, sizes, known) == Clash(because)  # type: ignore[arg-type]  # mappings, as pytest passes them


@given(st.text(alphabet="BT_d.k 0123456789()[],+-*/%=:×…→>x@#\\'\"\n", max_size=40))
def test_no_comment_breaks_the_reader(text: str) -> None:
    for shape in shapes_in(text):
        assert shape.text.startswith("(")
        assert isinstance(unify(shape, (2, 3), {"B": 2, "T": 3}), Fit | Clash)


NAMES = st.sampled_from("BTCH")
DIMS = st.one_of(NAMES, st.integers(0, 9).map(str))


@given(
    st.lists(DIMS, min_size=1, max_size=5), st.dictionaries(NAMES, st.integers(0, 9)), st.lists(st.integers(0, 9), max_size=5)
)
def test_a_shape_of_names_and_numbers_agrees_with_what_it_comes_to_and_with_nothing_else(
    dims: list[str], known: dict[str, int], others: list[int]
) -> None:
    (shape,) = shapes_in(f"({', '.join(dims)},)")
    full = {**dict.fromkeys("BTCH", 5), **known}
    sizes = tuple(int(dim) if dim.isdecimal() else full[dim] for dim in dims)
    assert isinstance(unify(shape, sizes, known), Fit)
    assert isinstance(unify(shape, tuple(others), full), Fit) is (tuple(others) == sizes)


@given(st.lists(DIMS, min_size=1, max_size=3), st.lists(st.integers(0, 9), max_size=4))
def test_an_ellipsis_stands_for_any_axes(dims: list[str], leading: list[int]) -> None:
    (shape,) = shapes_in(f"(..., {', '.join(dims)})")
    sizes = tuple(int(dim) if dim.isdecimal() else 7 for dim in dims)
    assert isinstance(unify(shape, (*leading, *sizes), {}), Fit)
