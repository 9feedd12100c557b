"""What would change, for people: a unified diff by rich, in colour where that is wanted."""

from __future__ import annotations

import difflib
import io
import unicodedata
from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from greenbed.accept.amend import as_lines

_STYLES = {"---": "bold", "+++": "bold", "@@": "cyan", "-": "red", "+": "green"}


def diff(name: str, before: str, after: str, *, colour: bool) -> str:
    """The lines that differ with three around them; no line is wrapped, and what would steer the terminal is written out."""
    terminal = Console(
        file=io.StringIO(), force_terminal=colour, color_system="standard" if colour else None, soft_wrap=True, highlight=False
    )
    for line in _lines(name, before, after):
        terminal.print(Text(_harmless(line), style=_style(line)), soft_wrap=True)
    written = terminal.file
    return written.getvalue() if isinstance(written, io.StringIO) else ""


def _lines(name: str, before: str, after: str) -> Iterator[str]:
    return difflib.unified_diff(as_lines(before), as_lines(after), f"{name} (as written)", f"{name} (as it came)", lineterm="")


def _style(line: str) -> str:
    return next((style for start, style in _STYLES.items() if line.startswith(start)), "")


def _harmless(line: str) -> str:
    return "".join(
        repr(character)[1:-1] if unicodedata.category(character) in ("Cc", "Cs") and character != "\t" else character
        for character in line
    )
