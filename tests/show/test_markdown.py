"""A note as plain Markdown: what the author wrote stays, what only a garden understands is settled."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenbed.model import Figure, Status, Verdict
from greenbed.show.files.blocks import joined
from greenbed.show.files.inlines import settled
from greenbed.show.files.markdown import blocks_of
from greenbed.show.files.telling import Told
from greenbed.show.files.texts import page_address, text_address
from tests.show.growing import Grown, config_in, grow
from tests.show.rendering import Rendered, press

OTHERS = {
    "bits/masks.md": "---\ntitle: Masks\n---\n\n## Causal\n\nOnly the past.\n\nMore.\n",
    "bits/pixel.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
}


def markdown(grown: Grown, path: str = "bits/a.md") -> str:
    """The body of a note; addresses from the site's root stand as they are."""
    told = Told(grown.garden)
    return settled(joined(map(told.block, blocks_of(grown.note(path), grown.garden))), lambda url: url)


def written(folder: Path, body: str) -> str:
    """The body of a note with this text, beside two others."""
    return markdown(grow(folder, {**OTHERS, "bits/a.md": f"---\ntitle: A\n---\n\n{body}"}))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("See [[masks]] and [[masks#Causal|the past]].", "See [Masks](/bits/masks/) and [the past](/bits/masks/#causal)."),
        ('A [*link* to `[x`](masks.md#causal "t").', 'A [*link* to `[x`](/bits/masks/#causal "t").'),
        ("By [reference][m], [m] too.\n\n[m]: masks.md", "By [reference](/bits/masks/), [m](/bits/masks/) too."),
        ("Out [there][x].\n\n[x]: https://example.org/a_(b)", "Out [there](https://example.org/a_(b))."),
        ("![A dot](pixel.svg) ![[pixel.svg|alt]] x", "![A dot](/files/bits/pixel.svg) ![alt](/files/bits/pixel.svg) x"),
        ("`4<!-- = 5 -->` stays.", "`4<!-- = 5 -->` stays."),
        ('A [stride (S)]{.term aka="step"} and [x]{.small}.', "A stride (S) and x."),
        (r"Of \(x^2\) and $[0, 1)$ and \[y\] d_k * 2.", "Of $x^2$ and $[0, 1)$ and $$y$$ d_k * 2."),
    ],
)
def test_what_only_a_garden_understands_is_settled(tmp_path: Path, source: str, expected: str) -> None:
    assert written(tmp_path, source + "\n") == expected


@pytest.mark.parametrize(
    "source",
    [
        "- a\n- b\n  - c\n- d",
        "3. a\n\n   b\n\n   ```text\n   c\n   ```\n\n4. d",
        "- [ ] open\n- [x] done",
        "> a\n> b\n>\n> - c",
        "| a | b |\n| :-- | --: |\n| `x` | \\|y\\| |",
        "## One\n\n### Two",
        "$$\nx = 1\n$$",
        "````text\n```\n````",
        "a  \nb \\* &amp; *c*",
        "x[^1] y\n\n[^1]: Why.\n\n      And.",
    ],
)
def test_what_everybody_understands_stays_as_written(tmp_path: Path, source: str) -> None:
    assert written(tmp_path, source + "\n") == source


def test_a_checked_literal_loses_its_comment_and_so_does_a_remark(tmp_path: Path) -> None:
    text = written(
        tmp_path, "It has *4*<!-- = n --> weights.<!-- A remark. -->\n\n<!-- Another. -->\n\n```python\nn = 4\n```\n"
    )
    assert text.startswith("It has *4* weights.\n\n```python")


def test_headings_begin_below_the_title(tmp_path: Path) -> None:
    assert written(tmp_path, "# One\n\n## Two {#own}\n") == "## One\n\n### Two"


