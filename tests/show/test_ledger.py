"""The ledger: every fence has a row, and the totals are those of the rows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath

from greenbed.model import Code, Failure, Status, Survivor, Teeth, Verdict, Warned
from greenbed.show.pages.ledger import verified_page
from greenbed.show.pages.views import Account, Badge, LevelCount, Mutant, Row, Stat
from tests.show.growing import grow
from tests.show.rendering import press, pressed

NOTE = '# A\n\n```python setup\nx = 1\n```\n\n```python\nx\n```\n\n```python skip="no GPU"\ny\n```\n'


def test_every_fence_has_its_row(tmp_path: Path) -> None:
    page = verified_page(press(tmp_path, {"a.md": NOTE}).garden)
    assert page.accounts == (
        Account(
            "A",
            "/bits/a/",
            "a.md",
            (
                Row(4, "setup", Badge(Status.RUNS, "Runs"), 0, 0.25, "2026-11-22", ""),
                Row(8, "shown", Badge(Status.VERIFIED, "Verified"), 1, 0.25, "2026-11-22", ""),
                Row(12, "shown", Badge(Status.SKIPPED, "Skipped"), 0, 0.0, "", "no GPU"),
            ),
        ),
    )
    counts = {stat.name: stat.value for stat in page.stats}
    assert counts == {
        "snippets": "3",
        "verified": "1",
        "run, without a claim of their own": "1",
        "skipped": "1",
        "checks that held": "1",
    }


def test_what_failed_or_was_not_run_says_why(tmp_path: Path) -> None:
    failed = Verdict(0, Status.FAILED, failures=(Failure(Code.MISMATCH, 4, "want 1, got 2"),))
    after = [Verdict(index, Status.NOT_RUN, reason="line 4 did not finish") for index in (1, 2)]
    garden = pressed(grow(tmp_path, {"a.md": NOTE}), {PurePosixPath("a.md"): (failed, *after)}).garden
    (account,) = verified_page(garden).accounts
    assert [row.reason for row in account.rows] == ["want 1, got 2", "line 4 did not finish", "line 4 did not finish"]


def test_notes_without_code_are_left_out(tmp_path: Path) -> None:
    page = verified_page(press(tmp_path, {"a.md": "# A\n"}).garden)
    assert page.accounts == ()
    assert page.stats == (Stat("0", "snippets"), Stat("0", "checks that held"))


def test_the_filter_offers_the_levels_that_occur(tmp_path: Path) -> None:
    page = verified_page(press(tmp_path, {"a.md": NOTE}).garden)
    assert page.levels == (
        LevelCount(Badge(Status.VERIFIED, "Verified"), 1),
        LevelCount(Badge(Status.RUNS, "Runs"), 1),
        LevelCount(Badge(Status.SKIPPED, "Skipped"), 1),
    )
    assert (page.count, page.has_warnings, page.has_mutants) == (3, False, False)


def test_warnings_are_counted_and_deprecated_calls_among_them(tmp_path: Path) -> None:
    leaving = Warned("FutureWarning", "use b", 1, "torch")
    warned = Verdict(1, Status.VERIFIED, checks=1, warnings=(leaving, Warned("UserWarning", "look", 1)))
    others = (Verdict(0, Status.RUNS), warned, Verdict(2, Status.SKIPPED, reason="no GPU"))
    page = verified_page(pressed(grow(tmp_path, {"a.md": NOTE}), {PurePosixPath("a.md"): others}).garden)
    assert [(row.warnings, row.deprecated) for row in page.accounts[0].rows] == [(0, 0), (2, 1), (0, 0)]
    assert page.has_warnings
    assert Stat("1", "deprecated call") in page.stats


def test_mutants_are_counted_by_note_and_found_at_their_lines(tmp_path: Path) -> None:
    garden = press(tmp_path, {"a.md": NOTE, "b.md": "# B\n\n```python\nz\n```\n"}).garden
    missed = (Survivor(8, "x", "y"), Survivor(8, "x", "-x", "its sign is free"))
    teeth = {PurePosixPath("a.md"): Teeth(12, 11, missed)}
    page = verified_page(replace(garden, verification=replace(garden.verification, teeth=teeth)))
    a, b = page.accounts
    assert [row.survivors for row in a.rows] == [None, 1, 0]
    assert [row.survivors for row in b.rows] == [None]
    assert (a.score, b.score) == ("11 of 12 mutants noticed", "")
    assert a.mutants == (Mutant(8, "x", "y", ""), Mutant(8, "x", "-x", "its sign is free"))
    assert page.has_mutants
    assert page.stats[-1] == Stat("11 of 12", "mutants noticed")
