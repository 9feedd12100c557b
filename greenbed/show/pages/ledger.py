"""The ledger: every snippet of the garden with its verdict, and what the totals are."""

from __future__ import annotations

from collections import Counter

from greenbed.model import Environment, Garden, Note, Role, Status
from greenbed.show.pages import pageviews, views
from greenbed.show.pages.proof import badge

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
    counts = Counter(row.badge.level for one in accounts for row in one.rows)
    checks = sum(row.checks for one in accounts for row in one.rows)
    levels = [views.Stat(f"{counts[status]:,}", name) for status, name in TOTALS if counts[status]]
    stats = (views.Stat(f"{counts.total():,}", "snippets"), *levels, views.Stat(f"{checks:,}", "checks that held"))
    return pageviews.VerifiedPage(stats, accounts, environment_facts(garden.verification.environment))


def account(note: Note, garden: Garden) -> views.Account:
    """The snippets of one note."""
    verdicts = garden.verification.by_path[note.path]
    rows = tuple(
        views.Row(
            line=snippet.line,
            role=KINDS[snippet.role],
            badge=badge(verdict.status),
            checks=verdict.checks,
            seconds=verdict.seconds,
            checked=verdict.verified_on[:10],
            reason=verdict.reason or next((failure.message for failure in verdict.failures), ""),
        )
        for snippet, verdict in zip(note.snippets, verdicts, strict=True)
    )
    return views.Account(note.title, note.url, note.path.as_posix(), rows)


def environment_facts(environment: Environment) -> tuple[views.Stat, ...]:
    """What the snippets ran on, in words."""
    facts = [("Python", environment.python), ("torch", environment.torch), ("on", environment.platform)]
    kept = "kept apart by" if environment.isolation else ""
    return tuple(views.Stat(value, name) for name, value in [*facts, (kept, environment.isolation)] if value)
