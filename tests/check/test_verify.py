"""Notes → verdicts: every snippet has one, levels follow the proof, failures are placed and say how to see them again."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenbed import model
from greenbed.check.accounts import Outcome, problems_of, verdicts_of
from greenbed.check.jobs import Beside, job_of, wants_of
from greenbed.check.protocol import Record, blank
from greenbed.check.verify import verify
from greenbed.model import Code, Note, Role, Severity, Snippet, Status, Verdict
from tests.check.verifying import FIRST_LINE, checked, config, fact, note, places, snippet, statuses, with_literals


def setup(code: str) -> Snippet:
    return snippet(code, role=Role.SETUP)


def check(code: str) -> Snippet:
    return snippet(code, role=Role.CHECK)


def the(verdicts: tuple[Verdict, ...]) -> Verdict:
    (only,) = verdicts
    return only


def test_a_snippet_with_a_check_of_its_own_is_verified_with_its_record(tmp_path: Path) -> None:
    verification, problems = checked(
        config(tmp_path), note("a.md", "import torch\nprint('hi')\ntorch.ones(2)  # tensor([1., 1.])")
    )
    verdict = the(verification.by_path[PurePosixPath("a.md")])
    assert problems == ()
    assert (verdict.status, verdict.checks, verdict.stdout, verdict.cached) == (Status.VERIFIED, 1, "hi\n", False)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", verdict.verified_on)
    assert verdict.seconds > 0
    assert (verification.executed, verification.cached) == (1, 0)


def test_a_snippet_without_a_check_runs_and_is_a_warning(tmp_path: Path) -> None:
    verification, problems = checked(config(tmp_path), note("a.md", "1 + 1  # 2", "x = 1"))
    assert statuses(verification, "a.md") == [Status.VERIFIED, Status.RUNS]
    assert [(p.line, p.code, p.severity) for p in problems] == [(FIRST_LINE + 1 + 9, Code.UNPROVEN, Severity.WARNING)]


def test_a_check_verifies_the_whole_proof_and_nothing_else(tmp_path: Path) -> None:
    mine = note("a.md", setup("x = 1"), "y = x", check("assert y == 1"), "z = y")
    verification, problems = checked(config(tmp_path), mine)
    assert statuses(verification, "a.md") == [Status.VERIFIED, Status.VERIFIED, Status.VERIFIED, Status.RUNS]
    assert places(problems) == [("a.md", FIRST_LINE + 3 * 10, "unproven")]


def test_where_the_check_fails_the_shown_snippet_is_not_called_unproven_too(tmp_path: Path) -> None:
    verification, problems = checked(config(tmp_path), note("a.md", "y = 1", check("assert y == 2")))
    assert statuses(verification, "a.md") == [Status.RUNS, Status.FAILED]
    assert places(problems) == [("a.md", FIRST_LINE + 10, "failed")]


def test_where_the_check_is_skipped_the_shown_snippet_only_runs(tmp_path: Path) -> None:
    skipped = snippet("assert y", role=Role.CHECK, skip="slow")
    verification, problems = checked(config(tmp_path), note("a.md", "y = 1", skipped))
    assert statuses(verification, "a.md") == [Status.RUNS, Status.SKIPPED]
    assert verification.by_path[PurePosixPath("a.md")][1].reason == "slow"
    assert problems == ()


def test_a_fact_is_decided_by_its_options(tmp_path: Path) -> None:
    code = "import torch\nassert torch.zeros(4, 6).T.stride() == answer"
    good = note("good.md", fact(code, "(1, 6)", "(6, 1)"))
    bad = note("bad.md", fact(code, "(6, 1)", "(1, 6)"), fact("assert len(answer) == 2", "(1, 6)", "(6, 1)"))
    verification, problems = checked(config(tmp_path), good, bad)
    assert statuses(verification, "good.md") == [Status.VERIFIED]
    assert statuses(verification, "bad.md") == [Status.FAILED, Status.FAILED]
    assert {problem.code for problem in problems} == {Code.FACT_REFUTED, Code.DISTRACTOR_HOLDS}


def test_a_failure_is_a_problem_at_its_line_with_evidence_and_the_way_to_see_it_again(tmp_path: Path) -> None:
    _, problems = checked(config(tmp_path), note("bits/my note.md", "x = 1\nx + 1  # 3"))
    (problem,) = problems
    assert (problem.path, problem.line, problem.code) == ("bits/my note.md", FIRST_LINE + 1, Code.MISMATCH)
    assert problem.detail.splitlines()[:2] == ["want  3", " got  2"]
    assert problem.detail.splitlines()[-1] == "again alone: python build.py --check --only 'bits/my note.md'"


def test_the_caret_stands_in_the_file_where_it_stands_in_the_code(tmp_path: Path) -> None:
    code = "def f(x):\n    return x  # (2, 3)\nassert 1 == 1"
    quoted = [replace(snippet(one), indent=2) for one in (code, "f((2, 4))\n3  # 3")]
    literal = model.Literal("4", "3", 25, 7, 0)  # in prose, below the first snippet
    _, problems = checked(config(tmp_path), with_literals(note("a.md", *quoted), literal))
    assert [(problem.code, problem.line, problem.column) for problem in problems] == [
        (Code.CANNOT_FAIL, 12, 3),
        (Code.MISMATCH, 25, 7),
        (Code.SHAPE, 11, 17),  # 15 in the code; the second snippet ran when it was found
    ]


def test_want_and_got_of_several_lines_are_aligned(tmp_path: Path) -> None:
    _, problems = checked(config(tmp_path), note("a.md", snippet("print('a')\nprint('b')", expected="a\nc\n")))
    assert problems[0].detail.splitlines()[:4] == ["want  a", "      c", " got  a", "      b"]


def test_a_failure_does_not_keep_later_snippets_from_running(tmp_path: Path) -> None:
    verification, _ = checked(config(tmp_path), note("a.md", "1 / 0", "1 + 1  # 2"))
    assert statuses(verification, "a.md") == [Status.FAILED, Status.VERIFIED]


def test_the_time_limit_is_the_snippets_else_the_notes_else_the_gardens(tmp_path: Path) -> None:
    one = note("a.md", snippet("1", timeout=3.0), "2", timeout=5.0)
    other = note("b.md", "1")
    limits = [s["timeout"] for each in (one, other) for s in job_of(each, config(tmp_path), Beside({}))["snippets"]]
    assert limits == [3.0, 5.0, 10.0]


def test_only_limits_what_is_run_and_says_so_of_the_rest(tmp_path: Path) -> None:
    notes = [note("bits/a.md", "1  # 1"), note("bits/b.md", "1  # 1"), note("chapters/c.md", "1  # 1")]
    verification, problems = checked(config(tmp_path, only=("bits/a*", "chapters/*")), *notes)
    assert problems == ()
    assert [statuses(verification, str(each.path)) for each in notes] == [
        [Status.VERIFIED],
        [Status.NOT_RUN],
        [Status.VERIFIED],
    ]
    assert the(verification.by_path[PurePosixPath("bits/b.md")]).reason == "not selected by --only"
    again, _ = checked(config(tmp_path, only=("bits/b*",)), *notes)
    assert [statuses(again, str(each.path)) for each in notes] == [[Status.VERIFIED]] * 3
    assert (again.executed, again.cached) == (1, 2)


def test_a_result_that_hangs_on_the_ambient_seed_is_a_problem_where_it_is_claimed(tmp_path: Path) -> None:
    codes = [f"import torch\ntorch.rand(1).item() > {limit / 10}  # True" for limit in range(1, 10)]
    verification, problems = checked(config(tmp_path), *[note(f"{n}.md", code) for n, code in enumerate(codes)])
    unseeded = [problem for problem in problems if problem.code is Code.UNSEEDED]
    assert unseeded, "under two seeds no limit lies between the two draws"
    assert all("ambient seed" in problem.message and "manual_seed" in problem.hint for problem in unseeded)
    assert all(statuses(verification, problem.path) == [Status.FAILED] for problem in unseeded)


def test_a_wrong_value_that_hangs_on_the_ambient_seed_is_both_problems(tmp_path: Path) -> None:
    drawn = note("a.md", "import torch\ntorch.rand(1).item()  # 7.5\n1 + 1  # 3")
    _, problems = checked(config(tmp_path), drawn, note("b.md", "import torch\n_ = torch.rand(1)\n1 + 1  # 3"))
    assert places(problems) == [
        ("a.md", FIRST_LINE + 1, "mismatch"),
        ("a.md", FIRST_LINE + 2, "mismatch"),
        ("a.md", FIRST_LINE + 1, "unseeded"),
        ("b.md", FIRST_LINE + 2, "mismatch"),  # which draws, too, but not for what it claims
    ]


def test_an_unseeded_draw_whose_claims_hold_anyway_passes(tmp_path: Path) -> None:
    mine = note("a.md", "import torch\ntorch.rand(3).shape  # torch.Size([3])")
    verification, problems = checked(config(tmp_path), mine)
    assert problems == ()
    assert (statuses(verification, "a.md"), verification.executed) == ([Status.VERIFIED], 1)


def test_a_seeded_note_passes_in_one_run(tmp_path: Path) -> None:
    code = "import torch\n_ = torch.manual_seed(0)\ntorch.rand(1)  # tensor([0.4963])"
    assert checked(config(tmp_path), note("a.md", code, "torch.rand(1)  # tensor([0.7682])"))[1] == ()


def test_progress_counts_snippets_up_to_all_of_them(tmp_path: Path) -> None:
    notes = [note("a.md", "1  # 1", "2  # 2"), note("b.md", "import torch\ntorch.rand(1) < 2  # tensor([True])", "3  # 3")]
    checked(config(tmp_path), notes[0])
    told: list[tuple[int, int, int]] = []
    verify(notes, config(tmp_path), {}, progress=lambda *counts: told.append(counts))
    assert told[0] == (2, 4, 2)
    assert told[-1] == (4, 4, 2)
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)


def test_a_note_without_snippets_has_no_verdicts_and_starts_nothing(tmp_path: Path) -> None:
    verification, problems = checked(config(tmp_path), note("a.md"))
    assert (verification.by_path, verification.executed, problems) == ({PurePosixPath("a.md"): ()}, 0, ())


def test_the_environment_is_named(tmp_path: Path) -> None:
    environment = checked(config(tmp_path), note("a.md", "1  # 1"))[0].environment
    assert re.fullmatch(r"3\.\d+\.\d+\S*", environment.python)
    assert re.match(r"2\.\d+", environment.torch)
    assert " " in environment.platform
    assert environment.isolation


def test_a_note_gets_the_folder_beside_it_but_not_everything_in_a_crowd() -> None:
    files = {PurePosixPath(f"bits/{n}.csv"): Path(f"/garden/bits/{n}.csv") for n in range(100)}
    files |= {
        PurePosixPath("bits/deep/er/x.csv"): Path("/garden/bits/deep/er/x.csv"),
        PurePosixPath("y.csv"): Path("/garden/y.csv"),
    }
    beside = Beside(files)
    assert beside.of(note("a.md", "")) == {"bits": "/garden/bits", "y.csv": "/garden/y.csv"}
    assert beside.of(note("bits/deep/a.md", "")) == {"er": "/garden/bits/deep/er"}
    assert beside.of(note("bits/a.md", "open('7.csv'), f'{deep}'")) == {
        "7.csv": "/garden/bits/7.csv",
        "deep": "/garden/bits/deep",
    }
    assert len(beside.of(note("bits/a.md", "glob('*.csv')"))) == 101


def test_what_must_be_imported_ahead_is_seen_in_the_code() -> None:
    wants = {
        code: wants_of(note("a.md", code)) for code in ("torch.ones(1)", "optim.SGD(p)", "torch.testing.assert_close(a, b)")
    }
    assert wants == {"torch.ones(1)": (), "optim.SGD(p)": ("dynamo",), "torch.testing.assert_close(a, b)": ("symbolic",)}


KINDS: st.SearchStrategy[Literal["ran", "skipped", "failed", "not_run"]] = st.sampled_from(
    ["ran", "skipped", "failed", "not_run"]
)
ROLES = st.lists(st.sampled_from([Role.SETUP, Role.SHOWN, Role.CHECK, Role.FACT]), max_size=8)


def accountable(roles: list[Role]) -> Note:
    """A note in which every check and setup has a snippet to belong to."""
    return note("a.md", "0", *[snippet("1", role=role) for role in roles], "2")


@settings(max_examples=200, deadline=None)
@given(ROLES, st.data())
def test_every_snippet_is_accounted_for_once_whatever_was_recorded(roles: list[Role], data: st.DataObject) -> None:
    mine = accountable(roles)
    records: list[Record] = [
        {**blank("a.md", one.index, "why"), "status": data.draw(KINDS), "checks": data.draw(st.integers(0, 2))}
        for one in mine.snippets
    ]
    verdicts = verdicts_of(mine, [Outcome(record, "", cached=False) for record in records])
    counts = Counter(verdict.status for verdict in verdicts)
    assert sum(counts.values()) == len(mine.snippets)
    assert [verdict.snippet for verdict in verdicts] == [one.index for one in mine.snippets]
    assert counts[Status.VERIFIED] + counts[Status.RUNS] == sum(record["status"] == "ran" for record in records)
    for one, verdict in zip(mine.snippets, verdicts, strict=True):
        proof = [r for s, r in zip(mine.snippets, records, strict=True) if s.owner == one.owner and r["status"] == "ran"]
        if verdict.status is Status.VERIFIED:
            assert any(record["checks"] for record in proof)
    unproven = [problem.line for problem in problems_of(mine, verdicts) if problem.code is Code.UNPROVEN]
    runs = [s.line for s, v in zip(mine.snippets, verdicts, strict=True) if v.status is Status.RUNS and s.role is Role.SHOWN]
    assert set(unproven) <= set(runs)


def test_a_missing_or_doubled_record_is_our_own_error() -> None:
    mine = note("a.md", "0", "1")
    first = Outcome(blank("a.md", 0, ""), "", cached=False)
    for outcomes in ([first], [first, first]):
        with pytest.raises(AssertionError, match="records for 2 snippets"):
            verdicts_of(mine, outcomes)
