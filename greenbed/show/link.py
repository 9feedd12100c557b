"""Notes → Garden: every link resolved, every relation between notes computed. Pure; each index is built once.

Drafts stay out unless the build is told to show them. All problems are reported, and the garden is whole in spite of them, so
that the preview can show it: a link that leads nowhere is simply not among the targets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from greenbed.model import Backlink, Config, Garden, LinkKey, Note, Problem, Reference, Target, Verification
from greenbed.show.relate.addresses import anchor_conflicts, redirects, url_conflicts
from greenbed.show.relate.cheatsheet import cheatsheet_parts, fact_conflicts, part_conflicts
from greenbed.show.relate.citations import alphabetical, citing, sourced, unknown_citations
from greenbed.show.relate.contexts import contexts
from greenbed.show.relate.early import used_early
from greenbed.show.relate.embeds import embed_cycles
from greenbed.show.relate.glossary import glossary
from greenbed.show.relate.order import reading_order
from greenbed.show.relate.resolve import Resolver
from greenbed.show.relate.tags import tags
from greenbed.show.relate.vocabulary import strange_words


def link(
    notes: Sequence[Note],
    verification: Verification,
    files: Mapping[PurePosixPath, Path],
    config: Config,
    bibliography: Mapping[str, Reference] = MappingProxyType({}),
) -> tuple[Garden, tuple[Problem, ...]]:
    """The garden, and what is wrong with its addresses, links and citations."""
    notes = sourced(notes, bibliography)
    hidden = [] if config.drafts or config.live else [note for note in notes if note.meta.draft]
    shown = [note for note in notes if not note.meta.draft] if hidden else notes
    losers, doubled = url_conflicts(shown)
    ordered = reading_order(note for note in shown if note.path not in losers)
    by_path = {note.path: note for note in ordered}
    links = _resolved(shown, hidden, files, losers)
    moved, taken = redirects(ordered)
    entries, introductions = glossary(ordered)
    garden = Garden(
        notes=by_path,
        targets=links.targets,
        backlinks=_backlinks(ordered, links.targets),
        tags=tags(ordered),
        glossary=entries,
        parts=cheatsheet_parts(ordered),
        redirects=moved,
        copies=dict(sorted(links.copies.items())),
        verification=verification,
        introductions=introductions,
        bibliography=alphabetical(bibliography),
        cited=citing(ordered, bibliography),
    )
    cycles = embed_cycles(by_path, links.targets)
    early = used_early(ordered, entries, links.targets)
    strange = strange_words(shown, config)
    uncited = unknown_citations(shown, bibliography)
    anchored = (*anchor_conflicts(ordered), *taken, *part_conflicts(ordered), *fact_conflicts(ordered))
    problems = (*doubled, *strange, *anchored, *links.problems, *uncited, *cycles, *early)
    return garden, problems


@dataclass(slots=True)
class _Links:
    """What resolving all links gives."""

    targets: dict[LinkKey, Target] = field(default_factory=dict)
    copies: dict[PurePosixPath, Path] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def _resolved(
    notes: Sequence[Note], drafts: Sequence[Note], files: Mapping[PurePosixPath, Path], losers: Mapping[PurePosixPath, Note]
) -> _Links:
    links = _Links()
    resolver = Resolver(notes, drafts, files)
    for note in notes:
        for link in note.links:
            found = resolver.resolve(note, link)
            if isinstance(found, Problem):
                links.problems.append(found)
                continue
            if found.file:
                links.copies[PurePosixPath(found.target.url.partition("#")[0][1:])] = files[found.file]
            # A note that lost its URL to another is not in the garden, and this is reported already.
            if found.target.note not in losers:
                links.targets[note.path, link.kind, link.target, link.fragment] = found.target
    return links


def _backlinks(notes: Sequence[Note], targets: Mapping[LinkKey, Target]) -> Mapping[PurePosixPath, tuple[Backlink, ...]]:
    """By target, in reading order: the first link of each note that leads there."""
    sources: dict[PurePosixPath, dict[PurePosixPath, Backlink]] = {}
    for note in notes:
        told = contexts(note, targets)
        for link in note.links:
            target = targets.get((note.path, link.kind, link.target, link.fragment))
            if target and target.note and target.note != note.path:
                sources.setdefault(target.note, {}).setdefault(note.path, Backlink(note.path, told[link.context]))
    return {path: tuple(found.values()) for path, found in sources.items()}
