"""The outline of a shape, in few characters: each point as its way from the one before.

matplotlib names every point by where it is. Most of a large drawing is that, and short ways repeat, so that they weigh a third
less on the wire. A place is rounded before ways are measured, and no error adds up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

HUNDREDTHS = 100
TENTHS = 10
"""A tenth of a unit of the drawing is a seventh of a pixel."""

_MANY = 24  # points: what has more is a curve of data, where no one sees a tenth; what has fewer may be a small mark
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_SIZES = {"M": 2, "L": 2, "Q": 4, "C": 6, "z": 0}
_ZERO = re.compile(r"^(-?)0(?=\.)")

Step = tuple[str, list[int]]  # the letter, and numbers in parts of a unit


def shortened(outline: str) -> str:
    """The `d` of a path, from one as matplotlib writes it; another is given back as it is (SVG 1.1 §8.3).

    >>> shortened("M 10 20 L 12.5 20 L 12.5 25 L 12 24.25 z")
    'M10 20h2.5v5l-.5-.75z'
    """
    steps = _steps(outline.split())
    if steps is None:
        return outline
    parts = TENTHS if len(steps) > _MANY else HUNDREDTHS
    whole = ((letter, [round(number * parts) for number in numbers]) for letter, numbers in steps)
    return _joined(_ways(whole), parts)


def _steps(words: list[str]) -> list[tuple[str, list[float]]] | None:
    """Each letter with its numbers; None where there is one that we do not know."""
    steps: list[tuple[str, list[float]]] = []
    for word in words:
        if word in _SIZES:
            steps.append((word, []))
        elif steps and _NUMBER.fullmatch(word):
            steps[-1][1].append(float(word))
        else:
            return None
    fits = all(len(numbers) == _SIZES[letter] for letter, numbers in steps)
    return steps if fits and steps[:1] and steps[0][0] == "M" else None


def _ways(steps: Iterator[Step]) -> Iterator[Step]:
    """The same steps, relative. One that leads nowhere is left out, unless it is the first: that may be a dot."""
    here = start = (0, 0)
    before = ""
    for letter, numbers in steps:
        if letter == "M":
            here = start = (numbers[0], numbers[1])
            yield letter, numbers
        elif letter == "z":
            here = start
            yield letter, numbers
        else:
            way = [number - here[at % 2] for at, number in enumerate(numbers)]
            here = (numbers[-2], numbers[-1])
            if any(way) or before == "M":
                yield _straight(letter, way)
        before = letter


def _straight(letter: str, way: list[int]) -> Step:
    """A line that goes across, or up and down, needs one number."""
    if letter == "L" and way[1] == 0:
        return "h", way[:1]
    if letter == "L" and way[0] == 0:
        return "v", way[1:]
    return letter.lower(), way


def _joined(steps: Iterator[Step], parts: int) -> str:
    """One text: a letter that repeats is not said again, and a minus parts numbers as well as a space does."""
    pieces: list[str] = []
    last = ""
    for letter, numbers in steps:
        said = " ".join(_decimal(number, parts) for number in numbers).replace(" -", "-")
        joint = "" if letter != last or said.startswith("-") else " "
        pieces.append((letter if letter != last or letter == "M" else joint) + said)
        last = letter
    return "".join(pieces)


def _decimal(number: int, parts: int) -> str:
    """Without zeros that say nothing.

    >>> _decimal(-50, HUNDREDTHS), _decimal(120, TENTHS), _decimal(0, TENTHS)
    ('-.5', '12', '0')
    """
    if number % parts == 0:
        return str(number // parts)
    return _ZERO.sub(r"\1", f"{number / parts:.2f}".rstrip("0"))
