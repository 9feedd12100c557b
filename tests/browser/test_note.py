"""A note in the browser: copying code, the table of contents, proofs, links."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Reader
from tests.show.rendering import press

CODE = "x = torch.zeros(4, 6)\nx.T.stride()  # (1, 6)\n"


@pytest.fixture(scope="module")
def long(site: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A chapter of many sections, below the other site so that the server has it too."""
    short = "".join(f"## Short {number}\n\nA line.\n\n" for number in range(3))
    sections = "".join(f"## Section {number}\n\n{'Much is said. ' * 120}\n\n" for number in range(60))
    for path, content in press(tmp_path_factory.mktemp("long"), {"chapters/long.md": short + sections}).files.items():
        file = site / "long" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def test_copying_gives_the_code_and_nothing_else(reader: Reader) -> None:
    page = reader.open("bit", permissions=["clipboard-read", "clipboard-write"])
    for button in page.get_by_role("button", name="Copy: ").all():
        button.click()
        copied = page.evaluate("navigator.clipboard.readText()")
        ast.parse(copied)
        expect(button).to_have_text("Copied")
    page.get_by_role("button", name="Copy: strides.py").click()
    assert page.evaluate("navigator.clipboard.readText()") == CODE


def test_where_copying_is_forbidden_the_code_is_selected(reader: Reader) -> None:
    page = reader.open("bit", by="file")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('forbidden')) }")
    page.get_by_role("button", name="Copy: strides.py").click()
    expect(page.get_by_role("button", name="Copy: strides.py")).to_have_text("Selected")
    assert page.evaluate("getSelection().toString()").strip() == CODE.strip()


def test_the_proof_opens_by_keyboard(reader: Reader) -> None:
    page = reader.open("bit")
    proof = page.locator(".proof").first
    expect(proof.locator(".proof__body")).to_be_hidden()
    proof.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(proof.get_by_text("checks held in")).to_be_visible()
    expect(proof.get_by_text("assert x.T.stride()")).to_be_visible()


def test_the_table_of_contents_marks_where_the_reader_is(reader: Reader) -> None:
    page = reader.open("bit")
    aside = page.get_by_role("navigation", name="On this page")
    aside.get_by_role("link", name="Callouts").click()
    assert page.url.endswith("#callouts")
    expect(aside.get_by_role("link", name="Callouts")).to_have_attribute("aria-current", "location")
    assert aside.locator("[aria-current]").count() == 1


@pytest.mark.usefixtures("long")
def test_a_long_table_of_contents_keeps_the_section_in_view_and_the_page_where_it_is(reader: Reader) -> None:
    page = reader.open("long/chapters/long/index.html")
    aside = page.get_by_role("navigation", name="On this page")
    marked = aside.locator("[aria-current=location]")
    expect(marked).to_have_text(re.compile("Short"))
    page.evaluate("document.getElementById('section-55').scrollIntoView({ behavior: 'instant' })")
    before = page.evaluate("scrollY")
    expect(marked).to_have_text("Section 55")
    expect(marked).to_be_in_viewport()
    assert page.evaluate("scrollY") == before
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    expect(marked).to_have_text(re.compile("Short"))


@pytest.mark.usefixtures("long")
def test_a_short_section_that_was_chosen_stays_marked_until_the_reader_goes_on(reader: Reader) -> None:
    page = reader.open("long/chapters/long/index.html", reduced_motion="reduce")
    aside = page.get_by_role("navigation", name="On this page")
    aside.get_by_role("link", name="Short 1").click()
    marked = aside.locator("[aria-current=location]")
    expect(marked).to_have_text("Short 1")
    page.mouse.move(300, 300)
    page.mouse.wheel(0, 400)
    expect(marked).to_have_text("Section 0")


