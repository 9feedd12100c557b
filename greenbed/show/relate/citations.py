"""Citations → the bibliography: which note cites which work, and keys that no work has."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from greenbed.model import Citation, Cited, Code, Fact, Note, Problem, Reference
from greenbed.show.relate.near import Near

REFERENCES = "/references/"


def reference_url(key: str) -> str:
    """Where a work stands on the page of references.

    >>> reference_url("vaswani2017")
    '/references/#vaswani2017'
    """
    return f"{REFERENCES}#{key}"


def sourced(notes: Iterable[Note], bibliography: Mapping[str, Reference]) -> tuple[Note, ...]:
    """The notes with the title and address of each work that their front matter or a fact names by its key.

    A source that is named by the address of a work gets its key.
    """
    by_url = {entry.url: entry for entry in reversed(tuple(bibliography.values())) if entry.url}
    return tuple(_sourced(note, bibliography, by_url) for note in notes) if bibliography else tuple(notes)


def unknown_citations(notes: Iterable[Note], bibliography: Mapping[str, Reference]) -> tuple[Problem, ...]:
    """UNKNOWN_CITATION for each key that the bibliography does not have."""
    near = Near(bibliography)
    return tuple(
        _unknown(note, cited, near, bool(bibliography))
        for note in notes
        for cited in note.citations
        if cited.key not in bibliography
    )


def citing(notes: Sequence[Note], bibliography: Mapping[str, Reference]) -> dict[str, tuple[PurePosixPath, ...]]:
    """By key, the notes that cite a work, in the order given; works that are not cited are left out."""
    found: dict[str, dict[PurePosixPath, None]] = {}
    for note in notes:
        for key in (*(cited.key for cited in note.citations), *(source.key for source in note.meta.sources)):
            if key in bibliography:
                found.setdefault(key, {})[note.path] = None
    return {key: tuple(paths) for key, paths in found.items()}


def alphabetical(bibliography: Mapping[str, Reference]) -> dict[str, Reference]:
    """The bibliography as it is printed: by label, then by title."""
    ordered = sorted(bibliography.values(), key=lambda entry: (_sortable(entry.label), _sortable(entry.title), entry.key))
    return {entry.key: entry for entry in ordered}


def _sourced(note: Note, by_key: Mapping[str, Reference], by_url: Mapping[str, Reference]) -> Note:
    if not note.meta.sources and not note.facts:
        return note
    filled = (_filled(source, by_key, by_url) for source in note.meta.sources)
    meta = replace(note.meta, sources=tuple(source for source in filled if source))
    return replace(note, meta=meta, facts=tuple(_decided(fact, by_key, by_url) for fact in note.facts))


def _filled(source: Citation, by_key: Mapping[str, Reference], by_url: Mapping[str, Reference]) -> Citation | None:
    if not source.key:
        entry = by_url.get(source.url)
        return replace(source, key=entry.key) if entry else source
    entry = by_key.get(source.key)
    return replace(source, title=entry.title, url=entry.url) if entry else None


def _decided(fact: Fact, by_key: Mapping[str, Reference], by_url: Mapping[str, Reference]) -> Fact:
    source = fact.source or ""
    entry = by_key.get(source) or by_url.get(source)
    if entry is None:
        return fact
    return replace(fact, source=entry.url or entry.title, source_title=f"{entry.title} ({entry.label})")


def _unknown(note: Note, cited: Cited, near: Near, has_bibliography: bool) -> Problem:
    if meant := near.find(cited.key):
        hint = f'did you mean "{meant}"?'
    elif has_bibliography:
        hint = "add it to references.yaml, or name a work that is there"
    else:
        hint = f'write a file references.yaml in the content folder: {cited.key}: {{title: "…", authors: ["…"], year: 2017}}'
    message = f'"{cited.key}" is no entry of the bibliography'
    return Problem(note.path.as_posix(), cited.line, Code.UNKNOWN_CITATION, message, hint, cited.column)


def _sortable(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in plain if not unicodedata.combining(character))
