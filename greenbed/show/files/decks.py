"""What a reader takes away from a cheat sheet to learn elsewhere: a table, and a deck for Anki."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from greenbed.model import Artifact, Config, Garden, Part
from greenbed.show.files.anki import anki_deck, has_anki
from greenbed.show.files.tsv import facts_table
from greenbed.show.urls import page_path


def decks(part: Part, garden: Garden, config: Config) -> Iterator[Artifact]:
    """The files beside the page of a part."""
    place = page_path(part.url)
    for name in deck_names(part, garden):
        is_table = name.endswith(".tsv")
        yield Artifact(
            place.with_name(name), facts_table(part, garden).encode() if is_table else anki_deck(part, garden, config)
        )


def deck_names(part: Part, garden: Garden) -> tuple[str, ...]:
    """Their names: none without facts, no .apkg where genanki is not installed."""
    if not any(garden.notes[path].facts for path in part.notes):
        return ()
    stem = PurePosixPath(part.url).name
    return (f"{stem}.apkg", f"{stem}.tsv") if has_anki() else (f"{stem}.tsv",)
