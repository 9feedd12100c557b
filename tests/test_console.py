"""What the user sees when a build has ended."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from greenbed.console import NOTES_SHOWN, as_text, outcome
from greenbed.model import Code, Config, Problem, Report, Severity


def config(folder: Path) -> Config:
    folders = {name: folder / name for name in ("content", "templates", "static", "output", "cache")}
    return Config(root=folder, check=True, **folders)


def report(*severities: Severity) -> Report:
    """A report with a problem of each of these severities, on consecutive lines."""
    problems = tuple(Problem("a.md", line, Code.UNPROVEN, "so", severity=each) for line, each in enumerate(severities, start=1))
    return Report(
        notes=1, chapters=0, facts=0, terms=0, pages=0, written=0, snippets={"found": 0, "verified": 0, "runs": 0, "skipped": 0,
        "not_run": 0, "failed": 0}, checks=0, executed=0, cached=0, seconds={}, problems=problems,
        ok=Severity.ERROR not in severities,
    )  # fmt: skip


def lines_told(told: str) -> Sequence[int]:
    """The line of each problem in the order in which they are told."""
    return [int(line.split(":")[1]) for line in told.splitlines() if "a.md:" in line]


def test_notes_to_the_author_come_after_the_other_problems(tmp_path: Path) -> None:
    told = as_text(report(Severity.NOTE, Severity.WARNING, Severity.ERROR), config(tmp_path), colour=False)
    assert lines_told(told) == [2, 3, 1]
    assert "a.md:1: note: so [unproven]" in told


def test_many_notes_to_the_author_are_summed_up(tmp_path: Path) -> None:
    told = as_text(report(*[Severity.NOTE] * (NOTES_SHOWN + 2), Severity.WARNING), config(tmp_path), colour=True)
    assert lines_told(told) == [NOTES_SHOWN + 3, *range(1, NOTES_SHOWN + 1)]
    assert "… and 2 more notes to the author: --format json tells all\n" in told
    exact = as_text(report(*[Severity.NOTE] * NOTES_SHOWN), config(tmp_path), colour=False)
    assert "more note" not in exact


def test_the_outcome_counts_each_severity(tmp_path: Path) -> None:
    clean = "nothing was to be published"
    assert outcome(report(), config(tmp_path)) == f"clean: {clean}"
    assert outcome(report(Severity.NOTE), config(tmp_path)) == f"clean, 1 note to the author: {clean}"
    mixed = report(Severity.NOTE, Severity.WARNING, Severity.NOTE)
    assert outcome(mixed, config(tmp_path)) == f"clean, 1 warning, 2 notes to the author: {clean}"
    failed = report(Severity.ERROR, Severity.NOTE)
    assert outcome(failed, config(tmp_path)) == "1 error, 1 note to the author: nothing was published"
