"""The terms of a text: names whole and in parts, without case and accents; the script is held to them in a browser."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenbed.show.search.words import LONGEST, terms, terms_of

NAMES = st.from_regex(r"[a-zA-Z][a-zA-Z0-9]{0,6}(_[a-z]{1,5}){0,2}", fullmatch=True)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("torch.nn.functional", ["torch.nn.functional", "nn.functional", "torch", "nn", "functional"]),
        ("scaled_dot_product", ["scaled_dot_product", "scaled", "dot", "product"]),
        ("RMSNorm, PyTorch", ["rmsnorm", "rms", "norm", "pytorch", "torch"]),
        ("__init__", ["__init__", "init"]),
        ("pre-norm", ["pre", "norm"]),
        ("at 0.25, or 1e-6.", ["at", "0.25", "or", "1e", "6"]),
        ("Schrödinger’s ﬁeld", ["schrodinger", "s", "field"]),
        ("x.mean().sum()", ["x.mean", "x", "mean", "sum"]),
        ("... _ __ .", []),
        ("", []),
    ],
)
def test_a_text_is_found_by_its_names_and_their_parts(text: str, found: list[str]) -> None:
    assert terms(text) == found


def test_what_is_too_long_for_a_term_is_none_but_its_parts_may_be() -> None:
    assert terms("a" * LONGEST) == ["a" * LONGEST]
    assert terms("a" * (LONGEST + 1)) == terms("1" * (LONGEST + 1)) == terms("a.b_" * LONGEST + "c") == []
    assert terms(f"{'a' * LONGEST}.hook") == ["a" * LONGEST, "hook"]


@given(st.lists(NAMES, min_size=1, max_size=4))
def test_a_dotted_name_is_found_by_itself_each_ending_and_each_name(names: list[str]) -> None:
    found = terms_of(".".join(names))
    for start in range(len(names)):
        ending = ".".join(names[start:]).lower()
        assert (ending in found) == (len(ending) <= LONGEST)
        assert names[start].lower() in found


@given(st.text())
def test_terms_hold_neither_spaces_nor_capitals_and_none_is_empty(text: str) -> None:
    for term in terms(text):
        assert term == term.lower()
        assert term.strip("_.")
        assert not set(term) & set(" \t\n\r\v\f")


@given(st.text(alphabet=st.characters(codec="ascii")))
def test_case_counts_only_for_the_humps_of_a_name(text: str) -> None:
    assert set(terms(text.lower())) <= set(terms(text))
