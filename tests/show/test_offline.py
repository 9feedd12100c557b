"""What is kept for reading without a network, and when nothing is."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import Any

from greenbed.model import Artifact
from greenbed.show.files import offline
from tests.show.rendering import Rendered, press

NOTES = {"bits/one.md": "# One\n\nA note with $x$.\n", "bits/two.md": "# Two\n\nAnother.\n"}


def listing(site: Rendered) -> tuple[str, dict[str, Any]]:
    """The name of the list, and what is in it."""
    (name,) = (path for path in site.files if path.startswith("offline.") and path.endswith(".json"))
    return name, json.loads(site.files[name])


def test_nothing_is_kept_unless_the_settings_ask_for_it(tmp_path: Path) -> None:
    site = press(tmp_path, NOTES)
    assert "unregister" in site.page("sw.js")
    assert "offline.html" not in site.files
    assert "js/offline" not in site.page("index.html")


def test_the_preview_is_never_kept(tmp_path: Path) -> None:
    site = press(tmp_path, NOTES, offline=True, live=True)
    assert "unregister" in site.page("sw.js")
    assert "js/offline" not in site.page("index.html")


def test_the_worker_knows_every_page_and_all_that_pages_are_made_of(tmp_path: Path) -> None:
    site = press(tmp_path, NOTES, offline=True)
    name, found = listing(site)
    assert site.page("sw.js").startswith(f'const LIST = "{name}";')
    pages = {path for path in site.files if path.endswith(".html")} - {"404.html"}
    static = {path for path in site.files if path.startswith("static/") and not path.endswith(".txt")}
    assert pages | static <= set(found["files"])
    assert {"index.html", "offline.html"} <= set(found["first"]) <= set(found["files"])
    assert not [path for path in found["files"] if path.endswith((".md", ".py", ".ipynb", ".xml"))]
    assert found["isSmall"]


def test_only_what_has_changed_gets_another_version(tmp_path: Path) -> None:
    _, before = listing(press(tmp_path / "a", NOTES, offline=True))
    name, again = listing(press(tmp_path / "b", NOTES, offline=True))
    other, after = listing(press(tmp_path / "c", NOTES | {"bits/two.md": "# Two\n\nMended.\n"}, offline=True))
    assert again == before
    assert other != name
    changed = {path for path in before["files"] if before["files"][path] != after["files"].get(path)}
    assert "bits/two/index.html" in changed
    assert "bits/one/index.html" not in changed
    assert not [path for path in changed if path.startswith("static/")]


def test_a_garden_too_large_to_be_fetched_whole_is_kept_page_by_page() -> None:
    page = Artifact(PurePosixPath("bits/a/index.html"), b"x" * (offline.FETCHED_BYTES + 1))
    assert json.loads(offline.listing([page]))["isSmall"] is False


def test_the_words_for_a_missing_page_name_everything_from_the_root(tmp_path: Path) -> None:
    page = press(tmp_path, NOTES, offline=True).page("offline.html")
    assert 'content="noindex"' in page
    for quoted in ('href="./index.html"', 'href="./static/css/style.', 'data-worker="./sw.js"'):
        assert quoted in page
    assert 'href="../' not in page
