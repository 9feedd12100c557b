"""Citations, equations and related notes in the browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Reader
from tests.show.rendering import press

LONG = "x_1 + x_2 + x_3 + x_4 + x_5 + x_6 + x_7 + x_8 + x_9 + x_{10} + x_{11} + x_{12} + x_{13} + x_{14} + x_{15}"
EQUATIONS = f"""\
---
tags: [rope, position]
---

By $\\eqref{{loss}}$, as everybody knows.

{"Much is said between. " * 900}

$$\\begin{{equation}} a = {LONG} \\label{{other}} \\end{{equation}}$$

## The loss

$$\\begin{{equation}} L = 0 \\label{{loss}} \\end{{equation}}$$

With $\\eqref{{other}}$.
"""
NOTES = {
    "bits/equations.md": EQUATIONS,
    "bits/embedding.md": "# Embedding\n\n![[equations#The loss]]\n",
    "bits/like.md": "---\ntitle: Alike\ntags: [position, rope]\n---\n\nText.\n",
    **{f"bits/z{number}.md": f"---\ntags: [own{number}]\n---\nText.\n" for number in range(12)},
}


@pytest.fixture(scope="module")
def written(site: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A garden of equations, below the other so that the server has it too."""
    rendered = press(tmp_path_factory.mktemp("equations"), NOTES, repository="https://github.com/owner/name")
    for path, content in rendered.files.items():
        file = site / "equations" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


@pytest.mark.parametrize("by", ["http", "file"])
def test_a_citation_opens_in_place_and_leads_to_its_work(reader: Reader, by: str) -> None:
    page = reader.open("chapter", by=by)
    citation = page.locator("[role=doc-biblioref]").first
    citation.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    card = page.get_by_role("tooltip")
    expect(card.get_by_text("Attention Is All You Need")).to_be_visible()
    expect(card.get_by_text("NeurIPS 2017")).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/references/index.html#vaswani2017")
    work = page.locator("#vaswani2017")
    expect(work).to_be_in_viewport()
    work.get_by_role("link", name="Attention from nothing").click()
    page.wait_for_url("**/chapters/first/attention/index.html")


def test_without_a_script_a_note_ends_with_the_works_that_it_cites(reader: Reader) -> None:
    page = reader.open("chapter", java_script_enabled=False)
    sources = page.get_by_role("region", name="Sources")
    expect(sources.get_by_role("link", name="Attention Is All You Need")).to_have_attribute(
        "href", "https://arxiv.org/abs/1706.03762"
    )
    expect(page.get_by_role("contentinfo").get_by_role("link", name="References")).to_be_visible()


@pytest.mark.usefixtures("written")
def test_a_reference_leads_to_its_equation(reader: Reader) -> None:
    page = reader.open("equations/bits/equations/index.html", width=320)
    page.get_by_role("link", name="(2)").click()
    assert page.url.endswith("#eq-loss")
    expect(page.locator("#eq-loss")).to_be_in_viewport()
    wide = page.locator(".math").first
    assert wide.evaluate("(box) => box.scrollWidth > box.clientWidth")


@pytest.mark.usefixtures("written")
def test_in_an_embed_equations_keep_their_numbers_and_lead_to_their_note(reader: Reader) -> None:
    page = reader.open("equations/bits/embedding/index.html")
    expect(page.locator(".embed .math")).to_contain_text("(2)")
    page.locator(".embed").get_by_role("link", name="(1)").click()
    page.wait_for_url("**/equations/bits/equations/index.html#eq-other")
    expect(page.locator("#eq-other")).to_be_in_viewport()


@pytest.mark.usefixtures("written")
def test_related_notes_say_what_they_share(reader: Reader) -> None:
    page = reader.open("equations/bits/equations/index.html", java_script_enabled=False)
    related = page.get_by_role("region", name="Related")
    expect(related.get_by_role("listitem")).to_have_text("Alike Shares position, rope")
    edit = page.get_by_role("link", name="Edit this page")
    expect(edit).to_have_attribute("href", "https://github.com/owner/name/edit/main/content/bits/equations.md")
    related.get_by_role("link", name="Alike").click()
    page.wait_for_url("**/bits/like/index.html")
