"""Which part of what stands before a comment is the literal."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from greenbed.read.written import Range, at_end, in_code, in_formula, in_words

READERS = (at_end, in_words, in_code, in_formula)


def read(reader: Callable[[str], Range | None], text: str) -> str | None:
    found = reader(text)
    return text[slice(*found)] if found else None


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("holds 131,328", "131,328"),
        ("131\u202f328", "131\u202f328"),
        ("3.2×", "3.2"),
        ("up 12%", "12"),
        ("~0.5", "0.5"),
        ("at −3.246", "−3.246"),
        ("x=-5", "-5"),
        ("±0.5", "0.5"),
        ("+0.5", "+0.5"),
        (".5", ".5"),
        ("layers 3-5", "5"),
        ("512 × 256 = 131,072", "131,072"),
        ("up to 1.798e308", "1.798e308"),
        ("1e-5", "1e-5"),
        ("−7 × 10⁻⁶", "−7 × 10⁻⁶"),
        ("10⁻⁶", "10⁻⁶"),
        ("3.2 m²", None),
        ("7B", "7"),
        ("(see 15)", "15"),
        ("(1,000)", "1,000"),
        ("(128,256)", "(128,256)"),
        ("It is 15.", "15"),
        ("a tensor of (1, 6)", "(1, 6)"),
        ("it is (1, 6).", "(1, 6)"),
        ("it is (1,\n6)", "(1,\n6)"),
        ("(2,)", "(2,)"),
        ("(-1, −2)", "(-1, −2)"),
        ("[[1, 2], [3, 4]]", "[[1, 2], [3, 4]]"),
        ("{'a': 1}", "{'a': 1}"),
        ("torch.Size([2])", "torch.Size([2])"),
        ("tensor([1., 2.], dtype=torch.float64)", "tensor([1., 2.], dtype=torch.float64)"),
        ("is True", "True"),
        ("−inf", "−inf"),
        ("in torch.float32", "torch.float32"),
        ("float16", "float16"),
        ('says "no way"', '"no way"'),
        ("“GELU”", "“GELU”"),
        ("f(1, 6)", "6"),  # no value but a call: what is left is its last number
        ("(B, T)", None),
        ("conv1d", None),
        ("2⁵", None),
        ("torch 2.13.0", None),
        ("0,5", None),
        ("1,234,56", None),
        ("12 %", None),
        ("15 ", None),
        ("the layers'", None),
        ("don't 'x'y'", None),
        ("", None),
        ("...", None),
        ("(" * 5000, None),
        (")" * 5000, None),
    ],
)
def test_text_ends_with_it(text: str, literal: str | None) -> None:
    assert read(at_end, text) == literal


@pytest.mark.parametrize(
    ("code", "literal"),
    [
        ("15.", "15."),
        ("1_024", "1_024"),
        ("(2, 3)", "(2, 3)"),
        ("1+2j", "1+2j"),
        ("-0.5", "-0.5"),
        ("torch.float32", "torch.float32"),
        ("'cpu'", "'cpu'"),
        ("tensor([nan, inf])", "tensor([nan, inf])"),
        ("f(x) = 15", "15"),
        ("lr=3e-4", "3e-4"),
        ("relu", "relu"),
        ("conv1d", "conv1d"),
        ("2.13.0", "2.13.0"),
        ("4x4", "4x4"),
        ("[B, T]", "[B, T]"),
        (" ", None),
    ],
)
def test_code_is_taken_whole_else_its_last_number_else_as_a_text(code: str, literal: str | None) -> None:
    assert read(in_code, code) == literal


@pytest.mark.parametrize(
    ("words", "literal"), [("12", "12"), ("12 of 128", "128"), ("about 12 layers", "12"), ("the [1, 2]", "2"), ("none", None)]
)
def test_words_are_taken_whole_else_their_last_number(words: str, literal: str | None) -> None:
    assert read(in_words, words) == literal


@pytest.mark.parametrize(
    ("latex", "literal"),
    [
        (r"\hat y = 0.7645", "0.7645"),
        (r"\approx 131{,}328", r"131{,}328"),
        (r"131\,328", r"131\,328"),
        (r"\approx1.4", "1.4"),
        (r"\sqrt{2} \approx 1.414\ldots", "1.414"),
        (r"6.02 \times 10^{23}", r"6.02 \times 10^{23}"),
        (r"\epsilon = 10^{-6}", "10^{-6}"),
        (r"-3.2", "-3.2"),
        (r"x = -5", "-5"),
        (r"\approx -5", "-5"),
        (r"x - 5", "5"),
        (r"\alpha -5", "5"),
        (r"12\%", "12"),
        (r"(1, 6)", "(1, 6)"),
        (r"(1{,}024, 6)", r"(1{,}024, 6)"),
        (r"\sigma^2 = 0.5", "0.5"),
        (r"a_{12} = 3", "3"),
        (r"\hat y_1", None),
        (r"x^{-5}", None),
        (r"\alpha", None),
    ],
)
def test_of_a_formula_indices_and_exponents_are_no_numbers(latex: str, literal: str | None) -> None:
    assert read(in_formula, latex) == literal


@given(st.one_of(st.text(max_size=40), st.text("0123456789.,-−+eE×10⁻⁶ ()[]{}'\"%^_\\=x\n", max_size=30)))
def test_whatever_the_text_the_literal_is_a_part_of_it_without_space_around(text: str) -> None:
    for reader in READERS:
        literal = read(reader, text)
        assert literal is None or (literal and literal == literal.strip())


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """A number as authors write it in prose."""
    whole = draw(st.integers(0, 10**9))
    text = f"{whole:,}" if draw(st.booleans()) else str(whole)
    text += draw(st.sampled_from(["", f".{draw(st.integers(0, 9999))}"]))
    text += draw(st.sampled_from(["", f"e{draw(st.integers(-30, 30))}", " × 10⁻⁸"]))
    return draw(st.sampled_from(["", "-", "−"])) + text


@given(numbers(), st.sampled_from(["", "holds ", "≈ ", "(", "it is ~", "a = ", "1 of ", "over\n"]))
@pytest.mark.parametrize("unit", ["", "×", "%", ".", ")", "ms", "k”"])
def test_a_number_is_found_with_whatever_is_glued_to_it(unit: str, number: str, words: str) -> None:
    assume(not (words == "(" and unit == ")" and "," in number))  # which may be a tuple
    assert read(at_end, words + number + unit) == number


@given(st.one_of(st.lists(st.integers()), st.tuples(st.integers(), st.floats(allow_nan=False)), st.lists(st.booleans())))
def test_what_python_shows_for_a_list_or_tuple_reads_as_one_value(value: object) -> None:
    assert read(at_end, f"a value of {value!r}") == repr(value)
    assert read(in_code, repr(value)) == repr(value)
