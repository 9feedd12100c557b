"""What pages weigh on the wire: every file that a browser asks for, compressed as servers do it, against a budget.

The notes are those of content/, since made-up ones compress too well; their snippets are taken to have held instead of run.
What running adds to a page (output, shapes, figures) is in the small garden of the other tests, which is built by the command.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser

from tests.show.rendering import ROOT, press

CARDS = 60
GRID = 60_000  # bytes: the first page with that many cards, fonts and all
NOTE = 45_000  # without maths
NOTE_WITH_MATHS = 110_000
NEXT = 10_000  # what the second note adds
COMPRESSED = frozenset({".woff2", ".png"})  # by themselves


@dataclass(frozen=True)
class Scales:
    """Weighs what a browser asks for, from a site on disk."""

    browser: Browser
    site: Path

    def files(self, *pages: str) -> list[set[Path]]:
        """What each page asks for, one after the other in the same window; a browser keeps what it has."""
        context = self.browser.new_context()
        tab = context.new_page()
        asked: set[Path] = set()
        tab.on("request", lambda request: asked.add(Path(unquote(urlsplit(request.url).path))))
        found: list[set[Path]] = []
        for page in pages:
            asked.clear()
            tab.goto((self.site / page).as_uri())
            tab.evaluate("document.fonts.ready.then(() => true)")
            found.append(set(asked))
        context.close()
        return found

    def first(self, page: str) -> int:
        """Bytes of a page for a reader who comes for the first time."""
        return sum(map(weight, self.files(page)[0]))

    def second(self, page: str, before: str) -> int:
        """Bytes of a page for a reader who has seen another."""
        already, asked = self.files(before, page)
        return sum(map(weight, asked - already))


def weight(file: Path) -> int:
    """Bytes on the wire."""
    data = file.read_bytes()
    return len(data) if file.suffix in COMPRESSED else len(gzip.compress(data, 6))


def pages_of(site: Path, *, with_maths: bool) -> Iterator[str]:
    """The notes of a site that have formulas, or have none."""
    for file in sorted(site.glob("bits/*/index.html")):
        if ("<math" in file.read_text(encoding="utf-8")) is with_maths:
            yield file.relative_to(site).as_posix()


def heaviest(site: Path, pages: Collection[str], count: int = 3) -> list[str]:
    """Those whose own file is the largest, since all else is the same for all."""
    return sorted(pages, key=lambda page: -weight(site / page))[:count]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty notes of content/, as a site on disk."""
    bits = ROOT / "content" / "bits"
    notes = sorted(bits.glob("*.md"))
    folder = tmp_path_factory.mktemp("weight")
    files = {f"bits/{note.name}": note.read_bytes() for note in notes[:: len(notes) // CARDS][:CARDS]}
    files |= {f"bits/{file.name}": file.read_bytes() for file in bits.iterdir() if file.is_file() and file.suffix != ".md"}
    for path, data in press(folder, files).files.items():
        file = folder / "site" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder / "site"


def test_the_grid_is_light(chromium: Browser, real: Path) -> None:
    assert (real / "index.html").read_text(encoding="utf-8").count("data-card ") == CARDS
    assert Scales(chromium, real).first("index.html") <= GRID


def test_notes_are_light(chromium: Browser, real: Path, site: Path) -> None:
    for garden in (real, site):
        scales = Scales(chromium, garden)
        for with_maths, budget in ((False, NOTE), (True, NOTE_WITH_MATHS)):
            pages = list(pages_of(garden, with_maths=with_maths))
            assert pages
            weights = {page: scales.first(page) for page in heaviest(garden, pages)}
            assert all(found <= budget for found in weights.values()), weights


def test_the_next_note_is_hardly_anything(chromium: Browser, real: Path) -> None:
    pages = list(pages_of(real, with_maths=False))
    (second,) = heaviest(real, pages, 1)
    assert Scales(chromium, real).second(second, before=next(page for page in pages if page != second)) <= NEXT


def test_the_grid_loads_no_code_and_no_search_before_they_are_asked_for(chromium: Browser, real: Path) -> None:
    (asked,) = Scales(chromium, real).files("index.html")
    names = {re.sub(r"\.[0-9a-f]{8}(?=\.)", "", file.relative_to(real).as_posix()) for file in asked}
    fonts = {name for name in names if name.startswith("static/fonts/")}
    assert fonts == {"static/fonts/atkinson-next.woff2", "static/fonts/atkinson-mono.woff2"}
    assert names - fonts - {"static/favicon.svg"} == {  # whether a browser without a window asks for the icon is its own affair
        "index.html",
        "static/css/style.css",
        "static/css/page-cards.css",
        "static/js/theme.js",
        "static/js/script.js",
        "static/js/cards.js",
        "static/js/index.js",
    }
