"""What templates may see: a frozen type for each thing that stands on pages. The pages themselves: pageviews.py.

Names that end in `_html` hold trusted HTML; everything else is text and is escaped. URLs are from the site's root
("/bits/x/#y"); a template turns them into relative addresses with `href(url, head.root)`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from greenbed.model import Growth, Kind, Status
from greenbed.show.pages.headviews import About


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link with its words."""

    title: str
    url: str  # empty where there is nowhere to go
    query: str = ""  # "?cat=training", after the address


@dataclass(frozen=True, slots=True)
class Site:
    """What is the same on every page."""

    title: str
    tagline: str
    author: str
    language: str
    base_url: str
    nav: tuple[Anchor, ...]  # only what exists
    ran_on: str  # "torch 2.13.0, Python 3.11.7"; empty where nothing ran
    checked: date | None  # of the newest verdict
    tags_url: str  # empty where there are no tags
    references_url: str = ""  # empty without a bibliography
    map_url: str = ""  # empty where no note links to another
    worker_url: str = ""  # of what keeps the site for reading without a network; empty where nothing does


@dataclass(frozen=True, slots=True)
class Head:
    """One page's place and description."""

    kind: str  # "bit", "index", …: a class of the body
    title: str  # plain, without the site's
    description: str
    url: str
    root: str  # the way to the site's root: "../../"
    canonical: str  # absolute; empty without a base URL
    current: str  # the entry of the navigation that is marked
    is_found: bool = True  # False: search engines are told to leave it out
    has_text: bool = False  # the same as Markdown lies beside it: index.md
    about: About | None = None  # None without a base URL


@dataclass(frozen=True, slots=True)
class Badge:
    """The level of proof of a snippet or of a note, as icon and word."""

    level: Status
    word: str  # "Verified"

    @property
    def name(self) -> str:
        """As in addresses: "partly-verified"."""
        return self.word.lower().replace(" ", "-")


@dataclass(frozen=True, slots=True)
class Category:
    """One category of the filter."""

    name: str  # "linear-algebra", as in the address
    label: str  # "Linear algebra"
    number: int  # from 1, by size; decides the colour and the rule that filters without a script
    count: int
    url: str = ""  # of its page, in a garden too large for one grid

    @property
    def colour(self) -> int:
        """One of ten."""
        return (self.number - 1) % 10 + 1


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag and how many notes have it."""

    name: str
    slug: str  # in addresses, and what the filter compares
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class GrowthCount:
    """One status of the filter."""

    growth: Growth
    count: int


@dataclass(frozen=True, slots=True)
class Card:
    """A note in a grid or a list."""

    kind: Kind
    title: str
    url: str
    summary: str
    category: Category | None
    growth: Growth | None
    is_draft: bool
    badge: Badge | None  # None where a note has no snippets
    tags: tuple[Tag, ...]
    excerpt_html: str  # the first lines of the first snippet; empty where there is none
    minutes: int  # of reading
    day: date | None = None  # of which the note is; the newest come first
    code_url: str = ""  # of the file that holds the whole first snippet; empty where there is none
    code_place: int = 0  # in that file
    code_lines: int = 0  # of that snippet, where the card shows fewer


@dataclass(frozen=True, slots=True)
class Stat:
    """A number and what it counts."""

    value: str
    name: str


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Code inside a proof."""

    label: str  # "Setup", "Check"
    code_html: str
    is_setup: bool = False  # what a reader needs to run the shown code


@dataclass(frozen=True, slots=True)
class Printed:
    """Something that running a snippet gave, as text."""

    label: str  # "Output", "Value", "Output of the check"
    text: str
    folded: int = 0  # so many lines, folded away since they are many; 0: all stand on the page


@dataclass(frozen=True, slots=True)
class Shape:
    """What a line was seen to give."""

    line: int  # within the shown code, from 1
    name: str
    seen: str  # "(2, 4) · (3, 4) float32"


@dataclass(frozen=True, slots=True)
class Proof:
    """How a snippet is proven."""

    sentence: str
    blocks: tuple[CodeBlock, ...]  # in the order in which they ran, the shown code between setup and check
    checks: int = 0  # claims that held, in the snippet, its setup and its checks
    printed: tuple[Printed, ...] = ()  # what does not stand under the snippet already
    shapes: tuple[Shape, ...] = ()
    warnings: tuple[str, ...] = ()  # of setup and check


@dataclass(frozen=True, slots=True)
class Figure:
    """What a snippet, or a check of it, drew."""

    svg_html: str
    is_wide: bool  # it may have to be scrolled


@dataclass(frozen=True, slots=True)
class Snippet:
    """An executed snippet as the reader sees it."""

    title: str  # empty where the author gave none
    number: int  # among the shown ones of the note, from 1
    badge: Badge | None  # None where the note was not checked (a draft in the preview)
    code_html: str
    outputs: tuple[Printed, ...]  # what it printed, and what its last line gave
    raised: str  # the expected error
    reason: str  # why it was skipped, was not run, or failed
    proof: Proof | None
    warnings: tuple[str, ...] = ()
    place: str = ""  # "bits/rope 3": whose snippet this is, so that what it needs can be found; empty where it did not run
    is_fresh: bool = False  # nothing above it is in its namespace
    tries: str = ""  # "4 6 7": its line 4 begins what must raise, its lines 6 and 7 begin inside a string
    figures: tuple[Figure, ...] = ()  # also those of its checks


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a table of contents."""

    text: str
    id: str
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A note that links here, with the sentence."""

    title: str
    url: str
    context: str


@dataclass(frozen=True, slots=True)
class Chapters:
    """A part of the chapters."""

    title: str
    id: str
    cards: tuple[Card, ...]
    first: int  # number of its first chapter, counted through all parts

    @property
    def count(self) -> int:
        """How many chapters it has."""
        return len(self.cards)


@dataclass(frozen=True, slots=True)
class Entry:
    """A term of the glossary."""

    id: str
    name: str
    short: str
    aliases: tuple[str, ...]
    definition_html: str
    introduced: Anchor
    also_in: tuple[Anchor, ...]
    ids: tuple[str, ...] = ()  # of its other names, which lead here as well


@dataclass(frozen=True, slots=True)
class Reference:
    """Another name of a term, under its own letter."""

    name: str
    see: str  # the term
    id: str  # of the term


@dataclass(frozen=True, slots=True)
class Letter:
    """The terms under one letter, and what refers to other letters."""

    name: str
    id: str
    entries: tuple[Entry | Reference, ...]
    count: int  # terms


@dataclass(frozen=True, slots=True)
class Row:
    """A snippet in the ledger."""

    line: int
    role: str  # "shown", "setup", …
    badge: Badge
    checks: int
    seconds: float
    checked: str  # ISO date
    reason: str
    warnings: int = 0
    deprecated: int = 0  # of these warnings
    survivors: int | None = None  # mutants of its code that no check noticed; None where none were tried


@dataclass(frozen=True, slots=True)
class LevelCount:
    """One level of the ledger's filter."""

    badge: Badge
    count: int


@dataclass(frozen=True, slots=True)
class Mutant:
    """A change to a note's code that no check noticed."""

    line: int  # of the file
    source: str
    mutant: str
    reason: str  # why no check can; empty where the note declares nothing


@dataclass(frozen=True, slots=True)
class Account:
    """The snippets of one note."""

    title: str
    url: str
    path: str
    rows: tuple[Row, ...]
    score: str = ""  # "28 of 30 mutants noticed"; empty where none were tried
    mutants: tuple[Mutant, ...] = ()
