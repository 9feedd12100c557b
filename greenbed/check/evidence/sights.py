"""What shapes each line of a note is seen to give: up to three of each name, in words such as "(2, 4, 5) float32".

Rewritten code calls `see` behind every assignment that may bind an array (see instrument.py), so it has to be quick, and a line
that has given the same for long enough is not asked again in that snippet. Nothing here keeps a tensor alive.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from greenbed.check.evidence import measured
from greenbed.check.protocol import SightRecord

_MOST = 3
_ALIKE = 256
"""A line that has given the same shape as often is not asked again in this snippet: what it costs is bounded."""
_PLAIN = 48
"""A line that has given no array as often, without one in between, is never asked again."""
_LISTS = (tuple, list)
_LONGEST = 4  # elements of a list that is looked into

_Form = tuple[object, ...]


@dataclass(slots=True)
class _Line:
    """One name on one line."""

    snippet: int
    line: int
    name: str
    seen: list[str] = field(default_factory=list)
    varies: bool = False
    is_reached: bool = False  # in this snippet


class Sights:
    """Those of one note."""

    def __init__(self, ask: Callable[[int, bool], None]) -> None:
        """`ask` says whether a line is to call `see`."""
        self._ask = ask
        self._lines: list[_Line] = []
        self._last: list[_Form] = []  # what each line gave last: type, shape, dtype
        self._left: list[int] = []  # how often it may be asked for the same
        self._home = (0, 1)
        self.muted = False

    def begin(self, snippet: int, first: int) -> None:
        """The next snippet runs, whose first line is file line `first`: lines are asked again."""
        self._home = (snippet, first)
        for number, line in enumerate(self._lines):
            line.is_reached = False
            self._last[number] = ()
            if self._left[number] <= 0 and line.seen:
                self._ask(number, True)
            self._left[number] = _ALIKE if line.seen else self._left[number]

    def register(self, line: int, name: str) -> int:
        """A number for `name`, bound on file line `line` of the snippet that is compiled."""
        snippet, first = self._home
        self._lines.append(_Line(snippet, line - first + 1, name))
        self._last.append(())
        self._left.append(_PLAIN)
        self._ask(len(self._lines) - 1, True)
        return len(self._lines) - 1

    def see(self, number: int, value: object) -> None:
        """Line `number` gave `value`."""
        last = self._last[number]
        if last and type(value) is last[0] and not measured.is_tracing():
            array: Any = value
            if measured.fingerprint(array) == last[1] and array.dtype is last[2]:
                self._tire(number)
                return
        if not self.muted and not measured.is_tracing():
            self._look(number, value)

    def _look(self, number: int, value: object) -> None:
        line, text = self._lines[number], described(value)
        line.is_reached |= bool(text)
        self._last[number] = _form(value)
        if not text or text in line.seen:
            self._tire(number)
            return
        self._left[number] = _ALIKE
        line.varies |= len(line.seen) == _MOST
        line.seen += [text] if len(line.seen) < _MOST else []

    def _tire(self, number: int) -> None:
        self._left[number] -= 1
        if not self._left[number]:
            self._ask(number, False)

    def records(self) -> list[SightRecord]:
        """Of the lines that gave arrays in this snippet, as they stand."""
        return [
            {"snippet": line.snippet, "line": line.line, "name": line.name, "seen": list(line.seen), "varies": line.varies}
            for line in self._lines
            if line.is_reached
        ]


def described(value: object) -> str:
    """Shape, dtype, and the device where it is not the CPU; of a few arrays in a list together; empty for all else."""
    if isinstance(value, _LISTS) and not measured.is_array(value):
        return _together(value) if 0 < len(value) <= _LONGEST else ""
    sizes = measured.sizes_of(value) if measured.is_array(value) else None
    if sizes is None:
        return ""
    shape = f"({sizes[0]},)" if len(sizes) == 1 else f"({', '.join(str(size) for size in sizes)})"
    return " ".join(filter(None, (shape, measured.dtype_of(value), measured.device_of(value))))


def _together(values: Sequence[object]) -> str:
    texts = [described(value) for value in values if not isinstance(value, _LISTS)]
    if len(texts) < len(values) or not all(texts):
        return ""
    return f"{len(texts)} × {texts[0]}" if len(set(texts)) == 1 else ", ".join(texts)


def _form(value: object) -> _Form:
    """What the next value is compared with quickly; empty where that would not be safe."""
    kind = type(value)
    if kind.__module__ == "numpy" and kind.__name__ == "ndarray":  # it may be imported at any time
        measured.quick.add(kind)
    shape = measured.fingerprint(value) if kind in measured.quick else None
    return () if shape is None else (kind, shape, getattr(value, "dtype", None))
