"""Proofs in the browser: the shape lens, what is copied and runs elsewhere, output, warnings."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from greenbed.show.files.script import script
from tests.browser.conftest import Reader
from tests.browser.proofs import LENS, WIDE, lens
from tests.browser.test_looks import RULES, overflow
from tests.show.rendering import Rendered

PAGE = "lens/bits/lens/index.html"
FIRST = f"x = [1, 2]\ny, z = x\n{WIDE}\nprint(math.floor(math.pi))  # 3\n"
LEFT_OUT = ("# first.py", "# last.py", "# not run: needs two GPUs", "# nothing.at_all()")
CLIPBOARD = ["clipboard-read", "clipboard-write"]


@pytest.fixture(scope="module")
def rendered(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    """A small site below the other, so that the server has it too."""
    made = lens(tmp_path_factory.mktemp("lens"))
    assert made.problems == ()
    for path, content in made.files.items():
        file = site / "lens" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return made


@pytest.fixture
def seen(reader: Reader, rendered: Rendered) -> Reader:
    """A reader for whom the site is there."""
    return reader


def line(page: Page, number: int) -> Locator:
    """A line of the first snippet that has shapes."""
    return page.locator("[data-shape]").nth(number - 1)


def beside(page: Page, number: int) -> str:
    """How the shape of a line is laid out: "none" where it is not shown."""
    display = line(page, number).evaluate("(line) => getComputedStyle(line, '::after').display")
    assert isinstance(display, str)
    return display


def shapes(page: Page) -> Locator:
    """The button of the lens."""
    return page.get_by_role("button", name="Shapes")


def height(page: Page, number: int) -> int:
    """How many lines of text a line of code takes up."""
    box = line(page, number).bounding_box()
    assert box
    return round(box["height"] / 21)


def test_shapes_are_chosen_for_the_whole_site_and_remembered(seen: Reader) -> None:
    page = seen.open(PAGE)
    expect(shapes(page)).to_have_count(1)
    expect(shapes(page)).to_have_attribute("aria-pressed", "false")
    assert beside(page, 1) == "none"
    shapes(page).click()
    expect(shapes(page)).to_have_attribute("aria-pressed", "true")
    assert beside(page, 1) == "block"
    other = seen.visit(page.context, PAGE)
    assert beside(other, 1) == "block"
    shapes(other).click()
    assert other.evaluate("localStorage.getItem('shapes')") is None
    assert beside(other, 1) == "none"


def test_shapes_work_from_disk(seen: Reader) -> None:
    page = seen.open(PAGE, by="file")
    shapes(page).click()
    assert beside(page, 3) == "block"


def test_a_shape_says_names_where_they_are_needed(seen: Reader) -> None:
    page = seen.open(PAGE)
    found = [line(page, number).get_attribute("data-shape") for number in (1, 2, 3)]
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in found if text] == [
        "(2) int64",
        "() int64",  # of both names, with which the line begins
        "(2, 3) · (4, 3) · (5, 3) float32 … varies",
    ]


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_a_shape_stands_beside_its_line_or_below_where_there_is_no_room(seen: Reader, width: int) -> None:
    page = seen.open(PAGE, width=width)
    assert [height(page, number) for number in (1, 2, 3)] == [1, 1, 1]
    shapes(page).click()
    assert [height(page, number) for number in (1, 2)] == [1, 1]
    assert height(page, 3) >= 2
    assert overflow(page) == 0
    code = page.locator(".snippet__code").first
    assert code.evaluate("(code) => code.scrollWidth") < 1000  # the widest line, no shape behind it


def test_a_shape_is_shown_while_its_line_is_pointed_at_and_escape_sends_it_away(seen: Reader) -> None:
    page = seen.open(PAGE)
    before = page.locator(".snippet").first.bounding_box()
    line(page, 1).hover()
    assert (beside(page, 1), beside(page, 2)) == ("block", "none")
    assert page.locator(".snippet").first.bounding_box() == before
    page.keyboard.press("Escape")
    assert beside(page, 1) == "none"
    line(page, 2).hover()
    line(page, 1).hover()
    assert beside(page, 1) == "block"


def test_whoever_comes_to_code_by_keyboard_sees_its_shapes(seen: Reader) -> None:
    page = seen.open(PAGE)
    page.get_by_role("button", name="Copy: first.py").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("group", name="first.py", exact=True)).to_be_focused()
    assert [beside(page, number) for number in (1, 2, 3)] == ["block"] * 3
    page.keyboard.press("Tab")
    assert beside(page, 1) == "none"


def test_without_a_script_shapes_stand_in_the_proof(seen: Reader) -> None:
    page = seen.open(PAGE, java_script_enabled=False)
    expect(shapes(page)).to_have_count(0)
    page.get_by_text("How this is proven").first.click()
    rows = page.locator(".shapes").first.get_by_role("row").all_inner_texts()
    assert rows[0].split("\t") == ["Line", "Name", "Shape"]
    assert rows[-1].split("\t") == ["3", "wide", "(2, 3) · (4, 3) · (5, 3) float32 … varies"]


def test_shapes_are_printed_only_where_they_were_chosen(seen: Reader) -> None:
    page = seen.open(PAGE)
    page.get_by_role("button", name="Copy: first.py").focus()
    page.keyboard.press("Tab")
    page.emulate_media(media="print")
    assert beside(page, 1) == "none"
    page.emulate_media(media="screen")
    shapes(page).click()
    page.emulate_media(media="print")
    assert beside(page, 1) == "block"
    assert overflow(page) == 0


@pytest.mark.parametrize("chosen", [False, True])
def test_what_is_copied_compiles_with_or_without_shapes(seen: Reader, chosen: bool) -> None:
    page = seen.open(PAGE, permissions=CLIPBOARD)
    if chosen:
        shapes(page).click()
    page.get_by_role("button", name="Copy: first.py").click()
    assert page.evaluate("navigator.clipboard.readText()") == FIRST
    # by mouse: the whole block, and what the reader then copies by keyboard
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.snippet__code'))")
    assert page.evaluate("getSelection().toString()").strip() == FIRST.strip()
    page.keyboard.press("Control+C")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == FIRST.strip()
    ast.parse(copied)


def copied_runnable(page: Page, name: str) -> str:
    """What "Copy runnable" of a snippet puts into the clipboard."""
    page.get_by_role("button", name=f"Copy runnable: {name}").click()
    text = page.evaluate("navigator.clipboard.readText()")
    assert isinstance(text, str)
    return text


def run(code: str) -> str:
    """What the code prints in a fresh interpreter; it must end well."""
    done = subprocess.run([sys.executable, "-"], input=code, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_what_is_copied_to_run_brings_all_that_it_needs_from_above(seen: Reader) -> None:
    page = seen.open(PAGE, by="file", permissions=CLIPBOARD)
    first = copied_runnable(page, "first.py")
    assert first == f"from __future__ import annotations\n\nimport math\n\n{FIRST}"
    assert run(first) == "3\n"
    last = copied_runnable(page, "last.py")
    assert "checked" not in last
    assert run(last) == "3\nValueError: no\n  c\n0\n1\n3 'a\\nb'\n"


def test_what_is_copied_to_run_is_what_the_script_beside_the_note_says(seen: Reader, rendered: Rendered) -> None:
    page = seen.open(PAGE, permissions=CLIPBOARD)
    (note,) = (note for note in rendered.garden.notes.values() if note.slug == "lens")
    whole = script(note, rendered.garden, "https://example.org/")
    beginning = whole.partition("# fresh.py")[0].partition("https://example.org/\n")[2]
    said = [one for one in beginning.split("\n") if one and not one.startswith(LEFT_OUT)]
    assert [one for one in copied_runnable(page, "last.py").split("\n") if one] == said


def test_a_fresh_namespace_needs_nothing_from_before(seen: Reader) -> None:
    page = seen.open(PAGE, permissions=CLIPBOARD)
    assert copied_runnable(page, "after.py") == "w = 1\n\nprint(w)\n"
    expect(page.get_by_role("button", name="Copy: fresh.py")).to_have_count(1)
    expect(page.get_by_role("button", name="Copy runnable: fresh.py")).to_have_count(0)


def test_an_embedded_snippet_is_run_where_it_stands(seen: Reader) -> None:
    page = seen.open(PAGE)
    expect(page.get_by_role("button", name="Copy: other.py")).to_have_count(1)
    assert page.locator(".embed [data-foot] button").count() == 0
    own = seen.open("lens/bits/other/index.html", permissions=CLIPBOARD)
    assert copied_runnable(own, "other.py") == "v = 2\n\nprint(v)\n"


def test_a_session_is_copied_without_its_prompts(seen: Reader) -> None:
    page = seen.open(PAGE, permissions=CLIPBOARD)
    assert ">>> text" in LENS
    page.locator(".snippet", has_text=">>>").get_by_role("button", name="Copy: ").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "text\n# 'a\\nb'\nfor i in range(2):\n    print(i)\n# 0\n# 1\n"


def test_output_is_shown_once_folded_where_long_and_clean(seen: Reader) -> None:
    page = seen.open(PAGE)
    first = page.locator(".snippet").first
    expect(first.get_by_text("Output", exact=True)).to_be_hidden()  # "3" stands behind its print
    long = page.locator(".snippet", has=page.get_by_text("Output, 30 lines"))
    expect(long.locator("samp").first).to_be_hidden()
    long.get_by_text("Output, 30 lines").click()
    assert long.locator("samp").first.inner_text() == "\n".join(map(str, range(30)))
    expect(long.get_by_text("'<value>'")).to_be_visible()


def test_a_deprecated_call_is_told_in_words_once(seen: Reader) -> None:
    page = seen.open(PAGE)
    said = "Warning: FutureWarning: `old(<x>)` is deprecated. torch deprecates this; a later version will break it."
    expect(page.locator(".snippet__warning")).to_have_text([said])
    expect(page.locator(".notice")).to_contain_text("1 deprecated call · 28 of 30 mutants noticed")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390), ("light", 320)])
def test_axe_finds_nothing_in_an_open_proof(seen: Reader, scheme: str, width: int) -> None:
    page = seen.open(PAGE, color_scheme=scheme, width=width)
    shapes(page).click()
    page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")
    assert overflow(page) == 0
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


def test_forced_colours_keep_shapes_legible(seen: Reader) -> None:
    page = seen.open(PAGE, forced_colors="active")
    shapes(page).click()
    colours = line(page, 1).evaluate(
        "(line) => [getComputedStyle(line, '::after').color, getComputedStyle(document.body).backgroundColor]"
    )
    assert colours[0] != colours[1]
