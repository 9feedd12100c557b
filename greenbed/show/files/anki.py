"""<part>.apkg beside a cheat sheet: its facts as a deck for Anki, where genanki is installed.

A deck that is imported again updates its cards and keeps their schedule: a card is known by its fact's id, and Anki takes the
newer text by the `mod` time, which is the day of the part's last change. Everything else is fixed, so that equal content gives
equal bytes. The database is made in memory: genanki's own writer leaves a temporary file behind.
"""

from __future__ import annotations

import io
import itertools
import sqlite3
import warnings
import zipfile
from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from greenbed.model import Config, Fact, Garden, Note, Part, Status
from greenbed.show.files.cardmarkup import Markup
from greenbed.show.pages.proof import WORDS, ran_on
from greenbed.show.pages.snippets import decides, fact_proof, source_of
from greenbed.show.relate.choices import shuffled
from greenbed.show.urls import absolute

FIELDS = ("Question", "Options", "Answer", "Explanation", "Proof", "Fact")
FRONT = '<div class="question">{{Question}}</div>{{#Options}}<div class="options">{{Options}}</div>{{/Options}}'
BACK = (
    '{{FrontSide}}<hr id="answer"><div class="answer">{{Answer}}</div>'
    '{{#Explanation}}<div class="why">{{Explanation}}</div>{{/Explanation}}{{#Proof}}<p class="proof">{{Proof}}</p>{{/Proof}}'
)
STYLE = """\
.card { max-width: 40rem; margin: 1rem auto; padding: 0 1rem; text-align: left;
  font: 1.125rem/1.5 "Atkinson Hyperlegible Next", system-ui, sans-serif; }
.answer { font-weight: bold; }
.why, .proof { font-size: 0.9em; }
.proof { opacity: 0.75; }
pre { overflow-x: auto; padding: 0.5rem 0.75rem; border: 1px solid; border-radius: 0.375rem; }
code { font-family: ui-monospace, monospace; font-size: 0.9em; }
.callout__title svg { display: none; }
"""
MODEL = 1_562_024_711  # chosen once; another number would be another kind of note to Anki, beside the old one
UNDATED = date(2026, 1, 1)
EARLIEST = (1980, 1, 1, 0, 0, 0)  # that a zip can say


@dataclass(frozen=True, slots=True)
class Card:
    """One fact, its fields as HTML."""

    id: str
    fields: tuple[str, ...]  # in the order of FIELDS
    tag: str  # "foundations::arrays"


@dataclass(frozen=True, slots=True)
class Deck:
    """What the bytes of a deck follow from."""

    name: str  # "greenbed::Foundations"
    cards: tuple[Card, ...]
    changed: date


def has_anki() -> bool:
    """Whether decks can be made."""
    return find_spec("genanki") is not None


def anki_deck(part: Part, garden: Garden, config: Config) -> bytes:
    """The deck of a part that has facts."""
    notes = [garden.notes[path] for path in part.notes]
    cards = tuple(card for note in notes for card in cards_of(note, garden, config))
    days = [day for note in notes for day in (note.created, note.updated) if day]
    return packed(Deck(f"{config.title}::{part.title}", cards, max(days, default=UNDATED)))


def cards_of(note: Note, garden: Garden, config: Config) -> Iterator[Card]:
    """The cards of a chapter."""
    markup = Markup(note, garden, config.base_url)
    tag = "::".join("-".join(step.split()) for step in note.slug.split("/"))
    for fact in note.facts:
        options = "".join(f"<li>{markup.option(choice)}</li>" for choice in shuffled(fact)) if fact.distractors else ""
        place = absolute(f"{note.url.partition('#')[0]}#{fact.id}", config.base_url) if config.base_url else ""
        fields = (
            markup.blocks(fact.question),
            f'<ol type="a">{options}</ol>' if options else "",
            markup.option(fact.answer),
            markup.blocks(fact.explanation),
            provenance(fact, note, garden),
            f'<a href="{place}">{fact.id}</a>' if place else fact.id,
        )
        yield Card(fact.id, fields, tag)


def provenance(fact: Fact, note: Note, garden: Garden) -> str:
    """How the answer is known, in a line without anything that differs from one run to the next."""
    if source := source_of(fact):
        return f"Source: {Markup.link(source.title, source.url)}"
    badge, _ = fact_proof(fact, note, garden)
    if fact.check is None or badge is None:
        return ""
    if badge.level is not Status.VERIFIED:
        return WORDS[badge.level]
    ran = ran_on(garden.verification.environment)
    return f"{badge.word}: {decides(note.snippets[fact.check], fact)}{f' Ran on {ran}.' if ran else ''}"


@lru_cache(maxsize=64)  # the preview makes them anew at each change of anything
def packed(deck: Deck) -> bytes:
    """The file. It is a zip of a database; times are fixed, and nothing is compressed twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in (("collection.anki2", database(deck)), ("media", b"{}")):
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def database(deck: Deck) -> bytes:
    """The collection that Anki reads."""
    genanki = import_module("genanki")  # 60 ms, and only where there is a deck to make
    kept = genanki.Deck(number(deck.name), deck.name)
    model = kind_of_note(genanki)
    for place, card in enumerate(deck.cards, start=1):
        guid = genanki.guid_for("greenbed", card.id)
        kept.add_note(genanki.Note(model, list(card.fields), tags=[card.tag], guid=guid, due=place))
    stamp = timegm(deck.changed.timetuple())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it takes an author's tag over two lines for a mistake
        connection = sqlite3.connect(":memory:")
        genanki.Package(kept).write_to_db(connection.cursor(), stamp, itertools.count(stamp * 1000))
        connection.commit()
    try:
        return connection.serialize()
    finally:
        connection.close()


def kind_of_note(genanki: Any) -> Any:
    """The fields and the two sides of every card; genanki has no types."""
    templates = [{"name": "Card", "qfmt": FRONT, "afmt": BACK}]
    fields = [{"name": name} for name in FIELDS]
    return genanki.Model(MODEL, "greenbed fact", fields, templates, STYLE)


def number(name: str) -> int:
    """A number that Anki takes for an id, from a name; the same for ever."""
    return (1 << 30) + int.from_bytes(sha256(name.encode()).digest()[:4], "big") % (1 << 30)
