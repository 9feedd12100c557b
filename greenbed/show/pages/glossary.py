"""The views of the glossary: every term, with the sentence that introduces it."""

from __future__ import annotations

from greenbed.model import Entry, Garden
from greenbed.show.markup.body import render_inline
from greenbed.show.pages import pageviews, views
from greenbed.show.relate.glossary import letters, place_of


def glossary_page(garden: Garden, root: str) -> pageviews.GlossaryPage:
    """All terms under their letters."""
    grouped = tuple(
        views.Letter(
            letter, f"letter-{letter.lower() if letter != '#' else 'other'}", tuple(entry(one, garden, root) for one in entries)
        )
        for letter, entries in letters(garden.glossary)
    )
    return pageviews.GlossaryPage(grouped, len(garden.glossary))


def entry(term: Entry, garden: Garden, root: str) -> views.Entry:
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
    )
