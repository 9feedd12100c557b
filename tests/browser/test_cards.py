"""The cards of links in the browser: by pointer, by keyboard, by finger, without a script, from disk."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Reader
from tests.browser.test_looks import RULES, overflow
from tests.show.rendering import press

PAGE = "cards/bits/b/index.html"
FILES = {
    "bits/a.md": "---\ntitle: Where it begins\ncategory: nets\nsummary: What a gate does.\n---\n\n"
    "A [gate]{.term} is $g \\in (0, 1)$, a factor.\n\n```python\ngate = 0.5\n```\n",
    "bits/b.md": "# Beside links\n\nHere a gate opens, see [[a]] and [a long way of saying where it is that all of it begins, "
    "so long that it is broken over lines](a.md).[^1] And [elsewhere](https://example.org).\n\n"
    + "Words. " * 400
    + "\n\nAt the end [again](a.md).\n\n[^1]: A footnote with [a link](a.md), told in place.\n",
}

BOXES = """(link) => {
  const box = document.querySelector(".preview").getBoundingClientRect();
  const apart = [...link.getClientRects()].every((line) =>
    line.bottom <= box.top || line.top >= box.bottom || line.right <= box.left || line.left >= box.right);
  return apart && box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight;
}"""


@pytest.fixture(scope="module")
def built(site: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A small site below the other, so that the server has it too."""
    made = press(tmp_path_factory.mktemp("cards"), FILES)
    assert made.problems == ()
    for path, content in made.files.items():
        file = site / "cards" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


@pytest.fixture
def seen(reader: Reader, built: None) -> Reader:
    """A reader for whom the site is there."""
    return reader


def card(page: Page) -> Locator:
    """The card that is shown."""
    return page.get_by_role("tooltip")


def link(page: Page, name: str) -> Locator:
    """A link of the text."""
    return page.locator("[data-previews]").get_by_role("link", name=name, exact=True)


def focus(page: Page, name: str) -> Locator:
    """A link, reached with the keyboard."""
    found = link(page, name)
    page.keyboard.press("Escape")
    page.locator("h1").click()  # from here on
    for _ in range(40):
        page.keyboard.press("Tab")
        if found.evaluate("(link) => link === document.activeElement"):
            return found
    raise AssertionError(f"no tab leads to {name}")


def test_the_keyboard_opens_a_card_and_escape_closes_it(seen: Reader) -> None:
    page = seen.open(PAGE)
    gate = focus(page, "gate")
    expect(card(page)).to_contain_text("a factor")
    expect(card(page)).to_contain_text("First introduced in Where it begins")
    expect(gate).to_have_accessible_description(re.compile(r"gate A gate is .* a factor\. First introduced in Where it begins"))
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    expect(gate).to_be_focused()
    assert gate.get_attribute("aria-describedby") is None
    page.keyboard.press("Tab")
    expect(card(page)).to_contain_text("What a gate does.")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cards/bits/a/index.html")


def test_the_pointer_can_go_to_a_card_and_leave_it(seen: Reader) -> None:
    page = seen.open(PAGE, by="file")
    link(page, "Where it begins").hover()
    assert card(page).count() == 0  # not at once
    expect(card(page)).to_contain_text("Nets")
    expect(card(page).get_by_text("gate = 0.5")).to_be_visible()
    card(page).hover()
    page.wait_for_timeout(400)
    expect(card(page)).to_be_visible()
    page.locator("h1").hover()
    expect(card(page)).to_have_count(0)
    link(page, "gate").hover()
    expect(card(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    page.mouse.move(*middle(link(page, "gate"), 1))
    page.wait_for_timeout(400)
    assert card(page).count() == 0  # until the pointer comes again
    page.locator("h1").hover()
    link(page, "gate").hover()
    expect(card(page)).to_be_visible()


def middle(place: Locator, beside: int) -> tuple[float, float]:
    """A point of an element, so many pixels beside its middle."""
    box = place.bounding_box()
    assert box
    return box["x"] + box["width"] / 2 + beside, box["y"] + box["height"] / 2


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 800), (320, 256)])
def test_a_card_stays_within_the_window_and_beside_its_link(seen: Reader, width: int, height: int) -> None:
    page = seen.open(PAGE, width=width)
    page.set_viewport_size({"width": width, "height": height})
    for name in ("gate", "Where it begins", "again"):
        place = focus(page, name)
        expect(card(page)).to_be_visible()
        page.wait_for_function(BOXES, arg=place.element_handle())  # once the page has been scrolled
        assert overflow(page) == 0


def test_a_link_over_several_lines_is_not_covered(seen: Reader) -> None:
    page = seen.open(PAGE, width=390)
    long = page.locator("a[href*='a/index.html']").nth(1)
    assert long.evaluate("(link) => link.getClientRects().length") > 1
    page.mouse.move(*middle(long, 0))
    expect(card(page)).to_be_visible()
    assert long.evaluate(BOXES)


@pytest.mark.parametrize(("scheme", "name"), [("light", "gate"), ("dark", "Where it begins")])
def test_axe_finds_nothing_while_a_card_is_open(seen: Reader, scheme: str, name: str) -> None:
    page = seen.open(PAGE, color_scheme=scheme, reduced_motion="reduce")
    focus(page, name)
    expect(card(page)).to_be_visible()
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


def test_a_footnote_opens_in_place_and_its_number_leads_to_it(seen: Reader) -> None:
    page = seen.open(PAGE)
    focus(page, "Footnote 1")
    expect(card(page)).to_have_text("A footnote with a link, told in place.")
    assert card(page).locator("[id]").count() == 0
    page.keyboard.press("Enter")
    expect(card(page)).to_have_count(0)
    assert page.url.endswith("#fn-1")
    expect(page.locator("#fn-1")).to_be_in_viewport()


def test_a_tap_opens_a_footnote_and_follows_every_other_link(seen: Reader) -> None:
    page = seen.open(PAGE, width=390, has_touch=True)
    link(page, "Footnote 1").tap()
    expect(card(page)).to_contain_text("told in place")
    assert "#" not in page.url
    page.locator("h1").tap()
    expect(card(page)).to_have_count(0)
    for _ in range(2):
        link(page, "Footnote 1").tap()
    page.wait_for_url("**#fn-1")
    link(page, "gate").tap()
    page.wait_for_url("**/glossary/index.html#gate")


def test_without_a_script_links_are_only_links(seen: Reader) -> None:
    page = seen.open(PAGE, java_script_enabled=False)
    link(page, "gate").hover()
    page.wait_for_timeout(400)
    assert card(page).count() == 0
    assert page.get_by_text("First introduced in").count() == 0
    link(page, "gate").click()
    page.wait_for_url("**/glossary/index.html#gate")


def test_other_links_show_nothing_and_paper_has_no_cards(seen: Reader) -> None:
    page = seen.open(PAGE)
    focus(page, "elsewhere")
    assert card(page).count() == 0
    focus(page, "gate")
    page.emulate_media(media="print")
    assert page.locator(".preview").is_hidden()
