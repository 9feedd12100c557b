"""Where notes name works: in prose, as sources of facts and in the front matter; and that no other text is changed."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from greenbed.model import Citation, Cited
from greenbed.read.markdown.garden import garden_markdown
from tests.read.notes import note, read
from tests.read.texts import FRAGMENTS, MARKDOWN

SHEET = """\
:::fact
What?

= yes
- no

source: {}
:::
"""
CITING = st.lists(st.one_of(FRAGMENTS, st.sampled_from(["[@", "[@a]", "[@a, §3]", "; @b", "]", ", p. 7", "[@a; @b]"]))).map(
    "".join
)


def without_citations() -> MarkdownIt:
    md = garden_markdown.__wrapped__()
    md.inline.ruler.disable("citation")
    md.inline.arrange()
    return md


PLAIN = without_citations()


def described(tokens: list[Token]) -> list[object]:
    return [token.as_dict() for token in tokens]


@given(MARKDOWN)
def test_text_without_a_citation_reads_as_ever(text: str) -> None:
    text = text.replace("[@", "[")
    assert described(garden_markdown().parse(text, {})) == described(PLAIN.parse(text, {}))


@given(CITING)
@example("[@a\n\n]")
@example("[@" * 300)
@example("[@a]" * 300 + "[@a](b)")
def test_every_citation_has_a_key_and_a_place(text: str) -> None:
    found, _ = read(text)
    children = [child for token in garden_markdown().parse(text, {}) for child in token.children or ()]
    assert all(token.meta["items"] for token in children if token.type == "citation")
    assert all(cited.key and cited.line >= 1 and cited.column >= 1 for cited in found.citations)


def test_citations_are_found_with_line_and_column() -> None:
    text = """\
    ---
    title: A
    sources:
      - ioffe2015
      - {title: T, url: "https://example.org"}
    ---
    As shown [@vaswani2017, §3.2; @ba2016],
    and elsewhere.[^1]

    | a |
    |---|
    | *so* [@xiong2020] |

    [^1]: By [@a].
    """
    assert note(text).citations == (
        Cited("vaswani2017", 7, 12),
        Cited("ba2016", 7, 32),
        Cited("xiong2020", 12, 10),
        Cited("a", 14, 12),
        Cited("ioffe2015", 4, 5),
    )
    assert note(text).meta.sources == (Citation("", "", "ioffe2015", 4), Citation("T", "https://example.org"))


def test_the_source_of_a_fact_is_a_key_if_it_looks_like_one() -> None:
    assert note(SHEET.format("brown2020"), "cheatsheets/p/a.md").citations == (Cited("brown2020", 7, 9),)
    for words in ("https://example.org/a", "the manual", "example.org", "2020"):
        assert note(SHEET.format(words), "cheatsheets/p/a.md").citations == ()


def test_a_text_without_citations_has_no_gap() -> None:
    found = note("Heads divide the width [@vaswani2017, §3.2], as is known\n[@a]. More.\n")
    assert found.excerpt == "Heads divide the width, as is known. More."
