"""The views of the bibliography: its page, and the works at the end of a note."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from greenbed.model import Garden, Note, Reference
from greenbed.show.pages.views import Anchor
from greenbed.show.relate.citations import reference_url


@dataclass(frozen=True, slots=True)
class Work:
    """An entry of the bibliography."""

    key: str  # its id on the page
    label: str  # "Vaswani et al., 2017"
    authors: str  # "Ashish Vaswani, Noam Shazeer, …"
    year: int
    title: str
    url: str
    venue: str
    note: str
    cited: tuple[Anchor, ...]  # the notes that name it


@dataclass(frozen=True, slots=True)
class ReferencesPage:
    """The bibliography."""

    works: tuple[Work, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """What a note rests on."""

    title: str
    url: str
    label: str = ""  # "Vaswani et al., 2017", where it is an entry of the bibliography
    entry: str = ""  # "/references/#vaswani2017", likewise


def references_page(garden: Garden) -> ReferencesPage:
    """All entries, in the order of their labels."""
    return ReferencesPage(tuple(work(entry, garden) for entry in garden.bibliography.values()))


def work(entry: Reference, garden: Garden) -> Work:
    """An entry, and where it is cited."""
    notes = (garden.notes[path] for path in garden.cited.get(entry.key, ()))
    return Work(
        key=entry.key,
        label=entry.label,
        authors=people(entry.authors),
        year=entry.year,
        title=entry.title,
        url=entry.url,
        venue=entry.venue,
        note=entry.note,
        cited=tuple(Anchor(note.title, note.url) for note in notes),
    )


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


def sources_of(note: Note, garden: Garden) -> tuple[Source, ...]:
    """What its front matter names, then the works that only its text cites."""
    named = {source.url or source.title: written(source.key, source.title, source.url, garden) for source in note.meta.sources}
    for entry in cited_in(note, garden):
        named.setdefault(entry.url or entry.title, written(entry.key, entry.title, entry.url, garden))
    return tuple(named.values())


def cited_in(note: Note, garden: Garden) -> Iterator[Reference]:
    """The works that a note cites, in order of the first citation."""
    keys = dict.fromkeys(cited.key for cited in note.citations)
    return (garden.bibliography[key] for key in keys if key in garden.bibliography)


def written(key: str, title: str, url: str, garden: Garden) -> Source:
    """A source, with what the bibliography says of it."""
    entry = garden.bibliography.get(key)
    return Source(title, url, entry.label, reference_url(key)) if entry else Source(title, url)
