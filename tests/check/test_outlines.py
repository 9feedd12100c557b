"""The outlines of drawings, in few characters."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenbed.check.running.outlines import shortened

PLACES = st.lists(st.tuples(*[st.floats(-2000, 2000).map(lambda x: round(x, 6))] * 2), min_size=1, max_size=40)
WAY = re.compile(r"([MLhlvz])([^MLhlvz]*)")
NUMBER = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)")


def line(*places: tuple[float, float]) -> str:
    """As matplotlib writes it."""
    return "M " + " \nL ".join(f"{x:f} {y:f}" for x, y in places) + " \n"


def corners(outline: str) -> list[tuple[float, float]]:
    """Where the ways of an outline of lines lead."""
    x = y = 0.0
    found = []
    for letter, said in WAY.findall(outline):
        numbers = list(map(float, NUMBER.findall(said)))
        pairs = {"h": [(n, 0) for n in numbers], "v": [(0, n) for n in numbers]}.get(letter)
        for dx, dy in pairs if pairs is not None else zip(numbers[::2], numbers[1::2], strict=True):
            x, y = (dx, dy) if letter == "M" else (x + dx, y + dy)
            found.append((x, y))
    return found


@given(PLACES)
def test_every_point_is_where_it_was(places: list[tuple[float, float]]) -> None:
    parts = 10 if len(places) > 24 else 100
    first, *others = [(round(x * parts), round(y * parts)) for x, y in places]
    steps = zip([first, *others], others, strict=False)
    moved = [there for at, (here, there) in enumerate(steps) if there != here or at == 0]
    found = corners(shortened(line(*places)))
    assert [(round(x * parts), round(y * parts)) for x, y in found] == [first, *moved]


@pytest.mark.parametrize(
    ("written", "short"),
    [
        ("M 1 2 \nL 3 2 \nL 3 4 \nL 1 4 \nz\n", "M1 2h2v2h-2z"),
        ("M 0 0 L 1 1 z M 5 5 L 6 6 L 7 8", "M0 0l1 1zM5 5l1 1 1 2"),
        ("M 0 -1.5 C 0.4 -1.5 0.78 -1.34 1.06 -1.06 Q 1.5 0 0 0", "M0-1.5c.4 0 .78 .16 1.06 .44q.44 1.06-1.06 1.06"),
        ("M 1 1 L 2 2 z L 3 3", "M1 1l1 1zl2 2"),
        ("M 3 3 L 3 3.001", "M3 3h0"),  # a dot, where ends are round
        ("M 3 3 L 4 4 L 4 4.001 L 5 5", "M3 3l1 1 1 1"),
        ("M 1e-05 2.5e-1 L -0.001 0", "M0 .25v-.25"),
    ],
)
def test_ways_are_said_in_few_characters(written: str, short: str) -> None:
    assert shortened(written) == short


@pytest.mark.parametrize("outline", ["", "M 1", "L 1 2", "M 1 2 A 1 1 0 0 1 3 3", "M 1,2 L 3,4", "M 1 2 3 4", "1 2", "M nan 2"])
def test_what_matplotlib_does_not_write_is_left_alone(outline: str) -> None:
    assert shortened(outline) == outline
