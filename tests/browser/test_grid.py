"""The cards of the grid: copy buttons, order, counts, what is said of them, and how they stand where there is little room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Reader
from tests.browser.test_filter import shown
from tests.browser.test_looks import RULES, overflow
from tests.show.rendering import press

LONG = 'import torch\n\n\ndef rows(x):\n    """All rows of `x`."""\n    return [row for row in x]\n\n\nrows(torch.eye(2))[0]\n'
NOTES = {
    "bits/first.md": f"---\ntitle: Rows & columns\ncategory: torch-api\ntags: [shapes, memory]\nstatus: budding\n"
    f"created: 2026-01-01\n---\n\nWords.\n\n```python\n{LONG}```\n",
    "bits/second.md": "---\ntitle: A session\ncategory: python\ntags: [memory]\nstatus: seedling\ncreated: 2026-03-01\n---\n\n"
    "```python\n>>> 1 + 1\n2\n```\n",
    "bits/third.md": "---\ntitle: Bare words\ncategory: python\ntags: [naïve]\ncreated: 2026-02-01\n---\n\nNo code here.\n",
    "bits/fourth.md": "---\ntitle: Skipped\ncategory: python\ntags: [memory, shapes]\nstatus: seedling\ncreated: 2026-02-02\n"
    '---\n\n```python skip="it needs a GPU"\nhidden_word = 1\n```\n',
}
TAGS = [f"tag-{letter}" for letter in "abcdefghijklmnop"]


def written(folder: Path, notes: dict[str, str]) -> Path:
    """The site of some notes, whose snippets are taken to have held."""
    for path, data in press(folder, notes).files.items():
        file = folder / "site" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder / "site"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four notes, each of another kind."""
    return written(tmp_path_factory.mktemp("grid"), NOTES)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More notes than one page holds."""
    notes = {
        f"bits/n{number}.md": f"---\ntitle: Note {number}\ncategory: {'odd' if number % 2 else 'even'}\ntags: [t]\n"
        f"created: {2020 + number // 300}-{number // 25 % 12 + 1:02}-{number % 25 + 1:02}\n---\n\nWord{number}.\n"
        for number in range(600)
    }
    return written(tmp_path_factory.mktemp("large"), notes | {"bits/plain.md": "# Plain\n\nIn no category.\n"})


@pytest.fixture
def visitor(chromium: Browser, small: Path) -> Iterator[Reader]:
    """Reads the small grid from disk."""
    someone = Reader(chromium, {"file": small.as_uri()})
    yield someone
    for context in someone.contexts:
        context.close()
    assert someone.troubles == []


def grid(visitor: Reader, address: str = "index.html", **options: object) -> Page:
    return visitor.open(address, by="file", **options)


def card(page: Page, title: str) -> Locator:
    return page.locator(".card", has=page.get_by_role("heading", name=title, exact=True))


def counts(page: Page, group: str) -> dict[str, str]:
    """What stands beside each choice of a row."""
    chips = page.locator(".filters__row", has_text=group).locator(".chip:visible").all_inner_texts()
    return {
        words.rpartition("\n")[0].strip(): words.rpartition("\n")[2] for words in (chip.replace(" ", "\n") for chip in chips)
    }


def titles(page: Page) -> list[str]:
    return page.locator(".cards__item:visible .card__title").all_inner_texts()


@pytest.mark.parametrize("width", [390, 1280])
def test_all_of_a_snippet_is_copied_from_its_card(visitor: Reader, width: int) -> None:
    page = grid(visitor, width=width, permissions=["clipboard-read", "clipboard-write"])
    button = card(page, "Rows & columns").get_by_role("button")
    expect(button).to_have_accessible_name("Copy code of Rows & columns")
    button.click()
    expect(button).to_have_accessible_name("Copied code of Rows & columns")
    assert page.evaluate("navigator.clipboard.readText()") == LONG
    assert page.url.endswith("index.html")  # the card around the button is a link
    card(page, "A session").get_by_role("button").press("Enter")
    expect(card(page, "A session").get_by_role("button")).to_contain_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "1 + 1\n# 2\n"
    assert page.get_by_role("button", name="Copy code of").count() == 1  # the third has no code


def test_a_card_tells_how_much_more_code_there_is(visitor: Reader) -> None:
    page = grid(visitor)
    assert card(page, "Rows & columns").locator(".card__lines").inner_text() == "9 lines"
    assert card(page, "Skipped").locator(".card__lines").count() == 0


def test_where_copying_is_forbidden_all_of_the_code_is_shown_and_selected(visitor: Reader) -> None:
    page = grid(visitor)
    page.evaluate("() => { navigator.clipboard.write = () => Promise.reject(new Error('forbidden')) }")
    button = card(page, "Rows & columns").get_by_role("button")
    button.click()
    expect(button).to_contain_text("Selected")
    assert page.evaluate("getSelection().toString()").strip() == LONG.strip()


def test_cards_are_sorted_and_the_order_is_in_the_address(visitor: Reader) -> None:
    page = grid(visitor)
    reading = ["Rows & columns", "Bare words", "Skipped", "A session"]
    assert titles(page) == reading
    page.get_by_label("Sort by").select_option("Newest")
    assert titles(page) == list(reversed(reading))
    assert page.url.endswith("?sort=new")
    page.get_by_label("Sort by").select_option("Title")
    assert titles(page) == sorted(reading)
    page.go_back()
    assert titles(page) == list(reversed(reading))
    assert titles(grid(visitor, "index.html?cat=python&sort=title")) == ["A session", "Bare words", "Skipped"]


def test_beside_each_choice_stands_how_many_cards_it_would_leave(visitor: Reader) -> None:
    page = grid(visitor)
    assert counts(page, "Category") == {"All": "4", "Python": "3", "Torch\nAPI": "1"}
    assert counts(page, "Level") == {"Any": "4", "Verified": "2", "Skipped": "1"}
    page.locator(".filters").get_by_role("button", name="shapes").click()
    assert counts(page, "Category") == {"All": "2", "Python": "1", "Torch\nAPI": "1"}
    assert counts(page, "Status") == {"Any": "2", "Seedling": "1", "Budding": "1"}
    page.locator(".chip", has_text="Python").click()
    # a category replaces the chosen one; all other choices come on top of it
    assert counts(page, "Category") == {"All": "2", "Python": "1", "Torch\nAPI": "1"}
    assert counts(page, "Status") == {"Any": "1", "Seedling": "1", "Budding": "0"}
    assert counts(page, "Tags") == {"memory": "1", "shapes": "1", "naïve": "0"}


def test_the_level_is_a_filter_with_and_without_a_script(visitor: Reader) -> None:
    page = grid(visitor, java_script_enabled=False)
    page.get_by_role("radio", name="Skipped").check(force=True)
    assert titles(page) == ["Skipped"]
    page = grid(visitor, "index.html?level=verified")
    assert shown(page) == {"Rows & columns", "A session"}
    assert counts(page, "Level") == {"Any": "4", "Verified": "2", "Skipped": "1"}


def test_a_keyword_is_looked_for_in_all_of_the_code_and_in_any_order(visitor: Reader) -> None:
    page = grid(visitor)
    field = page.get_by_role("searchbox")
    field.fill("torch.eye columns")
    expect(page.locator(".results__count")).to_have_text("1 of 4 bits")
    assert titles(page) == ["Rows & columns"]
    field.fill("NAIVE")
    assert titles(page) == ["Bare words"]
    field.fill("verified")  # is on cards, but no word of the notes
    assert titles(page) == []
    assert titles(grid(visitor, "index.html?q=torch.eye")) == ["Rows & columns"]


def test_the_count_is_said_once_typing_pauses(visitor: Reader) -> None:
    page = grid(visitor)
    said = page.locator("[data-said]")
    assert said.get_attribute("role") == "status"
    expect(said).to_be_empty()
    page.evaluate(
        "() => { window.times = 0; new MutationObserver(() => window.times++).observe("
        "document.querySelector('[data-said]'), { childList: true }) }"
    )
    page.get_by_role("searchbox").press_sequentially("rows", delay=20)
    expect(said).to_have_text("1 of 4 bits")
    assert page.evaluate("window.times") == 1
    page.get_by_role("searchbox").fill("rows nowhere")
    expect(said).to_have_text("No bits matched your filters. Try a different keyword or category.")


def test_many_tags_are_folded_and_any_of_them_can_be_chosen(chromium: Browser, tmp_path: Path) -> None:
    notes = {f"bits/{tag}.md": f"---\ntitle: {tag}\ntags: [{tag}, all]\n---\n\nx\n" for tag in TAGS}
    visitor = Reader(chromium, {"file": written(tmp_path, notes).as_uri()})
    page = grid(visitor)
    more = page.get_by_role("button", name="More tags")
    expect(more).to_have_attribute("aria-expanded", "false")
    assert page.get_by_role("button", name="tag-p").count() == 0
    more.click()
    expect(more).to_have_attribute("aria-expanded", "true")
    page.get_by_role("button", name="tag-p 1").click()
    assert titles(page) == ["tag-p"]
    page.reload()
    expect(page.get_by_role("button", name="tag-p 1")).to_have_attribute("aria-pressed", "true")
    without = grid(visitor, java_script_enabled=False)
    without.locator(".filters").get_by_role("link", name="More tags").click()
    assert without.url.endswith("/tags/index.html")
    for context in visitor.contexts:
        context.close()
    assert visitor.troubles == []


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_telephone_the_filters_leave_room_for_the_first_card(reader: Reader, scripts: bool) -> None:
    page = reader.open("index", width=390, java_script_enabled=scripts)
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator(".card__title").first).to_be_in_viewport()
    assert page.locator(".filters .chip:visible").count() == 0
    page.locator("summary", has_text="Filters").click()
    expect(page.locator(".chip", has_text="Torch API")).to_be_visible()
    page.get_by_role("radio", name="Torch API").check(force=True)
    assert shown(page) == {"Everything a note may hold", "Shapes that stretch"}


def test_cards_of_a_row_stand_at_one_height(visitor: Reader) -> None:
    page = grid(visitor)
    boxes = [card.bounding_box() for card in page.locator(".card").all()]
    assert all(box for box in boxes)
    first_row = [box for box in boxes if box and boxes[0] and box["y"] == boxes[0]["y"]]
    assert len(first_row) == 3
    assert len({box["height"] for box in first_row}) == 1
    feet = [page.locator(".card__foot").nth(place).bounding_box() for place in range(3)]
    assert len({foot["y"] + foot["height"] for foot in feet if foot}) == 1


def test_on_paper_the_grid_is_a_list_without_controls(visitor: Reader) -> None:
    page = grid(visitor)
    page.emulate_media(media="print")
    expect(page.locator(".filters")).to_be_hidden()
    expect(card(page, "Rows & columns").get_by_role("button")).to_be_hidden()
    first, second = (item.bounding_box() for item in page.locator(".card").all()[:2])
    assert first
    assert second
    assert first["x"] == second["x"]  # it is read down, column by column
    assert first["y"] < second["y"]


def test_a_large_garden_shows_its_newest_and_has_a_page_for_each_category(chromium: Browser, large: Path) -> None:
    visitor = Reader(chromium, {"file": large.as_uri()})
    page = grid(visitor)
    assert page.locator(".card").count() == 120
    expect(page.locator(".card__title").first).to_have_text("Note 599")
    expect(page.get_by_text("These are the newest 120 of 601 bits.")).to_be_visible()
    assert page.get_by_label("Sort by").locator("option").all_inner_texts() == ["Newest", "Title"]
    page.get_by_role("searchbox").fill("word599")
    expect(page.locator(".results__count")).to_have_text("1 of 120 bits")
    links = page.get_by_role("navigation", name="Categories")
    names = [" ".join(words.split()) for words in links.get_by_role("link").all_inner_texts()]
    assert names == ["Newest", "Even 300", "Odd 300", "Without a category 1"]
    links.get_by_role("link", name="Odd").click()
    page.wait_for_url("**/categories/odd/index.html")
    assert page.locator(".card").count() == 300
    expect(page.get_by_role("navigation", name="Categories").get_by_role("link", name="Odd")).to_have_attribute(
        "aria-current", "page"
    )
    page.get_by_role("searchbox").fill("word3 note")
    expect(page.locator(".results__count")).to_have_text("56 of 300 bits")
    assert overflow(page) == 0
    page.get_by_role("navigation", name="Categories").get_by_role("link", name="Without a category").click()
    page.wait_for_url("**/categories/uncategorised/index.html")
    found = Axe().run(page, options=RULES | {"preload": False})  # style sheets cannot be fetched from disk
    assert found.violations_count == 0, found.generate_report()
    note = grid(visitor, "bits/n1/index.html")
    note.get_by_role("navigation", name="Breadcrumbs").get_by_role("link", name="Odd").click()
    note.wait_for_url("**/categories/odd/index.html")
    for context in visitor.contexts:
        context.close()
    assert visitor.troubles == []
