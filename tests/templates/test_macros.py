"""Macros alone, with typed examples: what is there, what is left out, and what is escaped."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from greenbed.model import Growth, Kind, Status
from greenbed.show.pages.env import TemplateMistake
from greenbed.show.pages.views import Badge, Item, Printed, Shape
from tests.show.test_render import Page
from tests.templates.examples import (
    BARE_CARD,
    BARE_SNIPPET,
    CARD,
    ENTRY,
    FACT,
    SNIPPET,
    SOURCED_FACT,
    macro,
)

SPACE = re.compile(r"\s+")


def words(html: str) -> str:
    """The text of some markup."""
    Page(html)  # every element closes
    return SPACE.sub(" ", re.sub(r"<[^>]*>", " ", html)).strip()


def test_a_card_says_what_the_filter_asks_for() -> None:
    html = macro("card")(CARD, "../")
    assert 'data-category="linear-algebra" data-number="12" data-status="budding" data-tags="svd,c-plus-plus"' in html
    assert 'data-level="verified" data-day=""' in html
    assert "category--2" in html
    assert 'href="../bits/ranks/index.html"' in html
    assert 'href="../tags/c-plus-plus/index.html"' in html
    assert "Ranks of <code>A &amp; B</code>" in html
    assert "In &lt;short&gt;." in html
    assert '<span class="n">1</span>' in html
    assert words(html) == "Linear algebra Verified Ranks of A &amp; B In &lt;short&gt;. x = 1 svd C++ Budding"


def test_a_card_of_hardly_anything_leaves_no_empty_elements() -> None:
    html = macro("card")(BARE_CARD, "")
    assert words(html) == "Draft Bare"
    assert "<pre" not in html
    assert "<ul" not in html
    assert 'data-category="" data-number="" data-status="" data-tags=""' in html


def test_a_card_without_anything_above_its_title_begins_with_it() -> None:
    html = macro("card")(replace(BARE_CARD, is_draft=False), "")
    assert words(html) == "Bare"
    assert "card__head" not in html


@pytest.mark.parametrize(("kind", "name"), [(Kind.CHAPTER, "Chapter"), (Kind.CHEATSHEET, "Cheat sheet")])
def test_a_card_of_another_kind_says_so(kind: Kind, name: str) -> None:
    assert words(macro("card")(replace(BARE_CARD, kind=kind, is_draft=False), "")) == f"{name} Bare"


@pytest.mark.parametrize("status", Status)
def test_every_level_has_an_icon_beside_its_word(status: Status) -> None:
    html = macro("badge")(Badge(status, "Word"))
    assert f"badge--{status}" in html
    assert 'aria-hidden="true"' in html
    assert words(html) == "Word"


@pytest.mark.parametrize("growth", Growth)
def test_every_status_has_an_icon(growth: Growth) -> None:
    assert words(macro("card")(replace(BARE_CARD, growth=growth, is_draft=False), "")) == f"Bare {growth.value.capitalize()}"


def test_a_snippet_shows_code_output_and_proof() -> None:
    html = macro("snippet")(SNIPPET)
    assert words(html) == (
        "ranks.py Verified print (1) Output 1 &lt; 2 "
        "How this is proven · 2 checks 2 checks held in 0.1 s on torch 2.13.0. Setup import torch"
    )
    assert '<pre class="snippet__code" tabindex="0" role="group" aria-label="ranks.py">' in html
    assert "<samp>1 &lt; 2</samp>" in html
    assert "<details" in html
    assert "<details open" not in html


def test_a_snippet_of_which_nothing_is_known_shows_its_code_alone() -> None:
    html = macro("snippet")(BARE_SNIPPET)
    assert words(html) == "Python x"
    assert 'aria-label="Python snippet 3"' in html


def test_a_snippet_says_why_it_was_not_run() -> None:
    skipped = replace(BARE_SNIPPET, badge=Badge(Status.SKIPPED, "Skipped"), reason="needs <2> GPUs")
    assert words(macro("snippet")(skipped)) == "Python Skipped x Skipped: needs &lt;2&gt; GPUs"


def test_an_expected_error_is_told_from_output() -> None:
    raising = replace(BARE_SNIPPET, badge=Badge(Status.VERIFIED, "Verified"), raised="ValueError: <no>")
    assert words(macro("snippet")(raising)) == "Python Verified x Raises, as it should ValueError: &lt;no&gt;"


def test_long_output_is_folded_and_says_how_long_it_is() -> None:
    long = replace(BARE_SNIPPET, outputs=(Printed("Output", "1 < 2", 2100), Printed("Value", "3")))
    html = macro("snippet")(long)
    assert words(html) == "Python x Output, 2,100 lines 1 &lt; 2 Value 3"
    assert html.count("<details>") == 1
    assert 'aria-label="Value of Python snippet 3"' in html


def test_warnings_and_shapes_are_told() -> None:
    assert SNIPPET.proof
    told = replace(
        SNIPPET.proof, shapes=(Shape(3, "q, k", "(2, 3) float32"),), printed=(Printed("Output of the check", "<1>"),)
    )
    html = macro("snippet")(replace(SNIPPET, proof=told, warnings=("FutureWarning: a < b",)))
    assert "Warning: FutureWarning: a &lt; b" in words(html)
    assert "Output of the check &lt;1&gt; Shapes, as they were when it ran Line Name Shape 3 q, k (2, 3) float32" in words(html)


def test_a_snippet_carries_what_copying_asks_for() -> None:
    html = macro("snippet")(replace(SNIPPET, place="bits/a 3", is_fresh=True, tries="2 5"))
    assert 'data-snippet="bits/a 3" data-fresh data-tries="2 5"' in html
    assert "<code data-setup>" in html
    assert '<figure class="snippet" data-snippet="">' in macro("snippet")(BARE_SNIPPET)


def test_the_labels_of_several_checks_differ() -> None:
    assert SNIPPET.proof
    twice = replace(SNIPPET, proof=replace(SNIPPET.proof, blocks=SNIPPET.proof.blocks * 2))
    labels = re.findall(r'aria-label="([^"]*)"', macro("snippet")(twice))
    assert len(labels) == len(set(labels)) == 4


def test_a_fact_opens_on_answer_reason_and_distractors() -> None:
    html = macro("fact")(FACT)
    assert words(html).startswith("How many ? 3 Count them. Not: 4 3 5 Verified How this is proven · 2 checks 2 checks held")
    assert '<li class="fact__key"><code>3</code></li>' in html  # hidden where the answer stands above
    assert html.startswith('<div class="fact" data-fact="axes">\n<details class="fact__fold" id="axes">')


def test_a_fact_with_a_source_names_it() -> None:
    html = macro("fact")(SOURCED_FACT)
    assert words(html) == "Who? He Source: A &amp; B"
    assert 'href="https://example.org/"' in html
    unlinked = replace(SOURCED_FACT, source=replace(SOURCED_FACT.source, url=""))  # type: ignore[type-var]  # it has one
    assert "<a " not in macro("fact")(unlinked)


def test_an_entry_names_its_places() -> None:
    html = macro("entry")(ENTRY, "../")
    assert words(html) == ("rank (rk) The rank counts. First introduced in Ranks . Also called order. Also in B , C .")
    assert 'href="../bits/ranks/index.html#term-rank"' in html
    bare = replace(ENTRY, short="", aliases=(), also_in=())
    assert words(macro("entry")(bare, "../")) == "rank The rank counts. First introduced in Ranks ."


def test_a_table_of_contents_has_two_ranks() -> None:
    html = macro("toc")((Item("A <1>", "a"), Item("B", "b", (Item("C", "ü"),))))
    assert words(html) == "A &lt;1&gt; B C"
    assert html.count("<ol") == 2
    assert 'href="#%C3%BC"' in html


def test_an_icon_that_does_not_exist_is_a_mistake_in_the_template() -> None:
    with pytest.raises(TemplateMistake, match="arrow"):
        macro("icon")("arrow")
