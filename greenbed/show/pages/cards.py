"""What the grid, the tag pages and the lists share: categories, tags, and a card for each note, all made once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from pathlib import PurePosixPath

from greenbed.model import Artifact, Garden, Kind, Note, Role
from greenbed.show.markup.highlight import highlight_lines
from greenbed.show.pages.codes import CodePlace, code_files, first_shown
from greenbed.show.pages.proof import note_badge
from greenbed.show.pages.views import Card, Category, Tag
from greenbed.show.urls import slugify, tag_url

EXCERPT_LINES = 4
WORDS_A_MINUTE = 220
CODE_LINES_A_MINUTE = 25
ABBREVIATIONS = frozenset({"api", "cpu", "gpu", "llm", "nlp", "rl"})


@dataclass(frozen=True, slots=True)
class Deck:
    """The cards of a garden."""

    cards: Mapping[PurePosixPath, Card]
    categories: tuple[Category, ...]  # of bits, the largest first
    tags: Mapping[str, Tag]  # by slug
    bits: tuple[Card, ...]  # in reading order
    files: tuple[Artifact, ...]  # what the copy buttons load


def deck(garden: Garden) -> Deck:
    """A card for every note."""
    categories = {category.name: category for category in categories_of(garden)}
    tags = {slugify(name): Tag(name, slugify(name), tag_url(name), len(paths)) for name, paths in garden.tags.items()}
    bits = [note for note in garden.notes.values() if note.kind is Kind.BIT]
    codes, files = code_files(bits)
    cards = {
        path: card(note, garden, categories=categories, tags=tags, code=codes.get(path)) for path, note in garden.notes.items()
    }
    return Deck(cards, tuple(categories.values()), tags, tuple(cards[note.path] for note in bits), files)


def categories_of(garden: Garden) -> tuple[Category, ...]:
    """The categories of the bits, the largest first."""
    written: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for note in garden.notes.values():
        if note.meta.category:
            name = slugify(note.meta.category)
            written.setdefault(name, note.meta.category)
            counts[name] += note.kind is Kind.BIT
    ordered = sorted(counts, key=lambda name: (-counts[name], name))
    return tuple(Category(name, label(written[name]), number, counts[name]) for number, name in enumerate(ordered, start=1))


def label(category: str) -> str:
    """A category for people; one that is written with capitals or spaces is left as it is.

    >>> label("linear-algebra"), label("torch-api"), label("Deep learning")
    ('Linear algebra', 'Torch API', 'Deep learning')
    """
    if category != category.lower() or " " in category:
        return category
    words = [word.upper() if word in ABBREVIATIONS else word for word in category.replace("_", "-").split("-")]
    text = " ".join(words)
    return text[:1].upper() + text[1:]


def card(
    note: Note, garden: Garden, *, categories: Mapping[str, Category], tags: Mapping[str, Tag], code: CodePlace | None
) -> Card:
    """What a grid shows of a note."""
    shown = excerpt(note) if code else ""
    return Card(
        kind=note.kind,
        title=note.title,
        url=note.url,
        summary=note.meta.summary or note.excerpt,
        category=categories.get(slugify(note.meta.category)) if note.meta.category else None,
        growth=note.meta.status,
        is_draft=note.meta.draft,
        badge=note_badge(note, garden),
        tags=tuple({slug: tags[slug] for slug in map(slugify, note.meta.tags) if slug in tags}.values()),
        excerpt_html=shown,
        minutes=minutes(note),
        day=note.created or note.updated,
        code_url=code.url if code else "",
        code_place=code.position if code else 0,
        code_lines=code.lines if code and code.lines > shown.count("\n") + 1 else 0,
    )


def excerpt(note: Note) -> str:
    """The first lines of the first shown snippet, after its imports; trusted HTML."""
    first = first_shown(note)
    if first is None:
        return ""
    lines = highlight_lines(first.code, "python")[first_telling_line(first.code.split("\n")) :]
    return "\n".join([line for line in lines if line.strip()][:EXCERPT_LINES])


def first_telling_line(lines: list[str]) -> int:
    """The first line that is neither blank nor part of an import; 0 where there is no such line."""
    inside = False  # the parentheses of an import
    for number, line in enumerate(lines):
        if inside:
            inside = ")" not in line
        elif line.startswith(("import ", "from ")):
            inside = "(" in line and ")" not in line
        elif line.strip():
            return number
    return 0


def minutes(note: Note) -> int:
    """Reading time; code is read more slowly than prose."""
    code = sum(snippet.code.count("\n") for snippet in note.snippets if snippet.role is Role.SHOWN)
    return max(1, ceil(note.words / WORDS_A_MINUTE + code / CODE_LINES_A_MINUTE))
