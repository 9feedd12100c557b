"""Cards: what a grid shows of a note, and the categories and tags around it."""

from __future__ import annotations

from datetime import date
from pathlib import Path, PurePosixPath

import pytest

from greenbed.model import Growth, Kind, Status
from greenbed.show.pages.cards import deck, excerpt, first_telling_line
from greenbed.show.pages.views import Badge, Card, Category, Tag
from tests.show.rendering import only, press

FRONT = "---\ntitle: A\ncategory: linear-algebra\ntags: [b c, C++]\nstatus: budding\nsummary: In short.\n"
FRONT += "created: 2026-11-20\n---\n\n"


def test_a_card_says_what_the_note_is(tmp_path: Path) -> None:
    garden = press(tmp_path, {"bits/a.md": FRONT + "Some words.\n\n```python\nimport math\n\nmath.pi  # 3.14159\n```\n"}).garden
    (code,) = deck(garden).files
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
        day=date(2026, 11, 20),
        code_url=f"/{code.path}",
        code_place=0,
        code_lines=3,
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


def test_a_card_counts_the_lines_that_it_does_not_show(tmp_path: Path) -> None:
    files = {f"bits/{lines}.md": f"# A\n\n```python\n{'x = 1' + chr(10)}{('y = 2' + chr(10)) * lines}```\n" for lines in (3, 4)}
    garden = press(tmp_path, files).garden
    assert [card.code_lines for card in deck(garden).bits] == [0, 5]


def test_a_note_without_a_date_is_as_old_as_its_last_change(tmp_path: Path) -> None:
    files = {"bits/a.md": "---\nupdated: 2026-01-02\n---\nx\n", "bits/b.md": "x\n"}
    assert [card.day for card in deck(press(tmp_path, files).garden).bits] == [date(2026, 1, 2), None]
