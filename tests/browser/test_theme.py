"""Light and dark: the system's choice, the reader's choice, and that it is kept."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import Reader


def ground(page: Page) -> str:
    """The colour of the page."""
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert isinstance(colour, str)
    return colour


LIGHT, DARK = "rgb(251, 250, 247)", "rgb(18, 19, 21)"


def test_the_system_decides_without_a_script_too(reader: Reader) -> None:
    assert ground(reader.open("index", color_scheme="light", java_script_enabled=True)) == LIGHT
    assert ground(reader.open("index", color_scheme="dark")) == DARK


def test_the_button_switches_and_the_choice_is_kept(reader: Reader) -> None:
    page = reader.open("index", color_scheme="light")
    page.get_by_role("button", name="Switch to dark colours").click()
    assert ground(page) == DARK
    page.reload()
    assert ground(page) == DARK
    other = reader.visit(page.context, "bit")
    assert ground(other) == DARK
    other.get_by_role("button", name="Switch to light colours").click()
    assert ground(other) == LIGHT
    # what equals the system's choice is not kept, so that the page follows the system again
    assert other.evaluate("localStorage.getItem('theme')") is None


def test_the_choice_works_from_disk(reader: Reader) -> None:
    page = reader.open("bit", by="file", color_scheme="dark")
    page.get_by_role("button", name="Switch to light colours").click()
    assert ground(page) == LIGHT


def test_there_is_no_button_without_a_script(reader: Reader) -> None:
    page = reader.open("index", java_script_enabled=False)
    assert page.get_by_role("button", name="Switch").count() == 0
