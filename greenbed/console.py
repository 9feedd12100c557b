"""What the user sees while a build runs and when it has ended.

Progress goes to stderr and only to a terminal; problems and the summary go to stdout, as text, as one JSON document, or as
annotations. rich is imported only where something is drawn.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from greenbed import teeth
from greenbed.model import Config, Problem, Report, Severity
from greenbed.problems import annotation, describe
from greenbed.stamp import as_json

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

COLOURS: Mapping[Severity, str] = {Severity.ERROR: "\033[31m", Severity.WARNING: "\033[33m", Severity.NOTE: "\033[36m"}
NOTES_SHOWN = 10  # in full, so that they drown nothing
BOLD, GREEN, DIM, PLAIN = "\033[1m", "\033[32m", "\033[2m", "\033[0m"


def wants_colour() -> bool:
    """NO_COLOR (no-color.org) and dumb terminals are respected, FORCE_COLOR too."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


class Console:
    """Times the stages, draws progress, prints the report."""

    def __init__(self, config: Config, form: str = "text") -> None:
        self.config = config
        self.form = form
        self.seconds: dict[str, float] = {}
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    @contextmanager
    def drawing(self) -> Iterator[None]:
        """Draw progress while the block runs, where stderr is a terminal."""
        if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
            yield
            return
        from rich.console import Console as Terminal
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Terminal(stderr=True), transient=True) as self._progress:
            self._task = self._progress.add_task("looking", total=None)
            yield
        self._progress = None

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time one stage; its seconds add up when it is entered again."""
        started = time.perf_counter()
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, description=name, total=None, completed=0)
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - started

    def snippets(self, done: int, total: int, cached: int) -> None:
        """Snippets checked so far."""
        if self._progress is not None and self._task is not None:
            label = f"check ({cached} cached)" if cached else "check"
            self._progress.update(self._task, description=label, total=total, completed=done)

    def mutants(self, done: int, total: int, cached: int) -> None:
        """Mutants tried so far."""
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, description="mutants", total=total, completed=done)

    def show(self, report: Report) -> None:
        """Print problems and summary in the form that was asked for."""
        if self.form == "json":
            print(json.dumps(as_json(report), ensure_ascii=False, indent=2))
        elif self.form == "github":
            told = [annotation(problem, self.config) for problem in report.problems]
            told += teeth.notices(report.teeth or {}, self.config)
            print("\n".join([*told, summary(report, self.config)]))
        else:
            print(as_text(report, self.config, colour=wants_colour()))


def as_text(report: Report, config: Config, *, colour: bool) -> str:
    """Every problem, then the first notes to the author, then the summary."""
    notes = [problem for problem in report.problems if problem.severity is Severity.NOTE]
    shown = [problem for problem in report.problems if problem.severity is not Severity.NOTE] + notes[:NOTES_SHOWN]
    told = [describe(problem, config) for problem in shown]
    parts = [coloured(*pair) for pair in zip(shown, told, strict=True)] if colour else told
    if len(notes) > NOTES_SHOWN:
        parts.append(f"… and {counted(len(notes) - NOTES_SHOWN, 'more note')} to the author: --format json tells all")
    closing = summary(report, config)
    if colour:
        first, *rest = closing.split("\n")
        closing = "\n".join([f"{BOLD}{GREEN if report.ok else COLOURS[Severity.ERROR]}{first}{PLAIN}", *rest])
    bitten = [] if report.teeth is None else [teeth.as_text(report.teeth, config)]
    return "\n\n".join([*parts, closing, *bitten])


def coloured(problem: Problem, text: str) -> str:
    """The headline in bold and the colour of its severity, the evidence plain, the hint dim."""
    first, *rest = text.split("\n")
    rest = [f"{DIM}{line}{PLAIN}" if line.startswith("      hint: ") else line for line in rest]
    return "\n".join([f"{BOLD}{COLOURS[problem.severity]}{first}{PLAIN}", *rest])


def summary(report: Report, config: Config) -> str:
    """What was done, in four lines."""
    count = report.snippets
    levels = ("verified", "runs", "skipped", "not_run", "failed")
    named = [f"{count[level]} {level.replace('_', ' ')}" for level in levels if count[level] or level == "verified"]
    held = [counted(report.notes, "note"), counted(report.chapters, "chapter"), counted(report.facts, "fact")]
    ran = f"{counted(report.checks, 'check')} · {report.executed} executed, {report.cached} cached"
    stages = " · ".join(f"{stage} {seconds:.2f}" for stage, seconds in report.seconds.items())
    took = f"{sum(report.seconds.values()):.2f} s ({stages})"
    return "\n".join(
        [
            outcome(report, config),
            f"  {' · '.join([*held, counted(report.terms, 'term')])}",
            f"  {counted(count['found'], 'snippet')}: {', '.join(named)} · {ran}",
            f"  {counted(report.pages, 'page')}, {counted(report.written, 'file')} written · {took}",
        ]
    )


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 note", "2 notes"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def outcome(report: Report, config: Config) -> str:
    """The first line of the summary: what became of the site."""
    found = Counter(problem.severity for problem in report.problems)
    whose = {Severity.NOTE: " to the author"}  # a "note" alone is a page
    told = ", ".join(f"{counted(found[each], each.value)}{whose.get(each, '')}" for each in Severity if found[each])
    if found[Severity.ERROR]:
        return f"{told}: nothing was published"
    place = "nothing was to be published" if config.check or config.only else f"the site in {config.output} is up to date"
    return f"clean{f', {told}' if told else ''}: {place}"
