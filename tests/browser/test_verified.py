"""The ledger in the browser: sorted, filtered, remembered in the address, whole without a script, quick when it is long."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from greenbed.model import Status
from greenbed.show.pages import pageviews, views
from tests.browser.conftest import Reader
from tests.browser.proofs import lens
from tests.show.rendering import Rendered, ledger_of

PAGE = "ledger/verified/index.html"
LONG = 3000


@pytest.fixture(scope="module")
def rendered(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    """A small site, and beside its ledger one of three thousand rows."""
    made = lens(tmp_path_factory.mktemp("ledger"))
    files = {**made.files, "long/index.html": long_page(made).encode()}
    for path, content in files.items():
        file = site / "ledger" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return made


@pytest.fixture
def seen(reader: Reader, rendered: Rendered) -> Reader:
    """A reader for whom the site is there."""
    return reader


def long_page(made: Rendered) -> str:
    """A ledger of a thousand notes."""
    level = views.Badge(Status.VERIFIED, "Verified")
    accounts = tuple(
        views.Account(
            title=f"Note {number % 97} of many, {number}",
            url=f"/bits/{number}/",
            path=f"bits/{number}.md",
            rows=tuple(
                views.Row(line, "shown", level, (number * line) % 31, line / 1000 + number % 7, "2026-11-22", "")
                for line in (12, 40, 73)
            ),
        )
        for number in range(LONG // 3)
    )
    page = pageviews.VerifiedPage((), accounts, (), (views.LevelCount(level, LONG),), LONG)
    return ledger_of(made, page)


def column(page: Page, name: str) -> list[str]:
    """The cells of a column, as they stand."""
    names = page.locator("thead th").all_inner_texts()
    cells = page.evaluate(
        "(at) => [...document.querySelectorAll('tbody tr:not([hidden])')].map((row) => row.cells[at].innerText)",
        names.index(name),
    )
    assert isinstance(cells, list)
    return cells


def head(page: Page, name: str) -> Locator:
    """The button in the head of a column."""
    return page.get_by_role("columnheader", name=name, exact=True).get_by_role("button")


def test_a_column_is_sorted_up_then_down_then_as_it_was(seen: Reader) -> None:
    page = seen.open(PAGE)
    before = column(page, "Line")
    lines = sorted(map(int, before))
    head(page, "Line").click()
    expect(page.get_by_role("columnheader", name="Line")).to_have_attribute("aria-sort", "ascending")
    assert [int(cell) for cell in column(page, "Line")] == lines
    head(page, "Line").click()
    expect(page.get_by_role("columnheader", name="Line")).to_have_attribute("aria-sort", "descending")
    assert [int(cell) for cell in column(page, "Line")] == lines[::-1]
    head(page, "Line").click()
    assert page.locator("[aria-sort]").count() == 0
    assert column(page, "Line") == before


@pytest.mark.parametrize(
    "name", ["Note", "Line", "Kind", "Level", "Checks", "Seconds", "Checked", "Warnings", "Mutants missed"]
)
def test_every_column_can_be_sorted_by_keyboard(seen: Reader, name: str) -> None:
    page = seen.open(PAGE)
    head(page, name).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name=name, exact=True)).to_have_attribute("aria-sort", "ascending")
    assert page.locator("[aria-sort]").count() == 1


def test_what_has_no_number_comes_last_either_way(seen: Reader) -> None:
    page = seen.open(PAGE)
    for _ in range(2):
        head(page, "Seconds").click()
        found = column(page, "Seconds")
        assert found.count("–") == 1
        assert found[-1] == "–"


def test_rows_are_filtered_and_counted_aloud(seen: Reader) -> None:
    page = seen.open(PAGE)
    total = len(column(page, "Note"))
    status = page.get_by_role("status")
    expect(status).to_have_text(f"{total} of {total} snippets")
    page.get_by_role("searchbox", name="Filter by note, kind or reason").fill("other")
    expect(status).to_have_text(f"2 of {total} snippets")
    assert set(column(page, "Note")) == {"Other"}
    page.get_by_role("searchbox").fill("two gpus")
    assert column(page, "Level") == ["Skipped\nneeds two GPUs"]
    page.get_by_role("searchbox").fill("")
    page.get_by_text("Skipped 1").click()
    expect(status).to_have_text(f"1 of {total} snippets")


def test_where_nothing_matches_all_can_be_shown_again(seen: Reader) -> None:
    page = seen.open(PAGE)
    page.get_by_role("searchbox").fill("zzz")
    expect(page.get_by_role("status")).to_contain_text("0 of")
    expect(page.get_by_role("table")).to_be_hidden()
    page.get_by_role("button", name="Show all snippets").click()
    expect(page.get_by_role("table")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_be_focused()


@pytest.mark.parametrize("by", ["http", "file"])
def test_the_address_keeps_order_and_filter(seen: Reader, by: str) -> None:
    page = seen.open(PAGE, by=by)
    page.get_by_role("searchbox").fill("shapes")
    page.get_by_text("Verified", exact=False).locator("visible=true").filter(has=page.locator("input")).click()
    head(page, "Checks").click()
    head(page, "Checks").click()
    assert page.url.endswith("?q=shapes&level=verified&sort=-checks")
    found = column(page, "Line")
    page.reload()
    assert column(page, "Line") == found
    expect(page.get_by_role("searchbox")).to_have_value("shapes")
    expect(page.get_by_role("columnheader", name="Checks")).to_have_attribute("aria-sort", "descending")


def test_an_address_that_makes_no_sense_shows_all(seen: Reader) -> None:
    page = seen.open(f"{PAGE}?level=perfect&sort=beauty")
    assert len(column(page, "Note")) == page.locator("tbody tr").count()
    expect(page.get_by_label("Any", exact=False).first).to_be_checked()


def test_without_a_script_the_whole_table_is_there(seen: Reader) -> None:
    page = seen.open(PAGE, java_script_enabled=False)
    assert page.locator("tbody tr:visible").count() == page.locator("tbody tr").count() > 5
    assert page.locator("thead button").count() == 0
    expect(page.get_by_role("searchbox")).to_have_count(0)
    page.get_by_text("2 mutants that no check notices").click()
    expect(page.get_by_text("Line 12: x = [1, 2] as x = [1, 3]")).to_be_visible()


def test_three_thousand_rows_are_sorted_and_filtered_without_waiting(seen: Reader) -> None:
    page = long_ledger(seen)
    status, field = page.locator("[role=status]"), page.locator("[type=search]")
    page.wait_for_selector("thead button")
    expect(status).to_have_text("3,000 of 3,000 snippets")
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = busy(session)
    page.evaluate("document.querySelectorAll('thead button')[4].click(); document.body.offsetHeight")
    ordered = busy(session)
    field.fill("of many, 999")
    expect(status).to_have_text("3 of 3,000 snippets", timeout=60_000)
    filtered = busy(session)
    assert 0 < ordered - before < 0.6
    assert 0 < filtered - ordered < 0.6


def test_of_very_many_rows_the_rest_is_shown_when_it_is_asked_for(seen: Reader) -> None:
    page = long_ledger(seen)
    page.wait_for_selector("thead button")
    assert page.locator("tbody tr:not([hidden])").count() == 500
    page.evaluate("document.querySelectorAll('thead button')[4].click()")
    checks = [int(cell) if cell != "–" else 31 for cell in column(page, "Checks")]
    assert checks == sorted(checks)
    page.locator("[data-more]").click()
    assert page.locator("tbody tr:not([hidden])").count() == LONG
    assert page.locator("[data-more]").is_hidden()


def long_ledger(seen: Reader) -> Page:
    """The long ledger, with time to load it on a machine that has other things to do."""
    page = seen.open(PAGE)
    page.set_default_timeout(60_000)
    page.goto(page.url.replace("/verified/", "/long/"))
    return page


def busy(session: CDPSession) -> float:
    """Seconds of processor time that the page has taken, whatever else the machine is at."""
    found = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    return float(found["TaskDuration"])
