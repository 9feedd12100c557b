"""How a social card looks, drawn with Pillow in the site's colours and fonts.

Everything is drawn as coverage in grey, one image for each colour, and what comes out is one with a palette: for each colour
sixteen shades from the ground to it. That is a fourth of the bytes of a PNG in true colours, and takes a third of the time.
woff2 needs FreeType with Brotli, as in Pillow's wheels.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from greenbed.show.files.colours import ACCENT, GROUND, INK, LINE, SOFT, VERIFIED, Colours

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
VERSION = "1"  # of the drawing; grows with every change to it

_MARGIN = 84
_ROOM = WIDTH - 2 * _MARGIN
_TOP, _BOTTOM = 150, 500  # of the room for the title
_SHADES = 16
_SIZES = (88, 76, 66, 58, 50, 42, 34)  # of the title: the largest at which it fits
_MOST_LINES = 4
_LEADING = 1.16
_TICK = 28  # pixels of the mark before what is verified
_BOLD, _REGULAR = 700, 400
_MATHS_FONTS = ("stix-two-math.woff2", "stix-two-math-rare.woff2")
_TEXT_FONTS = ("atkinson-next.woff2", "atkinson-next-accents.woff2", "atkinson-next-ext.woff2", *_MATHS_FONTS)
_CODE_FONTS = ("atkinson-mono.woff2", *_TEXT_FONTS)
_CODE = re.compile(r"(`+)(.+?)\1")
_SPACES = re.compile(r"\s+")
_ABSENT = "\U0010fffd"  # in no font: how a missing letter looks
_INKS = (INK, SOFT, VERIFIED, ACCENT, LINE)
"""The colours that something is drawn in, by their places in the palette."""

_STEPS = [value * (_SHADES - 1) // 255 for value in range(256)]
_SHADE = [[step and place * _SHADES + step for step in _STEPS] for place in range(len(_INKS))]
"""From coverage to an entry of the palette, for each ink."""


@dataclass(frozen=True, slots=True)
class Words:
    """What stands on a card."""

    title: str  # `code` between backticks
    above: str  # the category, or what kind of page it is
    below: str  # "3 snippets verified · torch 2.13.0"
    site: str


@dataclass(frozen=True, slots=True)
class _Style:
    """How text is set."""

    size: int  # pixels
    weight: int
    ink: str


Word = tuple[tuple[str, bool], ...]
"""Pieces of a word: text, and whether it is code."""


def painter(fonts: Path, colours: Colours) -> Painter | None:
    """Something that draws with the fonts of a folder; None without Pillow, or where it cannot read them."""
    try:
        made = Painter(fonts, colours)
        made.font(_TEXT_FONTS[0], _SIZES[0], _BOLD)
        made.font(_CODE_FONTS[0], _SIZES[0], _BOLD)
    except (ImportError, OSError):
        return None
    return made


class Painter:
    """Draws words in the site's colours and fonts."""

    def __init__(self, fonts: Path, colours: Colours) -> None:
        from PIL import Image, ImageChops, ImageDraw, ImageFont, __version__

        self.image, self.pen, self.letters, self.sum = Image, ImageDraw, ImageFont, ImageChops.add
        self.fonts = fonts
        self.colours = colours
        names = sorted({*_TEXT_FONTS, *_CODE_FONTS})
        files = [hashlib.sha256((fonts / name).read_bytes()).hexdigest() for name in names if (fonts / name).is_file()]
        self.made_of = "\n".join([VERSION, __version__, *files, *(colours[name] for name in (GROUND, *_INKS))])
        self.font = lru_cache(maxsize=None)(self.load)
        self.speller = lru_cache(maxsize=10_000)(self.find)

    @cached_property
    def tick(self) -> Image:
        """The mark of what is verified, drawn four times as large, since lines have no soft edges."""
        large = self.image.new("L", (4 * _TICK, 4 * _TICK), 0)
        pen = self.pen.Draw(large)
        pen.ellipse((0, 0, 4 * _TICK - 1, 4 * _TICK - 1), fill=255)
        pen.line([(1.1 * _TICK, 2.1 * _TICK), (1.75 * _TICK, 2.75 * _TICK), (2.95 * _TICK, 1.4 * _TICK)], 0, 13, "curve")
        return large.resize((_TICK, _TICK), self.image.Resampling.LANCZOS)

    def key(self, words: Words) -> str:
        """A hash of all that a card depends on."""
        said = "\0".join([self.made_of, words.title, words.above, words.below, words.site])
        return hashlib.sha256(said.encode()).hexdigest()[:32]

    def load(self, name: str, size: int, weight: int) -> FreeTypeFont:
        """A font; raises OSError where it is not there or cannot be read."""
        font = self.letters.truetype(str(self.fonts / name), size)
        try:
            font.set_variation_by_axes([weight])
        except OSError:  # it has one weight only
            return font
        return font

    def find(self, letter: str, is_code: bool) -> str:
        """The first font that has a letter; empty where none has it."""
        for name in _CODE_FONTS if is_code else _TEXT_FONTS:
            try:
                font = self.font(name, 32, _REGULAR)
            except OSError:
                continue
            if bytes(font.getmask(letter)) != bytes(font.getmask(_ABSENT)):
                return name
        return ""

    def spelled(self, text: str, is_code: bool) -> list[tuple[str, str]] | None:
        """The text in pieces of one font each; None where a letter is missing."""
        pieces: list[tuple[str, str]] = []
        for letter in text:
            name = (_CODE_FONTS if is_code else _TEXT_FONTS)[0] if letter.isascii() else self.speller(letter, is_code)
            if not name:
                return None
            if pieces and pieces[-1][1] == name:
                pieces[-1] = pieces[-1][0] + letter, name
            else:
                pieces.append((letter, name))
        return pieces

    def draw(self, words: Words) -> bytes | None:
        """The PNG; None where a letter is missing."""
        said = (words.title.replace("`", ""), words.above, words.below, words.site)
        if any(self.spelled(text, False) is None for text in said):
            return None
        canvas = Canvas(self)
        canvas.draw(words)
        return canvas.png()

    def width(self, text: str, is_code: bool, size: int, weight: int) -> float:
        """Pixels that a text takes."""
        return sum(self.font(name, size, weight).getlength(piece) for piece, name in self.spelled(text, is_code) or ())


