"""Notes whose snippets hold → how many mutants their checks notice: from the cache, or tried now where that is asked for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from greenbed.check.cache import Cache
from greenbed.check.jobs import Beside
from greenbed.check.keys import Surroundings
from greenbed.check.protocol import Record
from greenbed.check.teeth.score import Score, complaints, read_score, score_of, teeth_of, toothless
from greenbed.model import Config, Note, Problem, Role, Snippet, Teeth

if TYPE_CHECKING:
    from greenbed.check.teeth.mutants import Mutant

Tell = Callable[[int, int, int], None]

_AGAIN = "the note did not hold when it was run again"


@dataclass(frozen=True, slots=True)
class Judged:
    """A note with snippets, all of which hold."""

    note: Note
    key: bytes  # of its last snippet: it stands for the whole note
    records: Sequence[Record]
    is_selected: bool  # by --only


class Measurement:
    """One build's look at the teeth of its notes."""

    def __init__(self, config: Config, cache: Cache, surroundings: Surroundings, progress: Tell) -> None:
        self._config = config
        self._cache = cache
        self._surroundings = surroundings
        self._progress = progress
        self._scores: dict[PurePosixPath, Score] = {}

    def measure(self, judged: Sequence[Judged], beside: Beside) -> dict[PurePosixPath, Teeth]:
        """By path, of each selected note that is known, or was tried now."""
        self._look_up(judged)
        if self._config.teeth:
            self._try([each for each in judged if each.is_selected and each.note.path not in self._scores], beside)
        known = [each for each in judged if each.is_selected and self._knows(each)]
        return {each.note.path: teeth_of(each.note, self._scores[each.note.path]) for each in known}

    def problems(self, judged: Sequence[Judged], *, is_whole: bool) -> Iterable[Problem]:
        """Of what is known; `is_whole`: whether `judged` are all notes that have snippets."""
        known = [each for each in judged if self._knows(each)]
        for each in known:
            yield from complaints(each.note, self._scores[each.note.path])
        if self._config.least_teeth is not None and is_whole and len(known) == len(judged):
            yield from toothless(
                [teeth_of(each.note, self._scores[each.note.path]) for each in known], self._config.least_teeth
            )

    def _knows(self, judged: Judged) -> bool:
        return judged.note.path in self._scores

    def _look_up(self, judged: Sequence[Judged]) -> None:
        stored = self._cache.scores([_key(each) for each in judged])
        for each in judged:
            text, dependencies = stored.get(_key(each), ("", ""))
            score = read_score(text)
            if score is not None and self._surroundings.unchanged(dependencies):
                self._scores[each.note.path] = score

    def _try(self, judged: Sequence[Judged], beside: Beside) -> None:
        # parsing mutants and starting processes is for builds that ask for it alone
        from greenbed.check.pool import Unsupported
        from greenbed.check.teeth.trials import Trial, Trials

        trials = {
            each.note.path: Trial(
                each.note,
                tuple(_mutants(snippet, record) for snippet, record in zip(each.note.snippets, each.records, strict=True)),
            )
            for each in judged
        }
        by_path = {each.note.path: each for each in judged}
        total = sum(trial.count for trial in trials.values())

        def finished(trial: Trial, records: Sequence[Record]) -> None:
            score = score_of(trial.mutants, records)
            if score is None:
                self._scores[trial.note.path] = Score(0, (), untried=trial.count, hindrance=_AGAIN)
            else:
                self._keep(by_path[trial.note.path], score)

        for path, trial in trials.items():
            if not trial.count:
                self._keep(by_path[path], Score(0, ()))
        waiting = [trial for trial in trials.values() if trial.count]
        if not waiting:
            return
        self._progress(0, total, 0)
        try:
            Trials(self._config, beside, progressed=lambda done: self._progress(done, total, 0), finished=finished).run(
                sorted(waiting, key=lambda trial: -_seconds(by_path[trial.note.path]) * trial.count)
            )
        except Unsupported:
            return  # nothing can be run here, which has been said where snippets are checked

    def _keep(self, judged: Judged, score: Score) -> None:
        self._scores[judged.note.path] = score
        self._cache.store_score(_key(judged), score.as_json(), self._dependencies(judged))

    def _dependencies(self, judged: Judged) -> str:
        """Those of all of its snippets."""
        together: dict[str, str] = {}
        for snippet, record in zip(judged.note.snippets, judged.records, strict=True):
            together |= json.loads(self._surroundings.dependencies(snippet, record))
        return json.dumps(together)


def _key(judged: Judged) -> bytes:
    return hashlib.sha256(judged.key + b"teeth").digest()


def _mutants(snippet: Snippet, record: Record) -> tuple[Mutant, ...]:
    """Of what readers are shown, where it was run."""
    if snippet.role is not Role.SHOWN or record["status"] != "ran":
        return ()
    from greenbed.check.teeth.mutants import mutants

    return mutants(snippet.code, prints=snippet.expected is not None, raises=snippet.options.raises is not None)


def _seconds(judged: Judged) -> float:
    return sum(record["seconds"] for record in judged.records)
