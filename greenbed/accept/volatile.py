"""What comes out differently in the next run, so that it is no expectation: addresses, dates, times, durations."""

from __future__ import annotations

import re
import unicodedata

_ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]+|\b0x[0-9a-fA-F]{9,}")
_NUMBER = r"(?<![\w.])\d+(?:\.\d*)?(?:[eE][+-]?\d+)?"
_MOMENTS = {
    "a date": re.compile(
        r"\b\d{4}-\d\d-\d\d\b|\bdatetime\.\w+\([^)]*\)|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* +\d{1,2}\b"
    ),
    "a time": re.compile(r"\b\d{1,2}:\d\d:\d\d\b"),
    "a duration": re.compile(rf"{_NUMBER} ?(?:s|ms|us|µs|μs|ns|secs?|seconds?|minutes?|mins?|hours?)\b"),
}
_LAYOUT = frozenset("\n\t")
_UNWRITABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})


def volatile(old: str, new: str) -> str:
    """Why `new` is not to be written in the place of `old`; empty where nothing speaks against it.

    >>> volatile("# <A at 0x7f01>", "# <A at 0x7f02>")
    'it shows an address, which is another in every run'
    >>> volatile("trained in 0.2 s", "trained in 0.3 s")
    'it shows a duration: "0.3 s"'
    >>> volatile("day 2026-11-22: 3", "day 2026-11-22: 4")
    ''
    """
    if _ADDRESS.search(new):
        return "it shows an address, which is another in every run"
    if any(unicodedata.category(character) in _UNWRITABLE and character not in _LAYOUT for character in new):
        return "it holds characters that steer a terminal, which a note should not"
    for name, pattern in _MOMENTS.items():
        known = set(pattern.findall(old))
        if fresh := next((found for found in pattern.findall(new) if found not in known), ""):
            return f'it shows {name}: "{fresh}"'
    return ""
