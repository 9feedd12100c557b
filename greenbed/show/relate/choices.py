"""The options of a fact in the order in which readers meet them: in the quiz, on paper and on cards."""

from __future__ import annotations

from hashlib import sha256

from greenbed.model import Choice, Fact


def shuffled(fact: Fact) -> tuple[Choice, ...]:
    """The answer among the wrong options, in an order that follows from the fact's id alone.

    It is the same in every build and on every visit, a corrected wording does not change it, and the answer is as often in one
    place as in another. The answer is the Choice that `fact.answer` is.
    """
    options = (fact.answer, *fact.distractors)
    order = sorted(range(len(options)), key=lambda index: sha256(f"{fact.id} {index}".encode()).digest())
    return tuple(options[index] for index in order)
