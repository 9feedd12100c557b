"""Records → for each term the places that hold it, written as compactly as gzip likes it.

Terms are listed in order, each as the number of letters that it shares with the one before and the rest. A place is the
distance from the one before in base 36, and a capital letter, its impact: "f0C" is 541 places further on, with impact 3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from greenbed.show.search.documents import Record

MOST = 400  # places of a term: the best
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
IMPACTS = " ABCDEFGHIJKLMNOPQRSTUVWXYZ"

Posting = tuple[int, int]
"""(place, impact); places are numbered through all records."""


def postings(records: Iterable[Record]) -> Mapping[str, Sequence[Posting]]:
    """The places of each term, in order."""
    found: dict[str, list[Posting]] = defaultdict(list)
    number = 0
    for record in records:
        for place in record.places:
            for term, impact in place.impacts.items():
                found[term].append((number, impact))
            number += 1
    return {term: best(places) if len(places) > MOST else places for term, places in found.items()}


def best(places: Sequence[Posting]) -> Sequence[Posting]:
    """The places on which a term has the greatest impact, in order."""
    return sorted(sorted(places, key=lambda posting: -posting[1])[:MOST])


def in_order(terms: Iterable[str]) -> list[str]:
    """As JavaScript compares them: by UTF-16 code units."""
    return sorted(terms, key=lambda term: term.encode("utf-16-be"))


def written_terms(terms: Iterable[str]) -> Iterator[str]:
    """Each term after the one before.

    >>> list(written_terms(["mask", "masked", "mean"]))
    ['0mask', '4ed', '1ean']
    """
    before = ""
    for term in terms:
        shared = min(shared_letters(before, term), len(DIGITS) - 1)
        yield DIGITS[shared] + term[shared:]
        before = term


def shared_letters(one: str, other: str) -> int:
    """How many letters two terms begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (letter, same) in enumerate(pairs) if letter != same), min(len(one), len(other)))


def written_places(places: Iterable[Posting]) -> str:
    """The places of one term.

    >>> written_places([(0, 1), (541, 3), (542, 2)])
    'Af0CB'
    """
    out, expected = [], 0
    for place, impact in places:
        out.append(base36(place - expected) + IMPACTS[impact])
        expected = place + 1
    return "".join(out)


def base36(number: int) -> str:
    """Nothing for 0."""
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits
