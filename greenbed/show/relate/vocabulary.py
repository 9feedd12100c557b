"""The words that a garden allows itself for categories and tags, so that one thing does not get two names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from greenbed.model import Code, Config, Note, Problem
from greenbed.show.relate.near import nearest
from greenbed.show.urls import slugify


def strange_words(notes: Iterable[Note], config: Config) -> tuple[Problem, ...]:
    """UNKNOWN_CATEGORY and UNKNOWN_TAG for what [tool.greenbed] does not list; nothing where it lists nothing.

    Spellings that lead to one address are one word: "KV cache" and "kv-cache".
    """
    categories, tags = ({slugify(word) for word in words} for words in (config.categories, config.tags))
    found: list[Problem] = []
    for note in notes:
        if categories and note.meta.category and slugify(note.meta.category) not in categories:
            found.append(_strange(note, "category", Code.UNKNOWN_CATEGORY, note.meta.category, config.categories))
        if tags:
            found += _strange_tags(note, tags, config.tags)
    return tuple(found)


def _strange_tags(note: Note, known: set[str], words: Sequence[str]) -> Iterator[Problem]:
    for tag in note.meta.tags:
        if slugify(tag) not in known:
            yield _strange(note, "tags", Code.UNKNOWN_TAG, tag, words)


def _strange(note: Note, key: str, code: Code, word: str, words: Sequence[str]) -> Problem:
    setting = "categories" if code is Code.UNKNOWN_CATEGORY else "tags"
    near = nearest(word, words)
    meant = f'did you mean "{near}"? ' if near else ""
    hint = f"{meant}a new one is added to {setting} in [tool.greenbed] of pyproject.toml"
    message = f'"{word}" is not among the {setting} of this garden'
    return Problem(note.path.as_posix(), note.meta.lines.get(key, 1), code, message, hint)
