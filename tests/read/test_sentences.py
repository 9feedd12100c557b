"""Where sentences begin and end, in text and in tokens."""

from __future__ import annotations

import pytest
from hypothesis import given
from markdown_it.token import Token

from greenbed.read.markdown.garden import garden_markdown
from greenbed.read.sentences import Sentences
from greenbed.read.text import plain
from tests.read.texts import MARKDOWN


def inline(text: str) -> list[Token]:
    """The inline tokens of a paragraph."""
    return garden_markdown().parse(text)[1].children or []


def around_link(text: str) -> tuple[Sentences, int]:
    tokens = inline(text)
    return Sentences(tokens), next(index for index, token in enumerate(tokens) if token.type == "wikilink")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One. Two [[x]] here. Three.", "Two x here."),
        ("[[x]] alone", "x alone"),
        ("One? Two! See [[x]]!", "See x!"),
        ("First, e.g. PyTorch, [[x]]. Next.", "First, e.g. PyTorch, x."),
        ("See Fig. 3 and J. Smith on [[x]]. Next.", "See Fig. 3 and J. Smith on x."),
        ("It is 0.25 of v2.1 in torch.nn, [[x]]. Next.", "It is 0.25 of v2.1 in torch.nn, x."),
        ("Then $a. B$ and `c. D` in [[x]]. Next.", "Then a. B and c. D in x."),
        ("The rate is $x$. Next [[x]].", "Next x."),
        ("Call `f.` Then [[x]].", "Call f. Then x."),
        ("It ends. [[x]] begins.", "x begins."),
        ("approx. five of [[x]]", "approx. five of x"),
        ("(One.) Two [[x]].", "Two x."),
        ("“One.” Two [[x]].", "Two x."),
        ("One… Two [[x]]", "Two x"),
        ("Over\nlines. And [[x]]\ntoo. Next.", "And x too."),
        ("一。二[[x]]。三。", "二x。"),
        ("End.^[a] Next [[x]].", "Next x."),
    ],
)
def test_the_sentence_around_a_link(text: str, sentence: str) -> None:
    sentences, index = around_link(text)
    assert sentences.said(index, index) == sentence


@pytest.mark.parametrize(
    ("text", "outline"),
    [
        (
            "One. *Two [[x]]* **three**. Four.",
            ["em_open", "Two ", "x", "em_close", " ", "strong_open", "three", "strong_close", "."],
        ),
        ("*One. Two [[x]]. Three* four.", ["em_open", "Two ", "x", ".", "em_close"]),
        ("*One.* Two [[x]]", ["Two ", "x"]),
        ("[a. B [c](d) **e [[x]]. F** g](h)", None),
        ("A <b>b</b> [[x]]<!-- = 1 -->.", ["A ", "b", " ", "x", "."]),
        ("A^[b] [[x]].", ["A", " ", "x", "."]),
    ],
)
def test_the_tokens_of_a_sentence_are_balanced(text: str, outline: list[str] | None) -> None:
    tokens = inline(text)
    index = next(index for index, token in enumerate(tokens) if token.type == "wikilink")
    written = Sentences(tokens).written(index, index)
    assert sum(token.nesting for token in written) == 0
    assert not [token for token in written if token.type in ("footnote_ref", "html_inline")]
    if outline is not None:
        assert [token.meta.get("target") or token.content or token.type for token in written] == outline


@given(MARKDOWN)
def test_a_sentences_text_and_tokens_agree(text: str) -> None:
    for token in garden_markdown().parse(text):
        children = token.children or []
        for index in range(len(children)):
            if children[index].nesting == 0:
                sentences = Sentences(children)
                written = sentences.written(index, index)
                depth = 0
                for part in written:
                    depth += part.nesting
                    assert depth >= 0
                assert depth == 0
                assert " ".join(plain(written).split()) == sentences.said(index, index)
