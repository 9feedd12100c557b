"""Citations on the page: works in brackets, sources with their titles, and keys that no work has."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from greenbed.model import Citation, Code
from greenbed.show.markup.body import render_inline
from tests.show.growing import grow

WORKS = """\
vaswani2017: {title: Attention Is All You Need, authors: [Vaswani, et al.], year: 2017, url: "https://arxiv.org/abs/1706.03762"}
ba2016: {title: Layer Normalization, authors: [Ba, Kiros], year: 2016}
"""


def test_works_stand_in_brackets_and_lead_to_the_references(tmp_path: Path) -> None:
    grown = grow(tmp_path, {"bits/a.md": "So [@vaswani2017, §3 & 4; @ba2016].\n", "references.yaml": WORKS})
    link = '<a class="link" href="../../references/index.html#{}" role="doc-biblioref">{}</a>'
    assert grown.body("bits/a.md") == (
        f'<p>So <span class="citation">({link.format("vaswani2017", "Vaswani et al., 2017")}, §3 &amp; 4; '
        f"{link.format('ba2016', 'Ba and Kiros, 2016')})</span>.</p>\n"
    )
    assert grown.problems == ()


def test_where_no_link_can_stand_the_works_are_words(tmp_path: Path) -> None:
    grown = grow(tmp_path, {"bits/a.md": "## By [@ba2016]\n", "references.yaml": WORKS})
    note = grown.note("bits/a.md")
    html = render_inline(note.headings[0].tokens, note, grown.garden, root="../../", links=False)
    assert html == 'By <span class="citation">(Ba and Kiros, 2016)</span>'
    assert (note.headings[0].text, note.headings[0].id) == ("By", "by")


def test_an_unknown_key_is_reported_and_marked(tmp_path: Path) -> None:
    grown = grow(tmp_path, {"bits/a.md": "One.\nBy [@vaswani2018].\n", "references.yaml": WORKS})
    problem = grown.problem(Code.UNKNOWN_CITATION)
    assert (problem.path, problem.line, problem.column) == ("bits/a.md", 2, 6)
    assert problem.message == '"vaswani2018" is no entry of the bibliography'
    assert problem.hint == 'did you mean "vaswani2017"?'
    assert '<span class="citation">(<span class="link--dead">vaswani2018</span>)</span>' in grown.body("bits/a.md")


def test_without_a_bibliography_the_hint_says_where_it_goes(tmp_path: Path) -> None:
    problem = grow(tmp_path, {"bits/a.md": "By [@ba2016].\n"}).problem(Code.UNKNOWN_CITATION)
    assert problem.hint.startswith("write a file references.yaml in the content folder: ba2016: {title: ")


def test_sources_are_named_by_key_or_known_by_their_address(tmp_path: Path) -> None:
    front = '---\nsources: [ba2016, {title: Attention, url: "https://arxiv.org/abs/1706.03762"}, {title: X, url: y}]\n---\nA\n'
    fact = ":::fact\nWhat?\n\n= yes\n- no\n\nsource: {}\n:::\n"
    files = {
        "bits/a.md": front,
        "cheatsheets/p/b.md": fact.format("vaswani2017"),
        "cheatsheets/p/c.md": fact.format("the manual"),
        "references.yaml": WORKS,
    }
    grown = grow(tmp_path, files)
    assert [(source.title, source.url, source.key) for source in grown.note("bits/a.md").meta.sources] == [
        ("Layer Normalization", "", "ba2016"),
        ("Attention", "https://arxiv.org/abs/1706.03762", "vaswani2017"),
        ("X", "y", ""),
    ]
    (known,), (words,) = grown.note("cheatsheets/p/b.md").facts, grown.note("cheatsheets/p/c.md").facts
    assert known.source == "https://arxiv.org/abs/1706.03762"
    assert known.source_title == "Attention Is All You Need (Vaswani et al., 2017)"
    assert (words.source, words.source_title) == ("the manual", "")
    assert grown.garden.cited == {
        "ba2016": (PurePosixPath("bits/a.md"),),
        "vaswani2017": (PurePosixPath("bits/a.md"), PurePosixPath("cheatsheets/p/b.md")),
    }


def test_a_source_that_is_no_work_is_left_out_and_reported(tmp_path: Path) -> None:
    grown = grow(tmp_path, {"bits/a.md": "---\nsources: [nobody1900, ba2016]\n---\nA\n", "references.yaml": WORKS})
    assert grown.found == [("bits/a.md", 2, Code.UNKNOWN_CITATION)]
    assert grown.note("bits/a.md").meta.sources == (Citation("Layer Normalization", "", "ba2016", 2),)


def test_works_come_in_alphabetical_order(tmp_path: Path) -> None:
    works = "z: {title: Z, authors: [émile], year: 1}\n".replace("1}", "1900}")
    works += "y: {title: Y, authors: [Eve], year: 1900}\nx: {title: X, authors: [Fay], year: 1900}\n"
    grown = grow(tmp_path, {"bits/a.md": "A\n", "references.yaml": works})
    assert list(grown.garden.bibliography) == ["z", "y", "x"]
