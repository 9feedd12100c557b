"""Views of pages: what is on them, and what is left out where there is nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from greenbed.model import Growth, Heading
from greenbed.show.pages import assemble, views
from greenbed.show.pages.cards import deck
from tests.show.rendering import press

CODE = "\n```python\n1  # 1\n```\n"


def heading(level: int, name: str) -> Heading:
    return Heading(level, name, name.lower(), 1)


def test_two_ranks_of_headings_make_the_table_of_contents() -> None:
    found = [heading(2, "A"), heading(3, "A1"), heading(4, "Deep"), heading(3, "A2"), heading(2, "B")]
    assert assemble.contents(found) == (
        views.Item("A", "a", (views.Item("A1", "a1"), views.Item("A2", "a2"))),
        views.Item("B", "b"),
    )


def test_a_heading_above_the_first_of_its_rank_is_left_out() -> None:
    found = [heading(3, "Early"), heading(2, "A"), heading(2, "B")]
    assert [item.text for item in assemble.contents(found)] == ["A", "B"]


def test_a_single_heading_makes_no_table_of_contents() -> None:
    assert assemble.contents([heading(2, "A"), heading(3, "A1")]) == ()
    assert assemble.contents([]) == ()


def test_the_navigation_names_only_what_exists(tmp_path: Path) -> None:
    bits = press(tmp_path / "bits", {"bits/a.md": "# A\n"})
    assert assemble.places(bits.garden) == (assemble.BITS,)
    files = {"chapters/c.md": "# C\n\nA [term]{.term} is a word.\n", "cheatsheets/p/s.md": "# S\n\n- x\n"}
    others = press(tmp_path / "others", files)
    assert assemble.places(others.garden) == (assemble.CHAPTERS, assemble.SHEETS, assemble.GLOSSARY)


def test_the_site_says_what_its_code_ran_on_if_any_ran(tmp_path: Path) -> None:
    site = assemble.site_view(*between(press(tmp_path / "code", {"a.md": "# A\n" + CODE})))
    assert (site.ran_on, site.checked) == ("torch 2.13.0", date(2026, 11, 22))
    prose = assemble.site_view(*between(press(tmp_path / "prose", {"a.md": "# A\n"})))
    assert (prose.ran_on, prose.checked, prose.tags_url) == ("", None, "")


def between(rendered):  # type: ignore[no-untyped-def]  # the two arguments of site_view
    return rendered.garden, rendered.config


def test_the_grid_counts_categories_growth_and_tags_of_bits(tmp_path: Path) -> None:
    files = {
        "bits/a.md": "---\ncategory: x\nstatus: budding\ntags: [one, two]\n---\nA\n" + CODE,
        "bits/b.md": "---\ncategory: x\nstatus: seedling\ntags: [two]\n---\nB\n",
        "bits/c.md": "---\ncategory: y\nstatus: budding\n---\nC\n",
        "chapters/d.md": "---\ntags: [one, three]\n---\nD\n",
    }
    garden = press(tmp_path, files).garden
    page = assemble.index_page(garden, deck(garden))
    assert [card.title for card in page.grid.cards] == ["A", "B", "C"]
    assert [(category.label, category.count) for category in page.grid.categories] == [("X", 2), ("Y", 1)]
    assert [(one.growth, one.count) for one in page.grid.growths] == [(Growth.SEEDLING, 1), (Growth.BUDDING, 2)]
    assert [(one.badge.word, one.count) for one in page.grid.levels] == [("Verified", 1)]
    assert [(tag.name, tag.count) for tag in page.grid.tags] == [("two", 2), ("one", 1)]
    assert page.stats == (views.Stat("3", "bits"), views.Stat("1", "checks held"), views.Stat("2.13.0", "torch"))


def test_a_garden_without_checks_boasts_of_none(tmp_path: Path) -> None:
    garden = press(tmp_path, {"bits/a.md": "# A\n"}).garden
    page = assemble.index_page(garden, deck(garden))
    assert (page.stats, page.verified) == ((views.Stat("1", "bit"),), 0)


def test_crumbs_lead_to_the_category_in_the_grid(tmp_path: Path) -> None:
    garden = press(tmp_path, {"bits/a.md": "---\ncategory: torch-api\n---\nA\n", "bits/b.md": "# B\n"}).garden
    with_category, without = (assemble.crumbs_of(note, deck(garden)) for note in garden.notes.values())
    assert with_category == (assemble.BITS, views.Anchor("Torch API", "/", "?cat=torch-api"))
    assert without == (assemble.BITS,)


def test_chapters_are_numbered_through_their_parts(tmp_path: Path) -> None:
    files = {
        "chapters/1-first/a.md": "---\npart: The first\n---\nA\n",
        "chapters/1-first/b.md": "B\n",
        "chapters/2-second/c.md": "C\n",
    }
    garden = press(tmp_path, files).garden
    parts = assemble.chapters(garden, deck(garden).cards)
    assert [(part.title, part.first, part.count) for part in parts] == [("The first", 1, 2), ("Second", 3, 1)]
    assert len({part.id for part in parts}) == 2


def test_chapters_in_no_folder_are_simply_chapters(tmp_path: Path) -> None:
    garden = press(tmp_path, {"chapters/a.md": "A\n", "chapters/b.md": "B\n"}).garden
    (part,) = assemble.chapters(garden, deck(garden).cards)
    assert (part.title, part.id, part.count) == ("Chapters", "chapters", 2)


def test_a_tag_page_keeps_bits_apart_from_longer_pieces(tmp_path: Path) -> None:
    files = {"bits/a.md": "---\ntags: [t]\n---\nA\n", "chapters/b.md": "---\ntags: [T]\n---\nB\n"}
    garden = press(tmp_path, files).garden
    (name,) = garden.tags
    page = assemble.tag_page(name, garden, deck(garden))
    assert ([card.title for card in page.bits], [card.title for card in page.others]) == (["A"], ["B"])


def test_who_links_here_is_told_with_the_sentence(tmp_path: Path) -> None:
    garden = press(tmp_path, {"bits/a.md": "# A\n", "bits/b.md": "# B\n\nFirst. It rests on [[a|the other]]. Last.\n"}).garden
    target = next(note for note in garden.notes.values() if note.title == "A")
    assert assemble.mentions_of(target, garden) == (views.Mention("B", "/bits/b/", "It rests on the other."),)
