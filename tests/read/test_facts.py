"""Facts: question, answer, wrong options, explanation, proof — and each way to get one wrong."""

from __future__ import annotations

from textwrap import dedent

import pytest

from greenbed.model import Code, Role
from greenbed.read.text import plain
from tests.read.notes import note, problem, read

STRIDES = """\
# Arrays

:::fact {#strides-of-a-transpose}
A (4, 6) tensor has strides (6, 1).

What are those of its transpose?

= `(1, 6)`
- (6, 1)
- *(4, 1)*
- $(1, 4)$

Axes swap, the data stay.

```python check
assert torch.zeros(4, 6).T.stride() == answer
```

See [[strides]].
:::

Text.
"""


def test_a_fact_has_all_its_parts() -> None:
    found = note(STRIDES, "cheatsheets/foundations/arrays.md")
    (fact,) = found.facts
    assert (fact.id, fact.line, fact.check, fact.source) == ("strides-of-a-transpose", 3, 0, None)
    assert (fact.answer.text, fact.answer.line) == ("(1, 6)", 8)
    assert [(choice.text, choice.line) for choice in fact.distractors] == [("(6, 1)", 9), ("(4, 1)", 10), ("(1, 4)", 11)]
    assert [token.content for token in fact.question if token.type == "inline"] == [
        "A (4, 6) tensor has strides (6, 1).",
        "What are those of its transpose?",
    ]
    assert [token.type for token in fact.explanation] == ["paragraph_open", "inline", "paragraph_close"] * 2
    assert [token.content for token in fact.explanation if token.type == "inline"] == [
        "Axes swap, the data stay.",
        "See [[strides]].",
    ]


def test_the_options_are_rendered_without_their_markers() -> None:
    (fact,) = note(STRIDES).facts
    tokens = [[token.type for token in choice.tokens] for choice in (fact.answer, *fact.distractors)]
    assert tokens == [["text", "code_inline"], ["text"], ["em_open", "text", "em_close"], ["math_inline"]]
    assert plain(fact.answer.tokens) == "(1, 6)"


def test_the_check_of_a_fact_has_its_options_the_answer_first() -> None:
    (snippet,) = note(STRIDES).snippets
    assert (snippet.role, snippet.owner, snippet.line) == (Role.FACT, 0, 16)
    assert [choice.text for choice in snippet.choices] == ["(1, 6)", "(6, 1)", "(4, 1)", "(1, 4)"]


def test_the_facts_tokens_stay_in_the_stream_under_its_id() -> None:
    opening = next(token for token in note(STRIDES).tokens if token.type == "fact_open")
    assert opening.meta == {"id": "strides-of-a-transpose"}


@pytest.mark.parametrize(
    ("proof", "explanation"),
    [
        ("source: https://example.org/a\n\nWhy.\n", ["Why."]),
        ("Why.\n\nSource: <https://example.org/a>\n", ["Why."]),
        ("Why.\nMore.\nsource: https://example.org/a\n", ["Why. More."]),
        ("source: https://example.org/a\n", []),
    ],
)
def test_a_fact_may_name_a_source(proof: str, explanation: list[str]) -> None:
    (fact,) = note(f":::fact\nQ?\n\n= a\n- b\n\n{proof}:::\n").facts
    assert (fact.source, fact.check) == ("https://example.org/a", None)
    assert [plain(token.children or ()) for token in fact.explanation if token.type == "inline"] == explanation


def test_a_fact_without_an_id_is_named_after_its_question() -> None:
    (fact,) = note(":::fact\nWhat does `d_k` do?\n\n= a\n- b\n\nsource: c\n:::\n").facts
    assert fact.id == "what-does-d-k-do"


def test_a_fact_may_have_the_list_below_an_empty_line_and_an_answer_over_two_lines() -> None:
    (fact,) = note(":::fact\nQ?\n\n= a\n  b\n\n* c\n* d\n\nsource: e\n:::\n").facts
    assert (fact.answer.text, [choice.text for choice in fact.distractors]) == ("a b", ["c", "d"])


def test_a_fact_may_stand_in_a_quote() -> None:
    (fact,) = note("> :::fact\n> Q?\n>\n> = a\n> - b\n>\n> ```python check\n> 1\n> ```\n> :::\n").facts
    assert (fact.line, fact.check, fact.answer.line) == (1, 0, 4)


