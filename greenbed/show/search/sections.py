"""A note's tokens → its sections as plain text: what a passage can be cut from.

Setup, checks and expected output stand in folded proofs, facts and embedded notes are records of their own: they are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from greenbed.model import Garden, LinkKind, Note, Role
from greenbed.show.search.latex import readable

Labels = Mapping[tuple[str, str], str]
"""(target, fragment) of a wikilink without words of its own → the title it is shown with."""

_IMPORT = re.compile(r"^[ \t]*(?:from\s+\S+\s+)?import\s+(.+)", re.MULTILINE)
_IMPORTED = re.compile(r"(\w+)[\w.]*(?:\s+as\s+(\w+))?")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it, up to the next."""

    id: str  # of the heading; empty for what stands before the first
    heading: str
    text: str  # a paragraph a line
    code: str


@dataclass(slots=True)
class Spoken:
    """The text of some blocks."""

    lines: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)


def labels_of(note: Note, garden: Garden) -> Labels:
    """The titles that stand for the wikilinks of a note."""
    bare = {(link.target, link.fragment) for link in note.links if link.kind is LinkKind.WIKILINK and not link.text}
    found = {
        (target, fragment): garden.targets.get((note.path, LinkKind.WIKILINK, target, fragment)) for target, fragment in bare
    }
    return {name: target.title for name, target in found.items() if target}


def sections(note: Note, labels: Labels) -> Iterator[Section]:
    """What stands before the first heading, which may be nothing, with the summary; then a section for each heading."""
    shown = {snippet.fence_line: snippet.role is Role.SHOWN for snippet in note.snippets}
    outputs = {snippet.expected.fence_line for snippet in note.snippets if snippet.expected}
    hidden = outputs | {line for line, is_shown in shown.items() if not is_shown}
    id, heading = "", ""
    blocks: list[Token] = []
    summary = [note.meta.summary.replace("`", "")] if note.meta.summary else []
    for token in _outside_facts(note.tokens):
        if token.type == "heading_open":
            yield _section(id, heading, blocks, labels, summary)
            id, heading, blocks, summary = str(token.attrs.get("id", "")), "", [], []
            blocks.append(token)
        elif blocks and blocks[-1].type == "heading_open" and token.type == "inline":
            heading = plain(token.children or (), labels)
            blocks.pop()
        elif token.type != "fence" or _line(token, note) not in hidden:
            blocks.append(token)
    yield _section(id, heading, blocks, labels, summary)


def roots_of(note: Note) -> frozenset[str]:
    """The names that the snippets of a note import."""
    lists = (found for snippet in note.snippets for found in _IMPORT.findall(snippet.code))
    return frozenset(alias or name for names in lists for name, alias in _IMPORTED.findall(names.partition("#")[0]))


def spoken(blocks: Sequence[Token], labels: Labels) -> Spoken:
    """The paragraphs and the lines of code of some blocks; the cells of a row are one paragraph."""
    found = Spoken()
    cells: list[str] = []
    for before, token in zip([None, *blocks], blocks, strict=False):
        if token.type == "inline":
            text = plain(token.children or (), labels)
            in_cell = before is not None and before.type in ("th_open", "td_open")
            (cells if in_cell else found.lines).append(text)
        elif token.type == "tr_close":
            found.lines.append(" · ".join(cell for cell in cells if cell))
            cells.clear()
        elif token.type in ("fence", "code_block"):
            found.code += (line.strip() for line in token.content.splitlines())
    found.lines = [line for line in found.lines if line]
    found.code = [line for line in dict.fromkeys(found.code) if line and not _IMPORT.fullmatch(line)]
    return found


def plain(tokens: Sequence[Token], labels: Labels) -> str:
    """What a reader sees of inline tokens, on one line."""
    return " ".join("".join(_seen(token, labels) for token in tokens).split())


def _seen(token: Token, labels: Labels) -> str:
    if token.type in ("text", "code_inline", "text_special"):
        return token.content
    if token.type in ("softbreak", "hardbreak"):
        return " "
    if token.type.startswith("math_inline"):
        return readable(token.content)
    if token.type == "wikilink":
        meta = token.meta
        return str(meta["text"] or labels.get((meta["target"], meta["fragment"])) or meta["target"] or meta["fragment"])
    return plain(token.children, labels) if token.type == "image" and token.children else ""


def _section(id: str, heading: str, blocks: Sequence[Token], labels: Labels, summary: Sequence[str]) -> Section:
    found = spoken(blocks, labels)
    return Section(id, heading, "\n".join([*summary, *found.lines]), "\n".join(found.code))


def _outside_facts(tokens: Sequence[Token]) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        depth += {"fact_open": 1, "fact_close": -1}.get(token.type, 0)
        if depth == 0:
            yield token


def _line(token: Token, note: Note) -> int:
    return (token.map[0] if token.map else 0) + note.body_line
