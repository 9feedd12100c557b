"""Checked literals on the page: the value, and the expression behind it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.show.growing import grow

CODE = "```python setup\nn = 15\n```\n\n```python\nn\n```\n"


def body(folder: Path, text: str) -> str:
    grown = grow(folder, {"bits/a.md": f"{CODE}\n{text}\n"})
    assert grown.problems == ()
    return grown.body("bits/a.md")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("holds 131,328<!-- = n --> weights", 'holds <span class="literal" title="= n">131,328</span> weights'),
        ("3.2×<!-- = n -->", '<span class="literal" title="= n">3.2</span>×'),
        ("`15`<!-- = n -->", '<span class="literal" title="= n"><code>15</code></span>'),
        ("**15**<!-- = n -->", '<span class="literal" title="= n"><strong>15</strong></span>'),
        (
            "15<!-- = f(\"<b>\", '&',\n  1 > 0) -->",
            '<span class="literal" title="= f(&quot;&lt;b&gt;&quot;, &#x27;&amp;&#x27;, 1 &gt; 0)">15</span>',
        ),
        ("[at 15<!-- = n -->](https://a.b)", 'at <span class="literal" title="= n">15</span></a>'),
    ],
)
def test_a_literal_is_a_span_that_says_its_expression(tmp_path: Path, text: str, html: str) -> None:
    assert html in body(tmp_path, text)


def test_around_a_formula_stands_one_span(tmp_path: Path) -> None:
    html = body(tmp_path, r"$\hat y = 0.5$<!-- = y --> and $$x = 0.5$$<!-- = y -->")
    inline, _, displayed = html.partition(" and ")
    assert inline.count('<span class="literal" title="= y"><math') == 1
    assert "</math></span>" in inline
    assert '<span class="literal" title="= y"><span class="math"' in displayed


def test_in_a_heading_a_table_and_a_callout(tmp_path: Path) -> None:
    html = body(tmp_path, "## Of 15<!-- = n -->\n\n| a |\n|---|\n| 15<!-- = n --> |\n\n> [!note] Of 15<!-- = n -->\n> b\n")
    assert html.count('<span class="literal" title="= n">15</span>') == 3
    assert '<h2 id="of-15">Of <span class="literal" title="= n">15</span></h2> <a' in html
    assert 'aria-label="Link to section Of 15"' in html


def test_what_a_picture_stands_for_holds_the_value_alone(tmp_path: Path) -> None:
    assert 'alt="a 15 b"' in body(tmp_path, "![a 15<!-- = n --> b](https://a.b/c.png)")
