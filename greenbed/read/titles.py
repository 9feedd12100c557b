"""Document → title and headings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from markdown_it.token import Token

from greenbed.model import Document, Heading
from greenbed.read.places import Places
from greenbed.read.text import plain

HEADING = 3  # tokens of a heading: open, inline, close
COMMENT = "<!--"


@dataclass(frozen=True, slots=True)
class Titled:
    """What a note is called, and its stream without the heading that says so."""

    title: str
    line: int
    tokens: tuple[Token, ...]


def titled(document: Document, places: Places) -> Titled:
    """The front matter's title, else the first heading's, else the file's name."""
    tokens, meta = document.tokens, document.meta
    first = next((heading for _, heading in _top_headings(tokens, places)), None)
    title = meta.title or (first.text if first else named(document.source.path))
    line = meta.lines.get("title", 1) if meta.title else first.line if first else 1
    return Titled(title, line, _without_title(tokens, title, places))


def headings(tokens: tuple[Token, ...], places: Places) -> Iterator[Heading]:
    """All headings, also those in quotes and lists."""
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            yield _heading(tokens, index, places)


def named(path: PurePosixPath) -> str:
    """The title that a file's name makes.

    >>> named(PurePosixPath("bits/why-sqrt-dk.md"))
    'Why sqrt dk'
    """
    words = " ".join(path.stem.replace("-", " ").replace("_", " ").split())
    return words[:1].upper() + words[1:] or path.name


def _heading(tokens: tuple[Token, ...], index: int, places: Places) -> Heading:
    opening, inline = tokens[index], tokens[index + 1]
    children = tuple(inline.children or ())
    text = " ".join(plain(children).split())
    return Heading(int(opening.tag[1:]), text, str(opening.attrs["id"]), places.line(opening), children)


def _top_headings(tokens: tuple[Token, ...], places: Places) -> Iterator[tuple[int, Heading]]:
    """Headings with text that stand in no quote, list or footnote, and where they are in the stream."""
    for index, token in enumerate(tokens):
        if token.type == "footnote_block_open":
            return
        if token.type == "heading_open" and token.level == 0 and (heading := _heading(tokens, index, places)).text:
            yield index, heading


def _without_title(tokens: tuple[Token, ...], title: str, places: Places) -> tuple[Token, ...]:
    """Leave out a first-level heading that stands first and says the title."""
    at, heading = next(_top_headings(tokens, places), (0, None))
    is_first = all(token.type == "html_block" and token.content.lstrip().startswith(COMMENT) for token in tokens[:at])
    if heading and heading.level == 1 and is_first and heading.text == " ".join(title.split()):
        return tokens[:at] + tokens[at + HEADING :]
    return tokens
