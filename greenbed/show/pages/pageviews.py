"""What templates may see, continued: one frozen type for each kind of page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from greenbed.show.map.neighbours import Neighbours
from greenbed.show.pages.grid import Grid
from greenbed.show.pages.headviews import TakeAway
from greenbed.show.pages.references import Source
from greenbed.show.pages.views import (
    Account,
    Anchor,
    Card,
    Chapters,
    Item,
    Letter,
    LevelCount,
    Mention,
    Stat,
    Tag,
)


@dataclass(frozen=True, slots=True)
class IndexPage:
    """The grid."""

    grid: Grid
    stats: tuple[Stat, ...]
    verified: int  # snippets
    kinds: tuple[Anchor, ...]  # what else there is, for a garden without bits


@dataclass(frozen=True, slots=True)
class NotePage:
    """A bit or a chapter."""

    card: Card
    summary: str  # the author's; a note without one begins with its own first words
    crumbs: tuple[Anchor, ...]
    proof: str  # "3 of 3 snippets verified · 7 checks · …"; empty where there are no snippets
    created: date | None
    updated: date | None
    items: tuple[Item, ...]
    body_html: str
    sources: tuple[Source, ...]
    mentions: tuple[Mention, ...]
    before: Anchor | None
    after: Anchor | None
    taken: TakeAway  # the files beside the page
    cards_html: str = ""  # for the links of the body
    parts: tuple[Chapters, ...] = ()  # chapters only
    related: tuple[Mention, ...] = ()  # with the reason
    edit: str = ""  # where a change can be proposed; empty where no repository is known
    neighbours: Neighbours | None = None  # None where no link leads here or away


@dataclass(frozen=True, slots=True)
class ChaptersPage:
    """The list of chapters."""

    parts: tuple[Chapters, ...]


@dataclass(frozen=True, slots=True)
class TagsPage:
    """All tags."""

    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class TagPage:
    """The notes of a tag."""

    crumbs: tuple[Anchor, ...]
    name: str
    bits: tuple[Card, ...]
    others: tuple[Card, ...]  # chapters and cheat sheets


@dataclass(frozen=True, slots=True)
class GlossaryPage:
    """All terms."""

    letters: tuple[Letter, ...]  # all that there are, also those without terms
    count: int


@dataclass(frozen=True, slots=True)
class VerifiedPage:
    """The ledger of every snippet."""

    stats: tuple[Stat, ...]
    accounts: tuple[Account, ...]
    environment: tuple[Stat, ...]
    levels: tuple[LevelCount, ...] = ()  # those that occur
    count: int = 0  # snippets
    has_warnings: bool = False
    has_mutants: bool = False


@dataclass(frozen=True, slots=True)
class MissingPage:
    """404."""

    places: tuple[Anchor, ...]
