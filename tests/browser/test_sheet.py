"""A cheat sheet in its three modes: what a reader sees, presses, keeps and prints."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Reader
from tests.browser.test_looks import RULES
from tests.conftest import Project

SHEET = "cheatsheets/basics/index.html"
WAYS = pytest.mark.parametrize(("by", "scheme"), [("http", "light"), ("file", "dark")])


def kept(page: Page) -> dict[str, dict[str, Any]]:
    """The reader's progress in this browser, by fact."""
    stored = page.evaluate(
        "Object.entries(localStorage).filter(([key]) => key.startsWith('progress:')).map(([, text]) => text)"
    )
    assert len(stored) <= 1
    found = json.loads(stored[0])["facts"] if stored else {}
    assert isinstance(found, dict)
    return found


def on_day(reader: Reader, day: str, **options: Any) -> Page:
    """The sheet, opened for review at noon of a day."""
    context = reader.browser.new_context(viewport={"width": 1280, "height": 900}, **options)
    reader.contexts.append(context)
    context.clock.set_fixed_time(f"{day}T12:00:00")
    return reader.visit(context, f"{SHEET}?mode=review")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def focused(page: Page) -> Locator:
    return page.locator(":focus")


def shown(page: Page) -> Locator:
    """The facts that are not hidden."""
    return page.locator("[data-fact]:visible")


@WAYS
def test_a_quiz_is_answered_with_the_keyboard_alone(reader: Reader, by: str, scheme: str) -> None:
    page = reader.open(SHEET, by=by, color_scheme=scheme)
    fact = page.locator("[data-fact=axes]")
    page.locator("#axes > summary").focus()
    press(page, "Enter")
    expect(fact.get_by_role("button")).to_have_text(["60", "3", "12"])
    expect(fact.locator(".fact__right, .fact__why, .fact__not, .proof").first).to_be_hidden()

    press(page, "Tab", "Enter")
    expect(fact.get_by_role("button", name="60 Wrong")).to_be_focused()
    expect(fact.get_by_role("button", name="3 Answer")).to_be_disabled()
    expect(fact.locator("summary .verdict--wrong .icon").first).to_be_visible()
    expect(fact.get_by_text("One for each entry of the shape")).to_be_visible()
    expect(fact.get_by_text("The check holds for the answer and fails for each of the 2 others.")).to_be_attached()
    expect(page.locator("[data-spoken]")).to_have_text("Wrong. 3.")
    press(page, "Enter")  # a second time changes nothing
    expect(page.get_by_text("1 of 3 answered, 0 right").first).to_be_visible()

    page.locator("#transpose > summary").focus()
    press(page, "Enter")
    expect(page.get_by_role("button", name="the strides")).to_be_visible()
    press(page, "Tab", "Space")
    expect(page.get_by_role("button", name="the strides Right")).to_be_focused()
    expect(page.get_by_text("2 of 3 answered, 1 right")).to_have_count(2)  # in the chapter, and in all
    assert page.get_by_role("progressbar", name="Questions answered").evaluate("meter => meter.value") == 2


def test_a_quiz_is_kept_until_the_reader_starts_again(reader: Reader) -> None:
    page = reader.open(SHEET)
    page.locator("#axes > summary").click()
    page.get_by_role("button", name="3", exact=True).click()
    page.reload()
    expect(page.locator("#axes > summary")).to_contain_text("Right")
    expect(page.get_by_text("1 of 3 answered, 1 right").first).to_be_visible()
    page.locator("#axes > summary").click()
    expect(page.get_by_role("button", name="3 Answer")).to_be_visible()

    page.get_by_role("button", name="Start again").click()
    expect(page.locator("#axes > summary")).to_be_focused()
    expect(page.get_by_text("0 of 3 answered, 0 right")).to_be_visible()
    expect(page.locator("details[open]")).to_have_count(0)
    expect(page.get_by_role("button", name="Start again")).to_be_hidden()
    assert kept(page) == {"axes": {"known": True}}
    page.get_by_role("button", name="Open all questions").click()
    expect(page.locator(".choice:visible")).to_have_count(7)
    page.get_by_role("button", name="Close all questions").click()
    expect(page.locator(".choice:visible")).to_have_count(0)


