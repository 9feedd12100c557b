"""What the prose of one page leads to: the notes that it links to, and the terms whose first mention becomes a link.

One `Linked` lives as long as its page is being rendered, through all notes and embeds that are laid out there. Whatever it
holds at the end gets a card (pages/previews.py).
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from markdown_it.token import Token

from greenbed.model import Garden, Note, Target
from greenbed.show.relate.anchors import page_of
from greenbed.show.relate.mentions import Mentions, Spot
from greenbed.show.relate.prose import Stretch, stretches

_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Linked:
    """Notes and terms in the order in which the page leads to them."""

    garden: Garden
    names: Mentions  # of the glossary
    url: str  # of the page
    notes: dict[PurePosixPath, None] = field(default_factory=dict)
    terms: dict[int, None] = field(default_factory=dict)  # positions in the glossary
    introduced: set[str] = field(default_factory=set)  # ids of terms
    wanted: set[int] = field(default_factory=set)  # terms that are mentioned, and not linked yet
    firsts: frozenset[str] = frozenset()  # what a mention of one of these begins with

    def lead(self, target: Target) -> None:
        """A link to a note: it gets a card, unless it stands on this page, or the link leads to a part of a cheat sheet."""
        note = self.garden.notes.get(target.note) if target.note else None
        if note and page_of(note) != self.url and ("#" not in note.url or target.url == note.url):
            self.notes[note.path] = None

    def enter(self, note: Note) -> None:
        """The prose of a note begins: what it mentions is wanted, but for the terms that are introduced here."""
        self.introduced.update(self.garden.introductions.get((note.path, term.id), "") for term in note.terms)
        mentioned = {*self.wanted, *self.names.in_note(note)}.difference(self.terms)
        self._want({term for term in mentioned if self.garden.glossary[term].id not in self.introduced})

    def linking(self, inline: Token) -> Sequence[Token]:
        """The children of a block, with each wanted term that they mention between term_link_open and term_link_close."""
        children = inline.children or []
        if not self.firsts or self.firsts.isdisjoint(_WORD.findall(inline.content.casefold())):
            return children
        out: list[Token] = []
        done = 0
        for stretch in stretches(children):
            if spots := list(self._first_spots(stretch.text)):
                out += [*children[done : stretch.first], *self._split(children, stretch, spots)]
                done = stretch.end
        if not out:
            return children
        self._want(self.wanted - self.terms.keys())
        return [*out, *children[done:]]

    def _first_spots(self, text: str) -> Iterator[Spot]:
        for spot in self.names.spots(text):
            if spot.term in self.wanted and spot.term not in self.terms:
                self.terms[spot.term] = None
                yield spot

    def _split(self, children: Sequence[Token], stretch: Stretch, spots: Sequence[Spot]) -> Iterator[Token]:
        """The tokens of a stretch, cut where its links begin and end."""
        marks = deque(mark for spot in spots for mark in ((spot.start, 1, spot.term), (spot.end, -1, spot.term)))
        begin = 0
        for token in children[stretch.first : stretch.end]:
            length, cut = len(token.content) or 1, 0  # a line end has no content
            # a link that ends with the token ends inside it, one that begins there belongs to the next
            while marks and marks[0][0] - begin < length + (marks[0][1] < 0):
                at, nesting, term = marks.popleft()
                yield from _piece(token, cut, at - begin)
                yield _mark(self.garden.glossary[term].id, nesting)
                cut = at - begin
            yield from _piece(token, cut, length)
            begin += length

    def _want(self, terms: set[int]) -> None:
        self.wanted, self.firsts = terms, self.names.firsts(terms)


def _piece(token: Token, start: int, end: int) -> Iterator[Token]:
    """A part of a token."""
    if start < end:
        yield token if end - start >= len(token.content) else Token("text", "", 0, content=token.content[start:end])


def _mark(id: str, nesting: int) -> Token:
    return Token("term_link_open" if nesting > 0 else "term_link_close", "a", 1 if nesting > 0 else -1, meta={"id": id})
