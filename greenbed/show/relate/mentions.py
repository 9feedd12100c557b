"""Which notes speak of which terms, in one pass over the words of each note.

The names of all terms are kept by their words, and at each word of a note only names that begin with it are looked up, so the
time grows with the text alone. What a note mentions is remembered until its content or the terms change, so that the preview
reads anew only what was edited.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import PurePosixPath

from greenbed.model import Note

_WORD = re.compile(r"\w+")

Forms = tuple[str, str, tuple[str, ...]]
"""Name, short form, aliases of a term."""


@lru_cache(maxsize=2)
def mentions(terms: tuple[Forms, ...]) -> Mentions:
    """The names of all terms, to be found in prose; the same object as long as the terms are the same."""
    return Mentions(terms)


class Mentions:
    """Finds names and aliases in any case, short forms as written, and the plural of both."""

    def __init__(self, terms: Iterable[Forms]) -> None:
        self._phrases: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._lengths: dict[str, set[int]] = defaultdict(set)  # of the phrases that begin with a word
        self._known: dict[PurePosixPath, tuple[str, frozenset[int]]] = {}  # what a note of this hash mentions
        for index, (name, short, aliases) in enumerate(terms):
            for form in (name, *aliases):
                self._add(form, index, exact=is_short(form))
            self._add(short, index, exact=True)

    def in_notes(self, notes: Iterable[Note]) -> Mapping[int, Sequence[PurePosixPath]]:
        """For each term, by its position, the notes that mention it, in the order given."""
        found: dict[int, list[PurePosixPath]] = defaultdict(list)
        for note in notes:
            for index in self._in_note(note):
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

    def _in_note(self, note: Note) -> frozenset[int]:
        known = self._known.get(note.path)
        if known is None or known[0] != note.sha256:
            known = self._known[note.path] = note.sha256, self.in_words(prose(note))
        return known[1]

    def _collect(self, words: Sequence[str], lengths: Iterable[int], found: set[int]) -> None:
        for length in lengths:
            found.update(self._phrases.get(tuple(words[:length]), ()))

    def _add(self, form: str, index: int, *, exact: bool) -> None:
        phrase = _WORD.findall(form if exact else form.casefold())
        if not phrase:
            return
        first = f"={phrase[0]}" if exact else phrase[0]
        for plural in ("", "s"):
            key = (first, *phrase[1:])
            key = (*key[:-1], key[-1] + plural)
            self._phrases[key].append(index)
            self._lengths[key[0]].add(len(key))


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