@WAYS
def test_the_address_says_the_mode_and_back_returns_to_the_one_before(reader: Reader, by: str, scheme: str) -> None:
    page = reader.open(SHEET, by=by, color_scheme=scheme)
    modes = page.get_by_role("navigation", name="Mode")
    expect(modes.get_by_role("link", name="Quiz")).to_have_attribute("aria-current", "true")
    modes.get_by_role("link", name="Read").focus()
    press(page, "Enter")
    assert page.url.endswith("?mode=read")
    expect(page.locator(".fact__right:visible")).to_have_count(3)
    modes.get_by_role("link", name="Review").click()
    expect(shown(page)).to_have_count(1)
    page.go_back()
    expect(page.locator(".fact__right:visible")).to_have_count(3)
    page.go_back()
    expect(page.locator("details.fact__fold[open]")).to_have_count(0)
    expect(modes.locator("[aria-current]")).to_have_text("Quiz")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_mode(reader: Reader, scheme: str) -> None:
    page = reader.open(SHEET, color_scheme=scheme)
    page.locator("#axes > summary").click()
    page.get_by_role("button", name="60").click()
    for mode in ("Quiz", "Read", "Review"):
        page.get_by_role("link", name=mode).click()
        if mode == "Review":
            page.get_by_role("button", name="Show the answer").click()
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, found.generate_report()


def test_an_unknown_mode_is_the_quiz(reader: Reader) -> None:
    page = reader.open(f"{SHEET}?mode=nonsense")
    expect(page.locator("[data-modes] [aria-current]")).to_have_text("Quiz")


@pytest.mark.parametrize(("mode", "by"), [("read", "http"), ("quiz", "http"), ("quiz", "file"), ("review", "file")])
def test_a_link_to_a_fact_opens_it_in_each_mode(reader: Reader, mode: str, by: str) -> None:
    page = reader.open(f"{SHEET}?mode={mode}#name", by=by, width=390)
    fact = page.locator("[data-fact=name]")
    expect(fact.locator(".fact__right")).to_be_visible()
    expect(fact.locator("summary")).to_be_in_viewport()
    expect(page.locator("[data-fact=axes] .fact__right")).to_be_visible(visible=mode == "read")
    assert kept(page) == {}
    if mode != "read":  # the answer was seen: only the reader can say whether it was known
        fact.get_by_role("button", name="I knew it").click()
        assert kept(page)["name"]["known"] is True


def test_a_link_to_a_fact_within_the_page_opens_it_and_closes_nothing(reader: Reader) -> None:
    page = reader.open(SHEET)
    page.locator("#axes > summary").click()
    page.evaluate("location.hash = 'transpose'")
    expect(page.locator("[data-fact=transpose] .fact__right")).to_be_visible()
    expect(page.locator("[data-fact=axes] .choice").first).to_be_visible()


@WAYS
def test_what_is_due_is_reviewed_one_after_another_with_the_keyboard_alone(reader: Reader, by: str, scheme: str) -> None:
    page = reader.open(f"{SHEET}?mode=review", by=by, color_scheme=scheme)
    expect(page.locator("[data-left]")).to_have_text("Due today: 3")
    expect(shown(page)).to_have_attribute("data-fact", "axes")
    assert page.locator("[data-fact=axes] .fact__options li:visible").all_inner_texts() == ["60", "3", "12"]
    expect(page.locator(".fact__right:visible, .fact__why:visible, .proof:visible")).to_have_count(0)
    page.get_by_role("button", name="Show the answer").focus()
    for id, key in (("axes", "known"), ("transpose", "unknown"), ("name", "known")):
        expect(shown(page)).to_have_attribute("data-fact", id)
        press(page, "Enter")
        expect(page.locator(f"[data-fact={id}] .fact__right")).to_be_focused()
        press(page, *["Tab"] * (1 if key == "known" else 2), "Enter")
    expect(shown(page)).to_have_count(0)
    expect(focused(page)).to_have_text("Nothing is due today.")
    expect(page.locator("[data-next]")).to_contain_text("Next: 1 on")
    expect(page.locator("[data-panel=review]")).to_contain_text("2 of 3 known")
    assert {id: entry["box"] for id, entry in kept(page).items()} == {"axes": 2, "transpose": 1, "name": 2}


