"""Records → the files below /search/, from which a browser takes what one query needs.

Each is a classic script that calls one function, since fetch and modules fail on pages opened from disk. `index.js` has a name
that stays and lists the others, whose names carry a hash of their content, so that they may be kept for ever and pages need
not change when the index does. Terms and their places are in one file up to 400 notes; beyond, in files by the first letters
of the terms, none over 16 KB gzip. What is shown of a result is in files of up to 20 places. In large gardens all terms are
listed once more by their length, for words that are misspelt: an edit may be in the first letters.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from pathlib import PurePosixPath

from greenbed.model import Artifact, Garden
from greenbed.show.search.documents import Group, Place, Record, records
from greenbed.show.search.impacts import STOP_WORDS
from greenbed.show.search.postings import Posting, in_order, postings, shared_letters, written_places, written_terms

FOLDER = "search"
NOTES_IN_ONE_SHARD = 400
SHARD_BYTES = 16 * 1024  # gzip
ROUGH_BYTES = 3 * SHARD_BYTES  # not compressed: about what a full shard has
BLOCK_PLACES = 20
BLOCK_LETTERS = 6_000  # about 2 KB gzip, of which often a single place is wanted
SHORTEST_MEANT = 4  # letters: a word of five has one too many
FORMAT = 1  # of these files; static/js/search/ reads it


def search_files(garden: Garden) -> Iterator[Artifact]:
    """The index of a garden."""
    found = records(garden)
    terms = postings(found)
    blocks = [(len(block), Shard(block_payload(block))) for block in blocks_of(found)]
    is_large = len(garden.notes) > NOTES_IN_ONE_SHARD
    shards = list(split(terms)) if is_large else [("", Shard(terms_payload(in_order(terms), terms)))]
    spelling = {length: Shard(list(written_terms(some))) for length, some in by_length(terms).items()} if is_large else {}
    index = {
        "format": FORMAT,
        "groups": [sum(record.group is group for record in found) for group in Group],
        "places": [len(record.places) for record in found],
        "blocks": [[count, block.name] for count, block in blocks],
        "terms": [[first, shard.name] for first, shard in shards],
        "spelling": {str(length): shard.name for length, shard in sorted(spelling.items())},
        "stop": " ".join(sorted(STOP_WORDS)),
    }
    yield script("index", as_json(index))
    made = [*(block for _, block in blocks), *(shard for _, shard in shards), *spelling.values()]
    yield from {shard.name: script(shard.name, shard.text) for shard in made}.values()


@dataclass(frozen=True, slots=True)
class Shown:
    """What a browser needs to show a result."""

    record: Record
    place: Place


class Shard:
    """What one file holds, and the file's name, which comes from it."""

    def __init__(self, payload: object) -> None:
        self.text = as_json(payload)
        self.name = hashlib.sha256(self.text.encode()).hexdigest()[:10]


def script(name: str, text: str) -> Artifact:
    """A file that hands its content to the page that asked for it."""
    return Artifact(PurePosixPath(FOLDER, f"{name}.js"), f"gardenSearch.take({as_json(name)},{text})\n".encode())


def as_json(payload: object) -> str:
    """The shortest JSON."""
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"))


def blocks_of(found: Iterable[Record]) -> Iterator[list[Shown]]:
    """Places of one group in files of a fair size, so that of a long chapter only the section is loaded that is shown."""
    for _, alike in groupby(found, key=lambda record: record.group):
        block: list[Shown] = []
        letters = 0
        for shown in (Shown(record, place) for record in alike for place in record.places):
            size = len(shown.place.text) + len(shown.place.code)
            if block and (len(block) == BLOCK_PLACES or letters + size > BLOCK_LETTERS):
                yield block
                block, letters = [], 0
            block.append(shown)
            letters += size
        yield block


def block_payload(block: Iterable[Shown]) -> object:
    """[title, address, fragment, heading, text, code] for each place."""
    return [
        [
            shown.record.title,
            shown.record.address,
            shown.place.fragment,
            shown.place.heading,
            shown.place.text,
            shown.place.code,
        ]
        for shown in block
    ]


def terms_payload(terms: Sequence[str], found: Mapping[str, Sequence[Posting]]) -> object:
    """The terms and, in the same order, their places, a line each: apart they compress better."""
    return ["\n".join(written_terms(terms)), "\n".join(written_places(found[term]) for term in terms)]


def split(found: Mapping[str, Sequence[Posting]]) -> Iterator[tuple[str, Shard]]:
    """Shards with the letters that part them from the shard before."""
    before = ""
    for terms in portions(in_order(found), found):
        yield parting(before, terms[0]), Shard(terms_payload(terms, found))
        before = terms[-1]


def parting(before: str, first: str) -> str:
    """As many letters of a term as tell it from the one before it; none for the first of all.

    >>> parting("masked", "matmul"), parting("", "a")
    ('mat', '')
    """
    return first[: shared_letters(before, first) + 1] if before else ""


def portions(terms: Sequence[str], found: Mapping[str, Sequence[Posting]]) -> Iterator[Sequence[str]]:
    """Runs of terms, each of which fits into a shard."""
    ends = list(accumulate(len(term) + 3 * len(found[term]) for term in terms))
    start = 0
    for at, end in enumerate(ends):
        if end - (ends[start - 1] if start else 0) >= ROUGH_BYTES or at == len(ends) - 1:
            yield from fitting(terms[start : at + 1], found)
            start = at + 1


def fitting(terms: Sequence[str], found: Mapping[str, Sequence[Posting]]) -> Iterator[Sequence[str]]:
    """These terms, halved until they fit."""
    weight = len(gzip.compress(script("0" * 10, as_json(terms_payload(terms, found))).content, 6))
    if weight <= SHARD_BYTES or len(terms) == 1:
        yield terms
        return
    middle = len(terms) // 2
    yield from fitting(terms[:middle], found)
    yield from fitting(terms[middle:], found)


def by_length(terms: Iterable[str]) -> Mapping[int, list[str]]:
    """All terms that a misspelt word may have meant, by how long they are."""
    found: dict[int, list[str]] = defaultdict(list)
    for term in in_order(terms):
        if len(term) >= SHORTEST_MEANT:
            found[len(term)].append(term)
    return found
