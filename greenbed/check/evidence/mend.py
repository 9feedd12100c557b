"""What --accept would write in the place of a claim that did not hold."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mending:
    """A claim as it stands in the note, and what would be true there; nothing where that cannot be written."""

    written: str
    mended: str = ""
