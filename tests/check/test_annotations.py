"""Annotations as jaxtyping writes them."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenbed.check.evidence.annotations import annotated, is_of_kind
from greenbed.check.evidence.shapes import Clash, Fit, unify


def texts(annotation: str) -> list[str]:
    return [shape.text for shape in annotated(ast.parse(annotation, mode="eval").body)]


@pytest.mark.parametrize(
    ("annotation", "found"),
    [
        ('Float[Tensor, "B T C"]', ['Float[Tensor, "B T C"]']),
        ('Int[torch.Tensor, "b t"]', ['Int[torch.Tensor, "b t"]']),
        ('jaxtyping.Float32[np.ndarray, ""]', ['Float32[np.ndarray, ""]']),
        ("'Float[Tensor, \"B\"]'", ['Float[Tensor, "B"]']),
        ('Optional[Float[Tensor, "B"]]', ['Float[Tensor, "B"]']),
        ('Float[Tensor, "B"] | None', ['Float[Tensor, "B"]']),
        ('tuple[Float[Tensor, "B"], Int[Tensor, "B"]]', ['Float[Tensor, "B"]', 'Int[Tensor, "B"]']),
        ('tuple[Float[Tensor, "B"], int]', []),
        ('list[Float[Tensor, "B"]]', []),
        ('Float[Tensor, "B"] | Int[Tensor, "B"]', []),
        ('Float[Tensor, "*a *b"]', []),
        ('dict[str, "B T"]', []),
        ("Literal['a', 'b']", []),
        ("Tensor", []),
        ("'not Python ['", []),
    ],
)
def test_the_shapes_of_an_annotation(annotation: str, found: list[str]) -> None:
    assert texts(annotation) == found


@pytest.mark.parametrize(
    ("dims", "sizes", "fits"),
    [
        ("B T", (2, 3), True),
        ("B B", (2, 3), False),
        ("2 T", (2, 3), True),
        ("2 T", (3, 3), False),
        ("name=2 T", (3, 3), False),
        ("", (), True),
        ("", (1,), False),
        ("... T", (1, 2, 3), True),
        ("*batch T", (1, 2, 3), True),
        ("_ _any T", (1, 2, 3), True),
        ("T #T", (3, 1), True),
        ("T #T", (3, 3), True),
        ("T #T", (3, 2), False),
        ("n n+1", (3, 4), True),
        ("n n+1", (3, 5), False),
        ("n {n*2}", (3, 5), True),  # what cannot be read says nothing
    ],
)
def test_its_words_are_unified(dims: str, sizes: tuple[int, ...], *, fits: bool) -> None:
    (shape,) = annotated(ast.parse(f'Float[Tensor, "{dims}"]', mode="eval").body)
    assert isinstance(unify(shape, sizes, {}), Fit) is fits


def test_a_named_run_of_axes_is_the_same_everywhere() -> None:
    (shape,) = annotated(ast.parse('Float[Tensor, "*batch d"]', mode="eval").body)
    first = unify(shape, (2, 3, 4), {})
    assert first == Fit({"*batch": (2, 3), "d": 4})
    assert unify(shape, (2, 4, 4), {"*batch": (2, 3)}) == Clash({"*batch": (2, 3)})


@pytest.mark.parametrize(
    ("kind", "yes", "no"),
    [
        ("Float", ["float16", "bfloat16", "float64", "float8_e5m2"], ["int64", "bool", "complex64"]),
        ("Int", ["int8", "int64"], ["uint8", "float32"]),
        ("UInt", ["uint8"], ["int8"]),
        ("Bool", ["bool"], ["uint8"]),
        ("Complex", ["complex64"], ["float32"]),
        ("Num", ["int8", "uint8", "float32", "complex64"], ["bool"]),
        ("Real", ["int8", "bfloat16"], ["complex64"]),
        ("Float32", ["float32"], ["float64"]),
        ("Float8e5m2", ["float8_e5m2"], ["float8_e4m3fn"]),
        ("BFloat16", ["bfloat16"], ["float16"]),
        ("Shaped", ["bool", "float32"], []),
    ],
)
def test_the_kind_of_number(kind: str, yes: list[str], no: list[str]) -> None:
    assert [dtype for dtype in (*yes, *no) if is_of_kind(kind, dtype)] == yes


@given(st.text(max_size=30))
def test_no_text_in_an_annotation_breaks_the_reader(text: str) -> None:
    for shape in annotated(ast.parse(f"Float[Tensor, {text!r}]", mode="eval").body):
        assert isinstance(unify(shape, (2, 3), {}), Fit | Clash)
