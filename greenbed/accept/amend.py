"""Text and amendments → text: what is claimed changes, and not a byte beside it.

Pure. Amendments speak of lines that end in LF, as the rest of the engine does; the file keeps its own line ends, its byte order
mark, and the absence of a last newline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BOM = "\ufeff"
LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Amendment:
    """One place of a file, and what is to stand there."""

    line: int  # of the file
    column: int  # in characters, from 1; a byte order mark does not count
    old: str  # LF line ends
    new: str


class Misplaced(ValueError):
    """An amendment whose old text does not stand at its place, or that overlaps another one."""


def amended(text: str, amendments: Iterable[Amendment]) -> str:
    """`text`, which may have any line ends, with all amendments made; raises Misplaced."""
    lines = _Lines(text)
    parts, end = [], 0
    for amendment in sorted(amendments, key=lambda each: (each.line, each.column)):
        start, stop = lines.span(amendment)
        if start < end:
            raise Misplaced(f"line {amendment.line} is amended twice")
        parts += [text[end:start], lines.with_its_ends(amendment)]
        end = stop
    return "".join([*parts, text[end:]])


def as_lines(text: str) -> list[str]:
    """The lines of a file, without what ends them: line n of the file is at n - 1."""
    return LINE_END.split(text.removeprefix(BOM))


class _Lines:
    """Where the lines of a text begin, and how each ends."""

    def __init__(self, text: str) -> None:
        self._text = text
        first = len(BOM) if text.startswith(BOM) else 0
        breaks = list(LINE_END.finditer(text))
        self._starts = [first, *(found.end() for found in breaks)]
        self._ends = [found.group() for found in breaks]

    def span(self, amendment: Amendment) -> tuple[int, int]:
        """From where to where the old text stands."""
        stop = start = self._start(amendment)
        for number, line in enumerate(amendment.old.split("\n")):
            if number:
                stop = self._after_break(amendment, number)
            if not self._text.startswith(line, stop):
                raise Misplaced(f"line {amendment.line + number} does not say {line!r}")
            stop += len(line)
        return start, stop

    def _start(self, amendment: Amendment) -> int:
        if not 1 <= amendment.line <= len(self._starts) or amendment.column < 1:
            raise Misplaced(f"there is no line {amendment.line}")
        start = self._starts[amendment.line - 1] + amendment.column - 1
        if start > self._stop(amendment.line):
            raise Misplaced(f"line {amendment.line} has no column {amendment.column}")
        return start

    def _stop(self, line: int) -> int:
        """Where a line's text ends."""
        return self._starts[line] - len(self._ends[line - 1]) if line <= len(self._ends) else len(self._text)

    def _after_break(self, amendment: Amendment, number: int) -> int:
        line = amendment.line + number
        if line > len(self._starts):
            raise Misplaced(f"there is no line {line}")
        return self._starts[line - 1]

    def with_its_ends(self, amendment: Amendment) -> str:
        """The new text; its lines end as those did that stood there, the further ones as the first of them."""
        ends = self._ends[amendment.line - 1 : amendment.line - 1 + amendment.old.count("\n")]
        usual = self._usual_end(amendment.line)
        first, *more = amendment.new.split("\n")
        return first + "".join((ends[number] if number < len(ends) else usual) + line for number, line in enumerate(more))

    def _usual_end(self, line: int) -> str:
        """How a line ends, or the one before it where the file ends with it."""
        near: Sequence[str] = self._ends[max(line - 2, 0) : line]
        return near[-1] if near else "\n"
