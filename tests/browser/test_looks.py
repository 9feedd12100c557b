"""Every kind of page at every size, from disk and from a server: nothing overflows, nothing breaks, nothing is out of reach."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import PAGES, Reader

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def overflow(page: Page) -> int:
    """Pixels by which the page is wider than the window."""
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert isinstance(width, int)
    return width


def settled(page: Page) -> None:
    """All fonts are there, and the pictures."""
    page.evaluate("document.fonts.ready.then(() => true)")


@pytest.mark.parametrize("kind", PAGES)
def test_no_page_is_wider_than_the_window(reader: Reader, kind: str) -> None:
    page = reader.open(kind)
    for width in (320, 390, 768, 1280, 2560):
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) == 0, f"at {width} pixels"


@pytest.mark.parametrize("kind", PAGES)
def test_pages_work_from_disk(reader: Reader, kind: str) -> None:
    page = reader.open(kind, by="file", width=390)
    assert overflow(page) == 0
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.fonts.check('16px \"Atkinson Next\"')")
    expect(page.get_by_role("button", name=re.compile("Switch to"))).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_nothing(reader: Reader, kind: str, scheme: str) -> None:
    page = reader.open(kind, color_scheme=scheme, width=1280 if scheme == "light" else 390)
    settled(page)
    # what is folded away has to be legible as well
    page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("kind", ["index", "bit", "cheatsheet", "glossary"])
def test_forced_colours_and_large_text_lose_nothing(reader: Reader, kind: str) -> None:
    page = reader.open(kind, forced_colors="active", width=640)
    page.set_viewport_size({"width": 320, "height": 500})
    assert overflow(page) == 0
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_reader_of_paper_gets_no_controls(reader: Reader) -> None:
    page = reader.open("bit")
    page.emulate_media(media="print")
    for hidden in ("header.header", "footer.footer", ".toc", ".pager", ".proof", ".neighbours"):
        assert page.locator(hidden).first.is_hidden(), hidden
    assert page.locator(".snippet__code").first.is_visible()


@pytest.mark.parametrize("kind", PAGES)
def test_nothing_is_cut_off_at_the_edge_of_the_paper(reader: Reader, kind: str) -> None:
    page = reader.open(kind, width=680)  # A4 without its margins
    page.emulate_media(media="print")
    assert overflow(page) <= 1  # the room around the words of code in a line
    boxes = "[...document.querySelectorAll('pre, .table, .map__frame')]"
    assert page.evaluate(f"{boxes}.filter((box) => box.scrollWidth > box.clientWidth + 1).length") == 0


def test_answers_are_printed_unless_the_reader_says_otherwise(reader: Reader) -> None:
    page = reader.open("cheatsheet")
    page.emulate_media(media="print")
    assert page.locator(".fact__right").first.is_visible()
    page.emulate_media(media="screen")
    page.get_by_label("Print without answers").check()
    page.emulate_media(media="print")
    assert page.locator(".fact__right").first.is_hidden()
    assert page.locator(".fact__question").first.is_visible()
