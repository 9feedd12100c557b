"""The glossary: one entry for each term, from where it is introduced first in reading order.

A note that introduces the term again, under its name, its short form or an alias, does not make a second entry; it and every
note that mentions the term in prose are listed with the first. Mentions are found in one pass over each note's words.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from string import ascii_uppercase

from greenbed.model import Entry, Garden, Note, Term
from greenbed.show.relate.anchors import page_of, prefix_of
from greenbed.show.relate.mentions import is_short, mentions
from greenbed.show.urls import slugify

LETTERS = (*ascii_uppercase, "#")
"""What terms stand under; what begins with something else than a letter from A to Z stands under "#"."""

_FORMAT = """\
# Glossary of terms, one record for each, in alphabetical order.
#
# Format: UTF-8 text, lines end with LF. Lines that begin with "#" are comments. A record is six lines `field: value`, always in
# this order and always present; an empty line ends it. A value is a single line and may be empty.
#
#   term        the name
#   short       its abbreviation
#   aliases     other names, separated by "; "
#   definition  the sentence that introduces it
#   note        title of the note that introduces it first
#   url         where in that note, from the root of the site
"""


def glossary(notes: Sequence[Note]) -> tuple[tuple[Entry, ...], Mapping[tuple[PurePosixPath, str], str]]:
    """All entries by name, and (note, Term.id) → Entry.id for every place that introduces one; `notes` in reading order."""
    collected = _Collected()
    for note in notes:
        for term in note.terms:
            collected.add(note, term)
    ids = _ids(collected.drafts)
    introduced = {place: ids[index] for place, index in collected.places.items()}
    ordered = sorted(zip(collected.drafts, ids, strict=True), key=lambda pair: (sortable(pair[0].name), pair[0].name))
    # names in the order of the entries, so that whoever has these finds the same Mentions again
    forms = tuple((draft.name, draft.short, tuple(draft.aliases)) for draft, _ in ordered)
    mentioned = mentions(forms).in_notes(notes)
    return tuple(_entry(draft, id, mentioned.get(at, ())) for at, (draft, id) in enumerate(ordered)), introduced


def letter_of(name: str) -> str:
    """What a name stands under.

    >>> letter_of("Épsilon"), letter_of("2-norm")
    ('E', '#')
    """
    first = unicodedata.normalize("NFKD", name.strip())[:1].upper()
    return first if "A" <= first <= "Z" else "#"


def letter_id(letter: str) -> str:
    """Where a letter begins on the page."""
    return f"letter-{letter.lower() if letter != '#' else 'other'}"


def sortable(name: str) -> tuple[bool, str]:
    """The key by which names are in order: what does not begin with a letter from A to Z comes last."""
    return letter_of(name) == "#", unicodedata.normalize("NFKD", name).casefold()


def glossary_data(garden: Garden) -> bytes:
    """/glossary-data.txt: the glossary for programs, in the format that its first lines describe."""
    records = (_record(entry, garden) for entry in garden.glossary)
    return "\n".join([_FORMAT, *records]).encode()


def place_of(entry: Entry, garden: Garden) -> str:
    """The URL of the sentence that introduces a term first."""
    note = garden.notes[entry.note]
    return f"{page_of(note)}#{prefix_of(note)}{entry.term.id}"


@dataclass(slots=True)
class _Draft:
    """An entry that is still being collected."""

    term: Term
    note: PurePosixPath
    name: str
    short: str
    aliases: dict[str, None]
    also_in: dict[PurePosixPath, None] = field(default_factory=dict)


class _Collected:
    """Entries by each of their forms, in order of first introduction."""

    def __init__(self) -> None:
        self.drafts: list[_Draft] = []
        self.places: dict[tuple[PurePosixPath, str], int] = {}  # position of the draft
        self._by_form: dict[str, int] = {}

    def add(self, note: Note, term: Term) -> None:
        forms = _forms(term)
        index = next((self._by_form[form] for form in forms if form in self._by_form), len(self.drafts))
        if index == len(self.drafts):
            self.drafts.append(_Draft(term, note.path, term.name, term.short, dict.fromkeys(term.aliases)))
        else:
            _merge(self.drafts[index], note, term)
        self.places[note.path, term.id] = index
        for form in forms:
            self._by_form.setdefault(form, index)


def _merge(draft: _Draft, note: Note, term: Term) -> None:
    draft.also_in[note.path] = None
    if not draft.short and not is_short(draft.name):
        draft.short = term.short
    known = {form.casefold() for form in (draft.name, draft.short, *draft.aliases)}
    others = [form for form in (term.name, term.short, *term.aliases) if form and form.casefold() not in known]
    draft.aliases.update(dict.fromkeys(others))


def _entry(draft: _Draft, id: str, mentioned: Iterable[PurePosixPath]) -> Entry:
    also_in = dict.fromkeys([*draft.also_in, *mentioned])
    also_in.pop(draft.note, None)
    return Entry(
        id=id,
        name=draft.name,
        short=draft.short,
        aliases=tuple(draft.aliases),
        term=draft.term,
        note=draft.note,
        also_in=tuple(also_in),
    )


def _ids(drafts: Iterable[_Draft]) -> tuple[str, ...]:
    """An id for each; none that the page of the glossary has already."""
    taken = {"main", *(letter_id(letter) for letter in LETTERS)}
    return tuple(_unique(slugify(draft.name), taken) for draft in drafts)


def _unique(id: str, taken: set[str]) -> str:
    free, number = id, 0
    while free in taken:
        number += 1
        free = f"{id}-{number}"
    taken.add(free)
    return free


def _forms(term: Term) -> tuple[str, ...]:
    """What two introductions of one term have in common. Case tells short forms apart: "MAP" is not "map"."""
    names = [form for form in (term.name, *term.aliases) if form]
    short = [f"={form}" for form in (*names, term.short) if form and (is_short(form) or form == term.short)]
    return (*(slugify(form) for form in names if not is_short(form)), *short)


def _record(entry: Entry, garden: Garden) -> str:
    note = garden.notes[entry.note]
    fields = {
        "term": entry.name,
        "short": entry.short,
        "aliases": "; ".join(entry.aliases),
        "definition": entry.term.text,
        "note": note.title,
        "url": place_of(entry, garden),
    }
    return "".join(f"{name}: {' '.join(value.split())}".rstrip() + "\n" for name, value in fields.items())
