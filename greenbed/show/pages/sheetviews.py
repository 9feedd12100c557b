"""What templates may see of cheat sheets; the rules are those of views.py."""

from __future__ import annotations

from dataclasses import dataclass

from greenbed.show.pages.views import Anchor, Badge, Proof


@dataclass(frozen=True, slots=True)
class Option:
    """One of the things to choose from."""

    html: str
    is_answer: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A question with its answer."""

    id: str
    question_html: str
    answer_html: str
    why_html: str
    options: tuple[Option, ...]  # in the order of shuffled(); empty where there is nothing to choose from
    badge: Badge | None
    proof: Proof | None  # None where a source stands in
    source: Anchor | None  # without URL where the author wrote words
    is_wide: bool = False  # it has a formula that no column of paper holds


@dataclass(frozen=True, slots=True)
class SheetChapter:
    """A chapter at a glance, and its facts."""

    title: str
    id: str
    is_draft: bool
    glance_html: str
    facts: tuple[Fact, ...]
    is_wide: bool = False  # of the glance, likewise


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A cheat sheet: one part."""

    crumbs: tuple[Anchor, ...]
    title: str
    chapters: tuple[SheetChapter, ...]
    facts: int
    proven: int  # facts that code decides
    files: tuple[Anchor, ...] = ()  # decks and tables beside the page: their names
    cards_html: str = ""  # for the links of the chapters


@dataclass(frozen=True, slots=True)
class ChapterLink:
    """A chapter in the list of sheets."""

    title: str
    url: str
    facts: tuple[str, ...]  # ids, under which a reader's progress is kept


@dataclass(frozen=True, slots=True)
class SheetLink:
    """A cheat sheet in the list of them."""

    title: str
    url: str
    chapters: tuple[ChapterLink, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """Those of its facts."""
        return tuple(id for chapter in self.chapters for id in chapter.facts)

    @property
    def facts(self) -> int:
        """How many facts it has."""
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class SheetsPage:
    """All cheat sheets."""

    sheets: tuple[SheetLink, ...]
