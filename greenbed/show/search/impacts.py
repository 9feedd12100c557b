"""How much each term says about a place: BM25 over weighted fields, rounded to a few steps.

The length that counts as usual is a constant, not the garden's average, so that a note's impacts depend on the note alone and
can be remembered. What depends on the garden, the rarity of a term, is computed where the query is.
"""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from greenbed.show.search.words import WORD, terms, terms_of

TITLE, TAGS, HEADING, BODY, CODE = 8, 5, 3, 1, 1  # the weights of the fields
MOST_IN_CODE = 2  # a name that is used often in a snippet is not what the note is about
SATURATION, LENGTH_SHARE = 2.0, 0.75  # k1 and b of BM25; with a smaller k1 a title would hardly say more than a tag
USUAL_LENGTH = 160  # weighted terms of a place
STEPS = 15  # of impact, from 1: with fewer a tag may weigh as much as a title, with 20 the index 3 % more
_NUMBER = re.compile(r"[\d.]+\Z")
_WORD = re.compile(r"\w+")
_GREEK = "αβγδεζηθικλμνξπρστυφχψω"
_SPELLED = {ord("√"): " sqrt "} | {
    ord(letter): f" {letter} {unicodedata.name(letter).split()[-1].lower()} " for letter in _GREEK
}
_SYNTAX = frozenset(word.lower() for word in [*keyword.kwlist, "self", "print"])  # in code only

STOP_WORDS = frozenset(
    _WORD.findall(
        """a about all also an and any are as at be been but by can cannot do does for from had has have here how if in into is
        it its itself let may more most must no nor not of on one only or other our own same she so some such than that the
        their them then there these they this those to too up us was we were what when where which while who why will with
        would you your"""
    )
)
"""Words that say nothing about a text; neither indexed nor looked for. Identifiers that contain them are."""


def impacts(
    *, title: str = "", tags: Iterable[str] = (), heading: str = "", text: str = "", code: str = "", roots: Collection[str] = ()
) -> Mapping[str, int]:
    """Impact by term, 1 to STEPS. What is reached from `roots`, names of modules, is kept whole: `F.gelu` but not `x.grad`."""
    counts: Counter[str] = Counter(terms(text.translate(_SPELLED)))
    for term, count in Counter(code_terms(code, roots)).items():
        counts[term] += CODE * min(count, MOST_IN_CODE)
    for field, weight in ((title, TITLE), (" ".join(tags), TAGS), (heading, HEADING)):
        for term in set(terms(field.translate(_SPELLED))):
            counts[term] += weight
    for term in counts.keys() & STOP_WORDS:
        del counts[term]
    length = sum(counts.values())
    norm = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length / USUAL_LENGTH)
    return {term: max(1, round(STEPS * count / (count + norm))) for term, count in counts.items()}


def code_terms(code: str, roots: Collection[str]) -> Iterable[str]:
    """The names in code, of two letters or more.

    >>> list(code_terms("y = F.gelu(x.grad)", {"F"}))
    ['f.gelu', 'gelu', 'grad']
    """
    for word in WORD.findall(code):
        root, dot, rest = word.partition(".")
        for part in (word,) if root in roots or not dot else (root, *rest.split(".")):
            yield from (term for term in terms_of(part) if len(term) > 1 and term not in _SYNTAX and not _NUMBER.match(term))
