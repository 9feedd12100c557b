"""The site's light colours, for what stands outside of its pages: drawings in notebooks, cards in other people's timelines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

_TOKEN = re.compile(r"(--[\w-]+)\s*:\s*(?:light-dark\(\s*)?(#[0-9a-fA-F]{3,8})\b")
_USE = re.compile(r"var\((--[\w-]+)(?:\s*,\s*([^()]+))?\)")

INK, SOFT, LINE, GROUND, VERIFIED, ACCENT = "--ink", "--ink-soft", "--line", "--ground", "--verified", "--accent"
_OURS = {INK: "#1f1d1a", SOFT: "#5a544c", LINE: "#e4e0d8", GROUND: "#fbfaf7", VERIFIED: "#0b6b53", ACCENT: "#ae3a0c"}

Colours = Mapping[str, str]
"""By the name of the custom property: "--ink": "#1f1d1a"."""


def colours_of(static: Path) -> Colours:
    """What css/tokens.css says; our own for a name that it does not have, and where it cannot be read."""
    try:
        text = (static / "css" / "tokens.css").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return _OURS
    found: dict[str, str] = {}
    for name, colour in _TOKEN.findall(text):
        found.setdefault(name, six_digits(colour))
    return _OURS | found


def six_digits(colour: str) -> str:
    """
    >>> six_digits("#fff")
    '#ffffff'
    """
    return "#" + "".join(2 * digit for digit in colour[1:]) if len(colour) == 4 else colour


def standalone(svg: str, colours: Colours) -> str:
    """A drawing that needs no style sheet, on a ground of its own, since what it will lie on may be dark."""
    text = _USE.sub(lambda use: colours.get(use[1]) or use[2] or "inherit", svg.replace("currentColor", colours[INK]))
    opening, end, rest = text.partition(">")
    namespace = "" if "xmlns=" in opening else ' xmlns="http://www.w3.org/2000/svg"'
    return f'{opening}{namespace} font-family="sans-serif"{end}<rect width="100%" height="100%" fill="#fff"/>{rest}'