def test_a_callout_is_a_quote_with_its_title_in_bold(tmp_path: Path) -> None:
    text = written(tmp_path, "> [!warning] Trap\n> Mind it.\n\n> [!tip]-\n> Fold.\n")
    assert text == "> **Warning: Trap**\n>\n> Mind it.\n\n> **Tip**\n>\n> Fold."


def test_a_definition_list_is_a_name_and_an_item(tmp_path: Path) -> None:
    assert written(tmp_path, "Term\n: Its definition.\n") == "**Term**\n\n- Its definition."


def test_an_inline_footnote_is_written_out_at_the_end(tmp_path: Path) -> None:
    assert written(tmp_path, "x^[of [[masks]]] y\n") == "x[^note-1] y\n\n[^note-1]: of [Masks](/bits/masks/)"


def test_an_embed_is_a_quote_that_names_its_source(tmp_path: Path) -> None:
    text = written(tmp_path, "![[masks#Causal]]\n")
    assert text == "> From [Masks: Causal](/bits/masks/#causal):\n>\n> ### Causal\n>\n> Only the past.\n>\n> More."


def test_a_fact_tells_its_question_answer_and_wrong_options(tmp_path: Path) -> None:
    body = ":::fact {#q}\nWhat is `1 + 1`?\n\n= 2\n- 3\n- 4\n\nSo it is.\n\nsource: https://example.org\n:::\n"
    grown = grow(tmp_path, {"cheatsheets/p/a.md": f"---\ntitle: A\n---\n\n{body}"})
    expected = (
        "**Question:** What is `1 + 1`?\n\n**Answer:** 2\n\n**Wrong:**\n\n- 3\n- 4\n\nSo it is.\n\nsource: https://example.org"
    )
    assert markdown(grown, "cheatsheets/p/a.md") == expected


def test_a_citation_names_its_work(tmp_path: Path) -> None:
    work = "vaswani2017: {title: Attention, authors: [Vaswani, Shazeer, Parmar], year: 2017, url: 'https://example.org/a'}\n"
    grown = grow(tmp_path, {"references.yaml": work, "bits/a.md": "---\ntitle: A\n---\n\nSo [@vaswani2017, §3.2] says.\n"})
    assert markdown(grown) == "So ([Vaswani et al., 2017](https://example.org/a), §3.2) says."


def told(folder: Path, body: str, *verdicts: Verdict) -> str:
    """The body of a note whose snippets have these verdicts."""
    return markdown(grow(folder, {"bits/a.md": f"---\ntitle: A\n---\n\n{body}"}, verdicts={"bits/a.md": verdicts}))


SHOWN = "```python\nprint(1 + 1)\n```\n"


def test_a_snippet_is_told_with_its_output_and_what_proves_it(tmp_path: Path) -> None:
    body = f'{SHOWN}\n```python check alt="A line"\nassert True\n```\n'
    shown = Verdict(0, Status.VERIFIED, checks=1, stdout="\x1b[1m2\x1b[0m\n", verified_on="2026-11-22")
    check = Verdict(1, Status.VERIFIED, checks=2, verified_on="2026-11-23", figures=(Figure("<svg></svg>", "A line"),))
    assert told(tmp_path, body, shown, check) == (
        "```python\nprint(1 + 1)\n```\n\n```output\n2\n```\n\n*Figure: A line*\n\n"
        "> Verified: 3 checks held on torch 2.13.0, 2026-11-23."
    )


