"""Claims that no run has come by."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from greenbed.model import Severity, Status
from tests.check.snippets import fact, record, records, snippet
from tests.check.verifying import checked, config, note, places
from tests.check.verifying import snippet as shown

FUNCTION = "import torch\ndef f(x):\n    if len(x) > 3:\n        return x  # (n,)\n    return x[0]  # ()\n"


def unreached(code: str) -> list[int]:
    """Lines of the claims of a note of one snippet that were never reached."""
    return [claim["line"] for claim in record(code)["unreached"]]


def test_a_claim_that_no_snippet_reaches_is_named_in_the_last_record() -> None:
    first, second, third = records(FUNCTION, "f(torch.ones(2))\n", "def g(x):\n    x  # 3\n    assert x == 4\n")
    assert (first["unreached"], second["unreached"]) == ([], [])
    assert third["unreached"] == [{"snippet": 0, "line": 4}, {"snippet": 2, "line": 2}]
    assert records(FUNCTION, "f(torch.ones(2))\n", "f(torch.ones(5))\n")[-1]["unreached"] == []


def test_a_comment_is_a_check_of_the_snippet_that_it_stands_in() -> None:
    defining, calling, again = records(FUNCTION, "y = f(torch.ones(5))\n", "f(torch.ones(2))\nf(torch.ones(5))\n")
    assert (defining["checks"], defining["proves"]) == (0, [])
    assert (calling["checks"], calling["proves"]) == (0, [0])
    assert (again["checks"], again["proves"]) == (0, [0])  # the other return; the first is known to hold


def test_an_assert_is_a_check_of_the_snippet_that_comes_by() -> None:
    helping, checking, again = records("def same(a, b):\n    assert a == b\n", "same(1, 1)\n", "same(2, 2)\n")
    assert [one["checks"] for one in (helping, checking, again)] == [0, 1, 1]
    assert [one["proves"] for one in (helping, checking, again)] == [[], [], []]


def test_what_fails_in_a_later_snippet_proves_nothing() -> None:
    _, calling = records("def f(x):\n    return x  # (2,)\n", "import torch\nf(torch.ones(2))\nf(torch.ones(3))\n")
    assert (calling["status"], calling["proves"]) == ("failed", [])


def test_the_snippet_whose_comments_hold_later_is_verified_and_the_one_that_only_calls_is_not(tmp_path: Path) -> None:
    verification, problems = checked(config(tmp_path), note("a.md", FUNCTION, "f(torch.ones(5))\nf(torch.ones(2))\n"))
    defining, calling = verification.by_path[PurePosixPath("a.md")]
    assert (defining.status, defining.checks) == (Status.VERIFIED, 2)
    assert (calling.status, calling.checks) == (Status.RUNS, 0)
    assert places(problems) == [("a.md", 24, "unproven")]


def test_remarks_and_annotations_of_a_function_that_is_never_called_are_named() -> None:
    code = 'def f(x: Float[Tensor, "n"], y):\n    """Doc.\n\n    y: (n,)\n    """\n    # x: (n,)\n    pass\n'
    assert unreached(f"from __future__ import annotations\n{code}") == [2, 5, 7]


def test_nothing_is_said_from_the_line_on_that_was_to_raise() -> None:
    code = "import torch\ndef f(x):\n    y = x.view(7)  # (7,)\n    return y  # (7,)\nz = f(torch.ones(3))  # (7,)\n"
    found = record(snippet(code, raises=("RuntimeError", "")))
    assert (found["failures"], found["unreached"]) == ([], [])


def test_nothing_is_said_of_code_that_was_compiled() -> None:
    code = f"{FUNCTION}torch.compile(f, backend='eager')(torch.ones(5))\ntorch.compile(f, backend='eager')(torch.ones(2))\n"
    assert unreached(code) == []


def test_distractors_reach_claims_too() -> None:
    found = record(fact("def f(x):\n    return x  # ()\nif answer == 3: f(3)\nassert answer == 2\n", "2", "3"))
    assert found["unreached"] == []


def test_an_unreached_claim_is_a_warning_at_its_line(tmp_path: Path) -> None:
    _, problems = checked(config(tmp_path), note("a.md", f"{FUNCTION}assert f(torch.ones(2)) == 1\n"))
    assert places(problems) == [("a.md", 13, "unproven")]
    assert (problems[0].severity, problems[0].message) == (
        Severity.WARNING,
        "this claim was never reached, so nothing has proven it",
    )


def test_an_unreached_claim_is_not_the_matter_where_something_failed_or_was_skipped(tmp_path: Path) -> None:
    code = f"{FUNCTION}assert f(torch.ones(2)) == 1\n"
    _, failing = checked(config(tmp_path), note("a.md", code, "assert 1 == 2\n"))
    _, skipping = checked(config(tmp_path), note("b.md", code, shown("f(torch.ones(9))\n", skip="needs two GPUs")))
    assert [code for _, _, code in places(failing)] == ["failed"]
    assert places(skipping) == []


def test_an_unreached_claim_is_still_named_when_its_note_comes_from_the_cache(tmp_path: Path) -> None:
    given = note("a.md", f"{FUNCTION}assert f(torch.ones(2)) == 1\n", "assert f(torch.ones(1)) == 1\n")
    checked(config(tmp_path), given)
    verification, problems = checked(config(tmp_path), given)
    assert verification.executed == 0
    assert places(problems) == [("a.md", 13, "unproven")]
