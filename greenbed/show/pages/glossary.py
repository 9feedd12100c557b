"""The views of the glossary: every term with the sentence that introduces it, and its other names under their own letters."""

from __future__ import annotations

from collections.abc import Iterator

from greenbed.model import Entry, Garden
from greenbed.show.markup.body import render_inline
from greenbed.show.pages import pageviews, views
from greenbed.show.relate.glossary import LETTERS, letter_id, letter_of, place_of, sortable
from greenbed.show.urls import slugify


def glossary_page(garden: Garden, root: str) -> pageviews.GlossaryPage:
    """All terms and references under all letters."""
    grouped: dict[str, list[views.Entry | views.Reference]] = {letter: [] for letter in LETTERS}
    for line in sorted(lines(garden, root), key=lambda line: (sortable(line.name), line.name)):
        grouped[letter_of(line.name)].append(line)
    letters = tuple(
        views.Letter(letter, letter_id(letter), tuple(found), sum(isinstance(line, views.Entry) for line in found))
        for letter, found in grouped.items()
    )
    return pageviews.GlossaryPage(letters, len(garden.glossary))


def lines(garden: Garden, root: str) -> Iterator[views.Entry | views.Reference]:
    """Every term, and each of its other names."""
    taken = {"main", *map(letter_id, LETTERS), *(term.id for term in garden.glossary)}
    for term in garden.glossary:
        others = [name for name in (term.short, *term.aliases) if name]
        ids = dict.fromkeys(slugify(name) for name in others)
        yield entry(term, garden, root, ids=tuple(id for id in ids if id and id not in taken))
        taken.update(ids)
        yield from (views.Reference(name, term.name, term.id) for name in others)


def entry(term: Entry, garden: Garden, root: str, *, ids: tuple[str, ...]) -> views.Entry:
    """A term with its definition and the places where it occurs."""
    note = garden.notes[term.note]
    return views.Entry(
        id=term.id,
        name=term.name,
        short=term.short,
        aliases=term.aliases,
        definition_html=render_inline(term.term.tokens, note, garden, root=root),
        introduced=views.Anchor(note.title, place_of(term, garden)),
        also_in=tuple(views.Anchor(garden.notes[path].title, garden.notes[path].url) for path in term.also_in),
        ids=ids,
    )
