"""Heat maps: which values they take, what they say, and that nobody needs to see colours to read them."""

from __future__ import annotations

import math
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from greenbed import heatmap
from greenbed.heatmap import ABOVE, BELOW, STEPS, ZERO, HeatMap, paint

ROOT = Path(__file__).parents[1]
SVG = "{http://www.w3.org/2000/svg}"


def texts(drawn: HeatMap) -> list[str]:
    return [element.text or "" for element in ET.fromstring(drawn.svg).iter(f"{SVG}text")]


def titles(drawn: HeatMap) -> list[str]:
    return [element.text or "" for element in ET.fromstring(drawn.svg).iter(f"{SVG}title")]


def shades(drawn: HeatMap) -> list[str]:
    """The fill of each cell, in the order in which they are drawn: by shade."""
    groups = (group for group in ET.fromstring(drawn.svg).iter(f"{SVG}g") if group.get("shape-rendering"))
    return [re.sub(r"var\(--heat-|,.*", "", group.get("fill", "")) for group in groups for _ in group]


@pytest.mark.parametrize(
    "values",
    [
        torch.tensor([[0.5, -1.0], [0.0, 2.0]], requires_grad=True),
        torch.tensor([[0.5, -1.0], [0.0, 2.0]], dtype=torch.bfloat16),
        np.array([[0.5, -1.0], [0.0, 2.0]]),
        [[0.5, -1.0], [0.0, 2.0]],
        [torch.tensor([0.5, -1.0]), [torch.tensor(0.0), 2.0]],
    ],
)
def test_tensors_arrays_and_lists_are_drawn_alike(values: Any) -> None:
    assert heatmap(values) == heatmap([[0.5, -1.0], [0.0, 2.0]])


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (torch.zeros(64, 64), "at most 32 × 32 values, these are 64 × 64: pick a part"),
        (torch.zeros(33), "at most 32 × 32 values, these are 1 × 33"),
        (torch.zeros(2, 2, 2), "one or two dimensions, these values have 3"),
        (torch.tensor(1.0), "one or two dimensions, these values have 0"),
        (torch.zeros(2, 0), "needs values, and rows of one length"),
        ([], "needs values, and rows of one length"),
        ([[1, 2], [3]], "needs values, and rows of one length"),
        ([[1, 2], 3], "needs values, and rows of one length"),
        ([["a"]], "draws numbers and booleans, not 'a'"),
        ([1j], "draws numbers and booleans, not 1j"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_its_reason(values: Any, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        heatmap(values)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([[1.0, -0.5], [0.0, 2.0]], "heatmap(2 × 2, −0.50 to 2.00)"),
        ([1, 2, 30], "heatmap(3, 1 to 30)"),
        ([[True], [False]], "heatmap(2 × 1, 0 to 1)"),
        ([[0.0, -math.inf]], "heatmap(1 × 2, 0 to 0)"),
    ],
)
def test_it_says_what_it_is(values: Any, said: str) -> None:
    assert repr(heatmap(values)) == said


def test_values_stand_in_their_cells_with_the_names_of_the_axes() -> None:
    drawn = heatmap([[0.25, 1.0], [0.5, 0.0]], rows="query", columns="key", labels=("ab", ["c", "d"]))
    assert texts(drawn) == ["0.25", "1.00", "0.50", "0.00", "key", "query", "a", "b", "c", "d", "0.00", "1.00"]


def test_digits_are_the_authors() -> None:
    assert texts(heatmap([0.12345, 0.5], digits=3))[:2] == ["0.123", "0.500"]
    assert texts(heatmap([1.0, 2.0]))[:2] == ["1", "2"]
    assert texts(heatmap([1e-5, 2e-5]))[:2] == ["1e−05", "2e−05"]
    assert texts(heatmap([-0.001, 1.5]))[:2] == ["0.00", "1.50"]


def test_where_the_values_do_not_fit_each_cell_says_its_own() -> None:
    drawn = heatmap(torch.linspace(-1, 1, 24 * 24).reshape(24, 24), rows="query", columns="key")
    assert texts(drawn).count("−1.00") == 1  # in the legend
    assert len(titles(drawn)) == 24 * 24
    assert {"query 0, key 0: −1.00", "query 23, key 23: 1.00"} <= set(titles(drawn))


