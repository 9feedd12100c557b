"""Build again and again: what has been read once is remembered, the last good site stays."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from greenbed.config import UsageError
from greenbed.console import Console, as_text, wants_colour
from greenbed.model import Config, Note, Problem, Report, Severity, Source
from greenbed.pipeline import build, read
from greenbed.problems import displayed, locate

Read = tuple[Note, tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class State:
    """What the browser is told after each build."""

    version: int = 0  # rises whenever files of the site changed
    problems: tuple[dict[str, str], ...] = ()  # place, severity, message, hint, detail: all plain text


@dataclass(slots=True)
class Rebuilder:
    """Builds the preview into its own folder below the cache, so that site/ never holds drafts."""

    config: Config
    tell: Callable[[str], None]  # prints for the user
    state: State = field(default_factory=State)
    _known: dict[PurePosixPath, tuple[Source, Read]] = field(default_factory=dict)

    def rebuild(self) -> State:
        """Build once; an error of our own is shown too, since the preview must not end."""
        try:
            report = build(self.config, Console(self.config), self.read)
        except UsageError as error:
            return self.failed(str(error), "")
        except Exception:  # our own bug: the author sees it in the page and goes on
            return self.failed("greenbed itself failed", traceback.format_exc())
        self.tell(as_text(report, self.config, colour=wants_colour()))
        self.state = State(self.state.version + (report.written > 0), told(report, self.config))
        return self.state

    def read(self, source: Source) -> Read:
        """Read a file, unless it is as it was."""
        known = self._known.get(source.path)
        if known is None or known[0] != source:
            known = self._known[source.path] = source, read(source)
        return known[1]

    def failed(self, message: str, detail: str) -> State:
        """A build that gave no report."""
        self.tell(f"{message}\n{detail}".rstrip())
        problem = {"place": "", "severity": "error", "message": message, "hint": "", "detail": detail}
        self.state = replace(self.state, problems=(problem,))
        return self.state


def told(report: Report, config: Config) -> tuple[dict[str, str], ...]:
    """The problems as the overlay shows them, errors first; notes to the author do not cover the page."""
    grave = [problem for problem in report.problems if problem.severity is not Severity.NOTE]
    ordered = sorted(grave, key=lambda problem: problem.severity.rank)
    return tuple(
        {
            "place": f"{displayed(locate(problem, config))}:{problem.line}",
            "severity": problem.severity.value,
            "message": problem.message,
            "hint": problem.hint,
            "detail": problem.detail,
        }
        for problem in ordered
    )
