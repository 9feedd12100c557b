"""Cheat sheets and the glossary in the browser."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Reader


def test_a_fact_opens_without_a_script(reader: Reader) -> None:
    page = reader.open("cheatsheet", java_script_enabled=False)
    fact = page.locator("#axes")
    expect(fact.locator(".fact__right")).to_be_hidden()
    fact.locator("summary").first.click()
    expect(fact.locator(".fact__right")).to_have_text("3")
    assert page.get_by_role("button", name="Reveal all answers").count() == 0


def test_all_answers_are_revealed_and_hidden_again(reader: Reader) -> None:
    page = reader.open("cheatsheet")
    page.get_by_role("button", name="Reveal all answers").click()
    expect(page.locator("details.fact[open]")).to_have_count(3)
    expect(page.get_by_text("3 of 3 opened")).to_be_visible()
    page.get_by_role("button", name="Hide all answers").click()
    expect(page.locator("details.fact[open]")).to_have_count(0)
    expect(page.get_by_text("3 of 3 opened")).to_be_visible()


def test_opened_answers_are_counted(reader: Reader) -> None:
    page = reader.open("cheatsheet", by="file")
    page.locator("#transpose > summary").click()
    expect(page.get_by_text("1 of 3 opened")).to_be_visible()


def test_a_link_to_a_fact_opens_it(reader: Reader) -> None:
    page = reader.open("cheatsheets/basics/index.html#transpose")
    expect(page.locator("#transpose .fact__right")).to_be_visible()
    expect(page.locator("#axes .fact__right")).to_be_hidden()


def test_terms_are_filtered_with_their_letters(reader: Reader) -> None:
    page = reader.open("glossary")
    before = page.locator(".entry:visible").count()
    page.get_by_role("searchbox", name="Filter the terms").fill("weighted")
    expect(page.locator(".entry:visible")).to_have_count(1)
    expect(page.locator(".glossary__letter:visible")).to_have_count(1)
    page.get_by_role("searchbox").fill("zzz")
    expect(page.get_by_text("No term matches.")).to_be_visible()
    page.get_by_role("searchbox").fill("")
    expect(page.locator(".entry:visible")).to_have_count(before)


def test_a_letter_leads_to_its_terms_and_a_term_to_where_it_was_introduced(reader: Reader) -> None:
    page = reader.open("glossary", java_script_enabled=False)
    page.get_by_role("navigation", name="Letters").get_by_role("link", name="S 1").click()
    assert page.url.endswith("#letter-s")
    page.locator("#stride").get_by_role("link", name="Everything a note may hold").first.click()
    assert "/bits/everything/index.html#term-stride" in page.url
