"""The recipe: read → check → show. Each stage takes what the one before gave and returns its result and its problems.

All problems are collected, and only a garden without errors is published; until then the site on disk is left as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Protocol, TypeVar

from greenbed import stamp
from greenbed.accept.propose import Proposal, has_failed, is_mendable, propose
from greenbed.check.verify import stop, verify
from greenbed.config import UsageError
from greenbed.model import Config, Discovery, Garden, Kind, Note, Problem, Report, Source, Status, Verification
from greenbed.problems import arrange, has_errors
from greenbed.read.discover import discover
from greenbed.read.extract import extract
from greenbed.read.parse import parse
from greenbed.show.link import link
from greenbed.show.manifest import is_ours
from greenbed.show.publish import publish
from greenbed.show.render import render

Result = TypeVar("Result")


class Observer(Protocol):
    """Who is told how a build goes."""

    seconds: dict[str, float]

    def drawing(self) -> AbstractContextManager[None]:
        """Entered once around the build."""

    def stage(self, name: str) -> AbstractContextManager[None]:
        """Entered around each stage."""

    def snippets(self, done: int, total: int, cached: int) -> None:
        """Called while snippets are checked."""

    def mutants(self, done: int, total: int, cached: int) -> None:
        """Called while mutants are tried."""


Reader = Callable[[Source], tuple[Note, tuple[Problem, ...]]]


def read(source: Source) -> tuple[Note, tuple[Problem, ...]]:
    """One file as a note."""
    document, broken = parse(source)
    note, unclear = extract(document)
    return note, broken + unclear


def examine(
    config: Config, observer: Observer, reader: Reader, problems: list[Problem]
) -> tuple[tuple[Note, ...], Discovery, Verification]:
    """All notes, what else lies in the content folder, and the verdicts on those that are to be published."""
    with observer.stage("read"):
        discovery = collect(problems, discover(config))
        notes = tuple(collect(problems, reader(source)) for source in discovery.sources)
        to_check = tuple(note for note in notes if config.drafts or not note.meta.draft)
    with observer.stage("check"):
        verdicts = verify(to_check, config, discovery.files, progress=observer.snippets, mutants=observer.mutants)
    return notes, discovery, collect(problems, verdicts)


def build(config: Config, observer: Observer, reader: Reader = read) -> Report:
    """Build the garden once. `reader` may remember what it has read before.

    Raises UsageError where the output folder is somebody else's, before anything is run.
    """
    refuse_foreign_output(config)
    inputs = "" if config.live else stamp.fingerprint(config)
    problems: list[Problem] = []
    with observer.drawing():
        notes, found, verification = examine(config, observer, reader, problems)
        with observer.stage("link"):
            garden = collect(problems, link(notes, verification, found.files, config, found.bibliography))
        with observer.stage("render"):
            artifacts = collect(problems, render(garden, config))
        written = 0
        if not (config.check or config.only) and not has_errors(arrange(problems, strict=config.strict)):
            with observer.stage("publish"):
                written = collect(problems, publish(artifacts, config))
    pages = sum(artifact.path.suffix == ".html" for artifact in artifacts)
    report = summarise(garden, arrange(problems, strict=config.strict), pages=pages, written=written, seconds=observer.seconds)
    if config.teeth:
        report = replace(report, teeth=verification.teeth)
    remember(config, report, verification, inputs)
    return report


def acceptable(config: Config, observer: Observer) -> tuple[Proposal, ...]:
    """What --accept would write and what it refuses, by note that fails: to be written it has to come out twice."""
    refuse_foreign_output(config)
    patient = replace(config, live=True, teeth=False)  # the second run finds torch loaded
    with observer.drawing():
        notes, found, verification = examine(patient, observer, read, [])
        first = [(note, verdicts) for note in notes if has_failed(verdicts := verification.by_path.get(note.path, ()))]
        mendable = [note for note, verdicts in first if is_mendable(verdicts)]
        second, _ = verify(mendable, replace(patient, only=(), use_cache=False), found.files, progress=observer.snippets)
    stop()
    return tuple(
        propose(note, verdicts, second.by_path.get(note.path, ()), lambda source: read(source)[0]) for note, verdicts in first
    )


def refuse_foreign_output(config: Config) -> None:
    """Raises UsageError where a site is to be published into a folder that is somebody else's."""
    if not (config.check or config.only) and not is_ours(config.output):
        raise UsageError(f"{config.output} holds files that greenbed did not make: empty it, or choose another --output")


def collect(problems: list[Problem], outcome: tuple[Result, Iterable[Problem]]) -> Result:
    """Keep the problems of a stage and hand on its result."""
    result, found = outcome
    problems.extend(found)
    return result


def remember(config: Config, report: Report, verification: Verification, inputs: str) -> None:
    """Stamp a clean, whole build, unless its inputs changed while it ran; what is not clean leaves no stamp."""
    if config.check or config.only or config.live:
        if config.teeth:
            stamp.forget(config)  # the site does not tell yet what came of the mutants
        return
    if report.ok and inputs == stamp.fingerprint(config):
        stamp.keep(config, report, verification.reads, inputs)
    else:
        stamp.forget(config)


def summarise(garden: Garden, problems: Sequence[Problem], *, pages: int, written: int, seconds: Mapping[str, float]) -> Report:
    """Count what the garden holds."""
    notes = garden.notes.values()
    verdicts = [verdict for verdicts in garden.verification.by_path.values() for verdict in verdicts]
    levels = {status.value: sum(verdict.status is status for verdict in verdicts) for status in Status}
    return Report(
        ok=not has_errors(problems),
        notes=len(notes),
        chapters=sum(note.kind is Kind.CHAPTER for note in notes),
        facts=sum(len(note.facts) for note in notes),
        terms=len(garden.glossary),
        pages=pages,
        written=written,
        snippets={"found": len(verdicts), **levels},
        checks=sum(verdict.checks for verdict in verdicts),
        executed=garden.verification.executed,
        cached=garden.verification.cached,
        seconds=dict(seconds),
        problems=tuple(problems),
    )
