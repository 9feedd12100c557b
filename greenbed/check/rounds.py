"""Has notes run: which first, which again under another seed, and what if the processes that run them die.

A *round* is one run of one note. A note whose results may hang on the ambient seed gets a second round under another.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from greenbed.check.accounts import accuse_unseeded, hangs_on_seed
from greenbed.check.jobs import OTHER_SEED, SEED, Beside, job_of, wants_of
from greenbed.check.pool import Died, Done, Isolation, Pool, Progress, borrowed
from greenbed.check.protocol import Record, blank, unmendable
from greenbed.model import Code, Config, Note

_LONG_SECONDS = 1.0  # a note that took longer than this jumps the queue

Records = tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """One run of one note."""

    note: Note
    seed: int = SEED
    first: Records = ()  # of the round before, under the other seed
    deaths: int = 0  # of the pool, while this was being run


class Rounds:
    """Runs notes; tells `progressed` how many snippets have been run so far, and `finished` each note's final records."""

    def __init__(
        self,
        config: Config,
        beside: Beside,
        *,
        progressed: Callable[[int], None],
        finished: Callable[[Note, Records], None],
    ) -> None:
        self.isolation = Isolation()
        self._config = config
        self._beside = beside
        self._progressed = progressed
        self._finished = finished
        self._tickets = itertools.count()
        self._open: dict[int, Round] = {}
        self._counts: dict[int, int] = {}  # snippets run, by ticket of a first round

    def run(self, notes: Sequence[Note], seconds: Mapping[str, float]) -> None:
        """Run all of `notes`; `seconds` says how long some of them took the last time, by path."""
        waiting = [Round(note) for note in sorted(notes, key=lambda note: _turn(note, seconds))]
        with_care = False
        while waiting:
            jobs = 1 if with_care else self._config.jobs
            with borrowed(jobs, ahead=not with_care, keep=self._config.live and not with_care) as pool:
                try:
                    self._drive(pool, waiting)
                    waiting = []
                except Died as died:
                    waiting = self._after_death(pool.running, died)
                    with_care = True

    def _drive(self, pool: Pool, waiting: Iterable[Round]) -> None:
        wants = [wants_of(each.note) for each in waiting]
        pool.warm_up(sorted(set(itertools.chain.from_iterable(wants)), reverse=True))  # "symbolic" is a part of "dynamo"
        for each in waiting:
            self._submit(pool, each)
        while not pool.idle:
            for event in pool.wait():
                self._take(pool, event)
        self.isolation = pool.isolation

    def _submit(self, pool: Pool, each: Round) -> None:
        ticket = next(self._tickets)
        self._open[ticket] = each
        pool.submit(ticket, job_of(each.note, self._config, self._beside, seed=each.seed), wants_of(each.note))

    def _take(self, pool: Pool, event: Progress | Done) -> None:
        each = self._open[event.ticket]
        if isinstance(event, Progress):
            self._count(event.ticket, each, event.records)
            return
        del self._open[event.ticket]
        self._count(event.ticket, each, len(event.records))
        if not each.first and any(map(hangs_on_seed, event.records)):
            self._submit(pool, replace(each, seed=OTHER_SEED, first=event.records))
        else:
            self._end(each, event.records)

    def _count(self, ticket: int, each: Round, records: int) -> None:
        if not each.first:
            self._counts[ticket] = records
            self._progressed(sum(self._counts.values()))

    def _end(self, each: Round, records: Records) -> None:
        self._finished(each.note, tuple(accuse_unseeded(each.first, records)) if each.first else records)

    def _after_death(self, suspects: frozenset[int], died: Died) -> list[Round]:
        """The rounds that are still to be run; those being run come again, alone, and are to blame the second time."""
        if not suspects:
            raise died
        left = [replace(each, deaths=each.deaths + (ticket in suspects)) for ticket, each in self._open.items()]
        self._open.clear()
        for each in left:
            if each.deaths > 1:
                self._end(replace(each, first=()), _killers(each.note, str(died)))
        return sorted((each for each in left if each.deaths <= 1), key=lambda each: -each.deaths)


def _turn(note: Note, seconds: Mapping[str, float]) -> tuple[float, int, int]:
    """The long ones first, to fill the workers to the end; then those for which nothing must be imported before the fork."""
    known = seconds.get(str(note.path), 0.0)
    return (-known if known > _LONG_SECONDS else 0.0, len(wants_of(note)), -len(note.snippets))


def _killers(note: Note, last_words: str) -> Records:
    """Of a note that has twice brought down the processes around it."""
    records = [blank(str(note.path), snippet.index, "the process that runs it died") for snippet in note.snippets]
    records[0]["status"] = "failed"
    message = "brought down the processes that check snippets, twice"
    hint = 'find out which snippet by running them by hand, or skip="reason"'
    records[0]["failures"] = [unmendable(Code.CRASHED, 1, message, hint, detail=last_words)]
    return tuple(records)
