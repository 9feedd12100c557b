"""Document → Note: the fields that are made of several sources."""

from __future__ import annotations

from datetime import date
from pathlib import Path, PurePosixPath

import pytest

from greenbed.model import Config, Kind
from greenbed.read.discover import discover
from greenbed.read.extract import extract
from greenbed.read.parse import parse
from tests.read.notes import note, read, source


def test_a_note_carries_its_file_and_its_place() -> None:
    found = note("Text", "chapters/part/On Softmax.md")
    assert (found.path, found.file) == (
        PurePosixPath("chapters/part/On Softmax.md"),
        Path("/garden/chapters/part/On Softmax.md"),
    )
    assert (found.kind, found.slug, found.url) == (Kind.CHAPTER, "part/on-softmax", "/chapters/part/on-softmax/")
    assert found.sha256 == source("Text").sha256


FRONT = "---\norder: 1\ntitle: From above\n---\n"


@pytest.mark.parametrize(
    ("text", "title", "line", "first"),
    [
        (FRONT + "# Heading\n\nText", "From above", 3, "heading_open"),
        (FRONT + "# From *above*\n\nText", "From above", 3, "paragraph_open"),
        (FRONT + "Text\n\n# From above\n", "From above", 3, "paragraph_open"),
        ("---\norder: 1\n---\n\n# On `x`\n\nText", "On x", 5, "paragraph_open"),
        ("<!-- lint off -->\n\n# Heading\n\nText", "Heading", 3, "html_block"),
        ("# Heading", "Heading", 1, None),
        ("## Heading\n\nText", "Heading", 1, "heading_open"),
        ("Text\n\n# Heading\n", "Heading", 3, "paragraph_open"),
        ("#\n\n# Heading\n", "Heading", 3, "heading_open"),
        ("> # Quoted\n\nText\n\n## Heading\n", "Heading", 5, "blockquote_open"),
        ("Text", "Why sqrt dk", 1, "paragraph_open"),
    ],
)
def test_the_title_is_the_front_matters_else_the_first_headings_else_the_files(
    text: str, title: str, line: int, first: str | None
) -> None:
    found = note(text, "bits/why-sqrt_dk.md")
    assert (found.title, found.title_line) == (title, line)
    assert (found.tokens[0].type if found.tokens else None) == first


def test_a_title_that_is_taken_off_leaves_nothing_behind() -> None:
    found = note("# Title\n\n## Next {#n}\n\nText")
    assert [(heading.level, heading.text, heading.id, heading.line) for heading in found.headings] == [(2, "Next", "n", 3)]
    assert sum(token.nesting for token in found.tokens) == 0


def test_headings_are_found_wherever_they_stand() -> None:
    found = note("Text\n\n## On *x* and `y`\n\n> ### In a quote\n\n- #### In a list\n\nOver\ntwo lines\n---\n")
    assert [(heading.level, heading.text, heading.id, heading.line) for heading in found.headings] == [
        (2, "On x and y", "on-x-and-y", 3),
        (3, "In a quote", "in-a-quote", 5),
        (4, "In a list", "in-a-list", 7),
        (2, "Over two lines", "over-two-lines", 9),
    ]
    assert [token.type for token in found.headings[0].tokens] == ["text", "em_open", "text", "em_close", "text", "code_inline"]


@pytest.mark.parametrize(
    ("front", "created", "updated"),
    [
        ("", None, date(2025, 3, 4)),
        ("---\ncreated: 2024-01-02\n---\n", date(2024, 1, 2), date(2025, 3, 4)),
        ("---\nupdated: 2026-01-02\n---\n", None, date(2026, 1, 2)),
    ],
)
def test_the_day_of_the_last_commit_fills_in(front: str, created: date | None, updated: date) -> None:
    found, problems = read(front + "Text", committed=date(2025, 3, 4))
    assert problems == ()
    assert (found.created, found.updated) == (created, updated)


def test_words_are_those_of_prose() -> None:
    text = "# Title\n\nOne `two` [three four](a.md) $x$ *five*\nsix.\n\n```python\nno = 1\n```\n\n"
    assert note(text).words == 6
    assert note(text + "- seven\n\n| eight |\n|---|\n| nine |\n").words == 9


FIRST = "The *first* `x` at $y$,\nsee [[a/b]] and [c](d.md).[^1]"


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        (f"# T\n\n> [!note] Not\n\n- not\n\n![](not.png)\n\n{FIRST}\n\n[^1]: no", "The first x at y, see b and c."),
        ("# Only a heading", ""),
        ("a" * 200, "a" * 159 + "…"),
        ("word " * 40, "word " * 30 + "word word…"),
    ],
)
def test_the_excerpt_is_the_first_paragraph_cut_between_words(text: str, excerpt: str) -> None:
    assert note(text).excerpt == excerpt
    assert len(excerpt) <= 160


def test_crlf_and_bom_are_gone_before_lines_are_counted(tmp_path: Path) -> None:
    text = "---\ntitle: a\n---\n\n> ```python\n> x = 1\n> ```\n\nSee [[b]].\n"
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    folders = (tmp_path,) * 6
    (only,) = discover(Config(*folders))[0].sources
    found, problems = extract(parse(only)[0])
    assert problems == ()
    assert (found.title, found.title_line) == ("a", 2)
    assert [(snippet.fence_line, snippet.line, snippet.code) for snippet in found.snippets] == [(5, 6, "x = 1\n")]
    assert [(link.line, link.column) for link in found.links] == [(9, 5)]


def test_the_example_of_the_documentation_reads_without_a_problem() -> None:
    text = """\
        ---
        title: torch.where differentiates both branches
        tags: [autograd, nan]
        ---

        ```python
        import torch

        x = torch.tensor([0.0, 4.0], requires_grad=True)
        ```

        **Why it matters.** At $x = 0$ the slope is infinite, so the product is
        [not a number (NaN)]{.term}: the result of an operation without a value. The forward value,
        0.0<!-- = y[0] -->, gave no sign of it.

        ```python check
        assert x is not None
        ```

        > [!warning] Trap
        > Adding an epsilon hides it. See also [[fully-masked-rows]].
        """
    found = note(text)
    assert [snippet.owner for snippet in found.snippets] == [0, 0]
    assert found.excerpt.startswith("Why it matters. At x = 0 the slope is infinite, so the product is not a number (NaN): the")
    assert [link.target for link in found.links] == ["fully-masked-rows"]
    assert [(literal.text, literal.expression, literal.after) for literal in found.literals] == [("0.0", "y[0]", 0)]
