"""Records → Verdicts and Problems: every snippet found leaves exactly one verdict.

found = verified + runs + skipped + not run + failed. A snippet that ran is *verified* when a claim held that stands in its own
fence or elsewhere in the same proof (the setup, the shown snippet and its checks), whichever snippet has called what it stands
in; else it *runs*, which for a shown snippet is worth a warning.
"""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from greenbed.check.protocol import FailureRecord, Record, WarningRecord, unmendable
from greenbed.model import Code, Failure, Figure, Note, Problem, Role, Severity, Sight, Snippet, Status, Verdict, Warned

_RAN = (Status.VERIFIED, Status.RUNS)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A snippet's record and where it comes from."""

    record: Record
    verified_on: str  # ISO date; empty when it was not run
    cached: bool


def verdicts_of(note: Note, outcomes: Sequence[Outcome]) -> tuple[Verdict, ...]:
    """One for each snippet of the note, in order, from as many outcomes."""
    if [outcome.record["snippet"] for outcome in outcomes] != [snippet.index for snippet in note.snippets]:
        raise AssertionError(f"{note.path}: {len(outcomes)} records for {len(note.snippets)} snippets, or out of order")
    remote = _Remote(outcomes)
    proven = {
        snippet.owner
        for snippet, outcome in zip(note.snippets, outcomes, strict=True)
        if outcome.record["status"] == "ran" and remote.checks(outcome.record) > 0
    }
    return tuple(
        _verdict(note, outcome, remote, is_proven=snippet.owner in proven)
        for snippet, outcome in zip(note.snippets, outcomes, strict=True)
    )


class _Remote:
    """What a record says of other snippets: a function may be called by any that comes after it."""

    def __init__(self, outcomes: Sequence[Outcome]) -> None:
        self._sights: dict[tuple[int, int, str], Sight] = {}  # by snippet, line and name: the newest counts
        self._unreached: set[tuple[int, int]] = set()
        for outcome in outcomes:
            for sight in outcome.record["sights"]:
                key = (sight["snippet"], sight["line"], sight["name"])
                self._sights[key] = Sight(sight["line"], sight["name"], tuple(sight["seen"]), sight["varies"])
            self._unreached |= {(claim["snippet"], claim["line"]) for claim in outcome.record["unreached"]}
        self._proven = Counter(index for outcome in outcomes for index in outcome.record["proves"])

    def checks(self, record: Record) -> int:
        """The claims of a snippet that held, while it ran or later."""
        return record["checks"] + self._proven[record["snippet"]]

    def sights(self, snippet: int) -> tuple[Sight, ...]:
        """Those of one snippet, by line."""
        return tuple(self._sights[key] for key in sorted(self._sights) if key[0] == snippet)

    def unreached(self, snippet: int) -> tuple[int, ...]:
        """Lines of one snippet's claims."""
        return tuple(sorted(line for index, line in self._unreached if index == snippet))


def _verdict(note: Note, outcome: Outcome, remote: _Remote, *, is_proven: bool) -> Verdict:
    record = outcome.record
    return Verdict(
        snippet=record["snippet"],
        status=_status(record, is_proven=is_proven),
        checks=remote.checks(record),
        reason=record["reason"],
        stdout=record["stdout"],
        stderr=record["stderr"],
        raised=record["raised"],
        failures=tuple(_failure(failure) for failure in record["failures"]),
        seconds=record["seconds"],
        verified_on=outcome.verified_on,
        cached=outcome.cached,
        shown=record["shown"],
        sights=remote.sights(record["snippet"]),
        unreached=remote.unreached(record["snippet"]),
        warnings=tuple(_warned(note, record["snippet"], warning) for warning in record["warnings"]),
        figures=tuple(Figure(**figure) for figure in record["figures"]),
    )


def _warned(note: Note, index: int, warning: WarningRecord) -> Warned:
    """Its line relative to the snippet that ran, `index`, wherever the two stand now."""
    by = warning["snippet"] if 0 <= warning["snippet"] < len(note.snippets) else index  # a snippet may have forged it
    offset = note.snippets[by].line - note.snippets[index].line
    return Warned(warning["category"], warning["message"], warning["line"] + offset, warning["deprecates"])


def _status(record: Record, *, is_proven: bool) -> Status:
    if record["status"] == "ran":
        return Status.VERIFIED if is_proven else Status.RUNS
    return Status(record["status"])


def _failure(record: FailureRecord) -> Failure:
    return Failure(
        code=Code(record["code"]),
        line=record["line"],
        message=record["message"],
        hint=record["hint"],
        want=record["want"],
        got=record["got"],
        detail=record["detail"],
        column=record["column"],
        claim=record["claim"],
        written=record["written"],
        mended=record["mended"],
        unmended=record["unmended"],
    )