def test_setup_is_shown_and_an_error_is_told(tmp_path: Path) -> None:
    body = '```python setup\nimport torch\n```\n\n- x\n\n  ```python raises="ValueError"\n  f()\n  ```\n'
    setup = Verdict(0, Status.RUNS)
    raised = Verdict(1, Status.VERIFIED, checks=1, raised="ValueError: no\nway", verified_on="2026-11-22")
    assert told(tmp_path, body, setup, raised) == (
        "```python setup\nimport torch\n```\n\n- x\n\n  ```python\n  f()\n  ```\n\n"
        "  ```error\n  ValueError: no\n  way\n  ```\n\n"
        "  > Verified: 1 check held on torch 2.13.0, 2026-11-22."
    )


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (Verdict(0, Status.SKIPPED, reason="needs\ntwo GPUs"), "> Skipped: needs two GPUs"),
        (Verdict(0, Status.NOT_RUN, reason="line 3 did not finish"), "> Not run: line 3 did not finish"),
        (Verdict(0, Status.RUNS, verified_on="2026-11-22"), "> Ran on torch 2.13.0, 2026-11-22; it claims nothing."),
    ],
)
def test_what_is_not_proven_is_not_called_so(tmp_path: Path, verdict: Verdict, said: str) -> None:
    assert told(tmp_path, SHOWN, verdict).endswith(f"\n\n{said}")


def test_expected_output_stands_once(tmp_path: Path) -> None:
    text = told(tmp_path, f"{SHOWN}\n```output\n2\n```\n", Verdict(0, Status.VERIFIED, checks=1, stdout="2\n"))
    assert text.count("```output\n2\n```") == 1


def pages(folder: Path, **settings: str) -> Rendered:
    """A site with a page of each kind that has a text."""
    sheet = "---\ntitle: Arrays\nsummary: All of them.\n---\n\nSee [[masks]].\n"
    note = "---\ntitle: A\ntags: [shapes]\ncategory: torch-api\n---\n\nA [stride]{.term} of $n$, see [[masks]].\n\n" + SHOWN
    works = "ba2016: {title: Layer Norm, authors: [Ba, Kiros], year: 2016, url: 'https://example.org/ln'}\n"
    files = {
        **OTHERS,
        "references.yaml": works,
        "bits/a.md": note,
        "chapters/c.md": "# C\n\nText.\n",
        "cheatsheets/p/arrays.md": sheet,
    }
    return press(folder, files, title="Garden", **settings)


def test_every_page_that_says_something_has_its_text(tmp_path: Path) -> None:
    site = pages(tmp_path)
    texts = {path.removesuffix("index.md") for path in site.files if path.endswith("index.md")}
    html = {path.removesuffix("index.html") for path in site.files if path.endswith("/index.html") or path == "index.html"}
    assert html - texts <= {"verified/", "map/"}
    assert texts <= html
    for page in html:
        named = '<link rel="alternate" type="text/markdown" href="index.md">' in site.page(f"{page}index.html")
        assert named is (page in texts)


def test_without_a_web_address_texts_lead_to_each_other(tmp_path: Path) -> None:
    site = pages(tmp_path)
    assert "[Masks](../../bits/masks/index.md)" in site.page("bits/a/index.md")
    assert "- [A](bits/a/index.md): A stride of n, see masks." in site.page("index.md")
    assert "**stride**: A stride of $n$, see masks. (From [A](../bits/a/index.md#term-stride))" in site.page(
        "glossary/index.md"
    )
    assert site.page("cheatsheets/p/index.md").startswith("# P\n\n## Arrays\n\n> All of them.\n\nSee [Masks](")
    assert "- Ba and Kiros, 2016: [Layer Norm](https://example.org/ln). Ba, Kiros." in site.page("references/index.md")
    assert "- [shapes](../tags/shapes/index.md): 1 note" in site.page("tags/index.md")


def test_with_a_web_address_they_are_whole(tmp_path: Path) -> None:
    site = pages(tmp_path, base_url="https://example.org/g")
    assert "[Masks](https://example.org/g/bits/masks/index.md)" in site.page("bits/a/index.md")
    assert "index.md" not in site.page("sitemap.xml")


def test_what_would_end_a_link_is_encoded(tmp_path: Path) -> None:
    config = config_in(tmp_path)
    assert text_address(config, "x/index.md")("/bits/a(b)/#c") == "../bits/a%28b%29/index.md#c"
    assert page_address(config, "x/index.md")("/bits/a/") == "../bits/a/index.html"