def test_both_signs_have_hues_of_their_own_around_zero() -> None:
    assert shades(heatmap([-4.0, -1.0, 0.0, 2.0, 4.0])) == ["minus-8", "minus-2", "0", "4", "8"]
    assert shades(heatmap([0.5, 0.75, 1.0])) == ["0", "4", "8"]
    assert shades(heatmap([-3.0, -2.0, -1.0])) == ["minus-8", "minus-4", "0"]
    assert shades(heatmap([0.0, 0.0])) == ["0", "0"]
    assert shades(heatmap([7.0, 7.0])) == ["4", "4"]


def test_a_mask_has_two_shades_and_says_which_is_which() -> None:
    drawn = heatmap(torch.ones(2, 2).tril().bool())
    assert shades(drawn) == ["0", "6", "6", "6"]
    assert texts(drawn)[:4] == ["1", "0", "1", "1"]
    assert texts(drawn)[-2:] == ["0 False", "1 True"]


def test_what_is_no_finite_number_has_no_shade_and_is_named() -> None:
    drawn = heatmap([math.nan, math.inf, -math.inf, 1.0])
    assert (shades(drawn), texts(drawn)[:4]) == (["4"], ["nan", "inf", "−inf", "1"])
    large = heatmap([[-math.inf if column > row else 0.5 for column in range(24)] for row in range(24)])
    assert "row 0, column 1: −inf" in titles(large)
    assert len(shades(large)) == 24 * 25 / 2


def test_labels_have_to_fit() -> None:
    with pytest.raises(ValueError, match="labels are 3 and 3, for 2 rows and 3 columns"):
        heatmap([[1, 2, 3], [4, 5, 6]], labels=["a", "b", "c"])
    assert texts(heatmap([[1, 2], [3, 4]], labels=["<a>", "b\n&"]))[4:] == [
        "column",
        "row",
        "<a>",
        "b &",
        "<a>",
        "b &",
        "1",
        "4",
    ]


numbers = st.one_of(st.booleans(), st.integers(-(10**9), 10**9), st.floats(width=32))


@given(
    st.integers(1, 32).flatmap(lambda size: st.lists(st.lists(numbers, min_size=size, max_size=size), min_size=1, max_size=3))
)
def test_any_numbers_make_a_drawing_that_parses_and_names_every_value(values: list[list[float]]) -> None:
    drawn = heatmap(values)
    root = ET.fromstring(drawn.svg)
    assert not [element for element in root.iter() if "style" in element.attrib]
    cells = list(root.iter(f"{SVG}rect"))
    count = len(values) * len(values[0])
    assert len(cells) >= count + 1
    assert root.get("class") == "fixed" or len(titles(drawn)) == count
    assert repr(drawn).startswith("heatmap(")


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_any_labels_make_a_drawing_that_parses(labels: list[str]) -> None:
    assert ET.fromstring(heatmap([range(len(labels))] * len(labels), labels=labels).svg).tag == f"{SVG}svg"


def test_without_a_style_sheet_it_has_the_light_colours_of_the_page() -> None:
    tokens = dict(re.findall(r"--([\w-]+): light-dark\((#\w+), #\w+\);", (ROOT / "static/css/tokens.css").read_text()))
    page = {f"var(--{name}, {light})" for name, light in tokens.items() if name.startswith("heat-")}
    assert {paint(shade) for shade in range(-STEPS, STEPS + 1)} == page
    assert len({ZERO, *ABOVE, *BELOW}) == 2 * STEPS + 1


def test_a_notebook_shows_it_and_nothing_else_is_needed() -> None:
    code = (
        "import sys; from greenbed import heatmap; drawn = heatmap([[1, 2]]); assert drawn._repr_svg_().startswith('<svg ');"
        "print(sorted(name for name in sys.modules if name.startswith('greenbed')))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['greenbed', 'greenbed.heatmap']"
