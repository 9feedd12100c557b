"""What showing gives: the linked garden, its files, and the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from greenbed.model.bibliography import Reference
from greenbed.model.note import LinkKind, Note, Term
from greenbed.model.problem import Problem
from greenbed.model.verdict import Teeth, Verification


@dataclass(frozen=True, slots=True)
class Target:
    """What a link leads to."""

    url: str  # "/bits/x/#y", from the site's root; for a copied file its address
    title: str  # plain; used where the link has no text of its own
    note: PurePosixPath | None  # None for a copied file
    fragment: str = ""


LinkKey = tuple[PurePosixPath, LinkKind, str, str]
"""(note, kind, target as written, fragment as written)."""


@dataclass(frozen=True, slots=True)
class Backlink:
    """A link seen from its target."""

    note: PurePosixPath
    context: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One term of the glossary."""

    id: str
    name: str
    short: str
    aliases: tuple[str, ...]
    term: Term  # where it is introduced first in reading order
    note: PurePosixPath
    also_in: tuple[PurePosixPath, ...]  # other notes that introduce or mention it


@dataclass(frozen=True, slots=True)
class Part:
    """One cheat-sheet page: a folder below cheatsheets/."""

    slug: str
    url: str
    title: str
    notes: tuple[PurePosixPath, ...]  # its chapters in order


@dataclass(frozen=True, slots=True)
class Garden:
    """Everything that the pages are made from."""

    notes: Mapping[PurePosixPath, Note]  # in reading order: bits, chapters, cheat sheets
    targets: Mapping[LinkKey, Target]  # every link that resolves
    backlinks: Mapping[PurePosixPath, tuple[Backlink, ...]]
    tags: Mapping[str, tuple[PurePosixPath, ...]]  # sorted by tag
    glossary: tuple[Entry, ...]  # sorted by name
    parts: tuple[Part, ...]
    redirects: Mapping[str, str]  # old URL → new URL, both from the site's root
    copies: Mapping[PurePosixPath, Path]  # path below site → file beside a note that is linked or shown
    verification: Verification
    introductions: Mapping[tuple[PurePosixPath, str], str] = field(default_factory=dict)  # (note, Term.id) → Entry.id
    bibliography: Mapping[str, Reference] = field(default_factory=dict)  # by key, in alphabetical order of labels
    cited: Mapping[str, tuple[PurePosixPath, ...]] = field(default_factory=dict)  # by key, the notes that cite it, in order


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file of the site."""

    path: PurePosixPath  # below site
    content: bytes


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did; the JSON document of --format json."""

    notes: int
    chapters: int
    facts: int
    terms: int
    pages: int
    written: int  # files that changed on disk
    snippets: Mapping[str, int]  # "found" and one count for each Status
    checks: int
    executed: int
    cached: int
    seconds: Mapping[str, float]  # by stage
    problems: tuple[Problem, ...]  # sorted by path and line
    ok: bool
    teeth: Mapping[PurePosixPath, Teeth] | None = None  # by note, where mutants were asked for
