"""Verdicts → a note's badge and /verification.json: nothing is said to be proven that is not."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from greenbed.model import Environment, Status, Teeth, Verdict, Warned
from greenbed.show.pages.verification import badge, proofs, verification_data
from tests.show.growing import ENVIRONMENT, grow

NOTE = (
    "# A\n\n```python setup\nx = 1\n```\n\n```python\ny = x\n```\n\n"
    "```python check\nassert y\n```\n\n```python\nprint(2)\n```\n"
)
SETUP = Verdict(0, Status.RUNS, verified_on="2026-11-20", seconds=0.25)
SHOWN = Verdict(1, Status.RUNS, verified_on="2026-11-22")
CHECK = Verdict(2, Status.VERIFIED, checks=1, verified_on="2026-11-21")
SECOND = Verdict(3, Status.VERIFIED, checks=2, verified_on="2026-11-22")


def text_of(folder: Path, *verdicts: Verdict, environment: Environment = ENVIRONMENT) -> str:
    note = grow(folder, {"bits/a.md": NOTE}).note("bits/a.md")
    found = badge(note, verdicts, environment)
    assert found is not None
    return f"{found.level.value}: {found.text}"


def test_a_snippet_is_verified_by_the_checks_in_its_proof(tmp_path: Path) -> None:
    assert text_of(tmp_path, SETUP, SHOWN, CHECK, SECOND) == (
        "verified: 2 of 2 snippets verified · 3 checks · torch 2.13.0 · 2026-11-20"
    )


@pytest.mark.parametrize(
    ("check", "second", "said"),
    [
        (
            replace(CHECK, status=Status.RUNS, checks=0),
            SECOND,
            "runs: 1 of 2 snippets verified, 1 run without a check · 2 checks",
        ),
        (replace(CHECK, status=Status.FAILED, checks=0), SECOND, "failed: 1 of 2 snippets verified, 1 failed · 2 checks"),
        (CHECK, Verdict(3, Status.SKIPPED, reason="two GPUs"), "skipped: 1 of 2 snippets verified, 1 skipped · 1 check"),
        (CHECK, Verdict(3, Status.NOT_RUN), "not_run: 1 of 2 snippets verified, 1 not run · 1 check"),
        (Verdict(2, Status.NOT_RUN), SECOND, "not_run: 1 of 2 snippets verified, 1 not run · 2 checks"),
    ],
)
def test_a_note_is_as_good_as_its_worst_snippet(tmp_path: Path, check: Verdict, second: Verdict, said: str) -> None:
    assert text_of(tmp_path, SETUP, SHOWN, check, second).startswith(said)


def test_a_skipped_snippet_is_not_verified_by_its_check(tmp_path: Path) -> None:
    skipped = Verdict(1, Status.SKIPPED, reason="needs cuda")
    assert text_of(tmp_path, SETUP, skipped, CHECK, SECOND).startswith("skipped: 1 of 2 snippets verified, 1 skipped")


def test_what_has_no_verdict_was_not_run(tmp_path: Path) -> None:
    assert text_of(tmp_path, SETUP, SHOWN, CHECK).startswith("not_run: 1 of 2 snippets verified, 1 not run")


def test_without_torch_none_is_named(tmp_path: Path) -> None:
    bare = replace(ENVIRONMENT, torch="")
    assert text_of(tmp_path, SETUP, SHOWN, CHECK, SECOND, environment=bare).endswith("3 checks · 2026-11-20")


def test_deprecated_calls_and_mutants_are_part_of_the_line(tmp_path: Path) -> None:
    note = grow(tmp_path, {"bits/a.md": NOTE}).note("bits/a.md")
    leaving = Warned("FutureWarning", "use b", 1, "torch")
    warned = (
        SETUP,
        replace(SHOWN, warnings=(leaving, Warned("UserWarning", "look", 1))),
        CHECK,
        replace(SECOND, warnings=(leaving,)),
    )
    found = badge(note, warned, ENVIRONMENT, teeth=Teeth(30, 28))
    assert found
    assert found.text == (
        "2 of 2 snippets verified · 3 checks · 1 deprecated call · 28 of 30 mutants noticed · torch 2.13.0 · 2026-11-20"
    )
    untried = badge(note, (SETUP, SHOWN, CHECK, SECOND), ENVIRONMENT, teeth=Teeth(0, 0))
    assert untried
    assert "mutant" not in untried.text


def test_a_note_without_snippets_has_no_badge(tmp_path: Path) -> None:
    note = grow(tmp_path, {"bits/a.md": "# A\n\nText.\n"}).note("bits/a.md")
    assert badge(note, (), ENVIRONMENT) is None


def test_a_proof_holds_its_fences_in_the_order_they_ran(tmp_path: Path) -> None:
    note = grow(tmp_path, {"bits/a.md": NOTE}).note("bits/a.md")
    first, second = proofs(note, (SETUP, SHOWN, CHECK, SECOND))
    assert [snippet.index for snippet, _ in first.parts] == [0, 1, 2]
    assert (first.snippet.index, first.status, first.checks) == (1, Status.VERIFIED, 1)
    assert [snippet.index for snippet, _ in second.parts] == [3]


def document(folder: Path) -> dict[str, Any]:
    files = {"bits/a.md": NOTE, "bits/b.md": "# B\n\nText.\n"}
    grown = grow(folder, files, verdicts={"bits/a.md": (SETUP, SHOWN, CHECK, SECOND)})
    data = verification_data(grown.garden)
    assert verification_data(grown.garden) == data
    loaded = json.loads(data)
    assert isinstance(loaded, dict)
    return loaded


def test_every_snippet_is_listed_and_the_totals_add_up(tmp_path: Path) -> None:
    found = document(tmp_path)
    assert found["schema"] == 1
    assert found["environment"]["torch"] == "2.13.0+cpu"
    totals = found["totals"]
    assert totals["found"] == sum(totals[status.value] for status in Status) == 4
    assert totals["checks"] == 3
    assert [(note["path"], note["level"], len(note["snippets"])) for note in found["notes"]] == [
        ("bits/a.md", "verified", 4),
        ("bits/b.md", None, 0),
    ]


def test_a_record_says_where_what_and_when(tmp_path: Path) -> None:
    setup, shown, *_ = document(tmp_path)["notes"][0]["snippets"]
    assert setup == {
        "line": 4,
        "role": "setup",
        "status": "runs",
        "checks": 0,
        "seconds": 0.25,
        "verified_on": "2026-11-20",
        "reason": "",
        "owner": 8,
    }
    assert (shown["line"], shown["role"], "owner" in shown) == (8, "shown", False)
