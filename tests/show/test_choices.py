"""The order of a fact's options."""

from __future__ import annotations

from collections import Counter

from greenbed.model import Choice, Fact
from greenbed.show.relate.choices import shuffled


def fact(id: str, *options: str) -> Fact:
    answer, *others = (Choice(text, 1) for text in options)
    return Fact(id, 1, (), answer, tuple(others), (), None, None)


def test_options_come_in_the_same_order_in_every_build() -> None:
    order = [choice.text for choice in shuffled(fact("strides-of-a-transpose", "(1, 6)", "(6, 1)", "(4, 1)", "(1, 4)"))]
    assert order == ["(6, 1)", "(1, 6)", "(1, 4)", "(4, 1)"]


def test_a_corrected_wording_moves_nothing() -> None:
    before = shuffled(fact("axes", "3", "60", "12"))
    after = shuffled(fact("axes", "three", "sixty", "12"))
    places = {"3": "three", "60": "sixty", "12": "12"}
    assert [places[choice.text] for choice in before] == [choice.text for choice in after]


def test_the_place_of_the_answer_tells_nothing() -> None:
    places = Counter()
    for number in range(2000):
        one = fact(f"fact-{number}", "right", "a", "b", "c")
        places[shuffled(one).index(one.answer)] += 1
    assert set(places) == {0, 1, 2, 3}
    assert all(430 < count < 570 for count in places.values()), places  # 500 ± 3.6 standard deviations
