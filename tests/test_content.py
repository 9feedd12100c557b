"""The garden that comes with greenbed: clean under --strict, everything verified, the topics it promises."""

from __future__ import annotations

import json

import pytest

from tests.conftest import ROOT, Built, build_own_garden

BITS = (ROOT / "tests/topics.txt").read_text(encoding="utf-8").split()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The repository's own content, built strictly into a folder of its own."""
    return build_own_garden(tmp_path_factory.mktemp("content"), "--strict")


def test_it_is_clean_and_every_snippet_is_verified(built: Built) -> None:
    report = built.report
    assert (built.code, report["problems"]) == (0, [])
    levels = report["snippets"]
    assert levels["verified"] + levels["skipped"] == levels["found"] > 1000
    assert levels["skipped"] == 1  # the guide for authors shows one
    assert report["checks"] > report["snippets"]["found"]


@pytest.mark.parametrize("slug", BITS)
def test_a_topic_has_its_page(built: Built, slug: str) -> None:
    assert 'class="badge' in built.page(f"bits/{slug}/index.html")


def test_the_bits_are_those_that_were_promised() -> None:
    assert sorted(file.stem for file in (ROOT / "content/bits").rglob("*.md")) == BITS


def test_no_two_notes_share_a_title(built: Built) -> None:
    titles = [note["title"] for note in json.loads(built.page("verification.json"))["notes"]]
    assert len(titles) == len(set(titles)) == built.report["notes"]


def test_the_chapters_and_the_cheat_sheets_are_there(built: Built) -> None:
    chapters = sorted((ROOT / "content/chapters").rglob("*.md"))
    pages = [
        built.page(f"chapters/{file.relative_to(ROOT / 'content/chapters').with_suffix('')}/index.html") for file in chapters
    ]
    assert built.report["chapters"] == len(chapters) >= 15
    assert all(page.count('class="snippet ') >= 3 for page in pages)
    sheets = [file.name for file in (ROOT / "content/cheatsheets").iterdir()]
    facts = [built.page(f"cheatsheets/{sheet}/index.html").count('class="fact"') for sheet in sheets]
    assert built.report["facts"] == sum(facts) >= 80


def test_the_glossary_is_whole(built: Built) -> None:
    records = built.page("glossary-data.txt").split("\n\n")[1:]
    defined = [record for record in records if "\ndefinition: " in record]
    assert len(defined) == built.report["terms"] >= 250


def test_pictures_are_drawn(built: Built) -> None:
    drawn = [slug for slug in BITS if 'class="figure' in built.page(f"bits/{slug}/index.html")]
    assert len(drawn) >= 20