def words_of(title: str) -> tuple[Word, ...]:
    """A title in words that are not to be broken, each in pieces of text and code.

    >>> words_of("the `a b` (`c`)")
    ((('the', False),), (('a', True),), (('b', True),), (('(', False), ('c', True), (')', False)))
    """
    words: list[Word] = []
    is_open = False  # the last word goes on
    for text, is_code in pieces_of(title):
        for index, part in enumerate(_SPACES.split(text)):
            is_open = is_open and index == 0
            if part:
                words[-1:] = [(*words[-1], (part, is_code))] if is_open else [*words[-1:], ((part, is_code),)]
                is_open = True
    return tuple(words)


def pieces_of(title: str) -> Iterator[tuple[str, bool]]:
    """Text and code in turn."""
    at = 0
    for found in _CODE.finditer(title):
        yield title[at : found.start()], False
        yield found[2], True
        at = found.end()
    yield title[at:], False


class Canvas:
    """One card while it is drawn: for each colour an image of how far it covers the ground."""

    def __init__(self, painter: Painter) -> None:
        self.painter = painter
        self.layers: dict[str, Image] = {}

    def draw(self, words: Words) -> None:
        """From top to bottom: the category, the title, a line, the proof and the site."""
        self.box((0, 0, WIDTH, 15), VERIFIED)
        self.line(words.above, _MARGIN, 122, _Style(32, _BOLD, VERIFIED))
        self.title(words_of(words.title))
        self.box((_MARGIN, 519, WIDTH - _MARGIN, 520), LINE)
        width = self.painter.width(words.site, False, 32, _BOLD)
        if words.below:
            self.layer(VERIFIED).paste(self.painter.tick, (_MARGIN, 546))
            self.line(words.below, _MARGIN + _TICK + 14, 570, _Style(28, _REGULAR, SOFT))
        self.line(words.site, WIDTH - _MARGIN - width, 571, _Style(32, _BOLD, INK))

    def title(self, title: Sequence[Word]) -> None:
        """As large as it fits between what is above and the line."""
        size, lines = self.fitting(title)
        step = round(size * _LEADING)
        base = _TOP + 2 * (_BOTTOM - _TOP - step * len(lines)) // 5 + round(0.88 * size)
        for row, words in enumerate(lines):
            left: float = _MARGIN
            for word in words:
                for text, is_code in word:
                    style = _Style(code_size(size) if is_code else size, _BOLD, ACCENT if is_code else INK)
                    left = self.line(text, left, base + row * step, style, is_code=is_code)
                left += self.space(size)

    def fitting(self, title: Sequence[Word]) -> tuple[int, list[list[Word]]]:
        """The largest size at which the title has room, and its lines; one that has none at all ends in dots."""
        lines: list[list[Word]] = []
        for size in _SIZES:
            lines = self.lines(title, size)
            is_high = len(lines) * round(size * _LEADING) > _BOTTOM - _TOP or len(lines) > _MOST_LINES
            if not is_high and all(self.width(word, size) <= _ROOM for word in title):
                return size, lines
        kept = lines[:_MOST_LINES]
        kept[-1] = [*kept[-1][:-1], (("…", False),)]
        return _SIZES[-1], kept

    def lines(self, title: Sequence[Word], size: int) -> list[list[Word]]:
        """The words in lines of the width there is."""
        lines: list[list[Word]] = []
        left = 0.0
        for word in title:
            width = self.width(word, size)
            if lines and left + width <= _ROOM:
                lines[-1].append(word)
            else:
                lines.append([word])
                left = 0.0
            left += width + self.space(size)
        return lines

    def width(self, word: Word, size: int) -> float:
        """Pixels that a word takes."""
        return sum(self.painter.width(text, is_code, code_size(size) if is_code else size, _BOLD) for text, is_code in word)

    def space(self, size: int) -> float:
        """Between two words."""
        return self.painter.width(" ", False, size, _BOLD)

    def layer(self, ink: str) -> Image:
        """The coverage by a colour, from 0 to 255."""
        if ink not in self.layers:
            self.layers[ink] = self.painter.image.new("L", (WIDTH, HEIGHT), 0)
        return self.layers[ink]

    def box(self, place: tuple[int, int, int, int], ink: str) -> None:
        """A filled rectangle, its corners included."""
        self.painter.pen.Draw(self.layer(ink)).rectangle(place, fill=255)

    def line(self, text: str, left: float, base: float, style: _Style, *, is_code: bool = False) -> float:
        """Text on a base line; where it ends."""
        pen = self.painter.pen.Draw(self.layer(style.ink))
        for piece, name in self.painter.spelled(text, is_code) or ():
            font = self.painter.font(name, style.size, style.weight)
            pen.text((left, base), piece, fill=255, font=font, anchor="ls")
            left += font.getlength(piece)
        return left

    def png(self) -> bytes:
        """All layers in one image with a palette."""
        whole = self.painter.image.new("L", (WIDTH, HEIGHT), 0)
        for place, ink in enumerate(_INKS):
            if layer := self.layers.get(ink):
                whole = self.painter.sum(whole, layer.point(_SHADE[place]))  # nothing is drawn over anything
        whole = self.painter.image.frombytes("P", whole.size, whole.tobytes())
        whole.putpalette(self.palette())
        file = io.BytesIO()
        whole.save(file, "PNG", compress_level=6)
        return file.getvalue()

    def palette(self) -> list[int]:
        """For each colour the shades from the ground to it."""
        colours = self.painter.colours
        ground = rgb(colours[GROUND])
        return [
            round(low + (high - low) * shade / (_SHADES - 1))
            for ink in _INKS
            for shade in range(_SHADES)
            for low, high in zip(ground, rgb(colours[ink]), strict=True)
        ]


def code_size(size: int) -> int:
    """Code beside text of a size: its letters are wider."""
    return round(0.9 * size)


def rgb(colour: str) -> tuple[int, ...]:
    """
    >>> rgb("#0b6b53")
    (11, 107, 83)
    """
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
