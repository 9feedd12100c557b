"""Garden → records: what can be found, each with its places, and each place with its text, its code and its terms.

A note's places are its sections, so that a result leads to the heading under which the words stand; terms and facts have one.
What a note gives is remembered until its content or the titles of the notes that it links to change, so that the preview reads
anew only what was edited.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import PurePosixPath

from greenbed.model import Entry, Fact, Garden, Kind, Note
from greenbed.show.relate.anchors import page_of, prefix_of
from greenbed.show.search.impacts import impacts
from greenbed.show.search.sections import Labels, Section, labels_of, plain, roots_of, sections, spoken
from greenbed.show.urls import href


class Group(IntEnum):
    """Under which heading a record is shown; records are numbered group by group."""

    BITS = 0
    CHAPTERS = 1
    GLOSSARY = 2
    SHEETS = 3


GROUPS = {Kind.BIT: Group.BITS, Kind.CHAPTER: Group.CHAPTERS, Kind.CHEATSHEET: Group.SHEETS}


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a record that a result can lead to."""

    fragment: str  # as in an address; empty for the top of the page
    heading: str  # empty for what stands before the first one
    text: str  # a paragraph a line
    code: str
    impacts: Mapping[str, int]  # by term


@dataclass(frozen=True, slots=True)
class Record:
    """A note, a term or a fact."""

    group: Group
    title: str
    address: str  # from the site's root, without a fragment
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """What the first place of a record is found by, beside its own words."""

    title: str
    tags: tuple[str, ...]
    roots: frozenset[str] = frozenset()

    def place(self, section: Section, fragment: str, *, first: bool = True) -> Place:
        """A section with its impacts."""
        found = impacts(
            title=self.title if first else "",
            tags=self.tags if first else (),
            heading=section.heading,
            text=section.text,
            code=section.code,
            roots=self.roots,
        )
        return Place(fragment, section.heading, section.text, section.code, found)


_remembered: dict[PurePosixPath, tuple[tuple[str, str, Labels], tuple[Record, ...]]] = {}


def records(garden: Garden) -> list[Record]:
    """Everything that can be found, by group; notes by category, since neighbours are likely to be asked for together."""
    notes = sorted(garden.notes.values(), key=lambda note: note.meta.category or "")
    found = [record for note in notes for record in _of_note(note, garden)]
    found += [_of_entry(entry, garden) for entry in garden.glossary]
    return sorted(found, key=lambda record: record.group)


def _of_note(note: Note, garden: Garden) -> tuple[Record, ...]:
    """A note and its facts."""
    key = (note.sha256, note.url, labels_of(note, garden))
    known = _remembered.get(note.path)
    if known is None or known[0] != key:
        known = _remembered[note.path] = key, tuple(_read(note, key[2]))
    return known[1]


def _read(note: Note, labels: Labels) -> Iterator[Record]:
    title, address, prefix = _bare(note.title), href(page_of(note), ""), prefix_of(note)
    fields = Fields(title, (*note.meta.tags, note.meta.category or ""), roots_of(note))
    top = note.url.partition("#")[2]
    places = [
        fields.place(section, prefix + section.id if section.id else top, first=not section.id)
        for section in sections(note, labels)
    ]
    yield Record(GROUPS[note.kind], title, address, tuple(places))
    yield from (_of_fact(fact, address, labels, roots_of(note)) for fact in note.facts)


def _of_fact(fact: Fact, address: str, labels: Labels, roots: frozenset[str]) -> Record:
    """A question with its answer."""
    question, why = spoken(fact.question, labels), spoken(fact.explanation, labels)
    section = Section("", "", "\n".join([fact.answer.text, *why.lines]), "\n".join([*question.code, *why.code]))
    title = " ".join(question.lines)
    return Record(Group.SHEETS, title, address, (Fields(title, (), roots).place(section, fact.id),))


def _of_entry(entry: Entry, garden: Garden) -> Record:
    """A term with its definition."""
    others = [form for form in (entry.short, *entry.aliases) if form]
    named = f"{entry.name} ({entry.short})" if entry.short else entry.name
    section = Section("", "", plain(entry.term.tokens, labels_of(garden.notes[entry.note], garden)), "")
    place = Fields(" ".join([entry.name, *others]), ()).place(section, entry.id)
    return Record(Group.GLOSSARY, _bare(named), href("/glossary/", ""), (place,))


def _bare(title: str) -> str:
    """A title without the backticks around code."""
    return title.replace("`", "")
