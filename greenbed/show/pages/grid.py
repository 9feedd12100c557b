"""Grids of bits: the cards of a page with the choices that filter them; in a large garden a page for each category as well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from greenbed.model import Growth, Status
from greenbed.show.pages.cards import Deck
from greenbed.show.pages.views import Anchor, Badge, Card, Category, GrowthCount, LevelCount, Tag

FULL_GRID = 600  # cards; a larger garden shows its newest, and has a page for each category
NEWEST = 120
EXCERPTS = 120  # in a list of more than FULL_GRID cards, or the page would weigh megabytes
FREQUENT_TAGS = 12
UNSORTED = "uncategorised"


@dataclass(frozen=True, slots=True)
class Grid:
    """Cards with what filters them; a choice that every card would pass is none."""

    cards: tuple[Card, ...]
    total: int  # bits of the garden
    categories: tuple[Category, ...]
    growths: tuple[GrowthCount, ...]
    levels: tuple[LevelCount, ...]
    tags: tuple[Tag, ...]  # the most frequent
    more_tags: int  # that are not among these
    category: str = ""  # whose page it is
    is_newest: bool = False  # the newest bits of a garden that is too large for one page, the newest first


@dataclass(frozen=True, slots=True)
class CategoryPage:
    """All bits of a category."""

    crumbs: tuple[Anchor, ...]
    category: Category
    grid: Grid


def is_split(deck: Deck) -> bool:
    """Whether there are more bits than one page holds."""
    return len(deck.bits) > FULL_GRID


def whole_grid(deck: Deck) -> Grid:
    """The grid of the first page."""
    if not is_split(deck):
        return grid(deck.bits, deck, total=len(deck.bits))
    newest = sorted(deck.bits, key=lambda card: card.day or date.min, reverse=True)[:NEWEST]
    return replace(grid(newest, deck, total=len(deck.bits)), is_newest=True)


def category_pages(deck: Deck, above: Anchor) -> Iterator[CategoryPage]:
    """A page for each category; none where all bits stand on one page."""
    if not is_split(deck):
        return
    by_name: dict[str, list[Card]] = {}
    for card in deck.bits:
        by_name.setdefault(card.category.name if card.category else UNSORTED, []).append(card)
    for category in choices(deck):
        cards = trimmed(by_name[category.name])
        yield CategoryPage((above,), category, replace(grid(cards, deck, total=len(deck.bits)), category=category.name))


def grid(cards: Sequence[Card], deck: Deck, *, total: int) -> Grid:
    """These cards with their choices."""
    used = Counter(tag.slug for card in cards for tag in card.tags)
    frequent = sorted(used, key=lambda slug: (-used[slug], slug))[:FREQUENT_TAGS]
    return Grid(
        cards=tuple(cards),
        total=total,
        categories=choices(deck),
        growths=growths_of(cards),
        levels=levels_of(cards),
        tags=tuple(replace(deck.tags[slug], count=used[slug]) for slug in frequent),
        more_tags=len(used) - len(frequent),
    )


def choices(deck: Deck) -> tuple[Category, ...]:
    """The categories; with those that have a page of their own, what has no category is one as well."""
    found = [category for category in deck.categories if category.count]
    unsorted = sum(card.category is None for card in deck.bits)
    if is_split(deck):
        found = [replace(category, url=category_url(category.name)) for category in found]
        if unsorted and all(category.name != UNSORTED for category in found):
            found.append(Category(UNSORTED, "Without a category", len(found) + 1, unsorted, category_url(UNSORTED)))
    elif len(found) == 1 and not unsorted:
        return ()
    return tuple(found)


def category_url(name: str) -> str:
    """The page of a category.

    >>> category_url("training")
    '/categories/training/'
    """
    return f"/categories/{name}/"


def growths_of(cards: Sequence[Card]) -> tuple[GrowthCount, ...]:
    """Each status that occurs."""
    counts = Counter(card.growth for card in cards if card.growth)
    if len(cards) in counts.values():
        return ()
    return tuple(GrowthCount(growth, counts[growth]) for growth in Growth if counts[growth])


def levels_of(cards: Sequence[Card]) -> tuple[LevelCount, ...]:
    """Each level that occurs, the best first."""
    counts = Counter(card.badge.name for card in cards if card.badge)
    if len(cards) in counts.values():
        return ()
    badges = {card.badge.name: card.badge for card in cards if card.badge}
    return tuple(LevelCount(badge, counts[badge.name]) for badge in sorted(badges.values(), key=rank))


def rank(badge: Badge) -> int:
    """The place of a level among the others: what is verified in part comes right after what is verified."""
    return 1 if badge.name.startswith("partly") else 2 * list(Status).index(badge.level)


def trimmed(cards: Sequence[Card]) -> tuple[Card, ...]:
    """The cards of a list; of a very long one only the first show code."""
    if len(cards) <= FULL_GRID:
        return tuple(cards)
    return tuple(card if place < EXCERPTS else replace(card, excerpt_html="") for place, card in enumerate(cards))
