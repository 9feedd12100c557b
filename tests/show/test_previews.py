"""The cards that a page holds for its links."""

from __future__ import annotations

import re
from pathlib import Path

from tests.show.rendering import Rendered, press

NOTE = """---
title: The `gate` of it
category: linear-algebra
summary: What a <gate> does.
---

A first sentence.

```python
import math

a = 1
b = 2
c = 3
d = 4
```
"""


def cards(rendered: Rendered, path: str = "bits/b/index.html") -> dict[str, str]:
    """The cards of a page by the address of their links."""
    found = re.findall(r'<template data-preview="([^"]*)">(.*?)</template>', rendered.page(path), re.DOTALL)
    assert len(dict(found)) == len(found), "two cards for one link"
    assert all(f'href="{address}' in rendered.main(path) for address, _ in found), "a card that no link has"
    return dict(found)


def test_a_card_has_title_category_level_summary_and_first_lines(tmp_path: Path) -> None:
    rendered = press(
        tmp_path, {"bits/a.md": NOTE, "bits/b.md": "# B\n\nSee [[a]], [it](a.md#x) and [[b]].\n\n## X\n"}, live=True
    )
    (card,) = cards(rendered).values()
    assert '<p class="preview__title">The <code>gate</code> of it</p>' in card
    assert "What a &lt;gate&gt; does." in card
    assert re.search(r'preview__head">Linear algebra <span class="badge badge--verified">Verified</span>', card)
    assert re.sub("<.*?>", "", card).strip().endswith("a = 1\nb = 2\nc = 3")
    assert "first sentence" not in card


def test_a_note_without_code_shows_the_first_lines_of_its_text(tmp_path: Path) -> None:
    files = {"chapters/a.md": "---\nsummary: Short.\n---\n\n# A\n\nA first sentence.\n", "bits/b.md": "# B\n\nSee [[a]].\n"}
    (card,) = cards(press(tmp_path, files)).values()
    assert 'preview__head">Chapter' in card
    assert "<p>Short.</p>" in card
    assert 'preview__text">A first sentence.' in card


def test_what_the_summary_says_already_is_not_said_twice(tmp_path: Path) -> None:
    (card,) = cards(press(tmp_path, {"bits/a.md": "# A\n\nOnly this.\n", "bits/b.md": "# B\n\nSee [[a]].\n"})).values()
    assert card.count("Only this.") == 1


def test_a_term_has_its_definition_without_links(tmp_path: Path) -> None:
    files = {
        "bits/a.md": "# The place\n\nA [log-sum-exp (LSE)]{.term} is $\\log \\sum e^x$, see [[b]].[^1]\n\n[^1]: More.\n",
        "bits/b.md": "# B\n\nAn LSE.\n",
    }
    rendered = press(tmp_path, files)
    (address,) = cards(rendered)
    card = cards(rendered)[address]
    assert address == "../../glossary/index.html#log-sum-exp"
    assert '>log-sum-exp <span class="preview__short">(LSE)</span></p>' in card
    assert "<math>" in card
    assert "<a " not in card
    assert " id=" not in card
    assert "First introduced in The place" in card


def test_a_chapter_of_a_sheet_has_a_card_and_a_part_of_it_none(tmp_path: Path) -> None:
    sheet = "---\nsummary: All of it.\n---\n\n# Arrays\n\n## Part\n\n- One.\n"
    files = {"cheatsheets/p/a.md": sheet, "bits/b.md": "# B\n\nSee [[p/a]].\n", "bits/c.md": "# C\n\nSee [[p/a#Part]].\n"}
    rendered = press(tmp_path, files)
    (address,) = cards(rendered)
    assert address == "../../cheatsheets/p/index.html#a"
    assert "All of it." in cards(rendered)[address]
    assert cards(rendered, "bits/c/index.html") == {}


def test_files_pictures_and_the_page_itself_get_no_card(tmp_path: Path) -> None:
    text = "# B\n\nSee [data](d.csv), [[b#X|here]] and [there](https://example.org).\n\n## X\n"
    assert cards(press(tmp_path, {"bits/b.md": text, "bits/d.csv": "1"})) == {}
