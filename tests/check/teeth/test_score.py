"""What is made of the records of mutants: whole, or nothing."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from greenbed.check.protocol import Record, blank
from greenbed.check.teeth.mutants import mutants
from greenbed.check.teeth.score import Bite, Score, complaints, read_score, score_of
from greenbed.model import Source
from greenbed.pipeline import read

SUMS = mutants("y = a + b\n"), mutants("y = a - 1\n")


def record(snippet: int, *fates: Any, status: str = "ran", hindrance: Any = "") -> Record:
    told: Any = {**blank("a.md", snippet, ""), "status": status, "fates": list(fates), "hindrance": hindrance}
    return told  # type: ignore[no-any-return]  # a record with more in it


def test_fates_become_a_score() -> None:
    assert [len(each) for each in SUMS] == [1, 3]
    records = record(0, "survived"), record(1, "noticed", "noticed", "untried", hindrance="threads")
    assert score_of(SUMS, records) == Score(2, (Bite(0, 1, "y = a + b", "y = a - b"),), 1, "threads")


@pytest.mark.parametrize(
    "second",
    [
        record(1, "noticed"),
        record(1, "noticed", "noticed", "forged"),
        record(1, "noticed", "noticed", "noticed", status="failed"),
        record(1, "noticed", "noticed", "noticed", status="not_run"),
        record(1, "noticed", "noticed", "noticed", hindrance=None),
        blank("a.md", 1, ""),
    ],
)
def test_a_note_that_was_not_got_through_has_none(second: Record) -> None:
    assert score_of(SUMS, [record(0, "noticed"), second]) is None
    assert score_of(SUMS, [record(0, "noticed")]) is None


def test_a_score_is_read_as_it_was_written() -> None:
    score = Score(3, (Bite(1, 2, "a", "b"),), 1, "why")
    assert read_score(score.as_json()) == score


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"noticed": 1, "survivors": [{"line": 1}]}', "null"])
def test_a_damaged_score_is_a_miss(text: str) -> None:
    assert read_score(text) is None


def test_a_declared_mutant_that_was_passed_over_is_left_in_peace() -> None:
    lines = [f"y{at} = x + {at}" for at in range(8)]
    code = "\n".join(lines) + "\n"
    tried = {mutant.mutant for mutant in mutants(code)}
    passed_over = next(mutant.mutant for mutant in mutants(code, bound=1000) if mutant.mutant not in tried)
    entries = "".join(f"  - mutant: {text}\n    reason: so it is\n" for text in (passed_over, "y0 = x + 99"))
    text = f"---\ntitle: A\nequivalent:\n{entries}---\n\n```python\n{code}```\n"
    note, _ = read(Source(PurePosixPath("bits/a.md"), Path("a.md"), text, ""))
    assert [problem.line for problem in complaints(note, Score(noticed=12, survivors=()))] == [6]
