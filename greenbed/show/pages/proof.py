"""Proofs in words: the badge of a snippet and of a note, and what the reader finds under "How this is proven"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from greenbed.model import Environment, Garden, Note, Role, Snippet, Status, Verdict
from greenbed.show.markup.highlight import highlight
from greenbed.show.pages import verification, views
from greenbed.show.pages.env import counted, day, seconds
from greenbed.show.pages.output import captured, told_elsewhere, warnings
from greenbed.show.pages.sights import shapes

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
    if not verdicts:
        return None
    teeth = garden.verification.teeth.get(note.path)
    return verification.badge(note, verdicts, garden.verification.environment, teeth=teeth)


def explained(proof: verification.Proof, environment: Environment) -> views.Proof | None:
    """How a snippet is proven; None where nothing of it ran."""
    verdicts = [verdict for _, verdict in proof.parts]
    if all(verdict.status in (Status.SKIPPED, Status.NOT_RUN) for verdict in verdicts):
        return None
    behind = [(snippet, verdict) for snippet, verdict in proof.parts if snippet.role is not Role.SHOWN]
    shown = proof.snippet.role is Role.SHOWN
    return views.Proof(
        sentence=sentence(proof, verdicts, environment),
        blocks=tuple(block(snippet) for snippet, _ in behind),
        checks=proof.checks,
        printed=unseen_outputs(proof, behind),
        shapes=shapes(proof.snippet.code, proof.verdict.sights) if shown else (),
        warnings=warnings(warned for _, verdict in behind for warned in verdict.warnings),
    )


def sentence(proof: verification.Proof, verdicts: Sequence[Verdict], environment: Environment) -> str:
    """ "2 checks held in 0.75 s on torch 2.13.0, 22 Nov 2026." """
    took = seconds(sum(verdict.seconds for verdict in verdicts))
    said = f"{counted(proof.checks, 'check', 'checks')} held" if proof.checks else "It ran and claims nothing,"
    held = f"{said} in {took} {place_and_day(verdicts, environment)}."
    missed = ", ".join(map(str, proof.verdict.unreached))
    return f"{held} Never reached: what is claimed in line {missed} of the code." if missed else held


def unseen_outputs(proof: verification.Proof, behind: Iterable[tuple[Snippet, Verdict]]) -> tuple[views.Printed, ...]:
    """What was printed and does not stand under the snippet."""
    told = [("Output", told_elsewhere(proof.snippet, proof.verdict))] if proof.snippet.role is Role.SHOWN else []
    told += [(f"Output of the {LABELS[snippet.role].lower()}", verdict.stdout) for snippet, verdict in behind]
    return tuple(one for one in (captured(label, text) for label, text in told) if one.text)


def block(snippet: Snippet) -> views.CodeBlock:
    """Setup or check code."""
    return views.CodeBlock(LABELS[snippet.role], highlight(snippet.code, "python"), snippet.role is Role.SETUP)


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
