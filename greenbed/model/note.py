"""What reading gives: Source → Document → Note."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from greenbed.model.bibliography import Cited, Reference

if TYPE_CHECKING:
    from markdown_it.token import Token


class Kind(StrEnum):
    """What a note is; also its content folder (plural), URL, template and CSS file."""

    BIT = "bit"
    CHAPTER = "chapter"
    CHEATSHEET = "cheatsheet"

    @property
    def folder(self) -> str:
        """The content folder and first part of the URL: "bits"."""
        return f"{self.value}s"


class Growth(StrEnum):
    """How finished a note is: the front matter key `status`."""

    SEEDLING = "seedling"
    BUDDING = "budding"
    EVERGREEN = "evergreen"


@dataclass(frozen=True, slots=True)
class Source:
    """One Markdown file as text."""

    path: PurePosixPath  # below content
    file: Path  # absolute
    text: str  # LF line ends, no BOM
    sha256: str  # of the file's bytes, hex
    committed: date | None = None  # of the last commit that touched it; None outside git


@dataclass(frozen=True, slots=True)
class Discovery:
    """All that lies in the content folder."""

    sources: tuple[Source, ...]  # sorted by path
    files: Mapping[PurePosixPath, Path]  # everything else, by path below content, to its absolute place
    bibliography: Mapping[str, Reference] = field(default_factory=dict)  # by key; empty without content/references.yaml


@dataclass(frozen=True, slots=True)
class Citation:
    """One entry of the front matter key `sources`."""

    title: str
    url: str
    key: str = ""  # where it is an entry of the bibliography: linking fills in what this entry says
    line: int = 0  # file line of the key


@dataclass(frozen=True, slots=True)
class Equivalent:
    """One entry of the front matter key `equivalent`: a mutant that no check can notice, and why that is so."""

    mutant: str  # the mutated source, as the report of --teeth shows it
    reason: str
    line: int  # file line


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the author wrote between the `---` lines, typed; absent keys have the default here."""

    title: str | None = None
    tags: tuple[str, ...] = ()
    category: str | None = None
    summary: str | None = None
    status: Growth | None = None
    draft: bool = False
    created: date | None = None
    updated: date | None = None
    aliases: tuple[str, ...] = ()
    slug: str | None = None
    order: float | None = None
    part: str | None = None
    sources: tuple[Citation, ...] = ()
    timeout: float | None = None  # seconds, for each snippet of the note
    equivalent: tuple[Equivalent, ...] = ()
    literals: tuple[Literal, ...] = ()  # in title and summary, which hold their text without the comments; `after` is not known
    lines: Mapping[str, int] = field(default_factory=dict)  # file line of each key that is present


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file: front matter and the token stream that is both extracted from and rendered.

    A block token's `map` is 0-based within the body: file line = map[0] + body_line. Inline children carry the offset of
    their first character in the parent's `content` as `meta["at"]`.
    """

    source: Source
    meta: FrontMatter
    tokens: tuple[Token, ...]
    body_line: int  # file line of the body's first line


class Role(StrEnum):
    """What a fence is for."""

    SHOWN = "shown"
    SETUP = "setup"
    CHECK = "check"
    FACT = "fact"  # the check of a cheat-sheet fact


@dataclass(frozen=True, slots=True)
class Raises:
    """raises="RuntimeError: view size": type by name, and text that its message contains (may be empty)."""

    type: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """The words and key=value pairs after `python` in an info string."""

    raises: Raises | None = None
    skip: str | None = None  # the reason
    needs: tuple[str, ...] = ()  # "torch>=2.5", "cuda", "einops"
    tol: float | None = None  # relative tolerance for floats
    timeout: float | None = None  # seconds of wall time; the note's or the garden's applies when None
    sets: tuple[str, ...] = ()  # names of global torch state that may change
    new: bool = False  # fresh namespace
    show: bool = False  # the repr of its last bare expression is output
    title: str | None = None
    alt: str | None = None  # what a figure that the block draws shows
    lines: tuple[int, ...] = ()  # highlighted, 1-based within the code


@dataclass(frozen=True, slots=True)
class Expected:
    """Text that a snippet must print: the ```output fence after it."""

    text: str
    line: int  # file line of its first text line
    fence_line: int  # file line of the opening fence


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a fact: the answer or a distractor."""

    text: str  # plain text, backticks and emphasis removed
    line: int
    tokens: tuple[Token, ...] = ()  # inline children, for rendering


@dataclass(frozen=True, slots=True)
class Snippet:
    """One executable fence."""

    index: int  # position among the note's snippets, from 0
    fence_line: int  # file line of the opening fence
    line: int  # file line of the first line of code
    code: str  # as markdown-it gives it, indentation of the container removed; ends with a newline unless empty
    role: Role
    options: Options
    owner: int  # index of the shown snippet in whose proof it stands; itself for shown ones and facts
    expected: Expected | None = None  # for shown snippets
    choices: tuple[Choice, ...] = ()  # role FACT only: the answer first, then the distractors
    indent: int = 0  # characters that stand in the file before each line of code, as of a list or a quote


@dataclass(frozen=True, slots=True)
class Literal:
    """A checked literal: `131,328<!-- = sum(p.numel() for p in layer.parameters()) -->`."""

    text: str  # "131,328", as written
    expression: str  # "sum(p.numel() for p in layer.parameters())"
    line: int  # where the text begins
    column: int
    after: int | None  # index of the snippet after which it is evaluated; None: before the first


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the note's body."""

    level: int  # 1 to 6
    text: str  # plain
    id: str  # unique in the note; what `#fragment` names
    line: int
    tokens: tuple[Token, ...] = ()  # inline children


