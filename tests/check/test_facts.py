"""Facts of a cheat sheet: the check holds for the answer, and fails for every other option; lines are those of the options."""

from __future__ import annotations

from pathlib import Path

from tests.check.snippets import fact, failures, record, records
from tests.check.verifying import checked, config, note, places
from tests.check.verifying import fact as note_fact


def at(line: int) -> int:
    """A file line as a failure says it, relative to the check, which begins on file line 10."""
    return line - 9


def test_a_fact_holds_for_its_answer_and_fails_for_the_others() -> None:
    found = record(fact("assert torch.zeros(4, 6).T.stride() == answer\n", "(1, 6)", "(6, 1)", "(4, 1)", "(1, 4)"))
    assert (found["status"], found["checks"], found["failures"]) == ("ran", 1, [])


def test_a_wrong_answer_is_refuted_at_its_line() -> None:
    assert failures(fact("x = 1\nassert torch.zeros(4, 6).T.stride() == answer\n", "(6, 1)", "(1, 6)")) == [
        (
            "fact-refuted",
            at(1),
            (
                "the check refutes the answer '(6, 1)', in line 11: assert torch.zeros(4, 6).T.stride() == answer does not "
                "hold: torch.zeros(4, 6).T.stride() is (1, 6), answer is (6, 1)"
            ),
        )
    ]


def test_each_distractor_that_holds_is_named_at_its_line() -> None:
    assert failures(fact("x = 1\nassert answer > 0\n", "1", "2", "-1", "3")) == [
        ("distractor-holds", at(2), "the check holds for the wrong option '2' too: see line 11"),
        ("distractor-holds", at(4), "the check holds for the wrong option '3' too: see line 11"),
    ]


def test_a_distractor_must_fail_by_an_assert() -> None:
    assert failures(fact("assert answer < 3\n", "1", "four")) == [
        (
            "failed",
            at(2),
            (
                "for the option 'four' the check ends in something else than a failed assert, in line 10: "
                "TypeError: '<' not supported between instances of 'str' and 'int'"
            ),
        )
    ]


def test_a_check_that_cannot_fail_for_any_option() -> None:
    assert failures(fact("answer\nassert True\n", "1", "2")) == [
        ("distractor-holds", at(2), "the check holds for the wrong option '2' too: no assert looks at `answer`"),
        ("cannot-fail", 2, "this check cannot fail: it asserts True"),
    ]


def test_a_check_that_does_not_look_at_the_answer_runs_once() -> None:
    found = record(fact("print('once')\nassert torch.ones(1) == 1\n", "words", "other words"))
    assert (found["stdout"], found["checks"], found["failures"]) == ("once\n", 1, [])


def test_the_output_is_that_for_the_answer() -> None:
    found = record(fact("print(answer)\nassert answer == 1\n", "1", "2", "3"))
    assert (found["stdout"], found["failures"]) == ("1\n", [])


def test_a_check_that_changes_what_it_looks_at_tells_no_option() -> None:
    (made, found) = records("left = [1]\n", fact("assert left.pop() == answer\n", "1", "2"))
    assert made["failures"] == []
    kinds = [(failed["code"], failed["message"].partition(":")[0]) for failed in found["failures"]]
    assert kinds == [
        ("failed", "for the option '2' the check ends in something else than a failed assert, in line 21"),
        ("bad-fact", "the check does not hold when it is run again, so it tells no option"),
    ]


def test_a_check_with_prompts_tells_no_option() -> None:
    assert failures(fact(">>> 1 + 1 == answer\nTrue\n", "2", "3")) == [
        ("bad-fact", 1, "a check with prompts cannot tell whether the wrong options fail")
    ]
    assert record(fact(">>> 1 + 1\n2\n", "words", "others"))["failures"] == []


def test_what_a_check_binds_does_not_leak_into_the_next() -> None:
    first, second = records(fact("mine = 1\nassert answer == 1\n", "1", "2"), fact("assert mine == answer\n", "1", "2"))
    assert first["failures"] == []
    assert [failed["message"] for failed in second["failures"]] == ["NameError: name 'mine' is not defined"]


def test_the_problem_stands_at_the_line_of_the_option(tmp_path: Path) -> None:
    _, problems = checked(config(tmp_path), note("a.md", note_fact("assert answer > 0", "1", "-1", "2")))
    assert places(problems) == [("a.md", 3, "distractor-holds")]
