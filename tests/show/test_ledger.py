"""The ledger: every fence has a row, and the totals are those of the rows."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from greenbed.model import Code, Failure, Status, Verdict
from greenbed.show.pages.ledger import verified_page
from greenbed.show.pages.views import Account, Badge, Row, Stat
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
