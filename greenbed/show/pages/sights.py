"""Shapes that lines were seen to give, in words: beside the code, and in the table of its proof."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from greenbed.model import Sight
from greenbed.show.pages import views

_DTYPE = re.compile(r"(?P<shape>.*?\)) (?P<dtype>\S+)")


def seen(sight: Sight) -> str:
    """All that was seen; a type that they share is said once.

    >>> seen(Sight(1, "x", ("(2, 4) float32", "(3, 4) float32"), varies=True))
    '(2, 4) · (3, 4) float32 … varies'
    """
    found = [_DTYPE.fullmatch(one) for one in sight.seen]
    if len({one["dtype"] if one else None for one in found}) == 1 and found[0]:
        words = f"{' · '.join(one['shape'] for one in found if one)} {found[0]['dtype']}"
    else:
        words = " · ".join(sight.seen)
    return f"{words} … varies" if sight.varies else words


def shapes(code: str, sights: Iterable[Sight]) -> tuple[views.Shape, ...]:
    """The table of a proof; a sight that is of none of these lines is left out."""
    lines = code.count("\n") + 1
    return tuple(views.Shape(sight.line, sight.name, seen(sight)) for sight in sights if 1 <= sight.line <= lines)


def beside(code: str, found: Sequence[views.Shape]) -> Mapping[int, str]:
    """What stands beside each line: names that share a shape are named together, one that begins the line is not repeated."""
    lines = code.split("\n")
    by_line: dict[int, dict[str, list[str]]] = {}
    for shape in found:
        by_line.setdefault(shape.line, {}).setdefault(shape.seen, []).append(shape.name)
    told = {line: " · ".join(words(groups, lines[line - 1])) for line, groups in by_line.items()}
    return {line: text.replace(", ", ",\N{NO-BREAK SPACE}") for line, text in told.items()}  # a shape breaks over no line


def words(groups: Mapping[str, Sequence[str]], line: str) -> list[str]:
    """The shapes of one line with their names."""
    names = [name for group in groups.values() for name in group]
    if len(names) == 1 and re.match(rf"\s*{re.escape(names[0])}\s*(?::|[^=!<>]?=[^=]|//=|\*\*=)", line):
        return list(groups)
    return [f"{', '.join(group)} {shape}" for shape, group in groups.items()]
