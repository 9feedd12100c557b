"""What two runs under different ambient seeds say of a snippet."""

from __future__ import annotations

from greenbed.check.accounts import accuse_unseeded
from greenbed.check.protocol import Record, blank
from greenbed.model import Code


def ran(randomness: str) -> Record:
    return {**blank("bits/a.md", 0, ""), "status": "ran", "randomness": randomness}


def accused(first: Record, second: Record) -> list[str]:
    (judged,) = accuse_unseeded([first], [second])
    return [failure["code"] for failure in judged["failures"]]


def test_what_differs_between_two_seeds_is_unseeded() -> None:
    assert accused(ran("one"), ran("other")) == [Code.UNSEEDED]
    assert accused(ran("one"), ran("one")) == []


def test_what_only_the_first_run_drew_was_not_the_notes() -> None:
    assert accused(ran("drawn while a package was imported"), ran("")) == []
