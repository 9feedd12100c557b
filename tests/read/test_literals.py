"""Checked literals of a note: where they stand, what computes them, and comments that nothing can check."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from greenbed.model import Code, Literal
from greenbed.read.extract import extract
from greenbed.read.parse import parse
from tests.read.notes import error, note, problem, read, source
from tests.read.texts import MARKDOWN

CODE = "```python\nn = 15\n```\n"


def literals(text: str, path: str = "bits/a.md") -> list[tuple[str, int, int, int | None]]:
    """Text, line, column and place among the snippets of each literal."""
    return [(one.text, one.line, one.column, one.after) for one in note(text, path).literals]


def test_a_literal_is_evaluated_after_the_last_snippet_above_it() -> None:
    text = (
        "Of 2<!-- = 1 + 1 -->.\n\n```python setup\nn = 15\n```\n\nHere 15<!-- = n -->.\n\n```python\nn\n```\n\n"
        "```python check\nn\n```\n\nAnd 15<!-- = n --> and 16<!-- = n + 1 -->.\n"
    )
    assert note(text).literals == (
        Literal("2", "1 + 1", 1, 4, None),
        Literal("15", "n", 7, 6, 0),
        Literal("15", "n", 17, 5, 2),
        Literal("16", "n + 1", 17, 24, 2),
    )


PLACES = """\
---
order: 1
---

# Of 11<!-- = n --> kinds

```python
n = 15
```

| a | b |
|---|---|
| x | 12<!-- = n --> |
| `13`<!-- = n --> | **14**<!-- = n \\| 0 --> |

- [ ] 15<!-- = n --> left
  - over two
    lines 16<!-- = n -->

> [!note] Just 17<!-- = n --> of them
> or 18<!-- = n -->

Term 19<!-- = n -->
: is $\\approx 20$<!-- = n -->

