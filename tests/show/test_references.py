"""The page of references, and the works at the end of a note."""

from __future__ import annotations

from pathlib import Path

from greenbed.show.pages.references import Source, references_page, sources_of
from tests.show.rendering import press

WORKS = """\
zhang2019: {title: RMSNorm, authors: [Zhang, Sennrich], year: 2019, url: "https://arxiv.org/abs/1910.07467", venue: NeurIPS}
chen2023a: {title: One, authors: ["Chen, Li", Wu, et al.], year: 2023, note: A preprint}
chen2023b: {title: Two, authors: ["Chen, Li", Wu, et al.], year: 2023}
"""
FILES = {
    "bits/a.md": "---\ntitle: A `b`\nsources: [chen2023b]\n---\nBy [@zhang2019, p. 2; @chen2023b] & [@zhang2019].\n",
    "references.yaml": WORKS,
}


def test_every_work_is_listed_with_the_notes_that_cite_it(tmp_path: Path) -> None:
    one, two, three = references_page(press(tmp_path, FILES).garden).works
    assert (one.key, one.people, one.year, one.more, one.cited) == (
        "chen2023a",
        "Li Chen, Wu et al.",
        "2023a",
        "A preprint",
        (),
    )
    assert (two.year, [place.url for place in two.cited]) == ("2023b", ["/bits/a/"])
    assert (three.title, three.url, three.more) == ("RMSNorm", "https://arxiv.org/abs/1910.07467", "NeurIPS")


def test_the_page_is_there_and_the_footer_leads_to_it(tmp_path: Path) -> None:
    rendered = press(tmp_path, FILES)
    page = rendered.main("references/index.html")
    assert page.count('<li class="reference"') == 3
    assert 'Cited in <a href="../bits/a/index.html">A <code>b</code></a>.' in page
    assert '<a href="../../references/index.html">References</a>' in rendered.page("bits/a/index.html")


def test_without_a_bibliography_there_is_no_page(tmp_path: Path) -> None:
    rendered = press(tmp_path, {"bits/a.md": "A\n"})
    assert "references/index.html" not in rendered.files
    assert "References" not in rendered.page("bits/a/index.html")


def test_a_note_ends_with_its_sources_and_then_the_works_it_cites(tmp_path: Path) -> None:
    rendered = press(tmp_path, FILES)
    (note,) = rendered.garden.notes.values()
    named, cited = sources_of(note, rendered.garden)
    assert (named.title, named.label, named.is_cited) == ("Two", "Chen et al., 2023b", True)
    assert cited == Source(
        title="RMSNorm",
        url="https://arxiv.org/abs/1910.07467",
        label="Zhang and Sennrich, 2019",
        entry="/references/#zhang2019",
        people="Zhang and Sennrich",
        year="2019",
        more="NeurIPS",
        is_cited=True,
    )


def test_each_work_that_the_text_cites_has_a_card(tmp_path: Path) -> None:
    files = {**FILES, "bits/b.md": "---\nsources: [zhang2019]\n---\nB\n"}
    rendered = press(tmp_path, files)
    cards = rendered.main("bits/a/index.html").count('<template data-preview="../../references/index.html#')
    assert cards == 2
    assert "<template" not in rendered.main("bits/b/index.html")
