"""Shapes in words: beside their lines and in a table."""

from __future__ import annotations

import pytest

from greenbed.model import Sight
from greenbed.show.pages.sights import beside, seen, shapes
from greenbed.show.pages.views import Shape


@pytest.mark.parametrize(
    ("found", "varies", "said"),
    [
        (("(2, 4, 5) float32",), False, "(2, 4, 5) float32"),
        (("(2, 4) float32", "(3, 4) float32"), False, "(2, 4) · (3, 4) float32"),
        (("(2, 4) f16", "(3, 4) f16", "(3, 4) f32"), False, "(2, 4) · (3, 4) f16 · (3, 4) f32"),
        (("(2, 4) float32", "(3, 4) int64"), True, "(2, 4) float32 · (3, 4) int64 … varies"),
        (("() float64",), False, "() float64"),
        (("something else",), False, "something else"),
        (("something", "else"), False, "something · else"),
    ],
)
def test_a_type_that_shapes_share_is_said_once(found: tuple[str, ...], varies: bool, said: str) -> None:
    assert seen(Sight(1, "x", found, varies)) == said


def test_the_table_leaves_out_what_is_of_another_snippets_lines() -> None:
    found = [Sight(2, "y", ("(2,) int64",)), Sight(0, "a", ("() int64",)), Sight(9, "b", ("() int64",))]
    assert shapes("x = 1\ny = 2\n", found) == (Shape(2, "y", "(2,) int64"),)


def test_names_that_gave_the_same_stand_together_in_the_order_of_the_line() -> None:
    code = "self.k = 0\nq, n, k = f(k)\nmask = (\n    hidden := g()\n)\n"
    found = [Sight(2, "k", ("(2,) int64",)), Sight(2, "n", ("() int64",)), Sight(2, "q", ("(2,) int64",))]
    others = [Sight(1, "self.k", ("() int64",)), Sight(3, "hidden", ("(1,) bool",)), Sight(3, "mask", ("(1,) bool",))]
    assert shapes(code, found + others) == (
        Shape(1, "self.k", "() int64"),
        Shape(2, "q, k", "(2,) int64"),
        Shape(2, "n", "() int64"),
        Shape(3, "mask, hidden", "(1,) bool"),
    )


def said(code: str, *found: Sight) -> dict[int, str]:
    return {line: text.replace("\N{NO-BREAK SPACE}", " ") for line, text in beside(code, shapes(code, found)).items()}


@pytest.mark.parametrize("line", ["x = f()", "    x: Tensor = f()", "x += 1", "x @= w", "x //= 2", "x **= 2"])
def test_a_name_that_begins_its_line_is_not_repeated(line: str) -> None:
    assert said(line, Sight(1, "x", ("(2, 3) float32",))) == {1: "(2, 3) float32"}


@pytest.mark.parametrize("line", ["for x in xs:", "y = x = f()", "x == 3", "xs = [x := f()]", "x.grad = f()", ">>> x = 1"])
def test_any_other_name_is_said(line: str) -> None:
    assert said(line, Sight(1, "x", ("(2, 3) float32",))) == {1: "x (2, 3) float32"}


def test_of_several_names_all_are_said() -> None:
    found = [Sight(1, "k", ("(2,) int64",)), Sight(1, "n", ("() int64",)), Sight(1, "q", ("(2,) int64",))]
    assert said("q, k, n = f()", *found) == {1: "q, k (2,) int64 · n () int64"}


def test_a_shape_breaks_over_no_line() -> None:
    assert beside("x = 1", [Shape(1, "x", "(2, 3) float32")]) == {1: "(2,\N{NO-BREAK SPACE}3) float32"}