def fact(
    *, id: str = " {#x}", question: str = "Q?\n", answer: str = "= a\n", options: str = "- b\n", rest: str = "source: c"
) -> str:
    return f"Text\n\n:::fact{id}\n{question}\n{answer}{options}\n{rest}\n:::\n"


CHECK = "```python check\n1\n```"


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        (fact(question=""), 3, "this fact has no question", "write it below :::fact, above the answer"),
        (fact(answer=""), 3, "this fact has no answer", 'write a paragraph that begins with "= "'),
        (fact(question="Q?\n= a", answer=""), 5, "the answer is a part of the question", "leave an empty line above it"),
        (fact(options=""), 6, "this fact has no wrong options", 'write them right below the answer, as a list with "- "'),
        (fact(options="\nWhy.\n\n- b\n"), 6, "this fact has no wrong options", "write them right below the answer"),
        (fact(answer="= a\n= b\n"), 7, "this fact has two answers", 'keep one line that begins with "= "'),
        (fact(rest="= b\n\nsource: c"), 9, "this fact has two answers", 'keep one line that begins with "= "'),
        (fact(options="- b\n- `a`\n"), 8, 'the option "a" occurs twice', "options must differ"),
        (fact(options="- b\n- c\n- b\n"), 9, 'the option "b" occurs twice', "options must differ"),
        (fact(options="- b\n-\n"), 8, "a wrong option must be a single paragraph", "write it on one line after the -"),
        (fact(options="- b\n\n  c\n"), 7, "a wrong option must be a single paragraph", "write it on one line after the -"),
        (fact(options="- b\n- <!-- -->\n"), 8, "a wrong option must be a single paragraph", "write it on one line"),
        (fact(options="- b\n- x <!-- -->\n- <b></b>\n"), 9, "an option is empty", "write it, or remove the line"),
        (fact(rest="Why."), 3, "nothing proves this fact", "add a ```python check block, or a line source:"),
        (fact(rest=f"source: c\n\n{CHECK}"), 9, "this fact has both a check and a source", "keep the check"),
        (fact(rest="source:"), 9, "the source is empty", "name a citation key or a URL"),
        (fact(rest="source: c\n\nsource: d"), 11, "this fact has two sources", "name one, the other in the explanation"),
        (fact(rest=f"{CHECK}\n\n{CHECK}"), 13, "this fact has two checks", "put them into one block"),
        (fact(rest=f"{CHECK}\n\n```python\n1\n```"), 13, "code in a fact must be its check", "write ```python check"),
        (fact(id=" {x}"), 3, '":::fact" is followed by "{x}"', "write an id as {#strides-of-a-transpose}, or nothing"),
        (fact(id=" {#a b}"), 3, '":::fact" is followed by "{#a b}"', "write an id as"),
        (
            fact() + fact(question="Other?\n"),
            13,
            'two facts have the id "x", the first on line 3',
            "give one of them another: :::fact {#…}",
        ),
    ],
)
def test_what_is_no_fact_is_reported_at_its_culprit(text: str, line: int, message: str, hint: str) -> None:
    found = problem(text)
    assert (found.path, found.line, found.code, found.message) == ("bits/a.md", line, Code.BAD_FACT, message)
    assert found.hint.startswith(hint)


def test_everything_that_is_wrong_with_a_fact_is_reported() -> None:
    _, problems = read(":::fact\n= a\n- a\n:::\n")
    assert [found.message for found in problems] == [
        "this fact has no question",
        'the option "a" occurs twice',
        "nothing proves this fact",
    ]


def test_a_broken_fact_is_left_out_and_its_code_is_still_accounted_for() -> None:
    found, problems = read(fact(answer="", rest=CHECK))
    assert len(problems) == 1
    assert found.facts == ()
    assert [(snippet.role, snippet.choices) for snippet in found.snippets] == [(Role.FACT, ())]


def test_a_fact_inside_a_fact_is_reported() -> None:
    text = dedent("""\
        :::fact {#a}
        Q?

        = b
        - c

        :::fact {#d}
        :::
        :::
        """)
    _, problems = read(text)
    assert (problems[0].line, problems[0].code, problems[0].message) == (7, Code.BAD_FACT, "this fact stands inside another")


def test_output_fences_have_no_place_in_a_fact() -> None:
    found = problem("```python\nprint(1)\n```\n" + fact(rest="source: c\n\n```output\n1\n```"))
    assert (found.line, found.code) == (14, Code.ORPHAN_SNIPPET)
