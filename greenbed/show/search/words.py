"""Text → the terms that it is found by. static/js/search/words.js says the same in JavaScript; a test holds the two together.

A word may hold dots and underscores, so that `torch.nn.functional` stays one term; each of its endings (`nn.functional`), names
and pieces is one as well: `scaled_dot_product` is also found as `dot`, `LayerNorm` as `norm`. Case and accents are ignored.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

LONGEST = 64  # characters of a term; what is longer nobody types
LONGEST_WORD = 4 * LONGEST  # what is longer is no word: an encoded picture
SHORTEST_HUMP = 3

WORD = re.compile(r"[\w\u0300-\u036f]+(?:\.[\w\u0300-\u036f]+)*")
_HUMPED = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]")
_HUMP = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_NUMBER = re.compile(r"[0-9.]+")
_NO_LETTER = re.compile(r"[^\w]+")


def terms(text: str) -> list[str]:
    """Every term of a text, as often as it occurs.

    >>> terms("See nn.LayerNorm.")
    ['see', 'nn.layernorm', 'nn', 'layernorm', 'layer', 'norm']
    """
    return [term for word in WORD.findall(text) for term in terms_of(word)]


@lru_cache(maxsize=100_000)
def terms_of(word: str) -> tuple[str, ...]:
    """The whole, its endings, its names, and their pieces.

    >>> terms_of("F.log_softmax"), terms_of("2.13")
    (('f.log_softmax', 'f', 'log_softmax', 'log', 'softmax'), ('2.13',))
    """
    if len(word) > LONGEST_WORD:
        return ()
    if _NUMBER.fullmatch(word):
        return (word,) if len(word) <= LONGEST else ()
    names = word.split(".")
    folded = [fold(name) for name in names]
    found = [".".join(folded[start:]) for start in range(len(names) - 1)]
    for name, plain in zip(names, folded, strict=True):
        found += [plain, *pieces(name)]
    return tuple(dict.fromkeys(term for term in found if term.strip("_.") and len(term) <= LONGEST))


def pieces(name: str) -> Iterator[str]:
    """The words that a name is made of, where they are several."""
    parts = [part for part in name.split("_") if part]
    for part in parts:
        if len(parts) > 1 or part != name:
            yield fold(part)
        if _HUMPED.search(part):
            yield from (hump.lower() for hump in _HUMP.findall(part) if len(hump) >= SHORTEST_HUMP)


def fold(name: str) -> str:
    """Without case, accents, and whatever a compatibility form brings in that is no letter.

    >>> fold("Schrödinger"), fold("ℝ"), fold("½")
    ('schrodinger', 'r', '12')
    """
    if name.isascii():
        return name.lower()
    bare = "".join(char for char in unicodedata.normalize("NFKD", name.lower()) if unicodedata.category(char)[0] != "M")
    return _NO_LETTER.sub("", bare.lower())
