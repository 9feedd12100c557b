"""Words as parts of addresses."""

from __future__ import annotations

import re
import unicodedata

ACCENT = 200  # combining classes from here on are marks above and below; smaller ones are part of the letter (が, हि)
SEPARATORS = re.compile(r"[^a-z0-9]+")
DROPPED = re.compile(r"[^\w\- ]")


def slugify(text: str) -> str:
    """Lower-case words joined by "-": letters and digits of every script, accents dropped; may be empty.

    >>> slugify("Über-Attention: d_k → ∞"), slugify("注意 機構")
    ('uber-attention-d-k', '注意-機構')
    """
    if text.isascii():
        return SEPARATORS.sub("-", text.lower()).strip("-")
    bare = "".join(char for char in unicodedata.normalize("NFKD", text).lower() if unicodedata.combining(char) < ACCENT)
    kept = "".join(char if _is_part_of_word(char) else "-" for char in unicodedata.normalize("NFC", bare))
    return "-".join(word for word in kept.split("-") if word)


def _is_part_of_word(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char).startswith("M")


def anchor(text: str) -> str:
    """The name that GitHub gives a heading.

    >>> anchor("What `d_k` does, and why?"), anchor("§")
    ('what-d_k-does-and-why', 'section')
    """
    return DROPPED.sub("", text.strip().lower()).replace(" ", "-") or "section"


class Names:
    """Gives each name once: one that is taken gets -1, -2, …"""

    def __init__(self) -> None:
        self.taken: dict[str, int] = {}  # the last number that was tried

    def free(self, name: str) -> str:
        """`name`, or the next free one made of it, which then is taken.

        >>> names = Names()
        >>> names.free("setup"), names.free("setup"), names.free("setup-1"), names.free("setup")
        ('setup', 'setup-1', 'setup-1-1', 'setup-2')
        """
        if name not in self.taken:
            self.taken[name] = 0
            return name
        number = self.taken[name] + 1
        while (free := f"{name}-{number}") in self.taken:
            number += 1
        self.taken[name], self.taken[free] = number, 0
        return free
