"""Source → Document: never raises, forgets nothing between two texts, and knows the lines."""

from __future__ import annotations

import pytest
from hypothesis import example, given

from greenbed.model import Code
from greenbed.read.extract import extract
from greenbed.read.parse import parse
from tests.read.notes import document, error, note, problem, read, source
from tests.read.texts import MARKDOWN


@given(MARKDOWN)
@example("---\n" + "- " * 200)
@example("[" * 500 + "a" + "]" * 500)
@example(":::fact\n" * 120)
@example("> " * 400 + "```python")
@example("^[" * 200)
@example("[a [b" * 100 + "]{.term}" * 200)
@example("$`" * 300)
@example("\\(" * 300 + "`" * 9)
def test_no_text_makes_reading_raise(text: str) -> None:
    parsed, broken = parse(source(text))
    _, unclear = extract(parsed)
    last = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    for found in broken + unclear:
        assert 1 <= found.line <= last
        assert found.column >= 1
        assert found.message
        assert found.hint
        assert "\n" not in found.message + found.hint


@given(MARKDOWN, MARKDOWN)
def test_nothing_of_one_note_is_left_in_the_next(first: str, second: str) -> None:
    before = parse(source(second))
    parse(source(first))
    assert parse(source(second)) == before


def test_tokens_are_balanced_and_closed() -> None:
    parsed = document("> [!note] a\n> - b\n>   :::fact {#c}\n>   d\n>   :::\n\nText[^1]\n\n[^1]: e\n")
    assert sum(token.nesting for token in parsed.tokens) == 0


def test_the_body_begins_below_the_front_matter() -> None:
    parsed = document("---\ntitle: a\n---\n\n# Heading\n")
    assert (parsed.body_line, parsed.meta.title) == (4, "a")
    assert parsed.tokens[0].map == [1, 2]


@pytest.mark.parametrize(
    ("text", "code", "line", "hint"),
    [
        ("---\ntitle: a\n", Code.FRONT_MATTER, 1, "write --- on a line of its own below the last key"),
        ("---\ntitle: a: b\n---\n", Code.FRONT_MATTER, 2, "put a value that holds : # [ { or quotes in quotes"),
        ("---\ntitle: a\ntags: b\n---\n", Code.FRONT_MATTER_TYPE, 3, "write tags: [b]"),
        ("---\ntag: a\n---\n", Code.UNKNOWN_KEY, 2, 'did you mean "tags"?'),
    ],
)
def test_front_matter_is_reported_with_the_files_path(text: str, code: Code, line: int, hint: str) -> None:
    found = problem(text, "chapters/b.md")
    assert (found.path, found.code, found.line, found.hint) == ("chapters/b.md", code, line, hint)


def test_what_an_author_wrote_cannot_move_the_terminals_cursor() -> None:
    assert problem(":::\x1b[2Jx\n:::\n").message == 'unknown container "\ufffd[2Jx"'


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\ntitle: a\n---\n```python\n1\n", 4),
        ("a\n\n- b\n\n  ```python\n  1\n", 5),
        ("> [!note] a\n> ~~~python\n> 1\n\nb", 2),
        ("1. a\n\n   ````\n   ```\n   b\n", 3),
    ],
)
def test_an_unclosed_fence_is_reported_where_it_opens(text: str, line: int) -> None:
    found = problem(text)
    assert (found.path, found.line, found.code) == ("bits/a.md", line, Code.UNCLOSED_FENCE)
    assert found.message.endswith("is never closed")
    assert found.hint.endswith("below the code, indented like the opening line")


def test_an_unclosed_container_is_reported_where_it_opens() -> None:
    _, problems = read("a\n\n::::fact {#b}\nQ?\n\n= a\n- b\n\nsource: c\n")
    message = "this container is never closed"
    assert problems == (error(Code.UNCLOSED_CONTAINER, 3, 1, message, "write :::: on a line of its own where it ends"),)


def test_an_unknown_container_is_reported() -> None:
    hint = "there are :::fact and :::example; for a note or a warning write > [!note]"
    assert problem("a\n\n:::warning\nb\n:::\n") == error(Code.UNKNOWN_CONTAINER, 3, 1, 'unknown container "warning"', hint)


def test_a_misspelt_container_is_still_named() -> None:
    assert problem(":::facts {#a}\nb\n:::\n").message == 'unknown container "facts"'


def test_all_problems_of_a_file_are_reported() -> None:
    _, problems = read("---\ntag: a\norder: b\n---\n:::x\n:::\n```python chek\n1\n")
    codes = [found.code for found in problems]
    assert codes == [Code.UNKNOWN_KEY, Code.FRONT_MATTER_TYPE, Code.UNKNOWN_CONTAINER, Code.UNCLOSED_FENCE, Code.UNKNOWN_OPTION]
    assert [found.line for found in problems] == [2, 3, 5, 7, 7]


PLACES = """\
---
title: a
---
# On [[h1]]

One [[p1]] and
two **bold [[p2]]** then `code
over lines` [[p3]] and $a
= b$ [[p4]] and \\(c
\\) [[p5]]  \u0020
hard [[p6]]\\
break [[p7]] and [text
over](p8.md) [[p9]]

> quote [[q1]]
> more *em
> [[q2]]*
lazy [[q3]]

> [!note] Title [[c1]]
> body [[c2]]

- item [[l1]]
  more [[l2]]

  1. deep
     [[l3]] ![[l4]]
- [ ] task
  [[l5]]

| [[t1]] | b |
|---|---|
| `x` | see [[t2]] |
| [[t3\\|text]] | $y$ [[t4]] |

Term
: definition
  [[d1]] and [text](d2.md)

Text[^1] and ^[inline
[[f1]]].

![[e1]]

- ![[e2]]

  ![alt](i1.png)

[^1]: note
    [[f2]]

Setext [[s1]]
over two [[s2]]
=====
"""


@pytest.mark.parametrize("text", [PLACES, PLACES.replace("---\ntitle: a\n---\n", ""), PLACES.replace("  1. deep", "\t1. deep")])
def test_every_link_has_the_line_and_column_where_it_is_written(text: str) -> None:
    lines = text.split("\n")
    found = note(text).links
    assert len(found) == 33
    for link in found:
        rest = "\n".join(lines[link.line - 1 :])[link.column - 1 :]
        opening = rest.lstrip("![").partition(link.target)[0]
        assert rest.startswith(("[", "!")), link
        assert opening in ("", "text\nover](", "text](", "alt]("), link
