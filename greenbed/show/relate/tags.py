"""Tags: which notes have them. Spellings that lead to one address are one tag, shown as most notes write it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from greenbed.model import Note
from greenbed.show.urls import slugify


def tags(notes: Iterable[Note]) -> Mapping[str, tuple[PurePosixPath, ...]]:
    """The notes of each tag, in the order given, by tag in alphabetical order."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    tagged: dict[str, dict[PurePosixPath, None]] = defaultdict(dict)
    for note in notes:
        for tag in note.meta.tags:
            slug = slugify(tag)
            spellings[slug][tag] += 1
            tagged[slug][note.path] = None
    named = {spellings[slug].most_common(1)[0][0]: tuple(paths) for slug, paths in tagged.items()}
    return dict(sorted(named.items(), key=lambda item: (item[0].casefold(), item[0])))
