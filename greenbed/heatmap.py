"""`from greenbed import heatmap`: a small tensor as a picture that follows the colour scheme of the page, without matplotlib.

Notes import it while they run, and so may anybody else: it needs nothing of greenbed, and knows tensors and arrays by their
`tolist` alone. While a garden is built, what is drawn is `collected` for the page; elsewhere a notebook shows it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

LARGEST = 32
"""Rows and columns that can still be told apart."""
STEPS = 8
"""Shades to each side of zero."""
ZERO = "#f3f2f1"
ABOVE = ("#d2e1f3", "#b3cfef", "#94bdeb", "#74aae6", "#3772b8", "#2860a6", "#1a4e94", "#0b3d82")
BELOW = ("#f6dccc", "#f5c7aa", "#f3b187", "#ef9a62", "#b4571f", "#9d4615", "#86360b", "#702602")
"""What stands in for --heat-1 …, --heat-minus-1 … where no style sheet says what they are."""

collected: list[HeatMap] | None = None
"""What was drawn, while somebody collects it."""

_WIDEST = 560  # units for all columns, up to which the values are written into the cells
_LETTER = 6.6  # units that a letter takes, about
_LINE = 16
_SWATCH = 12
_TRUE = 6  # the shade of it in a mask
_DARK_FROM = 5  # the shade from which on what is written on it is light

Number = bool | int | float


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A picture of a few numbers; notebooks show it, and `svg` is the drawing."""

    values: tuple[tuple[Number, ...], ...]
    rows: str
    columns: str
    row_labels: tuple[str, ...]
    column_labels: tuple[str, ...]
    digits: int | None = None
    is_row: bool = False  # of one dimension

    @property
    def svg(self) -> str:
        """The drawing: an SVG element without style attributes."""
        return _Drawing(self).svg()

    def _repr_svg_(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        size = f"{len(self.values)} × {len(self.values[0])}" if not self.is_row else str(len(self.values[0]))
        scale = _Scale.of(self)
        return f"heatmap({size}, {scale.text(scale.low)} to {scale.text(scale.high)})"


def heatmap(
    values: Any,
    rows: str = "row",
    columns: str = "column",
    labels: Sequence[str] | tuple[Sequence[str], Sequence[str]] | None = None,
    digits: int | None = None,
) -> HeatMap:
    """A heat map of a tensor, an array or nested lists of one or two dimensions, at most 32 × 32; booleans are a mask.

    `labels` stand at the rows and the columns: one list for both, or a pair of lists. `digits` are those behind the point.
    """
    table, is_row = _table(values)
    row_labels, column_labels = _labels(labels, len(table), len(table[0]), is_row=is_row)
    drawn = HeatMap(table, "" if is_row else rows, columns, row_labels, column_labels, digits, is_row)
    if collected is not None:
        collected.append(drawn)
    return drawn


def _table(values: Any) -> tuple[tuple[tuple[Number, ...], ...], bool]:
    """Rows of numbers, and whether there was only one dimension."""
    plain = _plain(values)
    depth = _depth(plain)
    if depth not in (1, 2):
        raise ValueError(f"heatmap draws one or two dimensions, these values have {depth}: pick a part, such as values[0]")
    table = [plain] if depth == 1 else plain
    sizes = {len(row) if isinstance(row, list) else -1 for row in table}
    if len(sizes) != 1 or not sizes.isdisjoint({0, -1}):
        raise ValueError("heatmap needs values, and rows of one length")
    if max(len(table), *sizes) > LARGEST:
        size = f"{len(table)} × {max(sizes)}"
        raise ValueError(
            f"heatmap draws at most {LARGEST} × {LARGEST} values, these are {size}: pick a part, such as values[:16]"
        )
    return tuple(tuple(map(_number, row)) for row in table), depth == 1


def _plain(values: Any) -> Any:
    """Lists, whatever they came as."""
    if hasattr(values, "tolist"):
        values = values.tolist()
    return [_plain(value) for value in values] if isinstance(values, list | tuple | range) else values


def _depth(plain: Any) -> int:
    return 1 + (_depth(plain[0]) if plain else 0) if isinstance(plain, list) else 0


def _number(value: Any) -> Number:
    if isinstance(value, bool | int | float):
        return value
    raise ValueError(f"heatmap draws numbers and booleans, not {value!r}")


def _labels(
    labels: Sequence[str] | tuple[Sequence[str], Sequence[str]] | None, rows: int, columns: int, *, is_row: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of the rows and of the columns; numbers from 0 where none are given."""
    if labels is None:
        return () if is_row else _numbered(rows), _numbered(columns)
    if all(isinstance(label, str) for label in labels):
        pair: list[Sequence[str]] = [() if is_row else labels, labels]  # type: ignore[list-item]  # the test above
    else:
        pair = list(labels)
    wanted = [0 if is_row else rows, columns]
    if [len(part) for part in pair] != wanted:
        raise ValueError(f"labels are {' and '.join(str(len(part)) for part in pair)}, for {rows} rows and {columns} columns")
    return tuple(map(str, pair[0])), tuple(map(str, pair[1]))


def _numbered(count: int) -> tuple[str, ...]:
    """Each place, or every fourth where there are many."""
    return tuple(str(place) if count <= LARGEST // 2 or place % 4 == 0 else "" for place in range(count))


@dataclass(frozen=True, slots=True)
class _Scale:
    """From values to shades and words."""

    low: float
    high: float
    digits: int
    style: str  # "f" or "g"
    is_mask: bool

    @classmethod
    def of(cls, drawn: HeatMap) -> _Scale:
        values = [value for row in drawn.values for value in row]
        finite = [float(value) for value in values if math.isfinite(value)] or [0.0]
        low, high = min(finite), max(finite)
        widest = max(abs(low), abs(high))
        whole = all(value == int(value) for value in finite)
        style = "f" if (whole and widest < 1e6) or 0.01 <= widest < 1e4 else "g"
        digits = drawn.digits if drawn.digits is not None else (0 if whole else 2) if style == "f" else 2
        return cls(low, high, digits, style, all(isinstance(value, bool) for value in values))

    def shade(self, value: float) -> int:
        """From -STEPS to STEPS; of one sign, the value nearest to zero has shade 0."""
        if self.is_mask:
            return _TRUE if value else 0
        if self.low < 0 < self.high:
            return round(value / max(-self.low, self.high) * STEPS)
        if self.low == self.high:
            return 0 if not value else int(math.copysign(STEPS // 2, value))
        if self.low >= 0:
            return round((value - self.low) / (self.high - self.low) * STEPS)
        return -round((self.high - value) / (self.high - self.low) * STEPS)

    def text(self, value: float) -> str:
        """The value as it is written."""
        if not math.isfinite(value):
            return "nan" if math.isnan(value) else "inf" if value > 0 else "−inf"
        if self.is_mask:
            return "1" if value else "0"
        written = f"{value:.{self.digits}{self.style}}"
        return written.removeprefix("-") if not float(written) else written.replace("-", "−")

    def legend(self) -> list[tuple[int, str]]:
        """Shades and what is written below them."""
        if self.is_mask:
            return [(0, "0 False"), (_TRUE, "1 True")]
        if self.low < 0 < self.high:
            most = max(-self.low, self.high)
            ends = {-STEPS: self.text(-most), 0: "0", STEPS: self.text(most)}
            return [(shade, ends.get(shade, "")) for shade in range(-STEPS, STEPS + 1)]
        first, last = self.shade(self.low), self.shade(self.high)
        ends = {first: self.text(self.low), last: self.text(self.high)}
        return [(shade, ends.get(shade, "")) for shade in range(first, last + 1)]


@dataclass(slots=True)
class _Drawing:
    """One heat map while it is drawn."""

    drawn: HeatMap
    scale: _Scale = field(init=False)
    texts: list[list[str]] = field(init=False)
    has_numbers: bool = field(init=False)
    cell: tuple[int, int] = field(init=False)  # width and height
    left: float = field(init=False)
    top: float = field(init=False)
    is_turned: bool = field(init=False)  # the labels of the columns stand upright

    def __post_init__(self) -> None:
        self.scale = _Scale.of(self.drawn)
        self.texts = [[self.scale.text(value) for value in row] for row in self.drawn.values]
        columns, longest = len(self.texts[0]), max(len(text) for row in self.texts for text in row)
        width = max(22, round(longest * _LETTER) + 10)
        self.has_numbers = columns * width <= _WIDEST
        self.cell = (width, max(22, min(width, 30))) if self.has_numbers else (min(_WIDEST // columns, 22),) * 2
        self.is_turned = any(_width(label) > self.cell[0] - 2 for label in self.drawn.column_labels)
        self.left = max((_width(label) + 8 for label in self.drawn.row_labels), default=0) + (22 if self.drawn.rows else 2)
        above = max(map(_width, self.drawn.column_labels)) + 6 if self.is_turned else _LINE
        self.top = above + (_LINE + 4 if self.drawn.columns else 2)

    def svg(self) -> str:
        """All of it."""
        width, height = self.cell[0] * len(self.texts[0]), self.cell[1] * len(self.texts)
        right, bottom = self.left + max(width, self._legend_width() - self.left) + 6, self.top + height + 44
        form = "fixed" if self.has_numbers else "cells"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="{form}" viewBox="0 0 {right:.0f} {bottom:.0f}" '
            f'width="{right:.0f}" height="{bottom:.0f}" font-size="12" fill="currentColor">'
            + "".join((*self._cells(), *self._crosses(), *self._numbers(), *self._names(width, height), *self._labels()))
            + f'<rect x="{self.left - 1:.0f}" y="{self.top - 1:.0f}" width="{width + 1}" height="{height + 1}" fill="none" '
            'stroke="var(--control, #857e73)"/>' + "".join(self._legend(self.top + height + 14)) + "</svg>"
        )

    def _places(self) -> Iterator[tuple[int, int, Number]]:
        for row, values in enumerate(self.drawn.values):
            for column, value in enumerate(values):
                yield row, column, value

    def _corner(self, row: int, column: int) -> tuple[float, float]:
        return round(self.left) + column * self.cell[0], round(self.top) + row * self.cell[1]

    def _cells(self) -> Iterator[str]:
        """Cells, those of one shade together."""
        shades: dict[int, list[str]] = {}
        for row, column, value in self._places():
            if math.isfinite(value):
                shades.setdefault(self.scale.shade(value), []).append(self._cell(row, column, value))
        for shade, cells in sorted(shades.items()):
            yield f'<g fill="{paint(shade)}" shape-rendering="crispEdges">{"".join(cells)}</g>'

    def _cell(self, row: int, column: int, value: Number) -> str:
        x, y = self._corner(row, column)
        title = "" if self.has_numbers else f"<title>{_escaped(self._said(row, column, value))}</title>"
        return f'<rect x="{x}" y="{y}" width="{self.cell[0] - 1}" height="{self.cell[1] - 1}">{title}</rect>'

    def _said(self, row: int, column: int, value: Number) -> str:
        """A cell in words."""
        names = [(self.drawn.rows, self.drawn.row_labels, row), (self.drawn.columns, self.drawn.column_labels, column)]
        place = ", ".join(f"{name} {labels[at] or at}".strip() for name, labels, at in names if labels)
        return f"{place}: {value if isinstance(value, bool) else self.scale.text(value)}"

    def _crosses(self) -> Iterator[str]:
        """What is no finite number has no shade; it is crossed out, where its name does not stand there."""
        lines = []
        for row, column, value in self._places():
            if not math.isfinite(value):
                x, y = self._corner(row, column)
                yield self._cell(row, column, value).replace("<rect ", '<rect fill="none" pointer-events="all" ', 1)
                lines.append(f"M{x} {y + self.cell[1] - 1}L{x + self.cell[0] - 1} {y}")
        if lines and not self.has_numbers:
            yield f'<path d="{"".join(lines)}" stroke="var(--control, #857e73)"/>'

    def _numbers(self) -> Iterator[str]:
        """The values, where they fit."""
        if not self.has_numbers:
            return
        for row, column, value in self._places():
            x, y = self._corner(row, column)
            on_dark = math.isfinite(value) and abs(self.scale.shade(value)) >= _DARK_FROM
            fill = ' fill="var(--on-heat, #fff)"' if on_dark else ""
            middle = x + (self.cell[0] - 1) / 2, y + self.cell[1] / 2 + 4
            yield _text(self.texts[row][column], *middle, anchor="middle", more=fill)

    def _names(self, width: float, height: float) -> Iterator[str]:
        """Of the two axes."""
        yield _text(self.drawn.columns, self.left + width / 2, 12, anchor="middle")
        if self.drawn.rows:
            middle = self.top + height / 2
            yield _text(self.drawn.rows, 12, middle, anchor="middle", more=f' transform="rotate(-90 12 {middle:g})"')

    def _labels(self) -> Iterator[str]:
        soft = ' fill="var(--ink-soft, #5a544c)"'
        for row, label in enumerate(self.drawn.row_labels):
            yield _text(label, self.left - 6, self._corner(row, 0)[1] + self.cell[1] / 2 + 4, anchor="end", more=soft)
        for column, label in enumerate(self.drawn.column_labels):
            x, y = self._corner(0, column)[0] + self.cell[0] / 2, self.top - 5
            if self.is_turned:
                yield _text(label, x + 4, y, more=f'{soft} transform="rotate(-90 {x + 4:g} {y:g})"')
            else:
                yield _text(label, x, y, anchor="middle", more=soft)

    def _legend_width(self) -> float:
        legend = self.scale.legend()
        return self.left + (len(legend) * 64 if self.scale.is_mask else len(legend) * _SWATCH + _width(legend[-1][1]))

    def _legend(self, y: float) -> Iterator[str]:
        """The shades from the least to the greatest value."""
        step = 64 if self.scale.is_mask else _SWATCH
        soft = ' fill="var(--ink-soft, #5a544c)"'
        for place, (shade, label) in enumerate(self.scale.legend()):
            x = self.left + place * step
            yield f'<rect x="{x:g}" y="{y:g}" width="{_SWATCH}" height="10" fill="{paint(shade)}"/>'
            if label:
                yield (
                    _text(label, x, y + 24, more=soft)
                    if step > _SWATCH
                    else _text(label, x + _SWATCH / 2, y + 24, anchor="middle" if place else "start", more=soft)
                )


def paint(shade: int) -> str:
    """The fill of a shade."""
    if not shade:
        return f"var(--heat-0, {ZERO})"
    return f"var(--heat-{shade}, {ABOVE[shade - 1]})" if shade > 0 else f"var(--heat-minus-{-shade}, {BELOW[-shade - 1]})"


def _text(text: str, x: float, y: float, *, anchor: str = "start", more: str = "") -> str:
    anchored = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{x:g}" y="{y:g}"{anchored}{more}>{_escaped(text)}</text>' if text else ""


def _width(text: str) -> float:
    return len(text) * _LETTER


def _escaped(text: str) -> str:
    """Text for XML, which knows no control characters."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return _replaced(printable, (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")))


def _replaced(text: str, pairs: Iterable[tuple[str, str]]) -> str:
    for old, new in pairs:
        text = text.replace(old, new)
    return text
