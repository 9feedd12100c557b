"""Real notes: what "Copy runnable" puts into the clipboard runs in an interpreter that knows nothing of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.conftest import Reader
from tests.show.growing import grow
from tests.show.rendering import ROOT, held, pressed

CONTENT = ROOT / "content"


@pytest.fixture(scope="module")
def real(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the repository's content, below the other site; none of its snippets has been run."""
    files = {str(file.relative_to(CONTENT)): file.read_bytes() for file in CONTENT.rglob("*") if file.is_file()}
    grown = grow(tmp_path_factory.mktemp("real"), files)
    verdicts = {path: tuple(map(held, note.snippets)) for path, note in grown.garden.notes.items() if note.snippets}
    made = pressed(grown, verdicts, **{name: ROOT / name for name in ("templates", "static")})
    for path, content in made.files.items():
        file = site / "real" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return site / "real"


@pytest.mark.parametrize(
    "slug",
    ["bits/dataclass", "bits/kv-cache", "bits/rope-rotation", "bits/scaled-dot-product-attention", "chapters/backprop-by-hand"],
)
def test_the_last_snippet_of_a_note_brings_all_of_it(reader: Reader, real: Path, tmp_path: Path, slug: str) -> None:
    page = reader.open(f"real/{slug}/index.html", by="file", permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")
    last = page.locator("[data-snippet]:not([data-tries])").filter(has=page.locator("[data-foot] > button")).last
    last.locator("[data-foot] > button").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    done = subprocess.run(
        [sys.executable, "-I", "-"], input=copied, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert copied.endswith(
        page.evaluate("(figure) => figure.querySelector('[data-code]').textContent", last.element_handle()).strip() + "\n"
    )
