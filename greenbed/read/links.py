"""Document → links inside the garden, as written."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.token import Token

from greenbed.model import Document, Link, LinkKind
from greenbed.read.places import Places
from greenbed.read.sentences import Sentences
from greenbed.read.text import plain

KINDS = {
    "wikilink": LinkKind.WIKILINK,
    "embed_inline": LinkKind.EMBED,
    "link_open": LinkKind.RELATIVE,
    "image": LinkKind.IMAGE,
}


def links(document: Document, places: Places) -> Iterator[Link]:
    """Wikilinks, embeds, relative links and images, in the order of the stream."""
    for token in document.tokens:
        if token.type == "embed":
            line = places.line(token)
            column = places.written(line).find("![[") + 1
            yield Link(LinkKind.EMBED, token.meta["target"], token.meta["fragment"], "", line, max(column, 1))
        elif token.children:
            yield from _inline(token, token.children, places)


def _inline(inline: Token, children: list[Token], places: Places) -> Iterator[Link]:
    sentences: Sentences | None = None
    for index, token in enumerate(children):
        if token.type in KINDS and "target" in token.meta:
            sentences = sentences or Sentences(children)
            last = _last(children, index)
            line, column = places.inside(inline, token.meta["at"])
            text = plain(children[index : last + 1]) if token.type in ("link_open", "image") else token.meta["text"]
            said = sentences.said(index, last)
            yield Link(KINDS[token.type], token.meta["target"], token.meta["fragment"], text.strip(), line, column, said)


def _last(children: list[Token], index: int) -> int:
    """The closing token of a link, else the token itself."""
    if children[index].type != "link_open":
        return index
    return next(at for at in range(index + 1, len(children)) if children[at].type == "link_close")
