"""What readers and programs are told of the proof: a badge for each note, and /verification.json.

/verification.json, schema 1:

    schema       1
    environment  python, torch, platform, isolation: what the snippets ran on
    totals       found, verified, runs, skipped, not_run, failed: fences; checks: claims that held; teeth, or null: mutants
                 of the shown code, and how many of them the checks noticed, of all notes whose mutants were tried
    notes        in reading order: path, title, url, level (the worst of its snippets; null without any), summary (the badge's
                 words), snippets, teeth (null where no mutants were tried)
    snippets     of a note, in order: line (of its first line of code), role (shown, setup, check, fact), status, checks,
                 seconds, verified_on (date, or ""), reason (why it was skipped or not run, or ""), and for a check or setup
                 `owner`: the line of the snippet in whose proof it stands
    teeth        of a note: mutants, noticed, and survivors by line: line, source, mutant, and the reason why it is declared
                 equivalent, or ""; those are not counted in `mutants`
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from greenbed.model import Environment, Garden, Note, Role, Snippet, Status, Teeth, Verdict, Verification
from greenbed.show.pages.output import deprecated

_WORST_FIRST = (Status.FAILED, Status.NOT_RUN, Status.RUNS, Status.SKIPPED, Status.VERIFIED)
_WORDS = {
    Status.RUNS: "run without a check",
    Status.SKIPPED: "skipped",
    Status.NOT_RUN: "not run",
    Status.FAILED: "failed",
}


@dataclass(frozen=True, slots=True)
class Proof:
    """A shown snippet or fact with everything that stands behind it: its setup and its checks."""

    snippet: Snippet
    verdict: Verdict
    parts: tuple[tuple[Snippet, Verdict], ...]  # all fences in order, the snippet itself among them
    status: Status
    checks: int  # of all of them


@dataclass(frozen=True, slots=True)
class Badge:
    """A note's proof in a line."""

    level: Status  # the worst of its snippets
    snippets: int  # shown snippets and facts
    verified: int
    checks: int
    torch: str  # "2.13.0"; empty when not installed
    verified_on: str  # ISO date of the oldest proof; empty when there is none
    text: str  # "7 of 7 snippets verified · 31 checks · torch 2.13.0 · 2026-11-22"; with mutants and deprecated calls, if any


def proofs(note: Note, verdicts: Sequence[Verdict]) -> tuple[Proof, ...]:
    """Each shown snippet and fact of a note with its proof, in order."""
    by_index = {verdict.snippet: verdict for verdict in verdicts}
    parts: dict[int, list[tuple[Snippet, Verdict]]] = {}
    for snippet in note.snippets:
        verdict = by_index.get(snippet.index) or Verdict(snippet.index, Status.NOT_RUN, reason="not checked in this build")
        parts.setdefault(snippet.owner, []).append((snippet, verdict))
    return tuple(_proof(owner, tuple(parts[owner])) for owner in sorted(parts))


def badge(note: Note, verdicts: Sequence[Verdict], environment: Environment, *, teeth: Teeth | None = None) -> Badge | None:
    """The note's proof in a line; None for a note without snippets."""
    found = proofs(note, verdicts)
    if not found:
        return None
    statuses = [proof.status for proof in found]
    dates = [verdict.verified_on for proof in found for _, verdict in proof.parts if verdict.verified_on]
    checks = sum(proof.checks for proof in found)
    torch = environment.torch.partition("+")[0]
    verified_on = min(dates, default="")
    leaving = deprecated(verdicts)
    warned = _counted(leaving, "deprecated call") if leaving else ""
    on = f"torch {torch}" if torch else ""
    words = [_counts(statuses), _counted(checks, "check"), warned, score(teeth), on, verified_on]
    return Badge(
        level=worst(statuses),
        snippets=len(found),
        verified=statuses.count(Status.VERIFIED),
        checks=checks,
        torch=torch,
        verified_on=verified_on,
        text=" · ".join(word for word in words if word),
    )


