"""Every page is valid HTML: the Nu Html Checker (vnu.jar, of which VNU_JAR holds the path) reads them all. It needs Java."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.browser.conftest import PAGES
from tests.conftest import ROOT
from tests.show.rendering import press

JAR = os.environ.get("VNU_JAR", "")
FALSE_ALARMS = (
    "Attribute “displaystyle” not allowed on element",  # MathML Core §2.1.6 allows both on every element
    "Attribute “scriptlevel” not allowed on element",
    "Bad value “pixelated” for attribute “image-rendering”",  # CSS Images 3 §5.3, which SVG 2 §6.6 takes its attributes from
    "Resource violates Content Security Policy (meta tag)",  # 'self' is nothing for a file on disk
)

pytestmark = pytest.mark.skipif(
    not (JAR and shutil.which("java")), reason="VNU_JAR does not name vnu.jar (npm vnu-jar), or there is no Java"
)


def complaints(files: Iterable[Path]) -> list[str]:
    """What the checker has against these files: page, line, message."""
    command = ["java", "-Xss4m", "-jar", JAR, "--format", "json", "--stdout", "--exit-zero-always", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    found = [message for message in json.loads(done.stdout)["messages"] if not message["message"].startswith(FALSE_ALARMS)]
    return [f"{message.get('url', '')}:{message.get('lastLine', 0)}: {message['message']}" for message in found]


def test_the_checker_sees_what_is_wrong(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<!doctype html><html lang="en"><title>A</title><p><div id="a"></div></p><b id="a"></b></html>')
    assert len(complaints([page])) >= 2


def test_every_page_of_the_garden_is_valid(site: Path) -> None:
    published = json.loads((site / ".greenbed-manifest.json").read_text(encoding="utf-8"))["files"]
    pages = sorted(site / path for path in published if path.endswith(".html"))  # others lay pages beside them
    assert {site / page for page in PAGES.values()} <= set(pages)
    assert complaints(pages) == []


def test_a_large_garden_and_one_that_is_read_offline_are_valid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("greenbed.show.pages.grid.FULL_GRID", 4)
    notes = {f"bits/n{number}.md": f"---\ncategory: c{number % 2}\n---\n# Note {number}\n\n[[n0]]\n" for number in range(8)}
    made = press(tmp_path, notes, offline=True)
    pages = [path for path in made.files if path.endswith(".html")]
    assert "offline.html" in pages
    assert sum(path.startswith("categories/") for path in pages) == 2
    for path in pages:
        (tmp_path / "out" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "out" / path).write_bytes(made.files[path])
    assert complaints(sorted((tmp_path / "out").rglob("*.html"))) == []


@pytest.mark.skipif(not (ROOT / "site" / "index.html").exists(), reason="this repository's own garden has not been built")
def test_pages_of_the_repositorys_own_garden_are_valid() -> None:
    site = ROOT / "site"
    overviews = [*site.glob("*.html"), *site.glob("*/index.html")]
    longest = sorted(site.glob("*/*/index.html"), key=lambda file: -file.stat().st_size)[:20]
    assert complaints([*overviews, *longest]) == []
