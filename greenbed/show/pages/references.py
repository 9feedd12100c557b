"""The views of the bibliography: its page, and the works at the end of a note."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from greenbed.model import Citation, Garden, Note, Reference
from greenbed.show.pages.views import Anchor
from greenbed.show.relate.citations import reference_url


@dataclass(frozen=True, slots=True)
class Work:
    """An entry of the bibliography."""

    key: str  # its id on the page
    people: str  # "Ashish Vaswani, Noam Shazeer, …"
    year: str  # "2023a", as citations give it
    title: str
    url: str
    more: str  # where it appeared, and a note
    cited: tuple[Anchor, ...]  # the notes that name it


@dataclass(frozen=True, slots=True)
class ReferencesPage:
    """The bibliography."""

    works: tuple[Work, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """What a note rests on; the rest is empty where it is no entry of the bibliography."""

    title: str
    url: str
    label: str = ""  # "Vaswani et al., 2017"
    entry: str = ""  # "/references/#vaswani2017"
    people: str = ""
    year: str = ""
    more: str = ""
    is_cited: bool = False  # in the text, whose citations show it in place


def references_page(garden: Garden) -> ReferencesPage:
    """All entries, in the order of their labels."""
    return ReferencesPage(tuple(work(entry, garden) for entry in garden.bibliography.values()))


def work(entry: Reference, garden: Garden) -> Work:
    """An entry, and where it is cited."""
    notes = (garden.notes[path] for path in garden.cited.get(entry.key, ()))
    cited = tuple(Anchor(note.title, note.url) for note in notes)
    return Work(entry.key, people(entry.authors), year_of(entry), entry.title, entry.url, more(entry), cited)


def people(authors: tuple[str, ...]) -> str:
    """Authors for a list of works, given names first.

    >>> people(("Ba, Jimmy Lei", "Kiros", "Hinton")), people(("Jiang", "et al."))
    ('Jimmy Lei Ba, Kiros and Hinton', 'Jiang et al.')
    """
    names = [" ".join(part.strip() for part in reversed(author.split(",", 1))) for author in authors]
    if len(names) == 1:
        return names[0]
    joint = " " if names[-1] == "et al." else " and "
    return ", ".join(names[:-1]) + joint + names[-1]


def year_of(entry: Reference) -> str:
    """The year with the letter that tells it from others of the same people."""
    return entry.label.rpartition(", ")[2]


def more(entry: Reference) -> str:
    """Where it appeared, and what the bibliography adds."""
    return ". ".join(text for text in (entry.venue, entry.note) if text)


def sources_of(note: Note, garden: Garden) -> tuple[Source, ...]:
    """What its front matter names, then the works that only its text cites."""
    cited = {entry.key: entry for entry in cited_in(note, garden)}
    named = {
        source.url or source.title: source_of(source, garden, is_cited=source.key in cited) for source in note.meta.sources
    }
    for entry in cited.values():
        filled = Citation(entry.title, entry.url, entry.key)
        named.setdefault(entry.url or entry.title, source_of(filled, garden, is_cited=True))
    return tuple(named.values())


def cited_in(note: Note, garden: Garden) -> Iterator[Reference]:
    """The works that the text of a note cites, in order of the first citation."""
    keys = dict.fromkeys(cited.key for cited in note.citations if cited.line >= note.body_line)
    return (garden.bibliography[key] for key in keys if key in garden.bibliography)


def source_of(source: Citation, garden: Garden, *, is_cited: bool) -> Source:
    """A source, with what the bibliography says of it."""
    entry = garden.bibliography.get(source.key)
    if entry is None:
        return Source(source.title, source.url)
    return Source(
        title=source.title,
        url=source.url,
        label=entry.label,
        entry=reference_url(entry.key),
        people=people(entry.authors),
        year=year_of(entry),
        more=more(entry),
        is_cited=is_cited,
    )
