"""What a `#fragment` can name in a note, and the id that it has on the page.

The chapters of a cheat-sheet part share one page, so their headings, terms and footnotes get the chapter's name in front there.
Facts keep their ids everywhere: readers' own progress is stored under them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from greenbed.model import Note

_OWN_ID = re.compile(r"""<[a-zA-Z][^>]*\s(?:id|name)\s*=\s*["']?([^\s"'>]+)""")


@dataclass(frozen=True, slots=True)
class Anchor:
    """One place in a note."""

    id: str  # within the note
    page_id: str  # on the page that the note is shown on
    title: str  # plain
    line: int


def page_of(note: Note) -> str:
    """The URL of the page that a note is on; several notes share a cheat sheet's."""
    return note.url.partition("#")[0]


def prefix_of(note: Note) -> str:
    """What the ids of a note begin with on its page: "arrays-" for a chapter of a cheat sheet, else nothing."""
    fragment = note.url.partition("#")[2]
    return f"{fragment}-" if fragment else ""


def anchors(note: Note) -> tuple[Anchor, ...]:
    """All places of a note that a fragment can name, headings first."""
    prefix = prefix_of(note)
    return (
        *(Anchor(heading.id, prefix + heading.id, heading.text, heading.line) for heading in note.headings),
        *(Anchor(term.id, prefix + term.id, term.name, term.line) for term in note.terms),
        *(Anchor(fact.id, fact.id, "", fact.line) for fact in note.facts),
    )


class Places:
    """The places of one note, to look fragments up in."""

    def __init__(self, note: Note) -> None:
        self.note = note
        self.all = anchors(note)
        self._by_id = {place.id: place for place in reversed(self.all)}
        self._by_name = {name.casefold(): place for place in reversed(self.all) for name in (place.title, place.id) if name}

    def find(self, fragment: str) -> Anchor | None:
        """The place with this id; else the heading, term or id with this name whatever its case; else an id in raw HTML."""
        if fragment in self._by_id:
            return self._by_id[fragment]
        # [[note#Part#Heading]] names the heading by the way to it
        loose = self._by_name.get(fragment.rpartition("#")[2].strip().casefold())
        return loose or next((place for place in _written(self.note) if place.id == fragment), None)


def _written(note: Note) -> Iterable[Anchor]:
    """Ids that the author wrote in raw HTML; they are kept as they are."""
    for token in note.tokens:
        for part in (token, *(token.children or ())):
            if part.type in ("html_block", "html_inline"):
                yield from (Anchor(match[1], match[1], "", note.title_line) for match in _OWN_ID.finditer(part.content))
