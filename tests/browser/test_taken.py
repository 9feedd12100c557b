"""What can be taken away from a page, and what it tells programs, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Reader
from tests.conftest import Project

NOTE = "---\ntitle: A </script> note\ncreated: 2026-11-22\n---\n\nText.\n\n```python\nx = 1\nx + 1  # 2\n```\n"


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose address on the web is known."""
    project = Project(tmp_path_factory.mktemp("public"))
    built = project.write({"bits/a.md": NOTE}).build("--base-url", "https://example.org/g")
    assert built.code == 0, built.stdout + built.stderr
    return project.site


@pytest.fixture
def visitor(chromium: Browser, public: Path) -> Iterator[Reader]:
    """Opens pages of that site from disk; at the end there may have been no trouble."""
    someone = Reader(chromium, {"file": public.as_uri()})
    yield someone
    for context in someone.contexts:
        context.close()
    assert someone.troubles == []


def test_data_for_search_engines_is_whole_and_breaks_no_policy(visitor: Reader) -> None:
    page = visitor.open("bits/a/index.html", by="file")
    page.evaluate("() => new Promise(done => setTimeout(done, 100))")  # a violation is reported a moment later
    document = json.loads(page.locator('script[type="application/ld+json"]').inner_text())
    assert document["@graph"][0]["headline"] == "A </script> note"
    assert page.locator("script:not([src])").count() == 1


def test_the_notebook_beside_the_note_can_be_had(reader: Reader) -> None:
    page = reader.open("bit", accept_downloads=True)
    with page.expect_download() as started:
        page.get_by_role("link", name="Notebook").click()
    assert started.value.suggested_filename == "everything.ipynb"
    document = json.loads(Path(started.value.path()).read_text(encoding="utf-8"))
    assert document["cells"][0]["source"].startswith("# Everything a `note` may hold")
