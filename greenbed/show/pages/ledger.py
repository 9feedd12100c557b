"""The ledger: every snippet of the garden with its verdict, and what the totals are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from greenbed.model import Environment, Garden, Note, Role, Snippet, Status, Teeth, Verdict
from greenbed.show.pages import pageviews, views
from greenbed.show.pages.output import deprecated, readable
from greenbed.show.pages.proof import WORDS, badge
from greenbed.show.pages.verification import score

KINDS = {Role.SHOWN: "shown", Role.SETUP: "setup", Role.CHECK: "check", Role.FACT: "fact"}
TOTALS = (
    (Status.VERIFIED, "verified"),
    (Status.RUNS, "run, without a claim of their own"),
    (Status.SKIPPED, "skipped"),
    (Status.NOT_RUN, "not run"),
    (Status.FAILED, "failed"),
)


def verified_page(garden: Garden) -> pageviews.VerifiedPage:
    """All accounts, in reading order."""
    accounts = tuple(account(note, garden) for note in garden.notes.values() if garden.verification.by_path.get(note.path))
    rows = [row for one in accounts for row in one.rows]
    counts = Counter(row.badge.level for row in rows)
    return pageviews.VerifiedPage(
        stats=totals(rows, counts, garden),
        accounts=accounts,
        environment=environment_facts(garden.verification.environment),
        levels=tuple(views.LevelCount(badge(status), counts[status]) for status in WORDS if counts[status]),
        count=len(rows),
        has_warnings=any(row.warnings for row in rows),
        has_mutants=any(one.score for one in accounts),
    )


def totals(rows: Sequence[views.Row], counts: Counter[Status], garden: Garden) -> tuple[views.Stat, ...]:
    """The garden in numbers; what there is nothing of is not named, but for snippets and checks."""
    checks, leaving = (sum(getattr(row, name) for row in rows) for name in ("checks", "deprecated"))
    mutants, noticed = (sum(getattr(one, name) for one in teeth_of(garden)) for name in ("mutants", "noticed"))
    stats = [views.Stat(f"{len(rows):,}", "snippets")]
    stats += [views.Stat(f"{counts[status]:,}", name) for status, name in TOTALS if counts[status]]
    stats += [views.Stat(f"{checks:,}", "checks that held")]
    stats += [views.Stat(f"{noticed:,} of {mutants:,}", "mutants noticed")] if mutants else []
    stats += [views.Stat(f"{leaving:,}", "deprecated call" if leaving == 1 else "deprecated calls")] if leaving else []
    return tuple(stats)


def teeth_of(garden: Garden) -> list[Teeth]:
    """What mutation testing showed, of the notes on which it was tried."""
    return [garden.verification.teeth[path] for path in garden.notes if path in garden.verification.teeth]


def account(note: Note, garden: Garden) -> views.Account:
    """The snippets of one note."""
    teeth = garden.verification.teeth.get(note.path)
    pairs = zip(note.snippets, garden.verification.by_path[note.path], strict=True)
    rows = tuple(row(snippet, verdict, teeth) for snippet, verdict in pairs)
    return views.Account(note.title, note.url, note.path.as_posix(), rows, score(teeth), mutants(teeth))


def row(snippet: Snippet, verdict: Verdict, teeth: Teeth | None) -> views.Row:
    """One snippet."""
    return views.Row(
        line=snippet.line,
        role=KINDS[snippet.role],
        badge=badge(verdict.status),
        checks=verdict.checks,
        seconds=verdict.seconds,
        checked=verdict.verified_on[:10],
        reason=readable(verdict.reason or next((failure.message for failure in verdict.failures), "")),
        warnings=len(verdict.warnings),
        deprecated=deprecated([verdict]),
        survivors=survivors(snippet, teeth) if snippet.role is Role.SHOWN else None,
    )


def survivors(snippet: Snippet, teeth: Teeth | None) -> int | None:
    """How many mutants of its lines no check noticed, those that are declared equivalent left out."""
    if teeth is None:
        return None
    last = snippet.line + snippet.code.count("\n")
    return sum(snippet.line <= one.line <= last and not one.reason for one in teeth.survivors)


def mutants(teeth: Teeth | None) -> tuple[views.Mutant, ...]:
    """What no check of the note noticed."""
    found = teeth.survivors if teeth else ()
    return tuple(views.Mutant(one.line, one.source, one.mutant, one.reason) for one in found)


def environment_facts(environment: Environment) -> tuple[views.Stat, ...]:
    """What the snippets ran on, in words."""
    facts = [("Python", environment.python), ("torch", environment.torch), ("on", environment.platform)]
    kept = "kept apart by" if environment.isolation else ""
    return tuple(views.Stat(value, name) for name, value in [*facts, (kept, environment.isolation)] if value)
