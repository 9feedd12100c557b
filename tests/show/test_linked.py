"""First mentions of terms as links, and what a page leads to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.show.rendering import Rendered, press

TERMS = {
    "bits/a.md": '# Where they begin\n\nA [gate]{.term aka="valve"} is a factor. [Attention]{.term} is a mean.\n\n'
    "[Self-attention (SA)]{.term} is attention\nto oneself. A [key-value cache (KV cache)]{.term} keeps $k$.\n"
}


def links(rendered: Rendered, path: str = "bits/b/index.html") -> list[tuple[str, str]]:
    """(entry, words) of each link to a term on a page."""
    found = re.findall(r'<a class="term-link" href="([^"]*)">(.*?)</a>', rendered.main(path), re.DOTALL)
    assert all(address.startswith("../../glossary/index.html#") for address, _ in found)
    return [(address.partition("#")[2], words) for address, words in found]


def linked(folder: Path, text: str, **more: str) -> list[tuple[str, str]]:
    """The links of a bit with this text."""
    return links(press(folder, {**TERMS, "bits/b.md": f"# B\n\n{text}\n", **more}))


def test_the_first_mention_on_a_page_is_linked_and_no_other(tmp_path: Path) -> None:
    text = "A gate, a gate.\n\nGates and a valve; *attention* stays."
    assert linked(tmp_path, text) == [("gate", "gate"), ("attention", "attention")]


def test_the_longest_name_is_linked_also_over_the_end_of_a_line(tmp_path: Path) -> None:
    text = "See self-\nattention, then attention, then KV\ncaches."
    assert linked(tmp_path, text) == [
        ("self-attention", "self-\nattention"),
        ("attention", "attention"),
        ("key-value-cache", "KV\ncaches"),
    ]


def test_aliases_plurals_and_short_forms_are_linked(tmp_path: Path) -> None:
    assert linked(tmp_path, "Valves, SA and Attentions.") == [
        ("gate", "Valves"),
        ("self-attention", "SA"),
        ("attention", "Attentions"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "## A gate",
        "[a gate](https://example.org)",
        "[[a|the gate]]",
        "`gate` and $gate$",
        "```text\ngate\n```",
        "<kbd>gate</kbd> and <a href='#x'>a gate</a>",
        "> [!note]- The gate\n> Nothing.",
        "![gate](gate.png)",
        "A gateway, sa, self. Caches.",
        "| gate |\n|---|\n| 1 |",
    ],
)
def test_what_is_no_prose_is_not_linked(tmp_path: Path, text: str) -> None:
    assert linked(tmp_path, text, **{"bits/gate.png": ""}) == []


def test_the_note_that_introduces_a_term_does_not_link_it(tmp_path: Path) -> None:
    rendered = press(tmp_path, {**TERMS, "bits/b.md": "# B\n\nA [gate]{.term} again: the gate, and attention.\n"})
    assert links(rendered, "bits/a/index.html") == []
    assert links(rendered) == [("attention", "attention")]


def test_words_around_and_inside_a_link_stay_as_they_are(tmp_path: Path) -> None:
    rendered = press(tmp_path, {**TERMS, "bits/b.md": "# B\n\nOne & **the gate**, two <br> *self attention*.\n"})
    main = rendered.main("bits/b/index.html")
    assert (
        '<p>One &amp; <strong>the <a class="term-link" href="../../glossary/index.html#gate">gate</a></strong>, two <br> <em>'
        '<a class="term-link" href="../../glossary/index.html#self-attention">self attention</a></em>.</p>'
    ) in main


def test_an_embed_shares_its_first_mentions_with_the_page(tmp_path: Path) -> None:
    files = {"bits/c.md": "# C\n\nAttention, a gate and SA.\n", "bits/b.md": "# B\n\nA gate.\n\n![[c]]\n\nSA and attention.\n"}
    assert links(press(tmp_path, {**TERMS, **files})) == [
        ("gate", "gate"),
        ("attention", "Attention"),
        ("self-attention", "SA"),
    ]


def test_the_chapters_of_a_sheet_share_their_first_mentions(tmp_path: Path) -> None:
    files = {"cheatsheets/p/a.md": "# One\n\n- A gate.\n", "cheatsheets/p/b.md": "# Two\n\n- A gate, SA.\n"}
    rendered = press(tmp_path, {**TERMS, **files})
    assert links(rendered, "cheatsheets/p/index.html") == [("gate", "gate"), ("self-attention", "SA")]


def test_a_garden_without_terms_has_no_links_to_them(tmp_path: Path) -> None:
    assert links(press(tmp_path, {"bits/b.md": "# B\n\nA gate.\n"})) == []
