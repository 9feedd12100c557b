"""What would change, for people: a unified diff, by rich in colour where that is wanted."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterator

from rich.color import ColorSystem
from rich.style import Style

from greenbed.accept.amend import as_lines

_STYLES = {"---": "bold", "+++": "bold", "@@": "cyan", "-": "red", "+": "green"}


def diff(name: str, before: str, after: str, *, colour: bool) -> str:
    """The lines that differ and three around them, as they are; but what would steer the terminal is written out."""
    return "".join(f"{_coloured(_harmless(line)) if colour else _harmless(line)}\n" for line in _lines(name, before, after))


def _lines(name: str, before: str, after: str) -> Iterator[str]:
    return difflib.unified_diff(as_lines(before), as_lines(after), f"{name} (as written)", f"{name} (as it came)", lineterm="")


def _coloured(line: str) -> str:
    """Not by a rich console, which would expand tabs."""
    style = next((style for start, style in _STYLES.items() if line.startswith(start)), "")
    return Style.parse(style).render(line, color_system=ColorSystem.STANDARD)


def _harmless(line: str) -> str:
    return "".join(
        repr(character)[1:-1] if unicodedata.category(character) in ("Cc", "Cs") and character != "\t" else character
        for character in line
    )
