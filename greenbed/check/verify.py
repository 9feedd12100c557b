"""Notes → Verdicts: look up what is known, run what is not, account for every snippet.

The only stage that runs an author's code, and never in this process. A note in which one snippet has no valid verdict is run
as a whole, since its snippets share a namespace.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from itertools import chain
from pathlib import Path, PurePosixPath

from greenbed.check.accounts import Outcome, problems_of, verdicts_of
from greenbed.check.cache import Cache, Entry, opened
from greenbed.check.jobs import Beside
from greenbed.check.keys import Surroundings
from greenbed.check.protocol import Record, blank
from greenbed.check.teeth.measure import Judged, Measurement
from greenbed.config import UsageError
from greenbed.model import Code, Config, Environment, Note, Problem, Severity, Teeth, Verification

Tell = Callable[[int, int, int], None]


def verify(
    notes: Sequence[Note], config: Config, files: Mapping[PurePosixPath, Path], *, progress: Tell, mutants: Tell | None = None
) -> tuple[Verification, tuple[Problem, ...]]:
    """A verdict for every snippet of every note, and what is wrong with them.

    `files` are the garden's other files, which snippets may read; `progress` is called with snippets done, all, and cached,
    `mutants` likewise where mutants are tried.
    """
    with opened(config.cache, use=config.use_cache) as cache:
        return _Verification(notes, config, cache, progress, mutants or _unheard).run(Beside(files))


def _unheard(done: int, total: int, cached: int) -> None:
    """Nobody wants to know."""


def start_ahead(config: Config) -> None:
    """For a preview: load torch while nobody waits, and keep it loaded between builds. `stop` ends it."""
    from greenbed.check import pool

    pool.start_ahead(config.jobs)


def stop() -> None:
    """End the processes that a preview has kept; the end of the command does so, too."""
    from greenbed.check import pool

    pool.close_kept()


@dataclass(frozen=True, slots=True)
class _Known:
    """A note and what the cache knows of it."""

    note: Note
    keys: tuple[bytes, ...]
    entries: tuple[Entry | None, ...]  # by snippet

    @property
    def is_complete(self) -> bool:
        return None not in self.entries


Records = tuple[Record, ...]


class _Verification:
    """One call of `verify`."""

    def __init__(self, notes: Sequence[Note], config: Config, cache: Cache, progress: Tell, mutants: Tell) -> None:
        self._config = config
        self._cache = cache
        self._progress = progress
        self._surroundings = Surroundings(config.root)
        self._teeth = Measurement(config, cache, self._surroundings, mutants)
        self._refuse_idle_globs(notes)
        self._known = self._look_up(notes)
        self._fresh: dict[PurePosixPath, Records] = {}
        self._today = _today()
        self._problems: list[Problem] = []

    def _look_up(self, notes: Sequence[Note]) -> dict[PurePosixPath, _Known]:
        chains = [self._surroundings.chain(note) for note in notes]
        found = self._cache.look_up(list(chain.from_iterable(chains)))
        valid = {key: entry for key, entry in found.items() if self._surroundings.unchanged(entry.dependencies)}
        return {note.path: _Known(note, keys, tuple(map(valid.get, keys))) for note, keys in zip(notes, chains, strict=True)}

    def run(self, beside: Beside) -> tuple[Verification, tuple[Problem, ...]]:
        """Run what has to be run, and account for everything."""
        to_run = [known.note for known in self._known.values() if not known.is_complete and self._is_selected(known.note)]
        self._report(0, to_run)
        isolation = self._run(to_run, beside) if to_run else str(self._cache.facts().get("isolation", ""))
        return self._account(isolation, beside)

    def _is_selected(self, note: Note) -> bool:
        globs = self._config.only
        return not globs or any(_matches(note, glob) for glob in globs)

    def _refuse_idle_globs(self, notes: Sequence[Note]) -> None:
        for glob in self._config.only:
            if not any(_matches(note, glob) for note in notes):
                raise UsageError(f'--only "{glob}" matches no note: give paths below the content folder, such as "bits/*.md"')

    def _report(self, executed: int, to_run: Sequence[Note]) -> None:
        total = sum(len(known.keys) for known in self._known.values())
        cached = total - sum(len(note.snippets) for note in to_run)
        self._progress(cached + executed, total, cached)

    def _run(self, notes: Sequence[Note], beside: Beside) -> str:
        """What isolation was in force."""
        # a build that finds everything in the cache needs neither these nor what they import: 50 ms of its 250
        from greenbed.check.pool import Unsupported
        from greenbed.check.rounds import Rounds

        facts = self._cache.facts()
        seconds = {name.removeprefix("seconds:"): float(value) for name, value in facts.items() if name.startswith("seconds:")}
        rounds = Rounds(
            self._config, beside, progressed=lambda executed: self._report(executed, notes), finished=self._finished
        )
        try:
            rounds.run(notes, seconds)
        except Unsupported as unsupported:
            hint = "the garden can be built on Linux or macOS, or in WSL"
            self._problems.append(Problem(".", 1, Code.NO_ISOLATION, str(unsupported), hint))
            return ""
        self._cache.store({}, {"isolation": str(rounds.isolation)})
        self._cache.prune()
        if rounds.isolation.missing:
            self._problems.append(_no_isolation(rounds.isolation.missing))
        return str(rounds.isolation)

    def _finished(self, note: Note, records: Records) -> None:
        """Keep what came of a note, at once: an interrupted build has not worked for nothing."""
        self._fresh[note.path] = records
        passed = {
            key: Entry(record, self._surroundings.dependencies(snippet, record), self._today)
            for key, snippet, record in zip(self._known[note.path].keys, note.snippets, records, strict=True)
            if record["status"] in ("ran", "skipped")
        }
        self._cache.store(passed, {f"seconds:{note.path}": sum(record["seconds"] for record in records)})

    def _account(self, isolation: str, beside: Beside) -> tuple[Verification, tuple[Problem, ...]]:
        outcomes = {path: self._outcomes(known) for path, known in self._known.items()}
        by_path = {path: verdicts_of(self._known[path].note, found) for path, found in outcomes.items()}
        for path, verdicts in by_path.items():
            self._problems += problems_of(self._known[path].note, verdicts)
        ran = [outcome for found in outcomes.values() for outcome in found if outcome.record["status"] in ("ran", "failed")]
        verification = Verification(
            by_path=by_path,
            environment=_environment(self._surroundings, isolation),
            executed=sum(not outcome.cached for outcome in ran),
            cached=sum(outcome.cached for outcome in ran),
            reads=tuple(sorted({file for outcome in ran for file in outcome.record["reads"]})),
            teeth=self._measured(outcomes, beside),
        )
        return verification, (*self._cache.problems, *self._problems)

    def _measured(self, outcomes: Mapping[PurePosixPath, Sequence[Outcome]], beside: Beside) -> Mapping[PurePosixPath, Teeth]:
        """Of the notes that hold: there is nothing to learn from mutants where the checks fail without them."""
        judged = [
            Judged(known.note, known.keys[-1], [outcome.record for outcome in outcomes[path]], self._is_selected(known.note))
            for path, known in self._known.items()
            if known.keys and all(outcome.record["status"] in ("ran", "skipped") for outcome in outcomes[path])
        ]
        teeth = self._teeth.measure(judged, beside)
        is_whole = not self._config.only and len(judged) == sum(bool(known.keys) for known in self._known.values())
        self._problems += self._teeth.problems(judged, is_whole=is_whole)
        return teeth

    def _outcomes(self, known: _Known) -> list[Outcome]:
        if known.note.path in self._fresh:
            return [Outcome(record, self._today, cached=False) for record in self._fresh[known.note.path]]
        reason = "nothing can be run on this platform" if self._is_selected(known.note) else "not selected by --only"
        return [
            Outcome({**entry.record, "note": str(known.note.path)}, entry.verified_on, cached=True)
            if entry is not None
            else Outcome(blank(str(known.note.path), snippet.index, reason), "", cached=False)
            for snippet, entry in zip(known.note.snippets, known.entries, strict=True)
        ]


def _matches(note: Note, glob: str) -> bool:
    return str(note.path) == glob or fnmatchcase(str(note.path), glob)


def _today() -> str:
    """The date of verification, UTC; as SOURCE_DATE_EPOCH says where builds are to be repeatable."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch and epoch.isdigit() else datetime.now(UTC)
    return moment.date().isoformat()


def _environment(surroundings: Surroundings, isolation: str) -> Environment:
    return Environment(
        python=platform.python_version(),
        torch=surroundings.installed.version("torch"),
        platform=f"{platform.system()} {platform.machine()}",
        isolation=isolation,
    )


def _no_isolation(missing: Sequence[str]) -> Problem:
    message = f"snippets are run without {', '.join(missing)}: the kernel does not offer it here"
    hint = "they are limited, but not walled in; a container needs leave to make user namespaces"
    return Problem(".", 1, Code.NO_ISOLATION, message, hint, severity=Severity.WARNING)
