"""Which notes speak of which terms, and where in a text, in one pass over the words.

The names of all terms are kept by their words, and at each word of a note only names that begin with it are looked up, so the
time grows with the text alone. What a note mentions is remembered until its content or the terms change, so that the preview
reads anew only what was edited.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import PurePosixPath
from typing import NamedTuple

from greenbed.model import Entry, Note

_WORD = re.compile(r"\w+")
_GAP = re.compile(r"[\s,/‐-―'’-]+")  # what may stand between the words of one name: no end of a sentence, no bracket

Forms = tuple[str, str, tuple[str, ...]]
"""Name, short form, aliases of a term."""


@lru_cache(maxsize=2)
def mentions(terms: tuple[Forms, ...]) -> Mentions:
    """The names of all terms, to be found in prose; the same object as long as the terms are the same."""
    return Mentions(terms)


def mentions_of(entries: Iterable[Entry]) -> Mentions:
    """The names of the glossary; a term is its position there."""
    return mentions(tuple((entry.name, entry.short, entry.aliases) for entry in entries))


class Spot(NamedTuple):
    """A mention in a text."""

    start: int
    end: int
    term: int


class Mentions:
    """Finds names and aliases in any case, short forms as written, and the plural of both."""

    def __init__(self, terms: Iterable[Forms]) -> None:
        self._phrases: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._lengths: dict[str, set[int]] = defaultdict(set)  # of the phrases that begin with a word
        self._firsts: dict[int, set[str]] = defaultdict(set)  # of each term, in lower case
        self._known: dict[PurePosixPath, tuple[str, frozenset[int]]] = {}  # what a note of this hash mentions
        for index, (name, short, aliases) in enumerate(terms):
            for form in (name, *aliases):
                self._add(form, index, exact=is_short(form))
            self._add(short, index, exact=True)

    def in_notes(self, notes: Iterable[Note]) -> Mapping[int, Sequence[PurePosixPath]]:
        """For each term, by its position, the notes that mention it, in the order given."""
        found: dict[int, list[PurePosixPath]] = defaultdict(list)
        for note in notes:
            for index in self.in_note(note):
                found[index].append(note.path)
        return found

    def in_words(self, words: Sequence[str]) -> frozenset[int]:
        """The terms among these words, by position."""
        lowered = [word.casefold() for word in words]
        found: set[int] = set()
        for at, word in enumerate(words):
            if (lengths := self._lengths.get(lowered[at])) is not None:
                self._collect(lowered[at : at + max(lengths)], lengths, found)
            if (lengths := self._lengths.get(f"={word}")) is not None:
                self._collect([f"={word}", *words[at + 1 : at + max(lengths)]], lengths, found)
        return frozenset(found)

    def in_note(self, note: Note) -> frozenset[int]:
        """The terms that a note mentions."""
        known = self._known.get(note.path)
        if known is None or known[0] != note.sha256:
            known = self._known[note.path] = note.sha256, self.in_words(prose(note))
        return known[1]

    def firsts(self, terms: Iterable[int]) -> frozenset[str]:
        """The words that a mention of one of these terms can begin with, in lower case: a text without them holds none."""
        return frozenset().union(*(self._firsts[term] for term in terms))

    def spots(self, text: str) -> Iterator[Spot]:
        """Every mention in a text: at each word the longest that begins there, and none within another."""
        words = list(_WORD.finditer(text))
        free = 0  # the first word that is in no mention
        for at, word in enumerate(words):
            lengths = self._starts.get(word[0].casefold())
            if lengths is None or at < free:
                continue
            for length in lengths:
                term = self._named(text, words[at : at + length], length)
                if term is not None:
                    yield Spot(word.start(), words[at + length - 1].end(), term)
                    free = at + length
                    break

    @cached_property
    def _starts(self) -> Mapping[str, Sequence[int]]:
        """Of the first word of a name, in lower case, how many words names have that begin with it; the longest first."""
        found: dict[str, set[int]] = defaultdict(set)
        for first, lengths in self._lengths.items():
            found[first.removeprefix("=").casefold()] |= lengths
        return {first: sorted(lengths, reverse=True) for first, lengths in found.items()}

    def _named(self, text: str, words: Sequence[re.Match[str]], length: int) -> int | None:
        """The term that these words name, if they are so many and nothing stands between them; as written, else in any case."""
        said = [word[0] for word in words]
        terms = self._phrases.get((f"={said[0]}", *said[1:])) or self._phrases.get(tuple(map(str.casefold, said)))
        if not terms or len(said) < length or (length > 1 and not _is_one_name(text, words)):
            return None
        return terms[0]

    def _collect(self, words: Sequence[str], lengths: Iterable[int], found: set[int]) -> None:
        for length in lengths:
            found.update(self._phrases.get(tuple(words[:length]), ()))

    def _add(self, form: str, index: int, *, exact: bool) -> None:
        phrase = _WORD.findall(form if exact else form.casefold())
        if not phrase:
            return
        first = f"={phrase[0]}" if exact else phrase[0]
        self._firsts[index] |= {phrase[0].casefold(), f"{phrase[0]}s".casefold()}
        for plural in ("", "s"):
            key = (first, *phrase[1:])
            key = (*key[:-1], key[-1] + plural)
            self._phrases[key].append(index)
            self._lengths[key[0]].add(len(key))


def _is_one_name(text: str, words: Sequence[re.Match[str]]) -> bool:
    return all(_GAP.fullmatch(text, one.end(), other.start()) for one, other in pairwise(words))


def is_short(form: str) -> bool:
    """Whether case belongs to the word: one with capitals after its first letter.

    >>> is_short("RoPE"), is_short("Adam"), is_short("Rotary Position Embedding")
    (True, False, False)
    """
    return _WORD.fullmatch(form) is not None and form[1:] != form[1:].lower()


def prose(note: Note) -> tuple[str, ...]:
    """The words of a note: no code, no maths, no raw HTML."""
    pieces: list[str] = []
    for token in note.tokens:
        pieces.extend(child.content if child.type == "text" else " " for child in token.children or ())
        pieces.append(" ")
    return tuple(_WORD.findall("".join(pieces)))
