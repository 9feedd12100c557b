"""Garden + templates + static files → Artifacts. Reads those two folders, and remembers highlighted code in the cache folder.

Whatever a page needs of the whole garden (cards, tags, categories) is made once; a page then costs its own content. A template
that is missing or broken is a Problem, reported once however many pages it would have made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from greenbed.model import Artifact, Code, Config, Garden, Kind, Note, Part, Problem
from greenbed.show.files.beside import Beside
from greenbed.show.files.decks import decks
from greenbed.show.files.feeds import feed, robots, sitemap
from greenbed.show.files.offline import PAGE, offline_files
from greenbed.show.files.redirects import redirect_pages
from greenbed.show.map.web import web_of
from greenbed.show.markup.body import render_body
from greenbed.show.markup.figures import pictures, placed
from greenbed.show.markup.highlight import remembering
from greenbed.show.markup.linked import Linked
from greenbed.show.pages import assemble, pageviews, views
from greenbed.show.pages.around import edit_url, related_to
from greenbed.show.pages.assets import load_assets
from greenbed.show.pages.cards import deck
from greenbed.show.pages.env import TemplateMistake, Templates
from greenbed.show.pages.glossary import glossary_page
from greenbed.show.pages.grid import category_pages
from greenbed.show.pages.ledger import verified_page
from greenbed.show.pages.mapped import URL, map_page, surroundings
from greenbed.show.pages.previews import Previews
from greenbed.show.pages.references import references_page
from greenbed.show.pages.sheets import Layout, sheet_page, sheets_page
from greenbed.show.pages.snippets import Snippets, code_html
from greenbed.show.pages.verification import verification_data
from greenbed.show.relate.citations import REFERENCES
from greenbed.show.relate.glossary import glossary_data
from greenbed.show.relate.mentions import mentions_of
from greenbed.show.relate.related import Relations
from greenbed.show.search.shards import search_files
from greenbed.show.urls import page_path, tag_url


def render(garden: Garden, config: Config) -> tuple[tuple[Artifact, ...], tuple[Problem, ...]]:
    """Every file of the site. Problems: TEMPLATE, BAD_MATH, and UNREADABLE for a file that notes link to."""
    assets, broken = load_assets(config)
    with remembering(config.cache if config.use_cache else None):
        site = Press(garden, config, Templates(config, assets))
        out = [
            *site.all_pages(),
            *redirect_pages(garden, config, assets.urls.get("favicon.svg", "")),
            *assets.artifacts,
            *site.deck.files,
            *site.copied_files(),
            *pictures(garden),
            *search_files(garden),
        ]
    out += [Artifact(PurePosixPath(name), data) for name, data in site.files(out) if data is not None]
    out += offline_files(out, config)
    return tuple(out), tuple(dict.fromkeys([*broken, *site.problems]))


class Press:
    """Makes the pages of one garden."""

    def __init__(self, garden: Garden, config: Config, templates: Templates) -> None:
        self.garden = garden
        self.config = config
        self.templates = templates
        self.problems: list[Problem] = []
        self.site = assemble.site_view(garden, config)
        self.deck = deck(garden)
        self.web = web_of(garden)
        self.surroundings = surroundings(garden, self.web)
        self.snippets = Snippets(garden, templates)
        self.beside = Beside(garden, config)
        self.relations = Relations(garden)
        self.names = mentions_of(garden.glossary)
        self.previews = Previews(garden, self.deck, templates)

    def all_pages(self) -> Iterator[Artifact]:
        """Every HTML page, and what lies beside it."""
        notes = self.garden.notes.values()
        for kind in (Kind.BIT, Kind.CHAPTER):
            of_kind = [note for note in notes if note.kind is kind]
            for before, note, after in zip([None, *of_kind], of_kind, [*of_kind[1:], None], strict=False):
                yield from self.note(note, before, after)
        yield from self.overviews()
        for name in self.garden.tags:
            yield from self.page(
                "tag", name, f'Notes tagged "{name}"', tag_url(name), assemble.tag_page(name, self.garden, self.deck)
            )
        for part in self.garden.parts:
            yield from self.sheet(part)
        yield from self.missing()
        if self.site.worker_url:
            yield from self.without_network()
        yield from self.beside.overviews()
        yield from self.beside.pictures

    def overviews(self) -> Iterator[Artifact]:
        """The pages that list what there is; none that would be empty but for the first."""
        garden, config = self.garden, self.config
        yield from self.page("index", config.title, config.tagline, "/", assemble.index_page(garden, self.deck))
        for one in category_pages(self.deck, assemble.BITS):
            label = one.category.label
            yield from self.page("category", label, f"All bits of one category: {label}.", one.category.url, one)
        if parts := assemble.chapters(garden, self.deck.cards):
            yield from self.page(
                "chapters", "Chapters", "Longer pieces, to be read in order.", "/chapters/", pageviews.ChaptersPage(parts)
            )
        if garden.tags:
            yield from self.page(
                "tags", "Tags", "All tags of this garden.", assemble.TAGS.url, assemble.tags_page(garden, self.deck)
            )
        if garden.glossary:
            description = "Every term of this garden, with the sentence that introduces it."
            yield from self.page("glossary", "Glossary", description, "/glossary/", glossary_page(garden, "../"))
        if garden.parts:
            yield from self.page("cheatsheets", "Cheat sheets", "What to know by heart.", "/cheatsheets/", sheets_page(garden))
        if garden.bibliography:
            description = "The works that these notes rest on, and where each is cited."
            yield from self.page("references", "References", description, REFERENCES, references_page(garden))
        description = "Every snippet of this garden, and what running it showed."
        yield from self.page("verified", "Verified", description, "/verified/", verified_page(garden))
        if self.site.map_url:
            description = "Every note of this garden, and the links between them."
            yield from self.page("map", "Map", description, URL, map_page(garden, self.deck, self.web))

    def note(self, note: Note, before: Note | None, after: Note | None) -> Iterator[Artifact]:
        """A bit's or chapter's page, and what lies beside it."""
        kind = "note" if note.kind is Kind.BIT else "chapter"
        current = assemble.BITS.url if note.kind is Kind.BIT else assemble.CHAPTERS.url
        description = note.meta.summary or note.excerpt or note.title
        head = assemble.head_view(note.kind.value, note.title, description, note.url, self.config, current=current)
        try:
            linked = Linked(self.garden, self.names, note.url)
            body, problems = render_body(
                note, self.garden, root=head.root, snippet_html=self.snippets.html, code_html=code_html, linked=linked
            )
            cards = self.previews.html(linked, head.root)
        except TemplateMistake as mistake:
            self.problems.append(mistake.problem)
            return
        self.problems += problems
        taken, files = self.beside.note(note)
        view = assemble.note_page(
            note,
            self.garden,
            self.deck,
            body,
            around=(before, after),
            taken=taken,
            related=related_to(note, self.garden, self.relations),
            edit=edit_url(note, self.config),
        )
        view = replace(view, cards_html=cards)
        view = replace(view, neighbours=self.surroundings.of(note.path))
        yield from self.made(kind, self.beside.note_head(head, note), view)
        yield from files

    def sheet(self, part: Part) -> Iterator[Artifact]:
        """A cheat sheet."""
        description = f"{part.title}: what to know by heart, with questions."
        head = assemble.head_view("cheatsheet", part.title, description, part.url, self.config, current=assemble.SHEETS.url)
        try:
            layout = Layout(self.garden, self.snippets, head.root, Linked(self.garden, self.names, part.url))
            view = sheet_page(part, layout, self.problems.extend)
            view = replace(view, cards_html=self.previews.html(layout.linked, head.root))
        except TemplateMistake as mistake:
            self.problems.append(mistake.problem)
            return
        yield from self.made("cheatsheet", self.beside.page_head(head), view)
        yield from decks(part, self.garden, self.config)

    def page(self, kind: str, title: str, description: str, url: str, view: object) -> Iterator[Artifact]:
        """A page that no note is the source of."""
        current = {"tag": assemble.TAGS.url, "category": assemble.BITS.url}.get(kind, url)
        head = assemble.head_view(kind, title, description, url, self.config, current=current)
        yield from self.made(kind, self.beside.page_head(head), view)

    def missing(self) -> Iterator[Artifact]:
        """/404.html, which a server shows at any depth: its addresses are whole where it is known where the site lies."""
        head = assemble.head_view("404", "Page not found", "This address leads to no page.", "/404.html", self.config)
        path = urlsplit(self.config.base_url).path.rstrip("/") + "/"
        root = path if self.config.base_url or self.config.live else ""
        view = pageviews.MissingPage(self.site.nav or (assemble.BITS,))
        yield from self.made("404", replace(head, root=root, canonical="", is_found=False), view)

    def without_network(self) -> Iterator[Artifact]:
        """What the worker shows in the place of a page that it has not kept; it puts the site's root before each address."""
        head = assemble.head_view("offline", "Not here yet", "This page was not read here before.", PAGE, self.config)
        view = pageviews.MissingPage(self.site.nav or (assemble.BITS,))
        yield from self.made("offline", replace(head, root="./", canonical="", is_found=False), view)

    def made(self, template: str, head: views.Head, view: object) -> Iterator[Artifact]:
        """The artifact of one page; none where its template is at fault."""
        try:
            html = self.templates.page(f"{template}.html", site=self.site, head=head, page=view)
        except TemplateMistake as mistake:
            self.problems.append(mistake.problem)
            return
        yield Artifact(page_path(head.url), placed(html, head.root).encode())

    def files(self, made: Sequence[Artifact]) -> Iterator[tuple[str, bytes | None]]:
        """What programs read."""
        yield "feed.xml", feed(self.garden, self.config, self.beside.texts.told)
        yield "sitemap.xml", sitemap(self.garden, self.config, self.public_urls(made))
        yield "robots.txt", robots(self.config)
        yield "verification.json", verification_data(self.garden)
        yield "glossary-data.txt", glossary_data(self.garden)
        yield from self.beside.whole()

    def public_urls(self, made: Sequence[Artifact]) -> Iterator[str]:
        """The address of each page that is to be found."""
        moved = {page_path(url) for url in self.garden.redirects}
        for artifact in made:
            if artifact.path.name == "index.html" and artifact.path not in moved:
                folder = artifact.path.parent.as_posix()
                yield "/" if folder == "." else f"/{folder}/"

    def copied_files(self) -> Iterator[Artifact]:
        """Pictures and other files that notes refer to."""
        for path, file in self.garden.copies.items():
            try:
                yield Artifact(path, file.read_bytes())
            except OSError as error:
                place = file.relative_to(self.config.content) if file.is_relative_to(self.config.content) else file
                message = f"cannot read {place}: {error.strerror or error}"
                hint = "give permission to read it, or take the link to it out"
                self.problems.append(Problem(str(place), 1, Code.UNREADABLE, message, hint))
