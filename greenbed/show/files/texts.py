"""`index.md` beside every page: what the page says as plain Markdown, with executed output and provenance.

The parts of a text that lead elsewhere on the site are settled at the end, since the same text stands in llms-full.txt, from
where the way is another. With a base URL all addresses are whole; without one they are relative, and name `index.md` files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import PurePosixPath

from greenbed.model import Config, Entry, Garden, Note, Part, Reference
from greenbed.show.files.blocks import Block, joined
from greenbed.show.files.inlines import link, written
from greenbed.show.files.markdown import blocks_of
from greenbed.show.files.telling import Told
from greenbed.show.pages.cards import label
from greenbed.show.pages.env import counted, plain
from greenbed.show.pages.proof import note_proof
from greenbed.show.relate.citations import REFERENCES
from greenbed.show.relate.glossary import letter_of, place_of
from greenbed.show.urls import absolute, href, root_of, tag_url

NAME = "index.md"
_TEXTS = ("/bits/", "/chapters/", "/cheatsheets/", "/glossary/", "/tags/", REFERENCES)
"""What the pages with a text begin with; the grid has one as well."""

Address = Callable[[str], str]
"""From a URL of the garden to an address that can stand in a Markdown link."""


@dataclass(frozen=True, slots=True)
class Text:
    """A page in Markdown, its addresses not settled yet."""

    url: str
    title: str
    body: str


class Texts:
    """The texts of one garden; a note's blocks are made once, for its text and for its notebook."""

    def __init__(self, garden: Garden, config: Config) -> None:
        self.garden = garden
        self.config = config
        self.told = Told(garden)

    def note(self, note: Note, blocks: Iterable[Block]) -> Text:
        """A bit or a chapter."""
        parts = [f"# {note.title}", *self.introduced(note), self.body(blocks), *sources(note)]
        return Text(note.url, note.title, joined_parts(parts))

    def introduced(self, note: Note) -> tuple[str, ...]:
        """The summary, and what is known of the note."""
        summary = f"> {note.meta.summary}" if note.meta.summary else ""
        proven = note_proof(note, self.garden)
        known = {
            "Category": label(note.meta.category) if note.meta.category else "",
            "Tags": ", ".join(note.meta.tags),
            "Status": note.meta.status.value if note.meta.status else "",
            "Written": note.created.isoformat() if note.created else "",
            "Updated": note.updated.isoformat() if note.updated else "",
            "Proof": proven.text if proven else "",
        }
        return summary, "\n".join(f"- {name}: {value}" for name, value in known.items() if value)

    def body(self, blocks: Iterable[Block]) -> str:
        """The blocks with each snippet told."""
        return joined(map(self.told.block, blocks))

    def sheet(self, part: Part, url: str) -> Text:
        """A cheat sheet with its chapters."""
        parts = [f"# {part.title}"]
        for note in (self.garden.notes[path] for path in part.notes):
            parts += [f"## {note.title}", f"> {note.meta.summary}" if note.meta.summary else ""]
            parts.append(self.body(blocks_of(note, self.garden)))
        return Text(url, part.title, joined_parts(parts))

    def glossary(self) -> Text:
        """All terms with their definitions."""
        parts = ["# Glossary"]
        for letter, entries in groupby(self.garden.glossary, lambda entry: letter_of(entry.name)):
            parts += [f"## {letter}", *(self.entry(entry) for entry in entries)]
        return Text("/glossary/", "Glossary", joined_parts(parts))

    def entry(self, entry: Entry) -> str:
        """One term."""
        names = "; ".join(name for name in (entry.short, *entry.aliases) if name)
        definition = " ".join(written(entry.term.tokens).split()) or entry.term.text
        place = link(self.garden.notes[entry.note].title, place_of(entry, self.garden))
        return f"**{entry.name}**{f' ({names})' if names else ''}: {definition} (From {place})"

    def index(self) -> Text:
        """What there is: the notes by kind and category, and the pages that list more."""
        parts = [f"# {self.config.title}", f"> {self.config.tagline}" if self.config.tagline else ""]
        return Text("/", self.config.title, joined_parts([*parts, *overview(self.garden)]))

    def listing(self, url: str, title: str, paths: Iterable[PurePosixPath]) -> Text:
        """A page that lists notes."""
        return Text(url, title, joined_parts([f"# {title}", entries(self.garden.notes[path] for path in paths)]))

    def references(self) -> Text:
        """The bibliography."""
        works = "\n".join(f"- {work_of(entry)}" for entry in self.garden.bibliography.values())
        return Text(REFERENCES, "References", joined_parts(["# References", works]))

    def tags(self) -> Text:
        """The list of all tags."""
        tags = self.garden.tags
        listed = "\n".join(f"- {link(tag, tag_url(tag))}: {counted(len(tags[tag]), 'note', 'notes')}" for tag in tags)
        return Text("/tags/", "Tags", joined_parts(["# Tags", listed]))