def test_a_fact_rests_longer_each_time_that_it_is_known(reader: Reader) -> None:
    days = ["2026-02-27", "2026-03-01", "2026-03-05", "2026-03-14", "2026-04-04", "2026-04-25"]  # 2, 4, 9, 21 and 21 days
    page = on_day(reader, days[0])
    for day, following in pairwise(days):
        page.context.clock.set_fixed_time(f"{day}T12:00:00")
        page.goto(page.url.partition("#")[0] + "#axes")
        page.reload()
        expect(shown(page)).to_have_attribute("data-fact", "axes")
        page.get_by_role("button", name="I knew it").click()
        assert kept(page)["axes"]["due"] == following
    page.get_by_role("button", name="Show the answer").click()
    page.get_by_role("button", name="I did not").click()
    assert kept(page)["transpose"] == {"known": False, "box": 1, "due": "2026-04-05"}


def test_what_is_not_due_waits_for_its_day(reader: Reader) -> None:
    page = on_day(reader, "2026-11-23")
    for answer in ("I knew it", "I did not", "I knew it"):
        page.get_by_role("button", name="Show the answer").click()
        page.get_by_role("button", name=answer).click()
    expect(page.locator("[data-next]")).to_have_text("Next: 1 on November 24.")
    page.context.clock.set_fixed_time("2026-11-24T00:01:00")
    page.reload()
    expect(shown(page)).to_have_attribute("data-fact", "transpose")
    expect(page.get_by_role("link", name="Review 1 due today")).to_be_visible()
    expect(page.locator("[data-next]")).to_have_text("Next: 2 on November 25.")


