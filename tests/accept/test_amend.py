"""Only what is amended changes, whatever the file's line ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenbed.accept.amend import Amendment, Misplaced, amended, as_lines


def test_all_places_of_a_text_at_once() -> None:
    text = "one\ntwo three\nfour"
    amendments = [
        Amendment(3, 1, "four", "4"),
        Amendment(2, 5, "three", "3"),
        Amendment(2, 1, "two", "2"),
        Amendment(1, 4, "", "!"),
    ]
    assert amended(text, amendments) == "one!\n2 3\n4"


@pytest.mark.parametrize(
    ("text", "amendment", "after"),
    [
        ("a\r\nb\r\nc\r\n", Amendment(2, 1, "b", "x\ny"), "a\r\nx\r\ny\r\nc\r\n"),
        ("a\r\nb\nc\rd", Amendment(1, 1, "a\nb\nc", "1\n2\n3"), "1\r\n2\n3\rd"),  # each line keeps its own end
        ("a\r\nb", Amendment(2, 1, "b", "x\ny"), "a\r\nx\r\ny"),  # without a last newline
        ("\ufeffa\nb", Amendment(1, 1, "a", "x"), "\ufeffx\nb"),
        ("a\r\nb\r\nc", Amendment(1, 1, "a\nb\nc", "x"), "x"),
        ("a\r\n```", Amendment(2, 1, "", "x\n"), "a\r\nx\r\n```"),  # a line more
        ("tab\t# 1\n", Amendment(1, 7, "1", "2"), "tab\t# 2\n"),
    ],
)
def test_lines_end_as_they_did(text: str, amendment: Amendment, after: str) -> None:
    assert amended(text, [amendment]) == after


@pytest.mark.parametrize(
    "amendment",
    [
        Amendment(1, 1, "b", "x"),  # it says something else
        Amendment(1, 2, "b", "x"),  # that is the next line
        Amendment(3, 1, "", "x"),
        Amendment(0, 1, "a", "x"),
        Amendment(1, 0, "a", "x"),
        Amendment(2, 1, "b\nc", "x"),
        Amendment(1, 1, "ab", "x"),
    ],
)
def test_what_is_not_there_is_not_guessed(amendment: Amendment) -> None:
    with pytest.raises(Misplaced):
        amended("a\nb", [amendment])


def test_two_amendments_of_one_place_are_refused() -> None:
    with pytest.raises(Misplaced):
        amended("a b\n", [Amendment(1, 1, "a b", "x"), Amendment(1, 3, "b", "y")])


PIECES = st.text(alphabet="ab`#> \t→é𝛼", max_size=8)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@st.composite
def amended_texts(draw: st.DrawFn) -> tuple[str, list[Amendment], str]:
    """A text of alternating pieces that stay and pieces that are amended, the amendments, and what has to come out."""
    before = after = draw(st.sampled_from(["", "\ufeff"]))
    amendments = []
    for _ in range(draw(st.integers(0, 5))):
        kept = "k" + "".join(draw(PIECES) + draw(ENDS) for _ in range(draw(st.integers(1, 3)))) + draw(PIECES) + "|"
        end = draw(ENDS)
        old, new = draw(st.lists(PIECES, min_size=1, max_size=3)), draw(st.lists(PIECES, min_size=1, max_size=3))
        before, after = before + kept, after + kept
        lines = as_lines(before)
        amendments.append(Amendment(len(lines), len(lines[-1]) + 1, "\n".join(old), "\n".join(new)))
        before, after = before + end.join(old) + "|" + end, after + end.join(new) + "|" + end
    return before, amendments, after


@given(amended_texts())
def test_not_a_character_beside_the_amendments_changes(case: tuple[str, list[Amendment], str]) -> None:
    before, amendments, after = case
    assert amended(before, amendments) == after
    assert amended(before, []) == before
