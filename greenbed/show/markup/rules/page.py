"""What a rule knows while a page is rendered: the one thing in markdown-it's `env`."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import PurePosixPath
from typing import Any, Protocol

from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from greenbed.model import Code, Fact, Garden, Note, Problem, Snippet
from greenbed.show.markup.linked import Linked
from greenbed.show.markup.maths import Flaw
from greenbed.show.relate.anchors import page_of, prefix_of
from greenbed.show.urls import href

Env = MutableMapping[str, Any]
Rule = Callable[[Sequence[Token], int, OptionsDict, Env], str]
SnippetHtml = Callable[[Note, Snippet], str]
CodeHtml = Callable[[str, str], str]  # code, language
FactHtml = Callable[[Note, Fact], str]


class Renderer(Protocol):
    """What rules need of the renderer: to render the tokens of an embed."""

    def render(self, tokens: Sequence[Token], options: OptionsDict, env: Env) -> str:
        """Tokens → HTML."""

    def renderInlineAsText(self, tokens: Sequence[Token] | None, options: OptionsDict, env: Env) -> str:
        """Tokens → plain text."""


@dataclass(slots=True)
class Page:
    """State of one rendering. An embed gets a Page of its own, which shares the problems."""

    renderer: Renderer
    note: Note  # whose tokens are rendered
    garden: Garden
    root: str  # from the page that they are rendered for
    url: str  # of that page; empty where it is not known
    snippet_html: SnippetHtml
    code_html: CodeHtml
    fact_html: FactHtml | None
    linked: Linked | None = None  # collects what gets a card; None where terms stay words
    links: bool = True  # False within something that is a link itself
    ids: bool = True
    top_level: int = 2  # of headings; smaller ones of the note are moved down to it
    chain: tuple[tuple[PurePosixPath, str], ...] = ()  # embeds around these tokens
    problems: list[Problem] = field(default_factory=list)
    inline: Token | None = None  # the block whose children are being rendered
    closing: list[str] = field(default_factory=list)  # end tags of open links and terms
    ends: list[str] = field(default_factory=list)  # end tags of open callouts
    used: set[str] = field(default_factory=set)  # ids that are on the page by now
    shift: int = 0
    prefix: str = ""
    snippets: dict[int, Snippet] = field(default_factory=dict)  # by file line of the fence
    outputs: frozenset[int] = frozenset()  # file lines of the output fences of snippets
    equations: dict[int, str | Flaw] | None = None  # the numbered formulas by identity of their tokens, once one was met
    tokens: Sequence[Token] = ()

    def __post_init__(self) -> None:
        self.prefix = prefix_of(self.note)
        highest = min((heading.level for heading in self.note.headings), default=self.top_level)
        self.shift = max(0, self.top_level - highest)
        self.snippets = {snippet.fence_line: snippet for snippet in self.note.snippets}
        self.outputs = frozenset(snippet.expected.fence_line for snippet in self.note.snippets if snippet.expected)
        if self.linked:
            self.linked.enter(self.note)

    def inside(self, note: Note, fragment: str, tokens: Sequence[Token]) -> Page:
        """The state for tokens of another note, embedded here: without ids, headings one level deeper."""
        chain = (*self.chain, (note.path, fragment))
        # replace() runs __post_init__, so that what follows from the note is computed anew
        return replace(
            self,
            note=note,
            chain=chain,
            ids=False,
            top_level=min(self.top_level + 1, 6),
            closing=[],
            ends=[],
            inline=None,
            equations=None,
            tokens=tokens,
        )

    @property
    def may_link(self) -> bool:
        """Whether a link can stand here: links do not nest."""
        return self.links and not any(end.startswith("</a>") for end in self.closing)

    def line_of(self, token: Token) -> int:
        """File line on which a block begins."""
        return (token.map[0] if token.map else 0) + self.note.body_line

    def id(self, local: str) -> str:
        """The attribute for an id of the note, for the first element that asks for it."""
        if not self.ids or local in self.used:
            return ""
        self.used.add(local)
        return f' id="{escape(self.prefix + local)}"'

    def href(self, url: str) -> str:
        """The escaped address of a URL of the garden, from this page."""
        page, mark, _ = url.partition("#")
        address = href(url, self.root)
        is_here = mark and not self.chain and page == self.url
        return escape(address[address.index("#") :] if is_here else address)

    def own_href(self, local: str) -> str:
        """The escaped address of an id of the note itself, also from within an embed."""
        return self.href(f"{page_of(self.note)}#{self.prefix}{local}")

    def problem(self, line: int, column: int, code: Code, message: str, hint: str) -> None:
        """Report something about the note whose tokens are rendered."""
        self.problems.append(Problem(self.note.path.as_posix(), line, code, message, hint, column))


def page_in(env: Env) -> Page:
    """The state of the rendering that is going on."""
    page: Page = env["page"]
    return page
