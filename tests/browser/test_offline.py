"""Reading without a network, in a real browser under the strict policy: a garden visited once, and one that has changed."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Handler
from tests.show.rendering import press

NOTES = {
    "bits/one.md": "# One\n\nThe first edition of one, see [[two]].\n\n```python\n1 + 1  # 2\n```\n",
    "bits/two.md": "# Two\n\nThe first edition of two.\n",
}
KEPT = """async () => {
  const open = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
  const requests = (await Promise.all(open.map((cache) => cache.keys()))).flat();
  return requests.map((request) => new URL(request.url).pathname.replace("/garden/", ""));
}"""
WORKERS = "navigator.serviceWorker.getRegistrations().then((found) => found.length)"


@dataclass
class Site:
    """A small site that can be built anew, below a sub-path of its own server."""

    folder: Path
    address: str
    editions: int = 0

    def publish(self, notes: Mapping[str, str] = NOTES, **settings: bool) -> None:
        """Build it into the place that is served."""
        self.editions += 1
        made = press(self.folder / f"edition-{self.editions}", notes, **settings)
        assert made.problems == ()
        shutil.rmtree(self.folder / "site", ignore_errors=True)
        for path, content in made.files.items():
            file = self.folder / "site" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)

    def listed(self) -> str:
        """The list of this edition's files."""
        (found,) = (self.folder / "site").glob("offline.*.json")
        return found.name


class Fresh(Handler):
    """Gives whole answers: its times have no parts of a second, and two editions may come within one."""

    def do_GET(self) -> None:
        del self.headers["If-Modified-Since"]
        super().do_GET()


@pytest.fixture
def garden(tmp_path: Path) -> Iterator[Site]:
    (tmp_path / "site").mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Fresh, directory=str(tmp_path / "site"))) as httpd:
        thread = threading.Thread(target=httpd.serve_forever, daemon=True)
        thread.start()
        yield Site(tmp_path, f"http://127.0.0.1:{httpd.server_address[1]}/garden")
        httpd.shutdown()
        thread.join()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A reader's tab, which complains about whatever the policy refuses."""
    context = chromium.new_context()
    tab = context.new_page()
    refused: list[str] = []
    tab.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    tab.on("pageerror", lambda error: refused.append(str(error)))
    yield tab
    context.close()
    assert refused == []


def until(page: Page, holds: Callable[[set[str]], bool]) -> set[str]:
    """Wait until what the browser keeps is as it should be, and give it."""
    kept: set[str] = set()
    for _ in range(1200):
        kept = set(page.evaluate(KEPT))
        if holds(kept):
            return kept
        page.wait_for_timeout(25)
    raise AssertionError(f"kept after 30 seconds: {sorted(kept)}")


def visit(page: Page, garden: Site) -> set[str]:
    """A first visit, until the garden is kept."""
    page.goto(f"{garden.address}/index.html?offline")
    return until(page, lambda kept: kept >= {"index.html", "bits/one/index.html", "bits/two/index.html"})


def test_a_garden_once_visited_is_read_without_a_network(page: Page, garden: Site) -> None:
    garden.publish(offline=True)
    visit(page, garden)
    page.context.set_offline(True)
    page.goto(f"{garden.address}/bits/one/")
    expect(page.get_by_text("The first edition of one")).to_be_visible()
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px \"Atkinson Next\"'))")
    page.get_by_role("link", name="Two").first.click()
    expect(page.get_by_text("The first edition of two")).to_be_visible()
    page.goto(f"{garden.address}/index.html?q=one&cat=")
    expect(page.get_by_role("link", name="One").first).to_be_visible()


def test_a_page_that_was_never_here_says_so_and_leads_to_what_is(page: Page, garden: Site) -> None:
    garden.publish(offline=True)
    visit(page, garden)
    page.context.set_offline(True)
    page.goto(f"{garden.address}/bits/of/another/time/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Not here yet")
    page.get_by_role("main").get_by_role("link", name="Bits").click()
    expect(page.get_by_role("link", name="One").first).to_be_visible()


def test_a_new_edition_is_seen_at_once_and_then_kept_in_the_place_of_the_old(page: Page, garden: Site) -> None:
    garden.publish(offline=True)
    visit(page, garden)
    first = {garden.listed()}
    garden.publish(NOTES | {"bits/two.md": "# Two\n\nThe second edition of two.\n"}, offline=True)
    page.goto(f"{garden.address}/bits/two/?offline")
    expect(page.get_by_text("The second edition of two")).to_be_visible()
    until(page, lambda kept: garden.listed() in kept and not kept & first)
    page.context.set_offline(True)
    page.goto(f"{garden.address}/index.html")
    page.goto(f"{garden.address}/bits/two/")
    expect(page.get_by_text("The second edition of two")).to_be_visible()
    page.goto(f"{garden.address}/bits/one/")
    expect(page.get_by_text("The first edition of one")).to_be_visible()


def test_where_the_setting_is_taken_back_nothing_stays_in_the_browser(page: Page, garden: Site) -> None:
    garden.publish(offline=True)
    visit(page, garden)
    garden.publish(offline=False)
    page.goto(f"{garden.address}/bits/one/")
    until(page, lambda kept: not kept and page.evaluate(WORKERS) == 0)
    page.goto(f"{garden.address}/bits/two/")
    expect(page.get_by_text("The first edition of two")).to_be_visible()


def test_on_this_machine_nothing_is_kept_unless_it_is_asked_for(page: Page, garden: Site) -> None:
    garden.publish(offline=True)
    page.goto(f"{garden.address}/index.html", wait_until="networkidle")
    assert page.evaluate(WORKERS) == 0
