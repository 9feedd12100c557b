"""What came of a note's mutants, in a form that is kept, and what there is to say of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from greenbed.check.protocol import Record
from greenbed.check.teeth.orders import fates_in
from greenbed.model import Code, Equivalent, Note, Problem, Role, Severity, Survivor, Teeth

if TYPE_CHECKING:
    from greenbed.check.teeth.mutants import Mutant

_EVERY = 10**6  # mutants of a snippet


@dataclass(frozen=True, slots=True)
class Bite:
    """A mutant that no check noticed; its line is that of the snippet, so that it outlives changes of the prose."""

    snippet: int
    line: int  # 1-based in the snippet's code
    source: str
    mutant: str


@dataclass(frozen=True, slots=True)
class Score:
    """What came of all mutants of a note."""

    noticed: int
    survivors: tuple[Bite, ...]
    untried: int = 0
    hindrance: str = ""  # why some could not be tried

    def as_json(self) -> str:
        """For the cache."""
        return json.dumps(asdict(self))


def read_score(text: str) -> Score | None:
    """A score from the cache; None for one that is damaged."""
    try:
        stored = json.loads(text)
        return Score(**{**stored, "survivors": tuple(Bite(**bite) for bite in stored["survivors"])})
    except (KeyError, TypeError, ValueError):
        return None


def score_of(mutants: Sequence[Sequence[Mutant]], records: Sequence[Record]) -> Score | None:
    """From the records of the process that tried `mutants`, by snippet; None where it did not get through the note."""
    if len(records) != len(mutants):
        return None
    fates: Counter[str] = Counter()
    survivors: list[Bite] = []
    hindrances: list[str] = []
    for snippet, (record, tried) in enumerate(zip(records, mutants, strict=True)):
        said = fates_in(record, len(tried))
        if said is None or record["status"] not in ("ran", "skipped"):
            return None
        fates.update(said[0])
        hindrances += [said[1]] if said[1] else []
        survivors += [
            Bite(snippet, mutant.line, mutant.source, mutant.mutant)
            for mutant, fate in zip(tried, said[0], strict=True)
            if fate == "survived"
        ]
    return Score(fates["noticed"], tuple(survivors), fates["untried"], "; ".join(dict.fromkeys(hindrances)))


def teeth_of(note: Note, score: Score) -> Teeth:
    """The score with its survivors where they are in the file, and without those that the note declares equivalent."""
    reasons = {_plain(declared.mutant): declared.reason for declared in note.meta.equivalent}
    survivors = [
        Survivor(
            line=note.snippets[bite.snippet].line + bite.line - 1,
            source=bite.source,
            mutant=bite.mutant,
            reason=reasons.get(_plain(bite.mutant), ""),
        )
        for bite in score.survivors
    ]
    undeclared = sum(not survivor.reason for survivor in survivors)
    return Teeth(
        mutants=score.noticed + undeclared,
        noticed=score.noticed,
        survivors=tuple(sorted(survivors, key=lambda survivor: survivor.line)),
        untried=score.untried,
        hindrance=score.hindrance,
    )


def _plain(mutant: str) -> str:
    return " ".join(mutant.split())


def complaints(note: Note, score: Score) -> Iterable[Problem]:
    """A warning for each declaration that no surviving mutant needs."""
    surviving = {_plain(bite.mutant) for bite in score.survivors}
    idle = [declared for declared in note.meta.equivalent if _plain(declared.mutant) not in surviving]
    if score.untried or not idle:
        return  # it may be about one that could not be tried
    passed_over = _passed_over(note)
    yield from (_idle(note, declared) for declared in idle if _plain(declared.mutant) not in passed_over)


def _passed_over(note: Note) -> set[str]:
    """Mutants that were not among the few of their snippet that are tried: another edit of the code may bring them back."""
    from greenbed.check.teeth.mutants import mutants  # parsing is for the rare note that needs it

    texts: set[str] = set()
    for snippet in note.snippets:
        if snippet.role is Role.SHOWN:
            traits = {"prints": snippet.expected is not None, "raises": snippet.options.raises is not None}
            tried = {mutant.code for mutant in mutants(snippet.code, **traits)}
            every = mutants(snippet.code, **traits, bound=_EVERY)
            texts |= {_plain(mutant.mutant) for mutant in every if mutant.code not in tried}
    return texts


def _idle(note: Note, declared: Equivalent) -> Problem:
    message = f'no mutant that survives is "{_plain(declared.mutant)}", which is declared equivalent'
    hint = "remove the entry, or copy the mutant as python build.py --teeth shows it"
    return Problem(str(note.path), declared.line, Code.IDLE_EQUIVALENT, message, hint, severity=Severity.WARNING)


def toothless(found: Sequence[Teeth], least: float) -> Iterable[Problem]:
    """An error where the checks of all notes together notice too little."""
    mutants, noticed = sum(teeth.mutants for teeth in found), sum(teeth.noticed for teeth in found)
    if noticed < least * mutants:
        message = f"the checks notice {noticed} of {mutants} mutants, which is {noticed / mutants:.1%}, not {least:.1%}"
        hint = "python build.py --teeth lists those that survive: add checks, or declare what is equivalent in the front matter"
        yield Problem(".", 1, Code.TOOTHLESS, message, hint)
