"""How a wikilink finds its note: every name that a note answers to, looked up without comparing notes with each other."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from greenbed.model import Note

_Names = dict[str, list[Note]]


class Names:
    """Notes by path, slug, end of path, alias and title; case does not count."""

    def __init__(self, notes: Iterable[Note]) -> None:
        self._paths: _Names = defaultdict(list)
        self._slugs: _Names = defaultdict(list)
        self._ends: _Names = defaultdict(list)
        self._aliases: _Names = defaultdict(list)
        self._titles: _Names = defaultdict(list)
        for note in notes:
            self._add(note)

    def find(self, target: str) -> tuple[Note, ...]:
        """The notes that a name may mean: the whole path wins over a slug, that over an end of a path, an alias, a title."""
        name = _plain(target)
        for names in (self._paths, self._slugs, self._ends, self._aliases, self._titles):
            if found := names.get(name):
                return tuple({note.path: note for note in found}.values())
        return ()

    def shortest(self, note: Note) -> str:
        """The shortest name that means this note alone."""
        parts = note.path.with_suffix("").parts
        ends = ("/".join(parts[start:]) for start in range(len(parts) - 1, -1, -1))
        return next((end for end in ends if [found.path for found in self.find(end)] == [note.path]), note.path.as_posix())

    def written(self) -> Iterable[str]:
        """Names as authors write them, for a search of near matches."""
        for names in (self._slugs, self._ends):
            yield from names
        for notes in self._titles.values():
            yield from (note.title for note in notes)
        for notes in self._aliases.values():
            yield from (alias for note in notes for alias in note.meta.aliases)

    def _add(self, note: Note) -> None:
        path = _plain(note.path.as_posix())
        slug = _plain(note.slug)
        self._paths[path].append(note)
        for name in dict.fromkeys((slug, f"{note.kind.folder}/{slug}")):
            self._slugs[name].append(note)
        for name in dict.fromkeys((*_ends(path), *_ends(slug))):
            self._ends[name].append(note)
        for alias in note.meta.aliases:
            self._aliases[_plain(alias)].append(note)
        self._titles[_plain(note.title)].append(note)


def _plain(name: str) -> str:
    """A name as it is compared."""
    text = unicodedata.normalize("NFC", name).strip().casefold()
    return text.removeprefix("./").strip("/").removesuffix(".md").removesuffix(".markdown")


def _ends(path: str) -> Iterable[str]:
    """ "a/b/c" → "a/b/c", "b/c", "c"."""
    while path:
        yield path
        path = path.partition("/")[2]
