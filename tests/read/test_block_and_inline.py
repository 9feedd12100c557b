"""Our block and inline parsers give the tokens that markdown-it's own give, and places beside them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from markdown_it import MarkdownIt
from markdown_it.token import Token

from greenbed.read.markdown.block import BlockParser
from greenbed.read.markdown.garden import garden_markdown
from greenbed.read.markdown.inline import InlineParser
from tests.read.texts import MARKDOWN

THEIRS = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])


def ours() -> MarkdownIt:
    md = MarkdownIt("commonmark")
    md.block, md.inline = block, inline = BlockParser(), InlineParser()
    md.configure("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])
    block.arrange()
    inline.arrange()
    return md


OURS = ours()


@given(MARKDOWN)
def test_plain_commonmark_is_what_it_was(text: str) -> None:
    assert OURS.render(text) == THEIRS.render(text)


@pytest.mark.parametrize("text", ["[" * 300, "> " * 300 + "a", "*a " * 200 + "b*" * 200, "![" * 150 + "](a)" * 150, "- " * 300])
def test_deep_nesting_gives_what_it_gave(text: str) -> None:
    assert OURS.render(text) == THEIRS.render(text)


MARKS: dict[str, str | tuple[str, ...]] = {
    "wikilink": "[[",
    "embed_inline": "![[",
    "term_open": "[",
    "span_open": "[",
    "image": "![",
    "code_inline": "`",
    "softbreak": "\n",
    "html_inline": "<",
    "em_open": ("*", "_"),
    "strong_open": ("*", "_"),
    "s_open": "~~",
    "text_special": ("\\", "&"),
    "footnote_ref": ("[^", "^["),
}


def placed(tokens: list[Token]) -> Iterator[tuple[str, Token]]:
    """Each inline construct with what its parent's content holds at its place; tasks, whose box is cut off, have fixtures."""
    for inline in tokens:
        children = inline.children or []
        for child in children if not children or not children[0].content.startswith("<input") else ():
            if "at" in child.meta:
                yield inline.content[child.meta["at"] :], child


@given(MARKDOWN)
def test_every_construct_says_where_it_begins(text: str) -> None:
    for rest, token in placed(garden_markdown().parse(text)):
        if token.type in MARKS:
            assert rest.startswith(MARKS[token.type]), token
        elif token.type.startswith("math"):
            assert rest.startswith(token.markup + token.content), token
        elif token.type == "link_open" and token.info != "auto":
            assert rest.startswith("["), token


def test_only_what_has_a_first_character_has_a_place() -> None:
    (_, inline, _) = garden_markdown().parse("a *b* [[c]]")
    places = [(child.type, child.meta.get("at")) for child in inline.children or ()]
    assert places == [("text", None), ("em_open", 2), ("text", None), ("em_close", 4), ("text", None), ("wikilink", 6)]


def test_the_parser_is_made_once() -> None:
    assert garden_markdown() is garden_markdown()
