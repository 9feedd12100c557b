"""The grid's filter: with and without scripts, by mouse and keyboard, and in the address."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Reader

LONG = "Supercalifragilisticexpialidocious_and_a_name_without_any_place_to_break_it"
ALL = {"Everything a note may hold", "Shapes that stretch", "A rate that falls", "Prose", "Not yet", LONG}


def shown(page: Page) -> set[str]:
    """The titles that can be seen."""
    titles = page.locator(".cards__item:visible .card__title")
    return set(titles.all_inner_texts())


def count(page: Page) -> str:
    return page.locator(".results__count").inner_text().strip()


def test_everything_is_shown_at_first(reader: Reader) -> None:
    page = reader.open("index")
    assert shown(page) == ALL
    assert count(page) == "6 bits"


@pytest.mark.parametrize("by", ["http", "file"])
def test_a_keyword_narrows_the_grid_and_is_in_the_address(reader: Reader, by: str) -> None:
    page = reader.open("index", by=by)
    page.get_by_role("searchbox", name="Filter by keyword").fill("RATE")
    assert shown(page) == {"A rate that falls"}
    assert count(page) == "1 of 6 bits"
    assert page.url.endswith("index.html?q=RATE")


def test_a_category_a_status_and_tags_narrow_it_together(reader: Reader) -> None:
    page = reader.open("index")
    page.locator(".chip", has_text="Torch API").click()
    assert shown(page) == {"Everything a note may hold", "Shapes that stretch"}
    page.locator(".filters").get_by_role("button", name="memory").click()
    assert shown(page) == {"Everything a note may hold"}
    assert page.locator(".filters").get_by_role("button", name="memory").get_attribute("aria-pressed") == "true"
    page.get_by_role("radio", name="Budding").check(force=True)
    assert shown(page) == set()
    assert page.url.endswith("?cat=torch-api&status=budding&tag=memory")


def test_an_address_is_a_filter(reader: Reader) -> None:
    page = reader.open("index.html?q=axes&cat=torch-api&tag=shapes")
    assert shown(page) == {"Shapes that stretch"}
    assert page.get_by_role("searchbox").input_value() == "axes"
    assert page.get_by_role("radio", name="Torch API").is_checked()
    assert page.locator(".filters").get_by_role("button", name="shapes").get_attribute("aria-pressed") == "true"


def test_several_tags_in_the_address_must_all_be_there(reader: Reader) -> None:
    assert shown(reader.open("index.html?tag=shapes,c-plus-plus")) == {"Everything a note may hold"}


def test_what_the_address_does_not_know_is_ignored(reader: Reader) -> None:
    page = reader.open("index.html?cat=nothing&status=nothing&tag=nothing,,")
    assert shown(page) == ALL


def test_back_leads_to_the_filter_before(reader: Reader) -> None:
    page = reader.open("index")
    page.locator(".chip", has_text="Torch API").click()
    page.locator(".chip", has_text="Training").click()
    page.go_back()
    assert shown(page) == {"Everything a note may hold", "Shapes that stretch"}
    page.go_back()
    assert shown(page) == ALL


def test_nothing_left_is_said_with_one_way_out(reader: Reader) -> None:
    page = reader.open("index")
    page.get_by_role("searchbox").fill("no such word")
    expect(page.get_by_text("No bits matched your filters. Try a different keyword or category.")).to_be_visible()
    assert count(page) == "0 of 6 bits"
    (clear,) = page.get_by_role("button", name="Clear").all()
    clear.click()
    assert shown(page) == ALL
    assert page.url.endswith("index.html")
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_categories_are_chosen_by_keyboard(reader: Reader) -> None:
    page = reader.open("index")
    page.get_by_role("searchbox").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio", name="All")).to_be_focused()
    page.keyboard.press("ArrowRight")
    assert shown(page) == {"Everything a note may hold", "Shapes that stretch"}
    outline = page.evaluate("getComputedStyle(document.activeElement.closest('.chip')).outlineStyle")
    assert outline == "solid"


def test_category_and_status_work_without_a_script(reader: Reader) -> None:
    page = reader.open("index", java_script_enabled=False)
    assert shown(page) == ALL
    page.get_by_role("radio", name="Torch API").check(force=True)
    assert shown(page) == {"Everything a note may hold", "Shapes that stretch"}
    page.get_by_role("radio", name="Budding").check(force=True)
    assert shown(page) == {"Shapes that stretch"}


def test_what_needs_a_script_is_not_there_without_one(reader: Reader) -> None:
    page = reader.open("index", java_script_enabled=False)
    assert page.get_by_role("searchbox").count() == 0
    assert page.get_by_role("status").count() == 0
    page.locator(".filters").get_by_role("link", name="shapes").click()
    assert page.url.endswith("/tags/shapes/index.html")


def test_a_card_is_a_link_and_so_are_its_tags(reader: Reader) -> None:
    page = reader.open("index")
    card = page.locator(".card", has_text="Shapes that stretch")
    card.get_by_role("link", name="shapes", exact=True).click()
    assert page.url.endswith("/tags/shapes/index.html")
    page.go_back()
    card.click(position={"x": 20, "y": 60})
    assert page.url.endswith("/bits/shapes/index.html")


def test_a_crumb_leads_to_the_category(reader: Reader) -> None:
    page = reader.open("bit")
    page.get_by_role("navigation", name="Breadcrumbs").get_by_role("link", name="Torch API").click()
    page.wait_for_url("**/index.html?cat=torch-api")
    assert shown(page) == {"Everything a note may hold", "Shapes that stretch"}
