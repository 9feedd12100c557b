"""Views of whole pages, made from the garden; nothing here writes HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from greenbed.model import Config, Garden, Heading, Kind, Note, Status, Verdict
from greenbed.show.files import offline
from greenbed.show.pages import mapped, pageviews, views
from greenbed.show.pages.cards import Deck
from greenbed.show.pages.grid import category_url, is_split, trimmed, whole_grid
from greenbed.show.pages.headviews import TakeAway
from greenbed.show.pages.proof import newest, note_proof, ran_on
from greenbed.show.pages.references import sources_of
from greenbed.show.relate.cheatsheet import chapter_parts
from greenbed.show.relate.citations import REFERENCES
from greenbed.show.urls import absolute, root_of, slugify

TOC_ENTRIES = 2  # a shorter table of contents helps nobody

BITS = views.Anchor("Bits", "/")
CHAPTERS = views.Anchor("Chapters", "/chapters/")
SHEETS = views.Anchor("Cheat sheets", "/cheatsheets/")
GLOSSARY = views.Anchor("Glossary", "/glossary/")
TAGS = views.Anchor("Tags", "/tags/")


def site_view(garden: Garden, config: Config) -> views.Site:
    """What every page says."""
    verdicts = all_verdicts(garden)
    ran = any(verdict.status in (Status.VERIFIED, Status.RUNS) for verdict in verdicts)
    return views.Site(
        title=config.title,
        tagline=config.tagline,
        author=config.author,
        language=config.language,
        base_url=config.base_url,
        nav=places(garden),
        ran_on=ran_on(garden.verification.environment) if ran else "",
        checked=newest(verdicts),
        tags_url=TAGS.url if garden.tags else "",
        map_url=mapped.URL if mapped.is_drawn(garden) else "",
        worker_url=offline.WORKER if offline.is_offline(config) else "",
        references_url=REFERENCES if garden.bibliography else "",
    )


def places(garden: Garden) -> tuple[views.Anchor, ...]:
    """The kinds of pages that this garden has."""
    kinds = {note.kind for note in garden.notes.values()}
    found = (Kind.BIT in kinds, Kind.CHAPTER in kinds, bool(garden.parts), bool(garden.glossary))
    return tuple(place for place, exists in zip((BITS, CHAPTERS, SHEETS, GLOSSARY), found, strict=True) if exists)


def all_verdicts(garden: Garden) -> list[Verdict]:
    """The verdicts of all notes."""
    return [verdict for verdicts in garden.verification.by_path.values() for verdict in verdicts]


def head_view(kind: str, title: str, description: str, url: str, config: Config, *, current: str = "") -> views.Head:
    """The place and description of a page."""
    return views.Head(
        kind=kind,
        title=title,
        description=description,
        url=url,
        root=root_of(url.strip("/") + "/index.html" if url != "/" else "index.html"),
        canonical=absolute(url, config.base_url) if config.base_url else "",
        current=current or url,
    )


def index_page(garden: Garden, deck: Deck) -> pageviews.IndexPage:
    """The grid."""
    verified = sum(verdict.status is Status.VERIFIED for verdict in all_verdicts(garden))
    return pageviews.IndexPage(
        grid=whole_grid(deck),
        stats=index_stats(garden, deck.bits),
        verified=verified,
        kinds=places(garden),
    )


def index_stats(garden: Garden, cards: Sequence[views.Card]) -> tuple[views.Stat, ...]:
    """The garden in three or four numbers."""
    verdicts = all_verdicts(garden)
    checks = sum(verdict.checks for verdict in verdicts)
    stats = [views.Stat(f"{len(cards):,}", "bit" if len(cards) == 1 else "bits")] if cards else []
    if checks:
        stats += [views.Stat(f"{checks:,}", "checks held")]
    if checks and garden.verification.environment.torch:
        stats += [views.Stat(garden.verification.environment.torch.partition("+")[0], "torch")]
    return tuple(stats)


def note_page(
    note: Note,
    garden: Garden,
    deck: Deck,
    body_html: str,
    *,
    around: tuple[Note | None, Note | None],
    taken: TakeAway,
    related: tuple[views.Mention, ...] = (),
    edit: str = "",
) -> pageviews.NotePage:
    """A bit or a chapter."""
    proven = note_proof(note, garden)
    before, after = (views.Anchor(other.title, other.url) if other else None for other in around)
    return pageviews.NotePage(
        card=deck.cards[note.path],
        summary=note.meta.summary or "",
        crumbs=crumbs_of(note, deck),
        proof=proven.text if proven else "",
        created=note.created,
        updated=note.updated,
        items=contents(note.headings),
        body_html=body_html,
        sources=sources_of(note, garden),
        mentions=mentions_of(note, garden),
        before=before,
        after=after,
        taken=taken,
        parts=chapters(garden, deck.cards) if note.kind is Kind.CHAPTER else (),
        related=related,
        edit=edit,
    )


def crumbs_of(note: Note, deck: Deck) -> tuple[views.Anchor, ...]:
    """The way to a note."""
    if note.kind is Kind.CHAPTER:
        return (CHAPTERS,)
    category = deck.cards[note.path].category
    if not category:
        return (BITS,)
    if is_split(deck):
        return BITS, views.Anchor(category.label, category_url(category.name))
    return BITS, views.Anchor(category.label, "/", f"?cat={category.name}")


def contents(headings: Iterable[Heading]) -> tuple[views.Item, ...]:
    """Two ranks of headings as a table of contents; empty where there is hardly anything to choose."""
    found = list(headings)
    top = min((heading.level for heading in found), default=0)
    items: list[tuple[Heading, list[views.Item]]] = []
    for heading in found:
        if heading.level == top:
            items.append((heading, []))
        elif heading.level == top + 1 and items:
            items[-1][1].append(views.Item(heading.text, heading.id))
    if len(items) < TOC_ENTRIES:
        return ()
    return tuple(views.Item(heading.text, heading.id, tuple(below)) for heading, below in items)


def mentions_of(note: Note, garden: Garden) -> tuple[views.Mention, ...]:
    """Who links here."""
    linking = [(garden.notes[backlink.note], backlink.context) for backlink in garden.backlinks.get(note.path, ())]
    return tuple(views.Mention(other.title, other.url, context) for other, context in linking)


def chapters(garden: Garden, cards: Mapping[PurePosixPath, views.Card]) -> tuple[views.Chapters, ...]:
    """The parts of the chapters, numbered through."""
    parts = []
    first = 1
    for part in chapter_parts(garden.notes.values()):
        title = part.title if part.slug else "Chapters"
        id = part.url.partition("#")[2] or "chapters"
        parts.append(views.Chapters(title, id, tuple(cards[path] for path in part.notes), first))
        first += len(part.notes)
    return tuple(parts)


def tags_page(garden: Garden, deck: Deck) -> pageviews.TagsPage:
    """All tags."""
    return pageviews.TagsPage(tuple(deck.tags[slugify(name)] for name in garden.tags))


def tag_page(name: str, garden: Garden, deck: Deck) -> pageviews.TagPage:
    """The notes of a tag."""
    paths = garden.tags[name]
    bits = trimmed([deck.cards[path] for path in paths if garden.notes[path].kind is Kind.BIT])
    others = tuple(deck.cards[path] for path in paths if garden.notes[path].kind is not Kind.BIT)
    return pageviews.TagPage((TAGS,), name, bits, others)