def score(teeth: Teeth | None) -> str:
    """How many mutants of a note's code its checks noticed; empty where none were tried."""
    return f"{teeth.noticed:,} of {_counted(teeth.mutants, 'mutant')} noticed" if teeth and teeth.mutants else ""


def worst(statuses: Iterable[Status]) -> Status:
    """What a group amounts to: as good as its worst member."""
    return min(statuses, key=_WORST_FIRST.index)


def verification_data(garden: Garden) -> bytes:
    """/verification.json, in the schema above."""
    verification = garden.verification
    verdicts = [verdict for found in verification.by_path.values() for verdict in found]
    totals = {status.value: sum(verdict.status is status for verdict in verdicts) for status in Status}
    environment = verification.environment
    document = {
        "schema": 1,
        "environment": {
            "python": environment.python,
            "torch": environment.torch,
            "platform": environment.platform,
            "isolation": environment.isolation,
        },
        "totals": {
            "found": len(verdicts),
            **totals,
            "checks": sum(verdict.checks for verdict in verdicts),
            "teeth": _teeth_of_all(verification.teeth.values()),
        },
        "notes": [_note(note, verification) for note in garden.notes.values()],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _proof(owner: int, parts: tuple[tuple[Snippet, Verdict], ...]) -> Proof:
    snippet, verdict = next((part for part in parts if part[0].index == owner), parts[0])
    checks = sum(found.checks for _, found in parts)
    return Proof(snippet, verdict, parts, _status(verdict, [found.status for _, found in parts]), checks)


def _status(shown: Verdict, statuses: list[Status]) -> Status:
    """A proof fails with any of its parts; else it is verified as soon as one of them reached a check."""
    for status in (Status.FAILED, Status.NOT_RUN):
        if status in statuses:
            return status
    if shown.status is Status.SKIPPED:
        return Status.SKIPPED
    return Status.VERIFIED if Status.VERIFIED in statuses else Status.RUNS


def _counts(statuses: Sequence[Status]) -> str:
    verified = statuses.count(Status.VERIFIED)
    rest = [f"{count} {_WORDS[status]}" for status in _WORST_FIRST[:-1] if (count := statuses.count(status))]
    return ", ".join([f"{verified} of {_counted(len(statuses), 'snippet')} verified", *rest])


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _teeth_of_all(found: Collection[Teeth]) -> dict[str, int] | None:
    if not found:
        return None
    return {"mutants": sum(teeth.mutants for teeth in found), "noticed": sum(teeth.noticed for teeth in found)}


def _teeth(teeth: Teeth | None) -> dict[str, Any] | None:
    if teeth is None:
        return None
    survivors = [
        {"line": one.line, "source": one.source, "mutant": one.mutant, "reason": one.reason} for one in teeth.survivors
    ]
    return {"mutants": teeth.mutants, "noticed": teeth.noticed, "survivors": survivors}


def _note(note: Note, verification: Verification) -> dict[str, Any]:
    verdicts, teeth = verification.by_path.get(note.path, ()), verification.teeth.get(note.path)
    found = badge(note, verdicts, verification.environment, teeth=teeth)
    records = [_record(note, snippet, verdict) for proof in proofs(note, verdicts) for snippet, verdict in proof.parts]
    return {
        "path": note.path.as_posix(),
        "title": note.title,
        "url": note.url,
        "level": found.level.value if found else None,
        "summary": found.text if found else "",
        "snippets": sorted(records, key=lambda record: int(record["line"])),
        "teeth": _teeth(teeth),
    }


def _record(note: Note, snippet: Snippet, verdict: Verdict) -> dict[str, Any]:
    record: dict[str, Any] = {
        "line": snippet.line,
        "role": snippet.role.value,
        "status": verdict.status.value,
        "checks": verdict.checks,
        "seconds": round(verdict.seconds, 3),
        "verified_on": verdict.verified_on,
        "reason": verdict.reason,
    }
    if snippet.role in (Role.SETUP, Role.CHECK):
        record["owner"] = note.snippets[snippet.owner].line
    return record