def test_a_heading_has_a_link_that_is_no_part_of_its_name(reader: Reader) -> None:
    page = reader.open("bit")
    link = page.get_by_role("link", name="Link to section Callouts")
    assert link.evaluate("(link) => getComputedStyle(link).opacity") == "0"
    page.get_by_role("heading", name="Callouts", exact=True).hover()
    expect(link).to_have_css("opacity", "1")
    page.mouse.move(0, 0)
    link.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(link).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    assert page.url.endswith("#callouts")


def test_long_lines_are_wrapped_where_there_are_any_and_on_the_next_page_too(reader: Reader) -> None:
    page = reader.open("unbreakable", width=390)
    page.evaluate("document.fonts.ready.then(() => true)")
    button = page.get_by_role("button", name="Wrap lines").first
    code = page.locator("[data-snippet]", has=button).first.locator(".snippet__code")
    overflows = "(box) => box.scrollWidth > box.clientWidth"
    assert code.evaluate(overflows)
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    assert not code.evaluate(overflows)
    other = reader.visit(page.context, "unbreakable")
    expect(other.get_by_role("button", name="Wrap lines").first).to_have_attribute("aria-pressed", "true")
    other.get_by_role("button", name="Wrap lines").first.click()
    assert (
        other.locator("[data-snippet]", has=other.get_by_role("button", name="Wrap lines"))
        .first.locator(".snippet__code")
        .evaluate(overflows)
    )


def test_where_every_line_is_short_there_is_nothing_to_wrap(reader: Reader) -> None:
    page = reader.open("bit")
    expect(page.get_by_role("button", name="Copy: strides.py")).to_be_visible()
    page.evaluate("document.fonts.ready.then(() => true)")
    assert page.locator("[data-snippet]", has_text="x.T.stride()").first.get_by_role("button", name="Wrap lines").count() == 0


def test_on_a_telephone_the_table_of_contents_is_folded(reader: Reader) -> None:
    page = reader.open("bit", width=390)
    inline = page.locator("details.toc").first
    assert page.locator(".columns__aside [data-toc]").is_hidden()
    inline.locator("summary").click()
    expect(inline.get_by_role("link", name="Maths")).to_be_visible()


def test_the_first_key_leads_past_the_navigation(reader: Reader) -> None:
    page = reader.open("bit")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_wide_things_scroll_by_keyboard(reader: Reader) -> None:
    page = reader.open("bit", width=390)
    for wide in (".snippet__part:not(.snippet__part--raised) .snippet__output", ".table", ".math", ".snippet__code >> nth=3"):
        box = page.locator(wide).first
        box.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("(element) => element.scrollLeft > 0", arg=box.element_handle())


def test_maths_is_set_in_the_maths_font(reader: Reader) -> None:
    page = reader.open("bit")
    page.evaluate("document.fonts.ready.then(() => true)")
    assert page.evaluate("[...document.fonts].some((f) => f.family.includes('STIX') && f.status === 'loaded')")
    plain = reader.open("glossary")
    plain.evaluate("document.fonts.ready.then(() => true)")
    assert not plain.evaluate("[...document.fonts].some((f) => f.family.includes('STIX') && f.status === 'loaded')")


def test_the_script_beside_the_note_can_be_had(reader: Reader) -> None:
    page = reader.open("bit")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Code as a script").click()
    ast.parse(waiting.value.path().read_text(encoding="utf-8"))


def test_a_chapter_knows_its_neighbours(reader: Reader) -> None:
    page = reader.open("chapter")
    page.get_by_text("All chapters").click()
    chapters = page.get_by_role("navigation", name="Chapters", exact=True)
    expect(chapters.locator("[aria-current=page]")).to_have_text("1 · Attention from nothing")
    page.get_by_role("link", name="Next A cache for keys and values").click()
    assert page.url.endswith("/chapters/second/cache/index.html")
    expect(page.get_by_role("link", name="Previous Attention from nothing")).to_be_visible()


def test_an_old_address_leads_to_the_new_one(reader: Reader) -> None:
    page = reader.open("bits/old-everything/index.html")
    page.wait_for_url("**/bits/everything/index.html")
