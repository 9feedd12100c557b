"""The glossary in the browser: letters, the filter and its address, other names, with and without a script."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Reader


def letter(page: Page, name: str) -> str:
    """What stands in a letter's box."""
    box = page.get_by_role("navigation", name="Letters").locator(".letters__link", has_text=re.compile(f"^{name}"))
    return " ".join(box.inner_text().split())


def test_terms_are_filtered_with_their_letters(reader: Reader) -> None:
    page = reader.open("glossary", by="file")
    before = page.locator(".entry:visible").count()
    field = page.get_by_role("searchbox", name="Filter the terms")
    assert (letter(page, "A"), letter(page, "S"), letter(page, "Q")) == ("A 1", "S 1", "Q")
    field.fill("weighted")
    expect(page.locator(".entry:visible")).to_have_count(1)
    expect(page.locator(".glossary__letter:visible")).to_have_count(1)
    expect(page.get_by_role("status").filter(has_text="of")).to_contain_text("1 of ")
    assert (letter(page, "A"), letter(page, "S")) == ("A 1", "S")
    assert page.get_by_role("navigation", name="Letters").get_by_role("link").count() == 1
    assert page.url.endswith("?q=weighted")
    field.fill("zzz")
    expect(page.get_by_text("No term matches.")).to_be_visible()
    page.get_by_role("button", name="Show all terms").click()
    expect(page.locator(".entry:visible")).to_have_count(before)
    expect(field).to_be_focused()
    assert (letter(page, "S"), page.url.partition("?")[2]) == ("S 1", "")


def test_the_address_keeps_the_filter_and_a_name_finds_its_term(reader: Reader) -> None:
    page = reader.open("glossary/index.html?q=step")
    expect(page.locator(".entry:visible")).to_have_count(1)
    expect(page.locator("#stride")).to_be_visible()
    page.locator("#stride").get_by_role("link").last.click()
    page.go_back()
    expect(page.locator(".entry:visible")).to_have_count(1)
    expect(page.get_by_role("searchbox", name="Filter the terms")).to_have_value("step")


def test_letters_terms_and_other_names_lead_on_without_a_script(reader: Reader) -> None:
    page = reader.open("glossary/index.html#step", java_script_enabled=False)
    expect(page.locator("#stride")).to_be_in_viewport()
    line = page.locator("#stride .entry__name").evaluate("(name) => getComputedStyle(name).textDecorationLine")
    assert line == "underline"  # the term is marked
    page.get_by_role("navigation", name="Letters").get_by_role("link", name="S 1").click()
    assert page.url.endswith("#letter-s")
    page.locator(".entry--see").filter(has_text="LR").get_by_role("link", name="learning rate").click()
    assert page.url.endswith("#learning-rate")
    page.locator("#stride").get_by_role("link", name="Everything a note may hold").first.click()
    assert "/bits/everything/index.html#term-stride" in page.url
