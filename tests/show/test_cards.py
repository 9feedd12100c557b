"""Cards: what a grid shows of a note, and the categories and tags around it."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from greenbed.model import Growth, Kind, Status
from greenbed.show.pages import cards
from greenbed.show.pages.cards import deck, excerpt, first_telling_line
from greenbed.show.pages.views import Badge, Card, Category, Tag
from tests.show.rendering import only, press

FRONT = "---\ntitle: A\ncategory: linear-algebra\ntags: [b c, C++]\nstatus: budding\nsummary: In short.\n---\n\n"


def test_a_card_says_what_the_note_is(tmp_path: Path) -> None:
    garden = press(tmp_path, {"bits/a.md": FRONT + "Some words.\n\n```python\nimport math\n\nmath.pi  # 3.14159\n```\n"}).garden
    assert deck(garden).cards[PurePosixPath("bits/a.md")] == Card(
        kind=Kind.BIT,
        title="A",
        url="/bits/a/",
        summary="In short.",
        category=Category("linear-algebra", "Linear algebra", 1, 1),
        growth=Growth.BUDDING,
        is_draft=False,
        badge=Badge(Status.VERIFIED, "Verified"),
        tags=(Tag("b c", "b-c", "/tags/b-c/", 1), Tag("C++", "c-plus-plus", "/tags/c-plus-plus/", 1)),
        excerpt_html='math.pi  <span class="c"># 3.14159</span>',
        minutes=1,
    )


def test_a_note_without_anything_has_a_card_all_the_same(tmp_path: Path) -> None:
    garden = press(tmp_path, {"plain.md": "Only *one* paragraph.\n"}).garden
    (card,) = deck(garden).cards.values()
    assert (card.title, card.summary) == ("Plain", "Only one paragraph.")
    assert (card.category, card.growth, card.badge, card.tags, card.excerpt_html) == (None, None, None, (), "")


def test_categories_are_counted_and_numbered_by_size(tmp_path: Path) -> None:
    files = {f"bits/{name}.md": f"---\ncategory: {category}\n---\nx\n" for name, category in zip("abc", "xyy", strict=True)}
    files["chapters/d.md"] = "---\ncategory: z\n---\nx\n"
    categories = deck(press(tmp_path, files).garden).categories
    assert [(one.name, one.number, one.count) for one in categories] == [("y", 1, 2), ("x", 2, 1), ("z", 3, 0)]


def test_colours_repeat_after_ten() -> None:
    assert [Category("", "", number, 1).colour for number in (1, 10, 11, 24)] == [1, 10, 1, 4]


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("x = 1", 0),
        ("import a\n\nx = 1", 2),
        ("from a import (\n    b,\n)\nfrom c import (d)\nx = 1", 4),
        ("import a\nfrom b import c", 0),
        ("", 0),
    ],
)
def test_an_excerpt_begins_after_the_imports(code: str, line: int) -> None:
    assert first_telling_line(code.split("\n")) == line


def test_an_excerpt_has_four_lines_and_no_empty_one(tmp_path: Path) -> None:
    garden = press(tmp_path, {"a.md": "# A\n\n```python\na = b\n\n\nc = d\ne = f\ng = h\ni = j\n```\n"}).garden
    assert excerpt(only(garden)) == "a = b\nc = d\ne = f\ng = h"


def test_a_very_large_grid_has_few_excerpts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards, "FULL_GRID", 3)
    monkeypatch.setattr(cards, "EXCERPTS_IN_A_LARGE_GRID", 2)
    text = "# A\n\n```python\nx = 1\n```\n"
    garden = press(tmp_path, {f"bits/{name}.md": text for name in "abcd"}).garden
    assert [bool(card.excerpt_html) for card in deck(garden).cards.values()] == [True, True, False, False]
    smaller = press(tmp_path / "smaller", {f"bits/{name}.md": text for name in "abc"}).garden
    assert all(card.excerpt_html for card in deck(smaller).cards.values())