def problems_of(note: Note, judged: Sequence[Verdict]) -> Iterable[Problem]:
    """What a note's verdicts have to say to its author."""
    for snippet, verdict in zip(note.snippets, judged, strict=True):
        for failure in verdict.failures:
            yield _problem(note, snippet, failure)
        if snippet.role is Role.SHOWN and verdict.status is Status.RUNS and _proof_is_whole(note, judged, snippet.index):
            yield _unproven(note.path, snippet)
    if all(verdict.status in _RAN for verdict in judged):  # else that is what has to be said
        for snippet, verdict in zip(note.snippets, judged, strict=True):
            yield from (_unreached(note.path, snippet.line + line - 1) for line in verdict.unreached)
    yield from _deprecations(note, judged)


def _deprecations(note: Note, judged: Sequence[Verdict]) -> Iterable[Problem]:
    """One for each line and message, however many snippets come by there."""
    hint = "use what the message names, or catch the warning in the snippet to say that it is meant"
    found = {
        (snippet.line + warned.line - 1, f"{warned.deprecates} deprecates this: {warned.message}")
        for snippet, verdict in zip(note.snippets, judged, strict=True)
        for warned in verdict.warnings
        if warned.deprecates
    }
    for line, message in sorted(found):
        yield Problem(str(note.path), line, Code.DEPRECATED, message, hint, severity=Severity.WARNING)


def _proof_is_whole(note: Note, judged: Sequence[Verdict], owner: int) -> bool:
    """Whether everything in a proof ran: where something failed or was skipped, that is what has to be said."""
    return all(verdict.status in _RAN for s, verdict in zip(note.snippets, judged, strict=True) if s.owner == owner)


def _problem(note: Note, snippet: Snippet, failure: Failure) -> Problem:
    line = snippet.line + failure.line - 1
    return Problem(
        path=str(note.path),
        line=line,
        code=failure.code,
        message=failure.message,
        hint=failure.hint,
        column=failure.column + _indent(note, line),
        detail=_evidence(note.path, failure),
    )


def _indent(note: Note, line: int) -> int:
    """What stands on a file line before the code: a failure counts from there, one in prose or in a fence's head does not."""
    at = (snippet.indent for snippet in note.snippets if 0 <= line - snippet.line < snippet.code.count("\n"))
    return next(at, 0)


def _evidence(path: PurePosixPath, failure: Failure) -> str:
    """Want above got, what the snippet said, and how to run this note alone."""
    compared = _labelled("want", failure.want) + _labelled(" got", failure.got) if failure.want or failure.got else []
    again = f"again alone: python build.py --check --only {shlex.quote(str(path))}"
    return "\n".join([*compared, *failure.detail.splitlines(), again])


def _labelled(label: str, text: str) -> list[str]:
    """Its lines below each other, the label before the first."""
    lines = text.splitlines() or ["(nothing)"]
    return [f"{label}  {lines[0]}", *(f"      {line}" for line in lines[1:])]


def _unproven(path: PurePosixPath, snippet: Snippet) -> Problem:
    hint = "write what its last expression gives as a comment behind it, or add an assert or a check block"
    message = "runs, but nothing that it shows is checked"
    return Problem(str(path), snippet.line, Code.UNPROVEN, message, hint, severity=Severity.WARNING)


def _unreached(path: PurePosixPath, line: int) -> Problem:
    hint = "call what it stands in, with what leads there, or take it away"
    message = "this claim was never reached, so nothing has proven it"
    return Problem(str(path), line, Code.UNPROVEN, message, hint, severity=Severity.WARNING)


def accuse_unseeded(first: Sequence[Record], second: Sequence[Record]) -> list[Record]:
    """The first run's records, failed where the same note under another ambient seed gave something else."""
    return [_seed_judged(one, other) for one, other in zip(first, second, strict=True)]


def hangs_on_seed(record: Record) -> bool:
    """Whether what a snippet claims may be an accident of the ambient seed, also where it does not hold."""
    has_claims = record["status"] == "ran" or any(failure["claim"] for failure in record["failures"])
    return bool(record["randomness"]) and has_claims


def _seed_judged(one: Record, other: Record) -> Record:
    # where the other run drew nothing, what this one drew was not the note's: importing a package may draw, and happens once
    differs = other["status"] in ("ran", "failed") and other["randomness"] not in ("", one["randomness"])
    if not hangs_on_seed(one) or not (differs or (one["status"] == "ran" and other["status"] == "failed")):
        return one
    clue = next(iter(other["failures"]), None) if one["status"] == "ran" else None
    line = clue["line"] if clue else next((failure["line"] for failure in one["failures"] if failure["claim"]), 1)
    message = "its result depends on the ambient seed" + (f": {clue['message']}" if clue else "")
    hint = "call torch.manual_seed (random.seed, numpy.random.seed) before the first draw"
    want, got = (clue["want"], clue["got"]) if clue else ("", "")
    failure = unmendable(Code.UNSEEDED, line, message, hint, want=want, got=got)
    return {**one, "status": "failed", "failures": [*one["failures"], failure]}
