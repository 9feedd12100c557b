"""The page that draws the garden: its groups, the picture, and the same as a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from greenbed.model import Garden, Kind
from greenbed.show.map.layout import Drawing, Group, draw
from greenbed.show.map.neighbours import Surroundings
from greenbed.show.map.web import Web
from greenbed.show.pages.cards import Deck
from greenbed.show.pages.views import Card
from greenbed.show.urls import slugify

URL = "/map/"
MOST_DRAWN = 1000  # notes; of a larger garden the picture shows those with most links, and the list all
LEGIBLE_ON_PAPER = 240  # notes on one sheet


@dataclass(frozen=True, slots=True)
class Listed:
    """A note in the list."""

    title: str
    url: str
    into: int  # notes that link to it
    out: int  # notes that it links to


@dataclass(frozen=True, slots=True)
class ListedGroup:
    """A group of the list."""

    label: str
    id: str
    colour: int  # 1 to 10; 0: none of its own
    notes: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class MapPage:
    """The garden as a picture and as a list."""

    drawing: Drawing
    urls: tuple[str, ...]  # of the nodes, by their number
    titles: tuple[str, ...]  # whole
    groups: tuple[ListedGroup, ...]
    notes: int
    links: int
    is_whole: bool  # whether all notes are in the picture
    fits_paper: bool


def is_drawn(garden: Garden) -> bool:
    """Whether there is a map: without a link it would be a list."""
    return bool(garden.backlinks)


def map_page(garden: Garden, deck: Deck, web: Web) -> MapPage:
    """The map of a garden."""
    groups = groups_of(garden, deck.cards, (category.name for category in deck.categories))
    shown = most_linked(garden, web)
    titles = {path: deck.cards[path].title.replace("`", "") for path in garden.notes}
    drawing = draw([only(group, shown) for group in groups if not shown.isdisjoint(group.paths)], titles, web)
    return MapPage(
        drawing=drawing,
        urls=tuple(garden.notes[node.path].url for node in drawing.nodes),
        titles=tuple(titles[node.path] for node in drawing.nodes),
        groups=tuple(listed(group, garden, web) for group in groups),
        notes=len(garden.notes),
        links=web.count,
        is_whole=len(shown) == len(garden.notes),
        fits_paper=len(shown) <= LEGIBLE_ON_PAPER,
    )


def groups_of(garden: Garden, cards: Mapping[PurePosixPath, Card], categories: Iterable[str]) -> list[Group]:
    """The notes by category, the largest first as in the filter; then what has none, by kind."""
    found: dict[tuple[str, str, int], list[PurePosixPath]] = {}
    for path, note in garden.notes.items():
        category = cards[path].category
        key = (category.name, category.label, category.colour) if category else ("", WITHOUT[note.kind], 0)
        found.setdefault(key, []).append(path)
    order = {name: number for number, name in enumerate(categories)}
    ordered = sorted(found.items(), key=lambda item: order.get(item[0][0], len(order)))
    return [Group(label, colour, tuple(paths)) for (_, label, colour), paths in ordered]


WITHOUT: Mapping[Kind, str] = {Kind.BIT: "Without a category", Kind.CHAPTER: "Chapters", Kind.CHEATSHEET: "Cheat sheets"}


def most_linked(garden: Garden, web: Web) -> frozenset[PurePosixPath]:
    """The notes of the picture."""
    if len(garden.notes) <= MOST_DRAWN:
        return frozenset(garden.notes)
    ranked = sorted(garden.notes, key=web.degree, reverse=True)  # stable: of equals the first in reading order
    return frozenset(ranked[:MOST_DRAWN])


def only(group: Group, shown: frozenset[PurePosixPath]) -> Group:
    """The part of a group that is in the picture."""
    return Group(group.label, group.colour, tuple(path for path in group.paths if path in shown))


def listed(group: Group, garden: Garden, web: Web) -> ListedGroup:
    """A group as a list."""
    notes = (
        Listed(garden.notes[path].title, garden.notes[path].url, len(web.into.get(path, ())), len(web.out.get(path, ())))
        for path in group.paths
    )
    return ListedGroup(group.label, f"group-{slugify(group.label)}", group.colour, tuple(notes))


def surroundings(garden: Garden, web: Web) -> Surroundings:
    """What makes the small picture beside each note."""
    titles = {path: note.title.replace("`", "") for path, note in garden.notes.items()}
    return Surroundings(titles, {path: note.url for path, note in garden.notes.items()}, web)
