"""How wide a title stands in a picture, where no browser can be asked, and how it is cut to the room there is.

Widths in thousandths of an em, from the text font's own metrics (Atkinson Hyperlegible Next, regular), rounded: the bold and
the system's fonts are wider.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate

_WIDE = 650  # what is not listed: other scripts, symbols
_WIDTHS = {
    **dict.fromkeys("',.:;|", 220),
    **dict.fromkeys("ijl!` ", 260),
    **dict.fromkeys('ft"()[', 320),
    **dict.fromkeys("r-]_{}", 360),
    **dict.fromkeys("1I/\\", 400),
    **dict.fromkeys("svyz", 460),
    **dict.fromkeys("7ckx*?", 490),
    **dict.fromkeys("aeuJ", 530),
    **dict.fromkeys("2ghnoFLT<>^~", 550),
    **dict.fromkeys("3bdpqEY", 570),
    **dict.fromkeys("569PSV$", 590),
    **dict.fromkeys("48ABKRXZ+=", 620),
    **dict.fromkeys("0C#", 650),
    **dict.fromkeys("wDGHNU", 680),
    **dict.fromkeys("OQ&", 730),
    **dict.fromkeys("@", 780),
    **dict.fromkeys("mMW", 850),
    **dict.fromkeys("%", 920),
}
_ELLIPSIS = "…"


def width(text: str, size: float = 13) -> float:
    """Pixels of a text at a size in pixels, give or take a tenth."""
    return sum(_WIDTHS.get(letter, _WIDE) for letter in text) * size / 1000


@lru_cache(maxsize=50_000)
def cut(text: str, room: float, size: float = 13) -> str:
    """The text, or as many of its words as there is room for; a first word that is too long is cut within.

    >>> cut("The chain rule", 200), cut("The chain rule multiplies", 110)
    ('The chain rule', 'The chain rule…')
    """
    if width(text, size) <= room:
        return text
    widths = (width(letter, size) for letter in text)
    fitting = sum(reached <= room for reached in accumulate(widths, initial=width(_ELLIPSIS, size))) - 1
    kept = text[:fitting]
    words = kept if text[fitting] == " " else kept.rpartition(" ")[0]
    return (words if len(words) > fitting / 2 else kept).rstrip(" ,:;-–") + _ELLIPSIS
