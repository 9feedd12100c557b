"""Tokens → HTML: what readers get of each construct, and that it is valid, relative and free of styles."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from greenbed.model import Code, Fact, Note
from greenbed.show.markup.body import render_blocks, render_body, render_inline
from tests.show.growing import Grown, code_html, grow, snippet_html

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (640).to_bytes(4, "big") + (480).to_bytes(4, "big")


class Balanced(HTMLParser):
    """Fails on end tags that do not fit; collects ids, addresses and style attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.styled: list[str] = []
        self.nested_links = 0
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.nested_links += tag == "a" and "a" in self.open
        if tag not in VOID:
            self.open.append(tag)
        self.take(tag, attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.take(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def take(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.hrefs += [value or "" for name, value in attrs if name == "href"]
        self.styled += [tag for name, _ in attrs if name == "style"]


def body(folder: Path, text: str, **others: str | bytes) -> str:
    """The body of bits/a.md in a garden with other files in bits/; no problem may be left."""
    files: dict[str, str | bytes] = {"bits/a.md": f"---\ntitle: A\n---\n\n{text}"}
    files |= {f"bits/{name.replace('_', '.')}": content for name, content in others.items()}
    grown = grow(folder, files)
    html, problems = grown.rendered("bits/a.md")
    assert (*grown.problems, *problems) == ()
    check(html)
    return html


def check(html: str) -> Balanced:
    found = Balanced(html)
    assert len(found.ids) == len(set(found.ids))
    assert found.styled == []
    assert found.nested_links == 0
    return found


def test_a_heading_has_an_id_and_a_link_to_itself(tmp_path: Path) -> None:
    assert body(tmp_path, "## Why `d_k`?\n") == (
        '<div class="heading heading--2"><h2 id="why-d_k">Why <code>d_k</code>?</h2> '
        '<a class="heading__anchor" href="#why-d_k" aria-label="Link to section Why d_k?">#</a></div>\n'
    )


def test_the_page_keeps_its_only_h1(tmp_path: Path) -> None:
    html = body(tmp_path, "# One\n\n## Two\n\n###### Six\n")
    assert re.findall(r"<h(\d)", html) == ["2", "3", "6"]


def test_a_table_scrolls_and_aligns_by_class(tmp_path: Path) -> None:
    html = body(tmp_path, "| a | b |\n|---|--:|\n| 1 | 2 |\n")
    assert html.startswith('<div class="table" role="group" tabindex="0" aria-label="Table">\n<table>\n')
    assert '<th scope="col">a</th>' in html
    assert '<td class="align-right">2</td>' in html


def test_displayed_maths_scrolls_and_is_labelled(tmp_path: Path) -> None:
    html = body(tmp_path, "$$\nx^2\n$$\n\nInline $y$ and $$z$$ inside.\n")
    assert '<div class="math" role="group" tabindex="0" aria-label="Formula"><math display="block">' in html
    assert "<math><mi>y</mi></math>" in html
    assert '<span class="math" role="group" tabindex="0" aria-label="Formula"><math display="block"><mi>z</mi>' in html


def test_numbered_equations_are_counted_through_the_page(tmp_path: Path) -> None:
    equation = "$$\\begin{{equation}} {0} \\label{{{0}}} \\end{{equation}}$$\n\n"
    html = body(tmp_path, "By $\\eqref{b}$:\n\n" + equation.format("a") + equation.format("b"))
    assert '<a href="#eq-b">(2)</a>' in html
    assert 'id="eq-a"' in html


def test_an_embedded_section_keeps_the_numbers_of_its_note(tmp_path: Path) -> None:
    equation = "$$\\begin{{equation}} {0} \\label{{{0}}} \\end{{equation}}$$\n\n"
    source = f"## One\n\n{equation.format('a')}## Two\n\n{equation.format('b')}By $\\eqref{{a}}$ and $\\eqref{{b}}$.\n"
    grown = grow(tmp_path, {"bits/a.md": "$$x \\tag{9}$$\n\n![[s#two]]\n", "bits/s.md": source})
    html, problems = grown.rendered("bits/a.md")
    assert problems == ()
    assert "<mtext>(2)</mtext>" in html
    assert '<a href="../../bits/s/index.html#eq-a">(1)</a>' in html
    assert '<a href="../../bits/s/index.html#eq-b">(2)</a>' in html
    assert 'id="eq-' not in html


def test_a_fence_of_maths_is_numbered_like_other_formulas(tmp_path: Path) -> None:
    html = body(tmp_path, "$x \\eqref{a}$\n\n```math\na \\label{a} \\tag{3}\n```\n\n$$b \\tag{4}$$\n")
    assert '<a href="#eq-a">(3)</a>' in html
    assert re.findall(r"<mtext>\((\d)\)", html) == ["3", "4"]


def test_a_callout_names_its_kind_and_shows_its_title(tmp_path: Path) -> None:
    html = body(tmp_path, "> [!warning] Trap: $x$\n> Body.\n")
    assert html.startswith(
        '<aside class="callout callout--warning" role="note" aria-label="Warning">\n<p class="callout__title"><svg'
    )
    assert "Trap: <math><mi>x</mi></math></p>\n<p>Body.</p>\n</aside>" in html


@pytest.mark.parametrize(
    ("sign", "opening"),
    [("-", '<details class="callout callout--note">'), ("+", '<details class="callout callout--note" open>')],
)
def test_a_foldable_callout_is_details(tmp_path: Path, sign: str, opening: str) -> None:
    html = body(tmp_path, f"> [!info]{sign} More\n> Body.\n")
    assert html.startswith(opening + '\n<summary class="callout__title">')
    assert "More</summary>\n<p>Body.</p>\n</details>" in html


def test_a_term_leads_to_the_glossary(tmp_path: Path) -> None:
    html = body(tmp_path, "A [not a number (NaN)]{.term} spreads.\n")
    assert (
        '<dfn class="term" id="term-not-a-number"><a class="term__link" href="../../glossary/index.html#not-a-number">' in html
    )
    assert "not a number (NaN)</a></dfn> spreads." in html


def test_links_are_relative_to_the_page(tmp_path: Path) -> None:
    html = body(
        tmp_path,
        "[[b]] [[b#part|it]] [x](b.md#part) [up](#a) [w](https://example.org/?a=1&b=2)\n\n## A\n",
        b_md="# Bee\n\n## Part\n",
    )
    assert '<a class="link" href="../../bits/b/index.html"><cite>Bee</cite></a>' in html
    assert '<a class="link" href="../../bits/b/index.html#part">it</a>' in html
    assert '<a class="link" href="../../bits/b/index.html#part">x</a>' in html
    assert '<a class="link" href="#a">up</a>' in html
    assert '<a class="link" href="https://example.org/?a=1&amp;b=2" rel="noopener external">w</a>' in html


def test_a_dead_link_is_marked_in_the_preview(tmp_path: Path) -> None:
    grown = grow(tmp_path, {"bits/a.md": "# A\n\n[[nowhere]] [x](no.md) ![alt](no.png) ![[no]]\n"}, live=True)
    html = grown.body("bits/a.md")
    check(html)
    for text in ("nowhere", "x", "alt", "no"):
        assert f'<span class="link--dead">{text}</span>' in html


def test_a_picture_has_its_size_and_an_alt(tmp_path: Path) -> None:
    html = body(tmp_path, '![Loss *curve*](p.png "Title")\n\n![](p.png)\n\n![[p.png]]\n', p_png=PNG)
    src = '<img src="../../files/bits/p.png" alt="'
    rest = 'width="640" height="480"'
    assert f'{src}Loss curve" {rest} title="Title" loading="lazy" decoding="async">' in html
    assert html.count(f'{src}" {rest}') == 2


def test_snippets_are_handed_out_and_their_proof_is_not_shown_twice(tmp_path: Path) -> None:
    html = body(
        tmp_path,
        "```python setup\nx = 1\n```\n\n- in a list\n\n  ```python\n  print(x)\n  ```\n\n  ```output\n  1\n  ```\n\n"
        "```python check\nassert x\n```\n\n```sh\nls <dir>\n```\n\n    indented\n",
    )
    assert '<figure class="snippet" id="snippet-1">a:1</figure>' in html
    assert '<pre class="sh">ls &lt;dir>' in html
    assert '<pre class="">indented' in html
    assert "assert" not in html
    assert "x = 1" not in html
    assert "output" not in html


def test_footnotes_lead_there_and_back(tmp_path: Path) -> None:
    html = body(tmp_path, "One[^1], two[^1], other.[^b]\n\n[^1]: First.\n[^b]: Second.\n")
    found = check(html)
    assert {"fnref-1", "fnref-1-2", "fnref-2", "fn-1", "fn-2"} == set(found.ids)
    assert {href[1:] for href in found.hrefs} == set(found.ids)
    assert html.count('role="doc-backlink"') == 3
    assert '<section class="footnotes" role="doc-endnotes" aria-label="Footnotes">' in html


def test_a_task_says_whether_it_is_done(tmp_path: Path) -> None:
    html = body(tmp_path, "- [x] yes\n- [ ] no\n")
    assert '<input class="task" type="checkbox" disabled checked aria-label="Done"> yes' in html
    assert '<input class="task" type="checkbox" disabled aria-label="To do"> no' in html


def test_definition_lists_strikethrough_and_spans(tmp_path: Path) -> None:
    html = body(tmp_path, "Term\n: Meaning\n\n~~old~~ [span]{.small}\n")
    assert "<dt>Term</dt>" in html
    assert "<s>old</s>" in html
    assert '<span class="small">span</span>' in html


def test_comments_are_dropped_and_other_html_stays(tmp_path: Path) -> None:
    html = body(tmp_path, "holds 131,328<!-- n --> weights <b>here</b>\n\n<!-- a\n\nb -->\n\n<div>x<!-- y --></div>\n")
    assert "<p>holds 131,328 weights <b>here</b></p>" in html
    assert "<div>x</div>" in html
    assert "<!--" not in html


def test_an_embed_shows_the_section_without_ids_and_says_whence(tmp_path: Path) -> None:
    other = (
        "# Bee\n\nTop.\n\n## Part\n\nA [term]{.term}.[^1] [up](#part)\n\n```python\n1\n```\n\n## Next\n\nNo.\n\n[^1]: Note.\n"
    )
    html = body(tmp_path, "## Part\n\n![[b#part]]\n", b_md=other)
    embed = html[html.index('<div class="embed"') :]
    assert "<h3>Part</h3>" in embed
    assert " id=" not in embed
    assert '<figure class="snippet">b:0</figure>' in embed
    assert 'href="../../bits/b/index.html#part">up' in embed
    assert 'href="../../bits/b/index.html#fn-1"' in embed
    assert '<p class="embed__source"><a class="link" href="../../bits/b/index.html#part">Bee: Part</a></p>' in embed
    assert "Top." not in embed
    assert "No." not in embed


def test_an_embed_within_a_paragraph_is_a_link(tmp_path: Path) -> None:
    html = body(tmp_path, "See ![[b]] here.\n", b_md="# Bee\n\nText.\n")
    assert html == '<p>See <a class="link" href="../../bits/b/index.html"><cite>Bee</cite></a> here.</p>\n'


def test_a_ring_of_embeds_ends_in_the_preview(tmp_path: Path) -> None:
    grown = grow(tmp_path, {"bits/a.md": "# A\n\n![[b]]\n", "bits/b.md": "# B\n\nText b.\n\n![[a]]\n"}, live=True)
    html = grown.body("bits/a.md")
    check(html)
    assert html.count("Text b.") == 1


def test_embeds_that_would_multiply_are_stopped_and_reported(tmp_path: Path) -> None:
    files = {f"bits/n{n}.md": f"# N{n}\n\n![[n{n + 1}]]\n\n![[n{n + 1}]]\n" for n in range(40)}
    grown = grow(tmp_path, {**files, "bits/n40.md": "# N40\n\nEnd.\n"})
    html, problems = grown.rendered("bits/n0.md")
    assert len(html) < 50_000
    assert {(problem.path, problem.line, problem.code) for problem in problems} >= {("bits/n5.md", 3, Code.EMBED_CYCLE)}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("fine $x$, and\nbroken $\\frac{1} + \\foo$ here\n", 3, 20),
        ("- item\n  and $\\foo$\n", 3, 8),
        ("> quoted\n> $\\foo$\n", 3, 4),
        ("$$\nx +\n\\foo{y}\n$$\n", 4, 1),
        ("> $$\n> x +\n>   \\foo{y}\n> $$\n", 4, 5),
        ("| a |\n|---|\n| b |\n| $\\foo$ |\n", 5, 4),
        ("## About $\\foo$\n", 2, 11),
        ("a[^1]\n\n[^1]: see $\\foo$\n", 4, 12),
        ("> [!note] Title $\\foo$\n> Body.\n", 2, 18),
        ("$$ \\foo $$\n", 2, 4),
    ],
)
def test_bad_latex_is_reported_at_its_line_and_column(tmp_path: Path, text: str, line: int, column: int) -> None:
    grown = grow(tmp_path, {"bits/a.md": f"# A\n{text}"})
    _, problems = grown.rendered("bits/a.md")
    assert [(problem.path, problem.line, problem.column, problem.code) for problem in problems] == [
        ("bits/a.md", line, column, Code.BAD_MATH)
    ]
    assert 'unknown command "\\foo"' in problems[0].message
    assert problems[0].hint


FACT = """\
# Arrays

## Glance

Text [x](#glance).

:::fact {#strides}
What of $x$?

= $(1, 6)$
- $\\foo$
- (4, 1)
- (1, 4)

Axes **swap**.

source: https://example.org/
:::
"""


def sheet(folder: Path) -> tuple[Grown, Note]:
    grown = grow(folder, {"cheatsheets/p/arrays.md": FACT})
    return grown, grown.note("cheatsheets/p/arrays.md")


def test_a_sheet_s_ids_begin_with_its_chapter_and_facts_are_laid_out_by_the_page(tmp_path: Path) -> None:
    grown, note = sheet(tmp_path)

    def fact_html(of: Note, fact: Fact) -> str:
        return f"<p>{of.title}: {fact.id}</p>\n"

    html, problems = render_body(
        note, grown.garden, root="../../", snippet_html=snippet_html, code_html=code_html, fact_html=fact_html
    )
    assert '<h3 id="arrays-glance">' in html
    assert '<a class="link" href="#arrays-glance">x</a>' in html
    assert "<p>Arrays: strides</p>" in html
    assert [(problem.line, problem.code) for problem in problems] == [(11, Code.BAD_MATH)]
    assert "swap" not in html


def test_the_parts_of_a_fact_are_rendered_alone(tmp_path: Path) -> None:
    grown, note = sheet(tmp_path)
    fact = note.facts[0]
    explanation = render_blocks(
        fact.explanation, note, grown.garden, root="../../", snippet_html=snippet_html, code_html=code_html
    )
    assert "<p>Axes <strong>swap</strong>.</p>" in explanation
    assert render_inline(fact.answer.tokens, note, grown.garden, root="../../").startswith("<math>")


def test_a_heading_in_the_table_of_contents_holds_no_link(tmp_path: Path) -> None:
    grown = grow(
        tmp_path, {"bits/a.md": "# A\n\n## The [[b]] and [x](b.md) and `c`[^1]\n\n[^1]: N.\n", "bits/b.md": "# Bee\n\nText.\n"}
    )
    note = grown.note("bits/a.md")
    html = render_inline(note.headings[0].tokens, note, grown.garden, root="../../", links=False)
    assert html == "The Bee and x and <code>c</code>"


def test_a_definition_shows_its_term_without_an_id(tmp_path: Path) -> None:
    grown = grow(tmp_path, {"bits/a.md": "# A\n\nA [logit]{.term} is a score.\n"})
    note = grown.note("bits/a.md")
    html = render_inline(note.terms[0].tokens, note, grown.garden, root="../")
    assert html == 'A <dfn class="term"><a class="term__link" href="../glossary/index.html#logit">logit</a></dfn> is a score.'


def test_rendering_changes_no_token(tmp_path: Path) -> None:
    grown = grow(tmp_path, {"bits/a.md": "# A\n\n![alt](p.png)\n\n## H\n\n| a |\n|:-:|\n| b |\n", "bits/p.png": PNG})
    before = [token.as_dict() for token in grown.note("bits/a.md").tokens]
    first = grown.body("bits/a.md")
    assert [token.as_dict() for token in grown.note("bits/a.md").tokens] == before
    assert grown.body("bits/a.md") == first


BLOCKS = [
    "# H\n",
    "![[a#h]]",
    "> [!tip]- T\n> ",
    "- [ ] ",
    "$$\ny\n$$\n",
    "\n[^1]: n\n",
    "Q\n: A\n",
    "| a |\n|---|\n| b |\n",
    "1. ",
]
INLINES = ["[[a]]", "[x](#h)", "$x$", "[t (T)]{.term}", "`c`", "*", "**", "[^1]", "word ", "~~", "[", "](", "\n", "\n\n"]
PIECES = st.sampled_from([*BLOCKS, *INLINES, "```python\n1\n```\n"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=14))
def test_whatever_is_written_gives_balanced_html_with_unique_ids(tmp_path: Path, pieces: list[str]) -> None:
    grown = grow(tmp_path, {"bits/a.md": "---\ntitle: A\n---\n\n## H\n\n" + "".join(pieces) + "\n\nEnd.\n"}, live=True)
    check(grown.body("bits/a.md"))


def test_mathml_inside_a_body_is_well_formed(tmp_path: Path) -> None:
    html = body(tmp_path, "$a<b$ and $\\operatorname{softmax}(x)$\n")
    for formula in re.findall(r"<math>.*?</math>", html):
        ET.fromstring(formula)


def test_an_embedded_fact_shows_its_answer_and_no_wrong_option(tmp_path: Path) -> None:
    grown = grow(tmp_path, {"cheatsheets/p/arrays.md": FACT, "bits/a.md": "# A\n\n![[arrays#strides]]\n"})
    html = grown.body("bits/a.md")
    check(html)
    assert re.findall(r"<p>(.*?)</p>", html)[0].startswith("What of <math>")
    assert "<mn>6</mn>" in html
    assert "<p>Axes <strong>swap</strong>.</p>" in html
    assert "(4, 1)" not in html
    assert "source:" not in html
    assert 'href="../../cheatsheets/p/index.html#strides"' in html


def test_a_definition_leads_back_to_its_note_from_any_page(tmp_path: Path) -> None:
    grown = grow(tmp_path, {"bits/a.md": "# A\n\nA [logit]{.term} is a [score](#score).\n\n## Score\n"})
    note = grown.note("bits/a.md")
    html = render_inline(note.terms[0].tokens, note, grown.garden, root="../")
    assert re.findall('href="(.*?)"', html)[1:] == ["../bits/a/index.html#score"]
