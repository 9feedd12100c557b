"""/llms.txt and /llms-full.txt, in the form that llmstxt.org describes."""

from __future__ import annotations

import re
from pathlib import Path

from tests.show.rendering import Rendered, press

LINE = re.compile(r"- \[(?:[^\[\]]|\\[\[\]])+\]\([^()\s]+\)(?:: .+)?")
FILES = {
    "bits/a.md": (
        "---\ntitle: The `a[0]` view\ncategory: torch-api\nsummary: First.\n---\n\nSee [[b]].\n\n```python\nx = 1  # 1\n```\n"
    ),
    "bits/b.md": "---\ntitle: B\ncategory: torch-api\n---\n\nA [stride]{.term}.\n",
    "bits/c.md": "---\ntitle: C\n---\n\nText.\n",
    "chapters/d.md": "---\ntitle: D\n---\n\nText.\n",
}


def garden(folder: Path, **settings: str) -> Rendered:
    return press(folder, FILES, title="Garden", tagline="Small notes", **settings)


def test_it_is_a_title_a_summary_and_lists_of_links(tmp_path: Path) -> None:
    lines = [line for line in garden(tmp_path).page("llms.txt").split("\n") if line]
    assert lines[:2] == ["# Garden", "> Small notes"]
    assert "1 check held on torch 2.13.0" in lines[2]
    headings = [line for line in lines if line.startswith("## ")]
    assert headings == ["## Bits: Torch API", "## Bits", "## Chapters", "## Glossary", "## Optional"]
    assert all(LINE.fullmatch(line) for line in lines[3:] if not line.startswith("## "))
    assert lines[4] == r"- [The a\[0\] view](bits/a/index.md): First."


def test_its_links_lead_to_texts_that_exist(tmp_path: Path) -> None:
    site = garden(tmp_path)
    addresses = re.findall(r"\]\(([^)]+)\)", site.page("llms.txt"))
    assert {address.partition("#")[0] for address in addresses} <= site.files.keys()
    assert "bits/b/index.md" in addresses


def test_with_a_web_address_they_are_whole(tmp_path: Path) -> None:
    addresses = re.findall(r"\]\(([^)]+)\)", garden(tmp_path, base_url="https://example.org/g").page("llms.txt"))
    assert all(address.startswith("https://example.org/g/") for address in addresses)


def test_the_full_text_holds_every_page_below_its_address(tmp_path: Path) -> None:
    site = garden(tmp_path)
    text = site.page("llms-full.txt")
    pages = re.findall(r"^={80}\nPage: (\S+)\n={80}\n\n# (.+)$", text, re.MULTILINE)
    assert pages == [
        ("bits/a/index.md", "The `a[0]` view"),
        ("bits/b/index.md", "B"),
        ("bits/c/index.md", "C"),
        ("chapters/d/index.md", "D"),
        ("glossary/index.md", "Glossary"),
    ]
    assert "See [B](bits/b/index.md)." in text  # from the root, where it lies, and not from the page
    assert "> Verified: 1 check held on torch 2.13.0, 2026-11-22." in text


def test_a_preview_does_without_the_full_text(tmp_path: Path) -> None:
    site = press(tmp_path, FILES, live=True)
    assert "llms-full.txt" not in site.files
    assert "llms-full.txt" not in site.page("llms.txt")