class LinkKind(StrEnum):
    """How a link was written."""

    WIKILINK = "wikilink"  # [[target#heading|text]]
    EMBED = "embed"  # ![[target#heading]]
    RELATIVE = "relative"  # [text](other.md#heading) or [text](data.csv): no scheme, not absolute
    IMAGE = "image"  # ![alt](picture.png), no scheme


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside the garden, as written."""

    kind: LinkKind
    target: str  # before the "#", percent-decoded; empty for a link within the note
    fragment: str  # after the "#", percent-decoded; empty when absent
    text: str  # what the reader sees, plain; empty where the resolver is to use the target's title
    line: int
    column: int
    context: str = ""  # the sentence around it, plain


@dataclass(frozen=True, slots=True)
class Term:
    """A term where a note introduces it."""

    name: str  # "Rotary position embedding"
    short: str  # "RoPE", from the parenthesis; empty when absent
    aliases: tuple[str, ...]  # from aka="…, …"
    id: str  # anchor in the note: "term-rotary-position-embedding"
    line: int
    text: str  # its sentence, plain
    tokens: tuple[Token, ...] = ()  # its sentence, inline


@dataclass(frozen=True, slots=True)
class Fact:
    """One question of a cheat sheet."""

    id: str
    line: int
    question: tuple[Token, ...]  # block tokens
    answer: Choice
    distractors: tuple[Choice, ...]
    explanation: tuple[Token, ...]  # block tokens, without the check
    check: int | None  # index of the snippet that decides it
    source: str | None  # citation key, URL or words, where code cannot decide
    source_line: int = 0  # file line; 0 without a source
    source_title: str = ""  # of the work, where the source is a key: linking fills it in, and puts the address for the key


@dataclass(frozen=True, slots=True)
class Note:
    """A note with everything that later stages ask of it; `path` is its key everywhere."""

    path: PurePosixPath  # below content
    file: Path
    sha256: str
    kind: Kind
    slug: str  # "attention/masks"
    url: str  # "/bits/attention/masks/"; a cheat sheet's is a place on its part's page: "/cheatsheets/foundations/#arrays"
    title: str
    title_line: int
    meta: FrontMatter
    created: date | None
    updated: date | None  # front matter, else git
    tokens: tuple[Token, ...]  # without the heading that became the title
    body_line: int
    headings: tuple[Heading, ...]
    snippets: tuple[Snippet, ...]
    links: tuple[Link, ...]
    terms: tuple[Term, ...]
    facts: tuple[Fact, ...]
    words: int  # of prose, for the reading time
    excerpt: str  # first paragraph, plain, at most 160 characters: where there is no summary
    literals: tuple[Literal, ...] = ()
    citations: tuple[Cited, ...] = ()  # in prose, then in facts, then in the front matter