def test_progress_goes_out_as_a_file_and_comes_in_again(reader: Reader, tmp_path: Path) -> None:
    page = on_day(reader, "2026-11-23", accept_downloads=True)
    page.get_by_role("button", name="Show the answer").click()
    page.get_by_role("button", name="I knew it").click()
    before = kept(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Export progress").click()
    assert download.value.suggested_filename == "progress-2026-11-23.json"
    download.value.save_as(tmp_path / "progress.json")
    assert json.loads((tmp_path / "progress.json").read_text()) == {"version": 1, "facts": before}

    page.evaluate("localStorage.clear()")
    page.reload()
    expect(page.locator("[data-left]")).to_have_text("Due today: 3")
    page.get_by_label("Import progress").set_input_files(tmp_path / "progress.json")
    expect(page.get_by_text("Progress of 1 fact taken over from progress.json.")).to_be_visible()
    expect(page.locator("[data-left]")).to_have_text("Due today: 2")
    expect(shown(page)).to_have_attribute("data-fact", "transpose")
    assert kept(page) == before


def test_a_wrong_file_is_refused_and_changes_nothing(reader: Reader, tmp_path: Path) -> None:
    page = on_day(reader, "2026-11-23")
    page.get_by_role("button", name="Show the answer").click()
    page.get_by_role("button", name="I knew it").click()
    before = kept(page)
    for number, text in enumerate(["<html>", "[]", '{"version": 2, "facts": {}}', '{"version": 1}']):
        file = tmp_path / f"other-{number}.json"
        file.write_text(text)
        page.get_by_label("Import progress").set_input_files(file)
        refusal = f"{file.name} is no progress exported from a cheat sheet. Nothing was changed."
        expect(page.get_by_role("status").filter(has_text=refusal)).to_be_visible()
        assert kept(page) == before


DAMAGED = '{"version": 1, "facts": {"axes": {"box": 99, "due": "soon"}, "name": 7, "transpose": {"known": true}}}'


@pytest.mark.parametrize("text", ["nonsense", "null", '{"version": 1, "facts": null}', DAMAGED])
def test_damaged_progress_never_breaks_the_page(reader: Reader, text: str) -> None:
    page = reader.open("cheatsheets")
    page.evaluate("text => localStorage.setItem(`progress:${new URL('../', location).pathname}`, text)", text)
    page.reload()
    known = 1 if text == DAMAGED else 0  # what is whole of it is used
    expect(page.get_by_text(f"{known} of 3 known")).to_have_count(2)
    for mode in ("read", "review", "quiz"):
        page = reader.visit(page.context, f"{SHEET}?mode={mode}#axes")
        expect(page.locator("[data-fact=axes] .fact__right")).to_be_visible()
    page.get_by_role("button", name="I knew it").click()
    assert kept(page)["axes"] == {"known": True, "quiz": True}


REFUSING = """Object.defineProperty(window, "localStorage", {get() { throw new DOMException("no", "SecurityError"); }});"""


def test_a_browser_that_keeps_nothing_asks_and_reviews_all_the_same(reader: Reader, tmp_path: Path) -> None:
    context = reader.browser.new_context(accept_downloads=True)
    reader.contexts.append(context)
    context.add_init_script(REFUSING)
    page = reader.visit(context, SHEET)
    expect(page.get_by_text("This browser keeps nothing for this site")).to_be_visible()
    page.locator("#axes > summary").click()
    page.get_by_role("button", name="3", exact=True).click()
    expect(page.get_by_text("1 of 3 answered, 1 right").first).to_be_visible()
    page.get_by_role("link", name="Review").click()
    page.get_by_role("button", name="Show the answer").click()
    page.get_by_role("button", name="I did not").click()
    expect(page.locator("[data-left]")).to_have_text("Due today: 2")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export progress").click()
    download.value.save_as(tmp_path / "progress.json")
    facts = json.loads((tmp_path / "progress.json").read_text())["facts"]
    assert (facts["axes"]["quiz"], facts["axes"]["box"]) == (True, 1)


def test_the_list_of_sheets_says_what_is_known(reader: Reader) -> None:
    page = reader.open("cheatsheets")
    expect(page.get_by_text("0 of 3 known")).to_have_count(2)  # of the chapter, and of the sheet
    page.get_by_role("link", name="The basics").click()
    page.locator("#axes > summary").click()
    page.get_by_role("button", name="3", exact=True).click()
    page.go_back()
    expect(page.get_by_text("1 of 3 known")).to_have_count(2)


@pytest.mark.parametrize("mode", ["", "?mode=review"])
def test_without_a_script_every_fact_opens_and_nothing_promises_more(reader: Reader, mode: str) -> None:
    page = reader.open(SHEET + mode, by="file", java_script_enabled=False)
    expect(shown(page)).to_have_count(3)
    page.locator("#axes > summary").click()
    expect(page.locator("[data-fact=axes] .fact__right")).to_have_text("3")
    assert page.locator("[data-fact=axes] .fact__not").inner_text().split() == ["Not:", "60", "12"]
    assert page.get_by_role("button").count() == 0
    assert page.get_by_role("navigation", name="Mode").count() == 0
    expect(page.get_by_text("3 facts", exact=True)).to_be_visible()
    assert page.get_by_role("list", name="To take away").get_by_role("link").all_inner_texts() == ["Anki deck", "Table (TSV)"]


def test_the_deck_and_the_table_can_be_fetched(reader: Reader) -> None:
    page = reader.open(SHEET, accept_downloads=True)
    for name, start in (("basics.apkg", b"PK"), ("basics.tsv", b"#separator:tab\n")):
        with page.expect_download() as download:
            page.locator(f"a[href='{name}']").click()
        assert download.value.suggested_filename == name
        assert Path(download.value.path()).read_bytes().startswith(start)


# On paper

PAPER = {"A4": (210, 297), "Letter": (216, 279)}  # millimetres
MARGIN = 7  # of the page, as in print.css
SUM = "a + b + c + d + e + f + g + h + i + j + k + l + m"  # 25 signs: what just fits a column
PRINTED = rf"""# Wide things {{number}}

- A sum: ${SUM}$ is one.
- A fraction: $\frac{{{{1}}}}{{{{2}}}}$.

| one column | another column | a third column |
|---|---|---|
| `torch.nn.functional` | `scaled_dot_product_attention` | words that wrap |

:::fact {{{{#fits-{{number}}}}}}
Which sum is it, and how many letters has ${SUM}$, if one counts them?

= `a_name_that_goes_on_and_on_and_on_and_on_and_on_and_on`
- $\frac{{{{1}}}}{{{{2}}}}$

Because $${SUM}$$ and no more.

source: a table
:::
"""
WIDE = rf"""
:::fact {{{{#wide-{{number}}}}}}
Which sum is longer?

= the long one
- the short one

$$
{SUM} + {SUM}
$$

source: a table
:::
"""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sheet of fifteen chapters with what is wide on paper."""
    project = Project(tmp_path_factory.mktemp("printed"))
    chapters = {
        f"cheatsheets/long/{number:02}.md": (PRINTED + (WIDE if number == 7 else "")).format(number=number)
        for number in range(15)
    }
    built = project.write(chapters).build()
    assert built.code == 0, built.stdout + built.stderr
    return project.site


def paper(browser: Browser, site: Path, *, answers: bool) -> Page:
    page = browser.new_page()
    page.goto((site / "cheatsheets/long/index.html").as_uri())
    page.evaluate("document.fonts.ready.then(() => true)")
    if not answers:
        page.get_by_label("Print without answers").check()
    return page


def pages_of(page: Page, size: str) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=size)))


@pytest.mark.parametrize("answers", [True, False])
def test_fifteen_chapters_fit_on_both_sides_of_one_sheet(chromium: Browser, printed: Path, answers: bool) -> None:
    page = paper(chromium, printed, answers=answers)
    assert {size: pages_of(page, size) for size in PAPER} == {"A4": 2, "Letter": 2}
    page.close()


CUT = """() => {
  const sheet = document.querySelector(".sheet").getBoundingClientRect();
  const found = [...document.querySelectorAll(".sheet *")].filter((one) => one.checkVisibility({contentVisibilityAuto: true}));
  const columns = 3, gap = parseFloat(getComputedStyle(document.querySelector(".sheet")).columnGap);
  const width = (sheet.width - (columns - 1) * gap) / columns;
  const spans = (one) => one.closest(".fact--wide, .sheet__glance--wide");
  return found.flatMap((one) => [...one.getClientRects()].map((box) => {
    const column = spans(one) ? 0 : Math.floor((box.left - sheet.left + 1) / (width + gap));
    const end = spans(one) ? sheet.right : sheet.left + column * (width + gap) + width;
    return [one.outerHTML.slice(0, 80), box.right - end];
  })).filter(([, over]) => over > 1);
}"""
"""The elements that reach beyond their column, with the pixels by which they do."""


@pytest.mark.parametrize("answers", [True, False])
def test_nothing_is_cut_on_paper(chromium: Browser, printed: Path, answers: bool) -> None:
    page = paper(chromium, printed, answers=answers)
    page.emulate_media(media="print")
    for width, height in PAPER.values():
        page.set_viewport_size({"width": round((width - 2 * MARGIN) / 25.4 * 96), "height": height})
        assert page.evaluate(CUT) == []
    assert page.locator(".fact__right").first.is_visible() == answers
    assert page.locator(".fact__options").first.is_visible() != answers
    broken = "facts => facts.filter((one) => getComputedStyle(one).breakInside !== 'avoid').length"
    assert page.locator("[data-fact]").evaluate_all(broken) == 0  # each is whole in one column
    page.close()


def test_a_reader_in_a_quiz_prints_the_whole_sheet(reader: Reader) -> None:
    page = reader.open(f"{SHEET}?mode=review")
    page.get_by_role("button", name="Show the answer").click()
    page.emulate_media(media="print")
    expect(shown(page)).to_have_count(3)
    expect(page.locator(".fact__right:visible")).to_have_count(3)
    expect(page.locator("button:visible, .modes:visible, .sheet__panel:visible, .sheet__files:visible")).to_have_count(0)


def test_the_button_prints(reader: Reader) -> None:
    page = reader.open(SHEET)
    page.evaluate("window.print = () => (document.title = 'printed')")
    page.get_by_role("button", name="Print").click()
    expect(page).to_have_title("printed")
