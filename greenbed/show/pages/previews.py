"""Cards for links: what a page leads to, in `<template>` elements at its end, for a script to show beside the link.

A card names its link by its address, so that the links themselves carry nothing. Each is made once for each depth of pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from greenbed.model import Entry, Garden
from greenbed.show.markup.body import render_inline
from greenbed.show.markup.linked import Linked
from greenbed.show.pages.cards import Deck
from greenbed.show.pages.env import Templates

CODE_LINES = 3


@dataclass(frozen=True, slots=True)
class Definition:
    """A term with its sentence."""

    url: str
    name: str
    short: str
    definition_html: str  # without links: it stands in a link's description
    place: str  # title of the note that introduces it first


class Previews:
    """The cards of a garden."""

    def __init__(self, garden: Garden, deck: Deck, templates: Templates) -> None:
        self.garden = garden
        self.deck = deck
        self.templates = templates
        self._note = cache(self._preview)
        self._term = cache(self._definition)

    def html(self, linked: Linked, root: str) -> str:
        """The cards of one page, for its links in their order; raises TemplateMistake."""
        return "\n".join(self._cards(linked, root))

    def _cards(self, linked: Linked, root: str) -> Iterator[str]:
        for path in linked.notes:
            yield self._note(path, root)
        for position in linked.terms:
            yield self._term(position, root)

    def _preview(self, path: PurePosixPath, root: str) -> str:
        note, card = self.garden.notes[path], self.deck.cards[path]
        code = "\n".join(card.excerpt_html.split("\n")[:CODE_LINES])
        text = note.excerpt if note.excerpt != card.summary else ""
        return self.templates.macro("preview")(card, code, text, root)

    def _definition(self, position: int, root: str) -> str:
        return self.templates.macro("definition")(definition(self.garden.glossary[position], self.garden, root), root)


def definition(entry: Entry, garden: Garden, root: str) -> Definition:
    """A term of the glossary, as its links show it."""
    note = garden.notes[entry.note]
    html = render_inline(entry.term.tokens, note, garden, root=root, links=False)
    return Definition(f"/glossary/#{entry.id}", entry.name, entry.short, html, note.title)
