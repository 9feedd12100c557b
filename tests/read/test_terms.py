"""Terms: name, abbreviation, sentence — and what is no term."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenbed.model import Code
from greenbed.read.markdown.spans import split
from tests.read.notes import error, note, problem, read


def test_a_term_has_its_names_its_line_and_its_sentence() -> None:
    text = """\
        # A

        Before this. The slope is infinite, so the product is
        [not a *number* (NaN)]{.term aka="nan, invalid"}: it spreads to $x.y$ as well. After this.
        """
    (term,) = note(text).terms
    assert (term.name, term.short, term.aliases, term.id) == ("not a number", "NaN", ("nan", "invalid"), "term-not-a-number")
    assert term.line == 4
    assert term.text == "The slope is infinite, so the product is not a number (NaN): it spreads to x.y as well."
    kinds = [token.type for token in term.tokens]
    named = ["term_open", "text", "em_open", "text", "em_close", "text", "term_close"]
    assert kinds == ["text", "softbreak", *named, "text", "math_inline", "text"]
    assert term.tokens[0].content == "The slope is infinite, so the product is"
    assert term.tokens[-1].content == " as well."


def test_the_term_is_in_the_stream_with_the_same_id() -> None:
    found = note("The [logit]{.term}.")
    (opening,) = (child for token in found.tokens for child in token.children or () if child.type == "term_open")
    assert {key: opening.meta[key] for key in ("id", "short", "aliases")} == {"id": "term-logit", "short": "", "aliases": ()}


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("| a |\n|---|\n| the [logit]{.term} is. Not. |\n", ("the logit is.", 3)),
        ("> [!note] The [logit]{.term} is.\n", ("The logit is.", 1)),
        ("- one\n- the [logit]{.term}\n  is\n", ("the logit is", 2)),
        ("Text[^1].\n\n[^1]: The [logit]{.term} is.\n", ("The logit is.", 3)),
        ("The [top. k]{.term} is. Not.", ("The top. k is.", 1)),
    ],
)
def test_a_term_may_stand_anywhere_but_in_a_heading(text: str, term: tuple[str, int]) -> None:
    (found,) = note(text).terms
    assert (found.text, found.line) == term


def test_other_spans_are_no_terms() -> None:
    assert note("[a]{.small} and [b]{.terms}").terms == ()


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "hint"),
    [
        ("a\n\nb []{.term}", 3, 3, "a term without a name", "write the term between the brackets: [gradient]{.term}"),
        ("[ ]{.term}", 1, 1, "a term without a name", "write the term between the brackets: [gradient]{.term}"),
        (
            "a\n\n## On [b (C)]{.term}",
            3,
            7,
            'the term "b" is introduced in a heading',
            "mark it in the sentence that says what it is",
        ),
        ("Is [a [b]{.term}]{.term}.", 1, 7, 'the term "b" is introduced inside another term', "mark one of the two"),
        (
            "Is [Ab]{.term}.\n\nIs [ab (C)]{.term}.",
            3,
            4,
            'the term "ab" is introduced a second time, first on line 1',
            "mark it only where it is explained",
        ),
    ],
)
def test_what_is_no_term_is_reported(text: str, line: int, column: int, message: str, hint: str) -> None:
    assert problem(text) == error(Code.BAD_TERM, line, column, message, hint)


def test_an_option_of_a_fact_introduces_nothing() -> None:
    _, problems = read(":::fact {#a}\nQ?\n\n= b\n- [c]{.term}\n\nsource: d\n:::\n")
    assert [(found.line, found.code) for found in problems] == [(5, Code.BAD_TERM)]
    assert problems[0].hint == "introduce it in the explanation or in a note"


@given(st.text())
def test_any_text_splits_into_a_name_and_an_abbreviation(text: str) -> None:
    name, short = split(text)
    assert " ".join(text.replace("(", " ").replace(")", " ").split()) == " ".join(
        f"{name} {short}".replace("(", " ").replace(")", " ").split()
    )
