"""Grids of bits: which choices there are, and how a large garden is split."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from greenbed.model import Status, Verdict
from greenbed.show.pages import assemble, grid
from greenbed.show.pages.cards import deck
from greenbed.show.pages.grid import category_pages, whole_grid
from tests.show.growing import grow
from tests.show.rendering import press, pressed

CODE = "\n```python\n1  # 1\n```\n"


def test_a_choice_that_all_cards_pass_is_none(tmp_path: Path) -> None:
    front = "---\ncategory: x\nstatus: budding\n---\n"
    found = whole_grid(deck(press(tmp_path / "same", {f"bits/{name}.md": front + CODE for name in "ab"}).garden))
    assert (found.categories, found.growths, found.levels) == ((), (), ())
    found = whole_grid(deck(press(tmp_path / "other", {"bits/a.md": front + CODE, "bits/b.md": "# B\n"}).garden))
    assert [(one.name, one.count) for one in found.categories] == [("x", 1)]
    assert [(one.growth, one.count) for one in found.growths] == [("budding", 1)]
    assert [(one.badge.name, one.count) for one in found.levels] == [("verified", 1)]


def test_levels_go_from_verified_down(tmp_path: Path) -> None:
    held = {"a": [Status.SKIPPED], "b": [Status.RUNS], "c": [Status.VERIFIED, Status.RUNS], "d": [Status.VERIFIED]}
    grown = grow(tmp_path, {f"bits/{name}.md": "# A\n" + CODE * len(found) for name, found in held.items()})
    verdicts = {
        path: tuple(Verdict(place, status) for place, status in enumerate(held[path.stem])) for path in grown.garden.notes
    }
    root = Path(assemble.__file__).parents[3]
    garden = pressed(grown, verdicts, templates=root / "templates", static=root / "static").garden
    levels = whole_grid(deck(garden)).levels
    assert [one.badge.name for one in levels] == ["verified", "partly-verified", "runs", "skipped"]


def test_the_most_frequent_tags_are_named_and_the_others_counted(tmp_path: Path) -> None:
    letters = "abcdefghijklmnop"
    files = {f"bits/{place}.md": f"---\ntags: [{', '.join(letters[: place + 1])}]\n---\nx\n" for place in range(len(letters))}
    found = whole_grid(deck(press(tmp_path, files).garden))
    assert ([tag.name for tag in found.tags], found.more_tags) == (list(letters[:12]), 4)


NOTES = {
    "bits/a.md": "---\ncategory: x\ncreated: 2026-01-03\n---\nA\n" + CODE,
    "bits/b.md": "---\ncategory: y\ncreated: 2026-01-01\n---\nB\n" + CODE,
    "bits/c.md": "---\ncategory: x\ncreated: 2026-01-02\n---\nC\n" + CODE,
    "bits/d.md": "D\n" + CODE,
}


def test_a_large_garden_shows_its_newest_and_a_page_for_each_category(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "FULL_GRID", 3)
    monkeypatch.setattr(grid, "NEWEST", 2)
    rendered = press(tmp_path, NOTES)
    found = deck(rendered.garden)
    first = whole_grid(found)
    assert ([card.title for card in first.cards], first.total, first.is_newest) == (["A", "C"], 4, True)
    assert [card.day for card in first.cards] == [date(2026, 1, 3), date(2026, 1, 2)]
    assert [(one.label, one.count, one.url) for one in first.categories] == [
        ("X", 2, "/categories/x/"),
        ("Y", 1, "/categories/y/"),
        ("Without a category", 1, "/categories/uncategorised/"),
    ]
    pages = [(page.category.name, [card.title for card in page.grid.cards]) for page in category_pages(found, assemble.BITS)]
    assert pages == [("x", ["C", "A"]), ("y", ["B"]), ("uncategorised", ["D"])]
    assert 'href="../../categories/x/index.html"' in rendered.page("bits/a/index.html")
    here = 'href="../../categories/y/index.html" aria-current="page"'
    assert [here in rendered.page(f"categories/{name}/index.html") for name, _ in pages] == [False, True, False]


def test_a_garden_that_fits_on_one_page_has_no_others(tmp_path: Path) -> None:
    rendered = press(tmp_path, NOTES)
    assert list(category_pages(deck(rendered.garden), assemble.BITS)) == []
    assert not [path for path in rendered.files if path.startswith("categories/")]


def test_a_very_long_list_shows_code_on_its_first_cards_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bits = deck(press(tmp_path, NOTES).garden).bits
    assert all(card.excerpt_html for card in grid.trimmed(bits))
    monkeypatch.setattr(grid, "FULL_GRID", 3)
    monkeypatch.setattr(grid, "EXCERPTS", 2)
    assert [bool(card.excerpt_html) for card in grid.trimmed(bits)] == [True, True, False, False]
