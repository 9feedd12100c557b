"""A note's tokens → blocks of plain Markdown, made once: for `index.md`, for the notebook, for llms-full.txt.

What an author wrote stays as it was, but for what only a garden understands (inlines.py). Callouts become quotes with their
title in bold, definition lists paragraphs and items, embeds quotes that name their source, and a fact its question, answer and
wrong options. Of the fences, checks and expected outputs are left out: a snippet is told with what it gave.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from markdown_it.token import Token

from greenbed.model import Garden, Kind, LinkKind, Note, Role, Snippet
from greenbed.show.files.blocks import Block, Container, fence
from greenbed.show.files.inlines import Writing, footnote_label, inline, link, linked, picture, target_of
from greenbed.show.relate.sections import section

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ALIGNED = re.compile(r"text-align:\s*(left|right|center)")
_RULES = {"left": ":--", "right": "--:", "center": ":-:"}
_ANSWER = "= "
_DEEPEST = 5  # embeds within embeds, as on the page


def blocks_of(note: Note, garden: Garden) -> tuple[Block, ...]:
    """The note's body. Headings begin below the page's own: at the second rank, on a cheat sheet at the third."""
    writer = Writer(note, garden, top=3 if note.kind is Kind.CHEATSHEET else 2)
    writer.write(note.tokens)
    return tuple(writer.blocks)


@dataclass(slots=True)
class Writer:
    """Walks through block tokens and collects blocks."""

    note: Note
    garden: Garden
    top: int
    blocks: list[Block] = field(default_factory=list)
    containers: tuple[Container, ...] = ()
    lists: list[object] = field(default_factory=list)
    chain: tuple[tuple[PurePosixPath, str], ...] = ()  # embeds around these tokens
    writing: Writing = field(init=False)
    shift: int = field(init=False)
    snippets: Mapping[int, Snippet] = field(init=False)
    outputs: frozenset[int] = field(init=False)
    said: str = ""  # what the next paragraph begins with: "**Answer:** "

    def __post_init__(self) -> None:
        note = self.note
        self.writing = Writing(note, self.garden)
        self.shift = max(0, self.top - min((heading.level for heading in note.headings), default=self.top))
        self.snippets = {snippet.fence_line: snippet for snippet in note.snippets}
        self.outputs = frozenset(snippet.expected.fence_line for snippet in note.snippets if snippet.expected)

    def write(self, tokens: Sequence[Token]) -> None:
        """Add the blocks of these tokens."""
        at = 0
        while at < len(tokens):
            rule = RULES.get(tokens[at].type)
            at = rule(self, tokens, at) if rule else at + 1

    def add(self, text: str, *, is_tight: bool = False, snippet: Snippet | None = None) -> None:
        """Add one block where the walk is."""
        told = (self.note, snippet) if snippet else None
        self.blocks.append(Block(text, self.containers, is_tight, told, bool(self.chain)))

    def line_of(self, token: Token) -> int:
        """File line on which a block begins."""
        return (token.map[0] if token.map else 0) + self.note.body_line

    def paragraph(self, tokens: Sequence[Token], at: int) -> int:
        text = self.said + inline(tokens[at + 1], self.writing)
        self.said = ""
        if text.strip():
            self.add(text, is_tight=tokens[at].hidden)
        return at + 3

    def heading(self, tokens: Sequence[Token], at: int) -> int:
        rank = min(int(tokens[at].tag[1]) + self.shift, 6)
        self.add(f"{'#' * rank} {' '.join(inline(tokens[at + 1], self.writing).split(chr(10)))}".rstrip())
        return at + 3

    def fence(self, tokens: Sequence[Token], at: int) -> int:
        token = tokens[at]
        line = self.line_of(token)
        if snippet := self.snippets.get(line):
            if snippet.role in (Role.SHOWN, Role.SETUP):
                self.add("", snippet=snippet)
        elif line not in self.outputs:
            language = (token.info.split() or [""])[0]
            self.add(f"$$\n{token.content.strip()}\n$$" if language == "math" else fence(token.content, language))
        return at + 1

    def code(self, tokens: Sequence[Token], at: int) -> int:
        self.add(fence(tokens[at].content, ""))
        return at + 1

    def formula(self, tokens: Sequence[Token], at: int) -> int:
        self.add(f"$$\n{tokens[at].content.strip()}\n$$")
        return at + 1

    def rule(self, tokens: Sequence[Token], at: int) -> int:
        self.add("***")
        return at + 1

    def html(self, tokens: Sequence[Token], at: int) -> int:
        if kept := _COMMENT.sub("", tokens[at].content).strip("\n"):
            self.add(kept)
        return at + 1

    def table(self, tokens: Sequence[Token], at: int) -> int:
        """Cells as written; a bar in one has lost its escape while it was read."""
        rows: list[list[str]] = []
        rules: list[str] = []
        while tokens[at].type != "table_close":
            token = tokens[at]
            if token.type == "tr_open":
                rows.append([])
            elif token.type in ("th_open", "td_open"):
                rows[-1].append(inline(tokens[at + 1], self.writing).replace("|", "\\|"))
                if token.type == "th_open":
                    aligned = _ALIGNED.search(str(token.attrs.get("style", "")))
                    rules.append(_RULES[aligned[1]] if aligned else "---")
            at += 1
        head, *body = (f"| {' | '.join(row)} |" for row in rows)
        self.add("\n".join([head, f"| {' | '.join(rules)} |", *body]))
        return at + 1

    def list_open(self, tokens: Sequence[Token], at: int) -> int:
        self.lists.append(self.lists[0] if self.lists else object())
        return at + 1

    def list_close(self, tokens: Sequence[Token], at: int) -> int:
        self.lists.pop()
        return at + 1

    def item(self, tokens: Sequence[Token], at: int) -> int:
        """The plugin has cut the box of a task off its text, and left it as an element."""
        token = tokens[at]
        outermost = self.lists[0] if self.lists else None
        self.containers += (Container(f"{token.info}{token.markup or '-'} ", outermost),)
        if token.attrs.get("class") == "task-list-item":
            is_done = any('checked="checked"' in child.content for child in (tokens[at + 2].children or ())[:1])
            self.said = "[x]" if is_done else "[ ]"
        return at + 1

    def quote(self, tokens: Sequence[Token], at: int) -> int:
        self.containers += (Container(),)
        return at + 1

    def callout(self, tokens: Sequence[Token], at: int) -> int:
        """The title, with the kind before it where it does not say so itself."""
        kind = str(tokens[at].meta["kind"]).replace("-", " ").capitalize()
        title = inline(tokens[at + 2], self.writing)
        self.containers += (Container(),)
        self.add(f"**{title if title.casefold().startswith(kind.casefold()) else f'{kind}: {title}'}**")
        return at + 4

    def close(self, tokens: Sequence[Token], at: int) -> int:
        self.containers = self.containers[:-1]
        return at + 1

    def named(self, tokens: Sequence[Token], at: int) -> int:
        """The name in a definition list."""
        self.add(f"**{inline(tokens[at + 1], self.writing)}**")
        return at + 3

    def definition(self, tokens: Sequence[Token], at: int) -> int:
        self.containers += (Container("- "),)
        return at + 1

    def footnote(self, tokens: Sequence[Token], at: int) -> int:
        self.containers += (Container(f"[^{footnote_label(tokens[at])}]: "),)
        return at + 1

    def embed(self, tokens: Sequence[Token], at: int) -> int:
        """Another note, or a section of one, in a quote with the way to where it stands."""
        token = tokens[at]
        target = target_of(token, LinkKind.EMBED, self.writing)
        shown = picture(target, str(token.meta.get("text") or "")) if target else ""
        place = (target.note, target.fragment) if target and target.note else None
        if shown or place is None or target is None or place in self.chain or len(self.chain) >= _DEEPEST:
            self.add(shown or linked(token, target))
            return at + 1
        self.containers += (Container(),)
        self.add(f"From {link(target.title, target.url)}:")
        self.embedded(self.garden.notes[place[0]], place)
        self.containers = self.containers[:-1]
        return at + 1

    def embedded(self, note: Note, place: tuple[PurePosixPath, str]) -> None:
        top = min(self.top + 1, 6)
        chain = (*self.chain, place)
        inner = Writer(note, self.garden, top, self.blocks, self.containers, list(self.lists), chain)
        inner.write(section(note, place[1]))

    def fact(self, tokens: Sequence[Token], at: int) -> int:
        """The question, then what stands in the file: the line "= answer", the list of wrong options, and why."""
        end = next(index for index in range(at, len(tokens)) if tokens[index].type == "fact_close")
        check = next((self.snippets.get(self.line_of(token)) for token in tokens[at:end] if token.type == "fence"), None)
        if tokens[at + 1].type == "paragraph_open":
            self.said = "**Question:** "
        else:
            self.add("**Question:**")
        answer = next((index for index in range(at, end) if _is_answer(tokens[index])), end)
        self.write(tokens[at + 1 : answer - 1])
        self.said = ""
        if answer < end:
            self.add(f"**Answer:** {inline(tokens[answer], self.writing).removeprefix(_ANSWER)}")
            if tokens[answer + 2].type == "bullet_list_open":
                self.add("**Wrong:**")
            self.write(tokens[answer + 2 : end])
        if check and check.role is Role.FACT:
            self.add("", snippet=check)
        return end + 1


def _example(writer: Writer, tokens: Sequence[Token], at: int) -> int:
    """A piece of Markdown as it is written; what becomes of it follows."""
    writer.add(fence(str(tokens[at].meta["source"]), "markdown"))
    return at + 1


def _is_answer(token: Token) -> bool:
    return token.type == "inline" and token.content.startswith(_ANSWER)


Rule = Callable[[Writer, Sequence[Token], int], int]

RULES: Mapping[str, Rule] = {
    "paragraph_open": Writer.paragraph,
    "heading_open": Writer.heading,
    "fence": Writer.fence,
    "code_block": Writer.code,
    "math_block": Writer.formula,
    "hr": Writer.rule,
    "html_block": Writer.html,
    "table_open": Writer.table,
    "bullet_list_open": Writer.list_open,
    "ordered_list_open": Writer.list_open,
    "bullet_list_close": Writer.list_close,
    "ordered_list_close": Writer.list_close,
    "list_item_open": Writer.item,
    "list_item_close": Writer.close,
    "blockquote_open": Writer.quote,
    "blockquote_close": Writer.close,
    "callout_open": Writer.callout,
    "callout_close": Writer.close,
    "dt_open": Writer.named,
    "dd_open": Writer.definition,
    "dd_close": Writer.close,
    "footnote_open": Writer.footnote,
    "footnote_close": Writer.close,
    "embed": Writer.embed,
    "fact_open": Writer.fact,
    "example_open": _example,
}
"""How a block is written; of a token that is not here its content is."""
