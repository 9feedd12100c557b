"""What lies beside the pages of a garden: for readers to take away, and for programs.

Beside a note its code as a script, its notebook, its text, and its card for timelines; beside every other page that says
something its text; at the root what speaks of the whole garden. What a note's files share is made once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import PurePosixPath

from greenbed.model import Artifact, Config, Garden, Kind, Note
from greenbed.show.files import about
from greenbed.show.files.blocks import Block
from greenbed.show.files.cardpaint import Words
from greenbed.show.files.colours import colours_of
from greenbed.show.files.garden import garden_data
from greenbed.show.files.inlines import link, settled
from greenbed.show.files.llms import llms, llms_full
from greenbed.show.files.markdown import blocks_of
from greenbed.show.files.notebook import notebook
from greenbed.show.files.script import script
from greenbed.show.files.social import Cards
from greenbed.show.files.texts import NAME, Text, Texts, has_text, page_address, text_address
from greenbed.show.pages.assemble import all_verdicts
from greenbed.show.pages.cards import label
from greenbed.show.pages.env import counted
from greenbed.show.pages.headviews import TakeAway
from greenbed.show.pages.proof import note_proof, ran_on
from greenbed.show.pages.views import Head
from greenbed.show.relate.anchors import page_of
from greenbed.show.urls import absolute, page_path, tag_url

COLAB = "https://colab.research.google.com/github/"
CARD = "card.png"


class Beside:
    """Makes these files for one garden."""

    def __init__(self, garden: Garden, config: Config) -> None:
        self.garden = garden
        self.config = config
        self.texts = Texts(garden, config)
        self.cards = Cards(config)
        self.colours = colours_of(config.static)
        self.written: list[Text] = []
        self.pictures: list[Artifact] = []  # the cards

    def note(self, note: Note) -> tuple[TakeAway, tuple[Artifact, ...]]:
        """What can be taken away from a bit or a chapter, and all files beside it."""
        blocks = blocks_of(note, self.garden)
        page, name = page_path(note.url), PurePosixPath(note.slug).name
        files = {
            f"{name}.py": script(note, self.garden, absolute(note.url, self.config.base_url)),
            f"{name}.ipynb": self.notebook(note, blocks, page),
            NAME: self.text(self.texts.note(note, blocks)),
        }
        artifacts = tuple(Artifact(page.with_name(name), text.encode()) for name, text in files.items() if text)
        has_code = bool(files[f"{name}.py"])
        taken = TakeAway(f"{name}.py", f"{name}.ipynb", self.colab(page.with_name(f"{name}.ipynb"))) if has_code else TakeAway()
        return taken, artifacts

    def notebook(self, note: Note, blocks: tuple[Block, ...], page: PurePosixPath) -> str:
        """The notebook; empty where the note shows no code."""
        proven = note_proof(note, self.garden)
        place = link(f"{note.title}, {self.config.title}", note.url) if self.config.base_url else self.config.title
        opening = " · ".join(filter(None, [f"From {place}", proven.text if proven else ""]))
        address = page_address(self.config, page)
        return notebook(note, blocks, self.texts.told, opening=opening, address=address, colours=self.colours)

    def colab(self, notebook: PurePosixPath) -> str:
        """Where a notebook can be opened: Colab reads those that lie in a repository on GitHub."""
        return f"{COLAB}{self.config.colab.rstrip(chr(47))}{absolute(f'/{notebook}', '')}" if self.config.colab else ""

    def text(self, text: Text) -> str:
        """A page's text as it lies beside the page."""
        self.written.append(text)
        return settled(text.body, text_address(self.config, page_path(text.url)))

    def overviews(self) -> Iterator[Artifact]:
        """The texts of the pages that no single note is the source of."""
        garden, texts = self.garden, self.texts
        found = [texts.index(), *self.lists()]
        found += [texts.sheet(part, part.url or page_of(garden.notes[part.notes[0]])) for part in garden.parts]
        if garden.glossary:
            found.append(texts.glossary())
        if garden.bibliography:
            found.append(texts.references())
        for text in found:
            yield Artifact(page_path(text.url).with_name(NAME), self.text(text).encode())

    def lists(self) -> Iterator[Text]:
        """The pages that list notes."""
        notes, tags = self.garden.notes, self.garden.tags
        for kind, title in ((Kind.CHAPTER, "Chapters"), (Kind.CHEATSHEET, "Cheat sheets")):
            if paths := [path for path, note in notes.items() if note.kind is kind]:
                yield self.texts.listing(f"/{kind.folder}/", title, paths)
        if tags:
            yield self.texts.tags()
        for tag, tagged in tags.items():
            yield self.texts.listing(tag_url(tag), f'Notes tagged "{tag}"', tagged)

    def whole(self) -> Iterator[tuple[str, bytes]]:
        """The files that speak of the whole garden; to be asked for when everything else is made."""
        self.cards.forget()
        yield "garden.json", garden_data(self.garden, self.config)
        yield "llms.txt", llms(self.garden, self.config)
        if not self.config.live:  # megabytes of a large garden, which nobody asks a preview for
            yield "llms-full.txt", llms_full(self.in_full(), self.config)

    def in_full(self) -> Iterable[Text]:
        """The texts that say something themselves: notes, cheat sheets, the glossary."""
        said = ("/bits/", "/chapters/", "/cheatsheets/", "/glossary/")
        return (text for text in self.written if text.url.startswith(said) and text.url not in ("/chapters/", "/cheatsheets/"))

    def note_head(self, head: Head, note: Note) -> Head:
        """What the page of a note says of itself."""
        if not self.config.base_url:
            return replace(head, has_text=True)
        url = self.card(page_path(note.url).with_name(CARD), self.words(note))
        return replace(head, has_text=True, about=about.of_note(head, note, self.config, url or self.site_card))

    def page_head(self, head: Head) -> Head:
        """What any other page says of itself."""
        head = replace(head, has_text=has_text(head.url))
        if not self.config.base_url:
            return head
        return replace(head, about=about.of_page(head, self.garden, self.config, self.site_card))

    @cached_property
    def site_card(self) -> str:
        """Where the card of the garden itself lies; empty where there is none."""
        checks = sum(verdict.checks for verdict in all_verdicts(self.garden))
        below = f"{counted(checks, 'check', 'checks')} held · {ran_on(self.garden.verification.environment)}" if checks else ""
        words = Words(self.config.tagline or self.config.title, "", below, self.config.title)
        return self.card(PurePosixPath(CARD), words)

    def words(self, note: Note) -> Words:
        """What the card of a note says."""
        proven = note_proof(note, self.garden)
        above = label(note.meta.category) if note.meta.category else note.kind.value.capitalize()
        below = ""
        if proven and proven.verified:
            snippets = counted(proven.verified, "snippet", "snippets")
            below = " · ".join([f"{snippets} verified", ran_on(self.garden.verification.environment)])
        return Words(note.title, above, below, self.config.title)

    def card(self, path: PurePosixPath, words: Words) -> str:
        """Its address from the site's root; empty where there can be none."""
        png = self.cards.card(words)
        if png is None:
            return ""
        self.pictures.append(Artifact(path, png))
        return f"/{path}"
