"""The map in the browser: with a keyboard, without a script, on a phone."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Reader


def test_a_note_of_the_picture_leads_to_its_page_without_a_script(reader: Reader) -> None:
    page = reader.open("map", java_script_enabled=False)
    picture = page.get_by_role("region", name="Picture of the garden")
    picture.get_by_role("link", name="Everything a note may hold").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Everything a note may hold")


def test_the_keyboard_goes_through_the_picture_in_its_order_and_can_skip_it(reader: Reader) -> None:
    page = reader.open("map", by="file")
    page.get_by_role("region", name="Picture of the garden").focus()
    for number in range(3):
        page.keyboard.press("Tab")
        expect(page.locator(f'[data-note="{number}"]')).to_be_focused()
    page.get_by_role("link", name="Skip the picture").press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.map__list') !== null")


def test_the_links_of_a_note_stand_out_while_it_has_the_focus(reader: Reader) -> None:
    page = reader.open("map")
    note = page.locator(".map__note", has_text="Everything a note may hold")
    number = note.get_attribute("data-note")
    note.focus()
    lines = page.locator("[data-ends][data-near]")
    assert lines.count() > 0
    ends = {end for line in lines.all() for end in (line.get_attribute("data-ends") or "").split()}
    shown = {other.get_attribute("data-note") for other in page.locator(".map__note[data-near]").all()}
    assert number in ends
    assert shown == ends
    page.keyboard.press("Shift+Tab")
    page.get_by_role("link", name="Skip the picture").focus()
    expect(page.locator("[data-near]")).to_have_count(0)


def test_words_of_the_picture_are_legible_on_a_phone(reader: Reader) -> None:
    page = reader.open("map", width=390)
    words = page.locator(".map__note text").first
    box = words.bounding_box()
    assert box is not None
    assert box["height"] >= 13


def test_a_note_shows_its_neighbours_beside_it_and_on_a_phone_below(reader: Reader) -> None:
    page = reader.open("bit")
    around = page.get_by_role("navigation", name="Neighbours")
    expect(around).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 900})
    expect(around).to_be_visible()
    text = around.locator("text").first.bounding_box()
    assert text is not None
    assert text["height"] >= 13
    around.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Everything a note may hold")
