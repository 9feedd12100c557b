"""Has the mutants of notes tried, several notes at once, in processes like those that check snippets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from greenbed.check.jobs import Beside, job_of, wants_of
from greenbed.check.pool import Died, Done, Pool, borrowed
from greenbed.check.protocol import Record, SnippetJob
from greenbed.check.teeth.forks import Patience
from greenbed.check.teeth.mutants import Mutant
from greenbed.check.teeth.orders import MutantJob, TeethJob
from greenbed.model import Config, Note

WORKER = "greenbed.check.teeth.worker"

_START_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Trial:
    """A note and its mutants, by snippet."""

    note: Note
    mutants: tuple[tuple[Mutant, ...], ...]  # as many as there are snippets
    deaths: int = 0  # of the processes around it

    @property
    def count(self) -> int:
        """How many mutants there are."""
        return sum(map(len, self.mutants))


Finished = Callable[[Trial, Sequence[Record]], None]


class Trials:
    """Runs trials; tells `progressed` how many mutants have been tried so far, and `finished` each note's records."""

    def __init__(self, config: Config, beside: Beside, *, progressed: Callable[[int], None], finished: Finished) -> None:
        self._config = config
        self._beside = beside
        self._progressed = progressed
        self._finished = finished
        self._open: dict[int, Trial] = {}
        self._counts: dict[int, int] = {}  # mutants tried, by ticket

    def run(self, trials: Sequence[Trial]) -> None:
        """Run all; if the processes die, one note at a time, and twice is enough for each."""
        waiting, with_care = list(trials), False
        while waiting:
            jobs = 1 if with_care else self._config.jobs
            with borrowed(jobs, ahead=int(not with_care), keep=self._config.live and not with_care, worker=WORKER) as pool:
                try:
                    self._drive(pool, waiting)
                    return
                except Died:
                    waiting, with_care = self._after_death(pool.running), True

    def _drive(self, pool: Pool, waiting: Sequence[Trial]) -> None:
        for ticket, trial in enumerate(waiting, max(self._counts, default=-1) + 1):
            self._open[ticket], self._counts[ticket] = trial, 0
            pool.submit(ticket, self._job(trial), wants_of(trial.note))
        while not pool.idle:
            for event in pool.wait():
                trial = self._open[event.ticket]
                records = len(event.records) if isinstance(event, Done) else event.records
                self._counts[event.ticket] = sum(map(len, trial.mutants[:records]))
                self._progressed(sum(self._counts.values()))
                if isinstance(event, Done):
                    del self._open[event.ticket]
                    self._finished(trial, event.records)

    def _after_death(self, suspects: frozenset[int]) -> list[Trial]:
        left = [Trial(trial.note, trial.mutants, trial.deaths + (ticket in suspects)) for ticket, trial in self._open.items()]
        self._open.clear()
        for trial in left:
            if trial.deaths > 1:
                self._finished(trial, ())
        return [trial for trial in left if trial.deaths <= 1]

    def _job(self, trial: Trial) -> TeethJob:
        job = job_of(trial.note, self._config, self._beside)
        limit = sum(snippet["timeout"] for snippet in job["snippets"])
        snippets = [
            _patient(snippet, len(mutants), limit) for snippet, mutants in zip(job["snippets"], trial.mutants, strict=True)
        ]
        orders: list[MutantJob] = [
            {"snippet": snippet["index"], "code": mutant.code}
            for snippet, mutants in zip(snippets, trial.mutants, strict=True)
            for mutant in mutants
        ]
        return {**job, "sights": False, "snippets": snippets, "mutants": orders, "limit": limit}


def _patient(snippet: SnippetJob, mutants: int, limit: float) -> SnippetJob:
    """With time for the snippet and for its mutants: the process that tries them sees to their own limits."""
    each = Patience.with_one_that_took(limit).wall_seconds
    return {**snippet, "timeout": snippet["timeout"] + (limit + _START_SECONDS + mutants * each if mutants else 0)}