def overview(garden: Garden) -> list[str]:
    """Headings and lists of the whole garden, as llms.txt has them: the largest kind of thing first."""
    groups: dict[str, list[Note]] = {}
    for note in garden.notes.values():
        groups.setdefault(group_of(note), []).append(note)
    parts = [part for name, notes in groups.items() for part in (f"## {name}", entries(notes))]
    if garden.glossary:
        parts += ["## Glossary", f"- {link('Glossary', '/glossary/')}: {len(garden.glossary):,} terms with their definitions"]
    return parts


def group_of(note: Note) -> str:
    """Under what a note is listed: "Bits: Linear algebra"."""
    kind = {"bit": "Bits", "chapter": "Chapters", "cheatsheet": "Cheat sheets"}[note.kind.value]
    return f"{kind}: {label(note.meta.category)}" if note.meta.category else kind


def entries(notes: Iterable[Note]) -> str:
    """A list of links with summaries."""
    return "\n".join(entry_of(note) for note in notes)


def entry_of(note: Note) -> str:
    """ "- [Title](address): summary"."""
    said = plain(note.meta.summary or note.excerpt)
    return f"- {link(plain(note.title), note.url)}{f': {said}' if said else ''}"


def work_of(entry: Reference) -> str:
    """A work as it is cited: "Vaswani et al., 2017: [Title](address). Authors. Venue."."""
    title = link(entry.title, entry.url) if entry.url else entry.title
    said = [f"{entry.label}: {title}", ", ".join(entry.authors), entry.venue]
    return ". ".join(part.rstrip(".") for part in said if part) + "."


def sources(note: Note) -> Sequence[str]:
    """The section of a note's sources; nothing where it has none."""
    if not note.meta.sources:
        return ()
    listed = (link(source.title, source.url) if source.url else source.title for source in note.meta.sources)
    return "## Sources", "\n".join(f"- {one}" for one in listed)


def joined_parts(parts: Iterable[str]) -> str:
    """Blocks with an empty line between them."""
    return "\n\n".join(part for part in parts if part) + "\n"


def text_address(config: Config, path: PurePosixPath | str) -> Address:
    """For a text that lies at `path`: whole addresses where there is a base URL, else relative ones; of `index.md` files."""
    return _address(config.base_url, root_of(path), NAME)


def page_address(config: Config, path: PurePosixPath | str) -> Address:
    """The same, for what leads readers to pages."""
    return _address(config.base_url, root_of(path), "")


@lru_cache(maxsize=64)
def _address(base_url: str, root: str, name: str) -> Address:
    @lru_cache(maxsize=50_000)
    def address(url: str) -> str:
        if name and has_text(url):
            path, mark, fragment = url.partition("#")
            url = f"{path}{name}{mark}{fragment}"
        found = absolute(url, base_url) if base_url else href(url, root)
        return found.replace("(", "%28").replace(")", "%29")  # either would end the link

    return address


def has_text(url: str) -> bool:
    """Whether the page at a URL has an `index.md` beside it."""
    path = url.partition("#")[0]
    return path == "/" or (path.endswith("/") and path.startswith(_TEXTS))
