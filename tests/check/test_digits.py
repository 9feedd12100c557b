"""Numbers as an author writes them, and values in the same manner."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from greenbed.check.compare import compare
from greenbed.check.running.digits import written


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("15", "15"),
        ("131,328", "131328"),
        ("131\u202f328", "131328"),
        (r"131{,}328", "131328"),
        (r"1\,131\,328", "1131328"),
        ("1,234.5", "1234.5"),
        ("−3.246", "-3.246"),
        ("+0.5", "0.5"),
        (".5", ".5"),
        ("1.798e308", "1.798e308"),
        ("1.2e−8", "1.2e-8"),
        ("−7 × 10⁻⁶", "-7e-6"),
        ("10⁻⁶", "1e-6"),
        (r"6.02 \times 10^{23}", "6.02e23"),
        (r"2\cdot10^3", "2e3"),
    ],
)
def test_a_number_as_python_writes_it(text: str, number: str) -> None:
    found = written(text)
    assert found is not None
    assert found.number == number


@pytest.mark.parametrize("text", ["", "x", "-", ".", "(1, 6)", "1,23", "1 000", "True", "2.13.0", "nan", "1+2j", "0x10"])
def test_no_number(text: str) -> None:
    assert written(text) is None


@pytest.mark.parametrize(
    ("text", "value", "again"),
    [
        ("131,328", 131584, "131,584"),
        ("128", 131584, "131584"),
        (r"131{,}328", 1315840, r"1{,}315{,}840"),
        ("−3.246", -3.5, "−3.500"),
        ("−3.246", 3.5, "3.500"),
        ("3.246", -3.5, "-3.500"),
        ("+0.5", 0.7, "+0.7"),
        ("1,234.5", 12345.678, "12,345.7"),
        ("0.05", 0.000123, "0.000123"),  # nothing would be left of it
        ("15", 15.0, "15.0"),
        ("15", 15.3333333, "15.33"),
        ("15.0", 15, "15"),
        ("1.2e-8", 3.44e-12, "3.4e-12"),
        ("1.2 × 10⁻⁸", 3.44e-12, "3.4 × 10⁻¹²"),
        ("10⁻⁶", 1e-5, "1 × 10⁻⁵"),
        (r"6.02 \times 10^{23}", 1500.0, r"1.50 \times 10^{3}"),
        ("1.5", math.inf, "inf"),
        ("1", True, "True"),
    ],
)
def test_a_value_in_the_same_manner(text: str, value: float, again: str) -> None:
    found = written(text)
    assert found is not None
    assert found.rewritten(value) == again


MANNERS = [
    "1",
    "1,000",
    "−1",
    "+1",
    "0.5",
    "0.7645",
    "1,234.50",
    "1e-3",
    "1.20e5",
    "1.2 × 10⁻⁸",
    "10⁻⁶",
    r"1{,}000",
    r"2 \times 10^{3}",
]


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(MANNERS), st.one_of(st.integers(-(10**15), 10**15), st.floats(allow_nan=False, allow_infinity=False)))
def test_what_is_put_in_its_place_reads_as_the_value(text: str, value: float) -> None:
    manner = written(text)
    assert manner is not None
    assume(abs(value) >= 1e-300 or not value)
    again = written(manner.rewritten(value))
    assert again is not None
    assert compare(again.number, repr(value), tol=None) is None
