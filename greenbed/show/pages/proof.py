"""Proofs in words: the badge of a snippet and of a note, and what the reader finds under "How this is proven"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from greenbed.model import Environment, Garden, Note, Role, Snippet, Status, Verdict
from greenbed.show.markup.highlight import highlight
from greenbed.show.pages import verification, views
from greenbed.show.pages.env import counted, day, seconds

WORDS = {
    Status.VERIFIED: "Verified",
    Status.RUNS: "Runs",
    Status.SKIPPED: "Skipped",
    Status.NOT_RUN: "Not run",
    Status.FAILED: "Failed",
}
LABELS = {Role.SETUP: "Setup", Role.CHECK: "Check", Role.FACT: "Check"}


def badge(level: Status) -> views.Badge:
    """A level with its word."""
    return views.Badge(level, WORDS[level])


def note_badge(note: Note, garden: Garden) -> views.Badge | None:
    """The level of a note: its worst snippet's; None where it has none, or was not checked."""
    found = note_proof(note, garden)
    if found is None:
        return None
    partly = found.verified and found.level in (Status.RUNS, Status.SKIPPED)
    return views.Badge(found.level, "Partly verified" if partly else WORDS[found.level])


def note_proof(note: Note, garden: Garden) -> verification.Badge | None:
    """What was proven of a note."""
    verdicts = garden.verification.by_path.get(note.path)
    return verification.badge(note, verdicts, garden.verification.environment) if verdicts else None


def explained(proof: verification.Proof, environment: Environment) -> views.Proof | None:
    """How a snippet is proven; None where nothing of it ran."""
    verdicts = [verdict for _, verdict in proof.parts]
    if all(verdict.status in (Status.SKIPPED, Status.NOT_RUN) for verdict in verdicts):
        return None
    took = seconds(sum(verdict.seconds for verdict in verdicts))
    place = place_and_day(verdicts, environment)
    said = f"{counted(proof.checks, 'check', 'checks')} held" if proof.checks else "It ran and claims nothing,"
    blocks = tuple(block(snippet) for snippet, _ in proof.parts if snippet.role is not Role.SHOWN)
    return views.Proof(f"{said} in {took} {place}.", blocks)


def block(snippet: Snippet) -> views.CodeBlock:
    """Setup or check code."""
    return views.CodeBlock(LABELS[snippet.role], highlight(snippet.code, "python"))


def place_and_day(verdicts: Iterable[Verdict], environment: Environment) -> str:
    """ "on torch 2.13.0 on 22 Nov 2026"."""
    where = f"on {ran_on(environment)}"
    when = newest(verdicts)
    return f"{where}, {day(when)}" if when else where


def ran_on(environment: Environment) -> str:
    """What the snippets ran on, in short: "torch 2.13.0"."""
    return f"torch {environment.torch.partition('+')[0]}" if environment.torch else f"Python {environment.python}"


def newest(verdicts: Iterable[Verdict]) -> date | None:
    """The day of the newest verdict."""
    days = [verdict.verified_on for verdict in verdicts if verdict.verified_on]
    return date.fromisoformat(max(days)[:10]) if days else None