See ^[in 21<!-- = n -->] and [the 22<!-- = n --> of it](https://a.b), ![a 23<!-- = n --> b](https://a.b/c.png)[^1].

[^1]: Of 24<!-- = n --> x
    and 25<!-- = n -->
"""


def test_every_literal_has_the_line_and_column_where_it_is_written() -> None:
    lines = PLACES.split("\n")
    found = note(PLACES).literals
    assert sorted(int(one.text) for one in found) == list(range(11, 26))
    for one in found:
        assert lines[one.line - 1][one.column - 1 :].startswith(one.text), one


def test_equal_cells_are_told_apart() -> None:
    row = "| a |  15<!-- = n --> or |15<!-- = n \\| 0 --> | 15<!-- = n --> |"
    last = "| \\| | x | 15<!-- = n --> | 15<!-- = n -->"
    columns = [[found.start() + 1 for found in re.finditer("15", line)] for line in (row, last)]
    found = note(f"{CODE}\n{row}\n|-|-|-|-|\n{last}\n").literals
    assert [(one.line, one.column) for one in found] == [*((5, at) for at in columns[0]), *((7, at) for at in columns[1])]


def test_nothing_of_a_comment_is_left_in_what_the_note_says() -> None:
    found = note(PLACES)
    assert (found.title, found.headings) == ("Of 11 kinds", ())
    assert found.excerpt == "See and the 22 of it, a 23 b."
    text = "## Of [11]{.term}<!-- = n --> kinds\n\n" + CODE + "\nA [gate 12<!-- = n -->]{.term} and [[b]] at 13<!-- = n -->.\n"
    told = note(text.replace("## Of [11]{.term}", "## Of 11"))
    assert [(heading.text, heading.id) for heading in told.headings] == [("Of 11 kinds", "of-11-kinds")]
    assert [(term.name, term.id, term.text) for term in told.terms] == [
        ("gate 12", "term-gate-12", "A gate 12 and b at 13."),
    ]
    assert told.links[0].context == "A gate 12 and b at 13."


FACT = """\
```python setup
n = 15
```

:::fact {#a}
Of 1<!-- = m --> or more?

= 2<!-- = m + 1 -->
- `(3, 3)`<!-- = (3, m - 2) -->
- four

Since 5<!-- = m -->.

```python check
m = 5
```
:::

After 6<!-- = n -->.

:::fact {#b}
Of 7<!-- = n -->?

= 8
- 9

source: https://a.b
:::
"""


def test_the_literals_of_a_fact_see_what_its_check_makes() -> None:
    path = "cheatsheets/p/a.md"
    assert literals(FACT, path) == [
        ("1", 6, 4, 1),
        ("2", 8, 3, 1),
        ("(3, 3)", 9, 4, 1),
        ("5", 12, 7, 1),
        ("6", 19, 7, 0),
        ("7", 22, 4, 0),
    ]
    (first, _) = note(FACT, path).facts
    assert [choice.text for choice in (first.answer, *first.distractors)] == ["2", "(3, 3)", "four"]


FRONT = """\
---
title: "Of 15<!-- = n --> kinds"
summary: >-
  It holds 131,328<!-- = n --> weights
  and 3.2×<!-- = m --> more.
---
"""


def test_title_and_summary_hold_their_text_alone_and_are_checked_at_the_end() -> None:
    found = note(FRONT + CODE + "\nText 1<!-- = n -->\n\n" + CODE)
    assert found.title == "Of 15 kinds"
    assert found.meta.summary == "It holds 131,328 weights and 3.2× more."
    assert [(one.text, one.line, one.column, one.after) for one in found.literals] == [
        ("15", 2, 12, 1),
        ("131,328", 4, 12, 1),
        ("3.2", 5, 7, 1),
        ("1", 11, 6, 0),
    ]


def test_the_length_of_a_summary_is_that_of_its_text() -> None:
    comment = "<!-- = sum(p.numel() for p in layer.parameters()) -->"
    text = f"---\nsummary: {'a' * 157} 15{comment}\n---\n{CODE}"
    assert len(note(text).meta.summary or "") == 160
    assert problem(text.replace("aaa", "aaaa", 1)).code is Code.FRONT_MATTER_TYPE


def test_comments_that_are_none_of_these_stay_as_they_are() -> None:
    found = note("A 15<!-- n --> b 15<!-- == n --> c 15<!---->.\n\n<!-- ===== part ===== -->\n")
    assert found.literals == ()
    assert note("---\nsummary: A 15<!-- n --> b\n---\n").meta.summary == "A 15<!-- n --> b"


WHERE = "write the comment right behind a number, a value in brackets or quotes, a code span or a formula"


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "hint"),
    [
        ("A few<!-- = n --> b", 5, 6, 'nothing before "<!-- = n -->" reads as a value', WHERE),
        ("A 15 <!-- = n --> b", 5, 6, 'nothing before "<!-- = n -->" reads as a value', WHERE),
        ("15<!-- = n --><!-- = m -->", 5, 15, 'nothing before "<!-- = m -->" reads as a value', WHERE),
        ("| a |\n|---|\n| few<!-- = n --> |", 7, 6, 'nothing before "<!-- = n -->" reads as a value', WHERE),
        (
            "A 15<!-- = n + -->",
            5,
            15,
            '"n +" is no Python expression: invalid syntax',
            "write what computes the value, as behind an = sign",
        ),
        (
            "A 15<!-- = n = 15 -->",
            5,
            14,
            '"n = 15" is no Python expression: invalid syntax',
            "write what computes the value, as behind an = sign",
        ),
        (
            "A 15<!-- = await n -->",
            5,
            12,
            "\"await n\" is no Python expression: 'await' outside function",
            "write what computes the value, as behind an = sign",
        ),
        ("A 15<!-- = -->", 5, 12, "the comment holds no expression", "write what computes it: 15<!-- = … -->"),
        (
            "A 15\n<!-- = n --> b",
            6,
            1,
            '"<!-- = n --> b" stands in a block of HTML, where nothing is checked',
            "write it in the line of the value that it is about, right behind it",
        ),
        (
            "<p>\nA 15<!-- = n --></p>",
            6,
            1,
            '"<!-- = n --></p>" stands in a block of HTML, where nothing is checked',
            "write it in the line of the value that it is about, right behind it",
        ),
        (
            "A 15<!-- = n b",
            5,
            5,
            'the comment "<!-- = n b" is never closed',
            "end it with -->; in a table write \\| for |",
        ),
        (
            "| a |\n|---|\n| 15<!-- = n | 1 --> |",
            7,
            5,
            'the comment "<!-- = n" is never closed',
            "end it with -->; in a table write \\| for |",
        ),
    ],
)
def test_a_comment_that_nothing_can_check_is_reported(text: str, line: int, column: int, message: str, hint: str) -> None:
    found = problem(f"{CODE}\n{text}\n")
    assert found == error(Code.BAD_LITERAL, line, column, message, hint)


@pytest.mark.parametrize("value", ["15", "-15", "(3, 3)", "'relu'", "[1,\n2]", "1 + 2j"])
def test_an_expression_that_is_only_the_value_again_cannot_fail(value: str) -> None:
    found = problem(f"{CODE}\nA `{value}`<!-- = {value} --> b\n")
    message = f'"{" ".join(value.split())}" computes nothing, so this check cannot fail'
    assert (found.code, found.line, found.message) == (Code.CANNOT_FAIL, 5 + value.count("\n"), message)


def test_an_expression_that_only_reckons_can_fail() -> None:
    assert literals(f"{CODE}\nA 15<!-- = 3 * 5 --> b\n") == [("15", 5, 3, 0)]


def test_a_literal_that_is_reported_is_not_checked_too() -> None:
    assert read(CODE + "\nA 15<!-- = n + --> and 16<!-- = n -->\n")[0].literals == (Literal("16", "n", 5, 24, 0),)


def test_where_no_snippet_is_nothing_computes_a_literal() -> None:
    assert problem("A 15<!-- = n --> b") == error(
        Code.BAD_LITERAL,
        1,
        3,
        '"n" is computed by nothing: this note has no snippet',
        "add a ```python setup block that makes the names it needs, or take the comment out",
    )
    assert problem('---\ntitle: "A 15<!-- = n -->"\n---\n').line == 2


@pytest.mark.parametrize(
    ("front", "line", "column", "message"),
    [
        ('title: "A few<!-- = n -->"', 2, 14, 'nothing before "<!-- = n -->" reads as a value'),
        ('summary: "A 15<!-- = n + -->"', 2, 25, '"n +" is no Python expression: invalid syntax'),
        ('summary: "A 15<!-- = -->"', 2, 22, "the comment holds no expression"),
    ],
)
def test_front_matter_is_held_to_the_same(front: str, line: int, column: int, message: str) -> None:
    found = problem(f"---\n{front}\n---\n{CODE}")
    assert (found.code, found.line, found.column, found.message) == (Code.BAD_LITERAL, line, column, message)


def test_an_expression_may_have_several_lines() -> None:
    text = CODE + "\nA 15<!-- = sum(\n  [n]\n) --> b\n"
    assert [one.expression for one in note(text).literals] == ["sum(\n  [n]\n)"]
    found = problem(text.replace("[n]", "[[n"))
    assert (found.line, found.column) == (7, 1)  # the bracket that closes none of them


@given(MARKDOWN)
def test_whatever_the_text_each_comment_is_a_literal_a_problem_or_prose(text: str) -> None:
    document, _ = parse(source(CODE + "\n" + text))
    found, problems = extract(document)
    assert sum(token.nesting for token in found.tokens) == 0
    for inline in document.tokens:
        assert sum(child.nesting for child in inline.children or ()) == 0
    opened = [
        child
        for inline in document.tokens
        for child in (*(inline.children or ()), *(part for one in inline.children or () for part in one.children or ()))
        if child.type == "literal_open"
    ]
    bad = [one for one in problems if one.code is Code.BAD_LITERAL]
    assert len(found.literals) <= len(opened) <= len(found.literals) + len(bad)
    lines = document.source.text.split("\n")
    for one in found.literals:
        assert 1 <= one.line <= len(lines)
        assert one.text == one.text.strip() != ""
