"""Related notes: those that share tags, terms or neighbours with a note, the rare ones counting most.

A note's neighbours are those that it links to and that link to it; who has a neighbour in common speaks of the same things.
Neighbours themselves are never given: a reader meets them in the text and under "Linked from". What nearly every note has says
nothing and is left out, so that the time grows with the garden alone; a note's relations are computed when they are asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from heapq import nlargest
from math import log, sqrt
from pathlib import PurePosixPath

from greenbed.model import Garden

MOST = 5
FREQUENT = 48  # notes; a tag, term or neighbour that more notes have is left out
TELLING = 16  # of a note's tags, terms and neighbours, the rarest, by which others are looked for
NAMED = 3  # what two notes share, in the reason
LEAST = 1.5  # of what they share: one rare tag, two common ones

Trait = tuple[str, str]
"""("tag", "rope"), ("term", "rotary-position-embedding") or ("link", "bits/rope.md")."""

_WEIGHTS: Mapping[str, float] = {"tag": 1.0, "link": 0.75, "term": 0.5}  # a term may be mentioned in passing


@dataclass(frozen=True, slots=True)
class Related:
    """A note that has something in common with another."""

    note: PurePosixPath
    shared: tuple[str, ...]  # tags and terms, the most telling first; empty where it is neighbours alone
    through: tuple[PurePosixPath, ...]  # neighbours of both, likewise


class Relations:
    """The relations between the notes of a garden."""

    def __init__(self, garden: Garden) -> None:
        self._neighbours = neighbours(garden)
        self._names: dict[Trait, str] = {}
        self._order = {path: place for place, path in enumerate(garden.notes)}
        self._holders: dict[Trait, tuple[PurePosixPath, ...]] = {}
        self._weights: dict[Trait, float] = {}
        self._traits: dict[PurePosixPath, list[Trait]] = defaultdict(list)
        self._sizes: dict[PurePosixPath, float] = defaultdict(float)
        for trait, name, holders in self._found(garden):
            if 1 < len(holders) <= FREQUENT:
                self._add(trait, name, holders)

    def of(self, path: PurePosixPath) -> tuple[Related, ...]:
        """The notes that have most in common with this one, best first; none that it is linked with."""
        scores: dict[PurePosixPath, float] = defaultdict(float)
        for trait in nlargest(TELLING, self._traits.get(path, ()), key=self._weights.__getitem__):
            weight = self._weights[trait]
            for other in self._holders[trait]:
                scores[other] += weight
        known = {path, *self._neighbours.get(path, ())}
        # what has many traits shares some with everything: a long chapter would be related to all
        rated = (
            (score / sqrt(self._sizes[other]), -self._order[other], other)
            for other, score in scores.items()
            if score >= LEAST and other not in known
        )
        return tuple(self._related(path, other) for _, _, other in nlargest(MOST, rated))

    def _found(self, garden: Garden) -> Iterator[tuple[Trait, str, tuple[PurePosixPath, ...]]]:
        for tag, paths in garden.tags.items():
            yield ("tag", tag), tag, paths
        for entry in garden.glossary:
            yield ("term", entry.id), entry.short or entry.name, tuple(dict.fromkeys((entry.note, *entry.also_in)))
        for path, linked in self._neighbours.items():
            yield ("link", path.as_posix()), "", linked

    def _add(self, trait: Trait, name: str, holders: tuple[PurePosixPath, ...]) -> None:
        weight = _WEIGHTS[trait[0]] * log(max(len(self._order), 2) / len(holders))
        if weight <= 0:
            return
        self._names[trait], self._holders[trait], self._weights[trait] = name, holders, weight
        for path in holders:
            self._traits[path].append(trait)
            self._sizes[path] += weight

    def _related(self, path: PurePosixPath, other: PurePosixPath) -> Related:
        theirs = set(self._traits[other])
        common = sorted((trait for trait in self._traits[path] if trait in theirs), key=lambda trait: -self._weights[trait])
        names = (self._names[trait] for trait in common if trait[0] != "link")
        spelled = {name.casefold().replace(" ", "-"): name for name in reversed(tuple(names))}
        through = tuple(PurePosixPath(name) for kind, name in common if kind == "link")
        return Related(other, tuple(reversed(spelled.values()))[:NAMED], through[:NAMED])


def neighbours(garden: Garden) -> dict[PurePosixPath, tuple[PurePosixPath, ...]]:
    """By note, the notes that it links to or that link to it, each once."""
    found: dict[PurePosixPath, dict[PurePosixPath, None]] = defaultdict(dict)
    for path, backlinks in garden.backlinks.items():
        for backlink in backlinks:
            if path in garden.notes and backlink.note in garden.notes:
                found[path][backlink.note] = found[backlink.note][path] = None
    return {path: tuple(linked) for path, linked in found.items()}
