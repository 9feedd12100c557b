"""Where each note stands in the picture of the garden: columns of titles, a group for each category, links as curves.

Titles lie level and a row is as high as a finger needs (WCAG 2.2, 2.5.8), so that the picture is read and used like a list.
A link within a column is an arc to the left of its dots, as in an arc diagram; one between columns goes from the end of a title
to the dot of the other note. The work grows with notes and links, nothing is tried out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from pathlib import PurePosixPath

from greenbed.show.map.letters import cut, width
from greenbed.show.map.web import Web

ROW = 24  # pixels of the picture, as are all lengths here
HEAD = 32  # the name of a group
BETWEEN = 16  # groups
COLUMN = 300
DOT = 44  # from a column's left edge: room for the arcs
TITLE = DOT + 13
ROOM = COLUMN - TITLE - 10
SLACK = 1.15  # a group may be so much higher than a column is to be, before it is split
MOST_COLUMNS = 4
LEAST_ROWS = 12  # in a column, before there is a second


@dataclass(frozen=True, slots=True)
class Group:
    """The notes that stand together."""

    label: str
    colour: int  # 1 to 10; 0: none of its own
    paths: tuple[PurePosixPath, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a group in the picture."""

    text: str
    colour: int
    x: int
    y: int  # of the line on which the words stand


@dataclass(frozen=True, slots=True)
class Node:
    """A note in the picture."""

    path: PurePosixPath
    number: int  # from 0, in the order of the picture: down each column
    colour: int
    x: int  # of its dot
    y: int
    radius: float
    title: str  # as much of it as there is room for
    is_cut: bool

    @property
    def end(self) -> int:
        """Where its title ends."""
        return round(self.x + TITLE - DOT + width(self.title)) + 5


@dataclass(frozen=True, slots=True)
class Curve:
    """A link in the picture; two notes that link to each other share one."""

    ends: tuple[int, int]  # the numbers of two nodes
    path: str  # SVG 2 §9.3


@dataclass(frozen=True, slots=True)
class Drawing:
    """The picture of the garden."""

    width: int
    height: int
    columns: int
    labels: tuple[Label, ...]
    nodes: tuple[Node, ...]
    curves: tuple[tuple[int, tuple[Curve, ...]], ...]  # by the colour of the note that links


def draw(groups: Sequence[Group], titles: Mapping[PurePosixPath, str], web: Web) -> Drawing:
    """The picture of these groups, with the links among their notes."""
    columns = arranged(groups)
    labels: list[Label] = []
    nodes: dict[PurePosixPath, Node] = {}
    height = 0
    for number, column in enumerate(columns):
        y = 0
        for group in column:
            labels.append(Label(group.label, group.colour, number * COLUMN + DOT - 6, y + 19))
            y += HEAD
            for path in group.paths:
                nodes[path] = node(path, titles[path], web, group.colour, len(nodes), number * COLUMN + DOT, y + ROW // 2)
                y += ROW
            y += BETWEEN
        height = max(height, y - BETWEEN)
    return Drawing(len(columns) * COLUMN, height, len(columns), tuple(labels), tuple(nodes.values()), tuple(curves(nodes, web)))


def arranged(groups: Sequence[Group]) -> list[list[Group]]:
    """The groups in columns of about one height: each goes to the column that is the shortest so far."""
    rows = sum(len(group.paths) for group in groups)
    count = min(MOST_COLUMNS, max(1, ceil(rows / LEAST_ROWS)))
    most = max(ceil(rows / count), LEAST_ROWS)
    columns: list[list[Group]] = [[] for _ in range(count)]
    heights = [0] * count
    for group in groups:
        for part in split(group, most):
            shortest = heights.index(min(heights))
            columns[shortest].append(part)
            heights[shortest] += HEAD + BETWEEN + ROW * len(part.paths)
    return [column for column in columns if column]


def split(group: Group, most: int) -> Iterator[Group]:
    """A group that is too high for a column, in equal parts."""
    parts = 1 if len(group.paths) <= most * SLACK else ceil(len(group.paths) / most)
    size = ceil(len(group.paths) / parts)
    for start in range(0, len(group.paths), size):
        label = f"{group.label}, continued" if start else group.label
        yield Group(label, group.colour, group.paths[start : start + size])


def node(path: PurePosixPath, title: str, web: Web, colour: int, number: int, x: int, y: int) -> Node:
    """A note at its place; its dot's area grows with the notes that link to it."""
    radius = round(min(8.0, 3 + 1.4 * sqrt(len(web.into.get(path, ())))), 1)
    shown = cut(title, ROOM)
    return Node(path, number, colour, x, y, radius, shown, shown != title)


def curves(nodes: Mapping[PurePosixPath, Node], web: Web) -> Iterator[tuple[int, tuple[Curve, ...]]]:
    """The links between the notes of the picture, by colour."""
    found: dict[int, list[Curve]] = {}
    drawn: set[tuple[int, int]] = set()
    for path, one in nodes.items():
        for target in web.out.get(path, ()):
            other = nodes.get(target)
            if other is None:
                continue
            ends = (min(one.number, other.number), max(one.number, other.number))
            if ends not in drawn:
                drawn.add(ends)
                found.setdefault(one.colour, []).append(Curve(ends, curve(one, other)))
    for colour in sorted(found):
        yield colour, tuple(found[colour])


def curve(one: Node, other: Node) -> str:
    """The line between two nodes."""
    left, right = sorted((one, other), key=lambda node: (node.x, node.y))
    if left.x == right.x:
        return arc(left.x, left.y, right.y, DOT - 6)
    reach = max(28, (right.x - left.end) // 2)
    return f"M{left.end} {left.y}C{left.end + reach} {left.y} {right.x - reach} {right.y} {right.x} {right.y}"


def arc(x: int, top: int, bottom: int, most: int) -> str:
    """A bow to the left of a column, the wider the farther it reaches; never wider than `most`."""
    bow = min(round(most / 0.75), 10 + (bottom - top) // 7)  # a cubic comes to three quarters of its control points
    return f"M{x} {top}C{x - bow} {top} {x - bow} {bottom} {x} {bottom}"
