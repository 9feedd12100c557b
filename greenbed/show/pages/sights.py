"""Shapes that lines were seen to give, in words: beside the code, and in the table of its proof."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from greenbed.model import Sight
from greenbed.show.pages import views

_TYPED = re.compile(r"(?P<shape>.*\)) (?P<type>\S+)")


def seen(sight: Sight) -> str:
    """All that was seen; a type that neighbours share is said once.

    >>> seen(Sight(1, "x", ("(2, 4) float32", "(3, 4) float32", "(3, 4) int64"), varies=True))
    '(2, 4) · (3, 4) float32 · (3, 4) int64 … varies'
    """
    typed = [(found["shape"], found["type"]) if (found := _TYPED.fullmatch(one)) else (one, "") for one in sight.seen]
    groups = groupby(typed, key=lambda one: one[1])
    words = " · ".join(f"{' · '.join(shape for shape, _ in group)} {type_}".rstrip() for type_, group in groups)
    return f"{words} … varies" if sight.varies else words


def shapes(code: str, sights: Iterable[Sight]) -> tuple[views.Shape, ...]:
    """The table of a proof, by line: names that gave the same stand together, in the order in which the line has them.

    A sight that is of none of these lines is left out.
    """
    lines = code.split("\n")
    found: dict[tuple[int, str], list[str]] = {}
    for sight in sights:
        if 1 <= sight.line <= len(lines):
            found.setdefault((sight.line, seen(sight)), []).append(sight.name)
    by_place = {key: sorted(names, key=lambda name: place(name, lines[key[0] - 1])) for key, names in found.items()}
    keys = sorted(by_place, key=lambda key: (key[0], place(by_place[key][0], lines[key[0] - 1])))
    return tuple(views.Shape(line, ", ".join(by_place[line, words]), words) for line, words in keys)


def place(name: str, line: str) -> int:
    """Where a name stands in a line; behind everything else where it does not (a statement may go over several lines)."""
    found = re.search(rf"(?<![\w.]){re.escape(name)}(?!\w)", line)
    return found.start() if found else len(line)


def beside(code: str, found: Sequence[views.Shape]) -> Mapping[int, str]:
    """What stands beside each line; names with which the line begins are not repeated where no others follow."""
    lines = code.split("\n")
    told = {
        line: " · ".join(words(tuple(group), lines[line - 1])) for line, group in groupby(found, key=lambda shape: shape.line)
    }
    return {line: unbroken(text) for line, text in told.items()}


def unbroken(text: str) -> str:
    """The words with their line breaks only between two shapes."""
    return re.sub(r", |(?<=…) ", lambda space: space[0].replace(" ", "\N{NO-BREAK SPACE}"), text)


def words(found: Sequence[views.Shape], line: str) -> list[str]:
    """The shapes of one line with their names."""
    (first, *rest) = found
    if not rest and re.match(rf"\s*{re.escape(first.name)}\s*(?::|[^=!<>]?=[^=]|//=|\*\*=)", line):
        return [first.seen]
    return [f"{shape.name} {shape.seen}" for shape in found]
