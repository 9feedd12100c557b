"""The card that a timeline or a chat shows with a link to a page: a PNG of 1200 × 630, drawn with Pillow (extra `cards`).

What is drawn depends on its words, the site's colours and its fonts alone, and is kept in the cache folder under a hash of
them, so that a card is drawn once. There is no card without a base URL, since a picture is named by its whole address; and
none where Pillow is not installed, cannot read the fonts, or where they lack a letter of the title.
"""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path

from greenbed.model import Config
from greenbed.show.files.cardpaint import Painter, Words, painter
from greenbed.show.files.colours import colours_of


class Cards:
    """Draws the cards of one build."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.folder = config.cache / "cards" if config.use_cache else None
        self.used: set[str] = set()

    @cached_property
    def painter(self) -> Painter | None:
        """None where cards cannot be drawn, or nobody could show them."""
        if not self.config.base_url or self.config.live:
            return None
        return painter(self.config.static / "fonts", colours_of(self.config.static))

    def card(self, words: Words) -> bytes | None:
        """The PNG; None where there can be none."""
        if self.painter is None:
            return None
        name = f"{self.painter.key(words)}.png"
        self.used.add(name)
        if self.folder and (kept := read(self.folder / name)) is not None:
            return kept or None
        drawn = self.painter.draw(words)
        if self.folder:
            keep(self.folder / name, drawn or b"")
        return drawn

    def forget(self) -> None:
        """Remove kept cards that nothing shows any more."""
        if self.folder and self.used and self.folder.is_dir():
            for file in self.folder.iterdir():
                if file.name not in self.used:
                    file.unlink(missing_ok=True)


def read(file: Path) -> bytes | None:
    """A kept card, empty where it cannot be drawn; None for a miss, which a damaged file is too."""
    try:
        data = file.read_bytes()
    except OSError:
        return None
    is_whole = data.startswith(b"\x89PNG") and data.endswith(b"IEND\xaeB`\x82")
    return data if is_whole or not data else None


def keep(file: Path, data: bytes) -> None:
    """Leave a card for the next build; where that fails it is drawn again, and that is all."""
    fresh = file.with_suffix(f".{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(data)
        fresh.replace(file)
    except OSError:
        return
