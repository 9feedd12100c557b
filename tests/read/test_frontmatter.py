"""The block at the top of a file: what is taken, what is refused, and what is no front matter at all."""

from __future__ import annotations

from datetime import date
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenbed.model import Citation, Code, Equivalent, FrontMatter, Growth, Severity
from greenbed.read.findings import Finding
from greenbed.read.frontmatter import Front, read

WHOLE = """\
---
title: "Softmax: a map"
tags: [autograd, nan]
category: autograd
summary: What it does.
status: evergreen
draft: true
created: 2026-11-22
updated: 2026-11-23T10:00:00Z
aliases:
  - old/softmax
slug: attention/soft-max
order: 2.5
part: Foundations
sources:
  - {title: "The book", url: "https://example.org/book"}
timeout: 20
---
Body.
"""


def front(*lines: str) -> Front:
    return read("\n".join(["---", *lines, "---", "Body."]))


def only(*lines: str) -> Finding:
    (finding,) = front(*lines).findings
    return finding


def test_every_key_has_its_value_and_its_line() -> None:
    found = read(WHOLE)
    assert found.findings == ()
    assert (found.body, found.body_line) == ("Body.\n", 19)
    assert found.meta == FrontMatter(
        title="Softmax: a map",
        tags=("autograd", "nan"),
        category="autograd",
        summary="What it does.",
        status=Growth.EVERGREEN,
        draft=True,
        created=date(2026, 11, 22),
        updated=date(2026, 11, 23),
        aliases=("old/softmax",),
        slug="attention/soft-max",
        order=2.5,
        part="Foundations",
        sources=(Citation("The book", "https://example.org/book"),),
        timeout=20.0,
        lines={
            "title": 2, "tags": 3, "category": 4, "summary": 5, "status": 6, "draft": 7, "created": 8, "updated": 9,
            "aliases": 10, "slug": 12, "order": 13, "part": 14, "sources": 15, "timeout": 17,
        },
    )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "column", "message", "hint"),
    [
        ("title: 12", 8, '"title" must be text, not 12', 'put it in quotes: "12"'),
        ("title: yes", 8, '"title" must be text, not yes', 'put it in quotes: "yes"'),
        ("title: 2024-01-01", 8, '"title" must be text, not 2024-01-01', 'put it in quotes: "2024-01-01"'),
        ("title: [a]", 8, '"title" must be text, not [a]', "write a text or remove the line"),
        ("title:", 7, '"title" must be text, not empty', "write a text or remove the line"),
        ("category: ''", 11, "\"category\" must be text, not ''", "put it in quotes: \"''\""),
        ("tags: autograd", 7, '"tags" must be a list, not autograd', "write tags: [autograd]"),
        ("tags: [a, 3]", 11, '"tags" must be text, not 3', 'put it in quotes: "3"'),
        ("tags: [a, [b]]", 11, '"tags" must be text, not [b]', "write a text or remove the line"),
        ("tags: {a: b}", 7, '"tags" must be a list, not {a: b}', "write tags: [{a: b}]"),
        ("aliases: old", 10, '"aliases" must be a list, not old', "write aliases: [old]"),
        ("status: evergren", 9, '"status" must be seedling, budding or evergreen, not evergren', 'did you mean "evergreen"?'),
        (
            "status: done",
            9,
            '"status" must be seedling, budding or evergreen, not done',
            "known are seedling, budding, evergreen",
        ),
        (
            "draft: 'yes'",
            8,
            "\"draft\" must be true or false, not 'yes'",
            "write draft: true, without quotes, or remove the line",
        ),
        ("draft: 1", 8, '"draft" must be true or false, not 1', "write draft: true, without quotes, or remove the line"),
        (
            "draft: !!bool x",
            8,
            '"draft" must be true or false, not !!bool x',
            "write draft: true, without quotes, or remove the line",
        ),
        ('created: "2024-01-01"', 10, '"created" must be a date, not "2024-01-01"', "write it as 2026-11-22, without quotes"),
        ("created: 2024-02-30", 10, '"created" must be a date, not 2024-02-30', "write it as 2026-11-22, without quotes"),
        (
            "updated: !!timestamp soon",
            10,
            '"updated" must be a date, not !!timestamp soon',
            "write it as 2026-11-22, without quotes",
        ),
        ("updated: [a]", 10, '"updated" must be a date, not [a]', "write it as 2026-11-22, without quotes"),
        ("order: first", 8, '"order" must be a number, not first', "write a number such as order: 20, without quotes"),
        ("order: .nan", 8, '"order" must be a number, not .nan', "write a number such as order: 20, without quotes"),
        ("order: !!int [a]", 8, '"order" must be a number, not !!int [a]', "write a number such as order: 20, without quotes"),
        ("order: 1:30", 8, '"order" must be a number, not 1:30', "write a number such as order: 20, without quotes"),
        ("order: !!int", 8, '"order" must be a number, not !!int', "write a number such as order: 20, without quotes"),
        (
            f"order: {'9' * 400}",
            8,
            f'"order" must be a number, not {"9" * 47}…',
            "write a number such as order: 20, without quotes",
        ),
        ("timeout: 0", 10, '"timeout" must be more than 0 seconds, not 0', "write timeout: 20, or remove the line"),
        ("timeout: true", 10, '"timeout" must be a number, not true', "write a number such as timeout: 20, without quotes"),
        ("slug: Soft Max", 7, '"slug" must be lower-case words joined by "-" and "/", not Soft Max', "write soft-max"),
        (
            "slug: '../..'",
            7,
            '"slug" must be lower-case words joined by "-" and "/", not \'../..\'',
            "leave it out: the file name serves",
        ),
        ("sources: x", 10, '"sources" must be a list, not x', "write sources: and below it lines such as - {title: …, url: …}"),
        (
            "sources: [{title: a}]",
            11,
            '"sources" must be a list of {title, url}, not {title: a}',
            "give each source a title and a url, nothing else, or the key of an entry of references.yaml",
        ),
        ("sources: [{title: a, url: 3}]", 27, '"url" must be text, not 3', 'put it in quotes: "3"'),
        (
            "title: !!python/name:os.system x",
            8,
            '"title" must be text, not !!python/name:os.system x',
            'put it in quotes: "!!python/name:os.system x"',
        ),
    ],
)
def test_a_value_of_the_wrong_type_is_an_error(written: str, column: int, message: str, hint: str) -> None:
    assert only("part: a", written) == Finding(3, Code.FRONT_MATTER_TYPE, message, hint, column)


def test_a_wrong_value_leaves_its_default_and_the_others() -> None:
    found = front("title: T", "tags: a", "draft: maybe", "order: 3")
    assert (found.meta.title, found.meta.tags, found.meta.draft, found.meta.order) == ("T", (), False, 3.0)
    assert [finding.line for finding in found.findings] == [3, 4]


def test_a_summary_fits_on_a_card() -> None:
    assert front(f"summary: {'x' * 160}").findings == ()
    finding = only(f"summary: {'x' * 170}")
    assert (finding.line, finding.code, finding.hint) == (2, Code.FRONT_MATTER_TYPE, "leave out 10 characters")
    assert finding.message.startswith('"summary" has 170 characters, at most 160 fit on a card: xxx')


def test_an_unknown_key_is_a_warning_with_a_near_one() -> None:
    message = 'unknown front-matter key "tag"'
    assert only("title: a", "tag: [x]") == Finding(3, Code.UNKNOWN_KEY, message, 'did you mean "tags"?', 1, Severity.WARNING)


def test_an_unknown_key_without_a_near_one_lists_the_known() -> None:
    assert only("x: 1").hint.startswith("known are title, tags, category")


def test_an_unknown_key_need_not_be_text() -> None:
    assert [finding.message for finding in front("? [a, b]", ": x", "1: y").findings] == [
        'unknown front-matter key "[a, b]"',
        'unknown front-matter key "1"',
    ]


def test_a_key_written_twice_is_an_error_and_the_first_counts() -> None:
    found = front("title: a", "order: 1", "title: b")
    assert found.meta.title == "a"
    message = '"title" is written twice, first on line 2'
    assert found.findings == (Finding(4, Code.FRONT_MATTER, message, "keep one of the two"),)


@pytest.mark.parametrize(
    ("lines", "line", "column", "quoted"),
    [
        (["title: a", "summary: one: two"], 3, 13, "summary: one: two"),
        (["title: [a", "order: 3"], 3, 6, "order: 3"),
        (["title: a", "tags: [a]]"], 3, 10, "tags: [a]]"),
        (["a: b", "title: \x07"], 3, 8, "title: \x07"),
        (["title: 'x", "order: 3"], 2, 8, "title: 'x"),
        (["title: \x85", "order: 3: 4"], 3, 9, "order: 3: 4"),
    ],
)
def test_broken_yaml_is_reported_where_it_breaks(lines: list[str], line: int, column: int, quoted: str) -> None:
    found = front(*lines)
    (finding,) = found.findings
    assert (finding.code, finding.line, finding.column) == (Code.FRONT_MATTER, line, column)
    assert finding.message.startswith("the front matter is not YAML: ")
    assert finding.hint == "put a value that holds : # [ { or quotes in quotes"
    assert quoted in finding.message
    assert (found.meta, found.body) == (FrontMatter(), "Body.")


def test_a_block_that_is_never_closed_is_an_error() -> None:
    found = read("---\ntitle: a\ntags: [b]\n\nText.\n")
    hint = "write --- on a line of its own below the last key"
    assert found.findings == (Finding(1, Code.FRONT_MATTER, "the front matter is never closed", hint),)
    assert (found.meta, found.body, found.body_line) == (FrontMatter(), "\n\nText.\n", 3)


def test_a_block_that_is_no_mapping_is_an_error() -> None:
    finding = only("- title: a", "  order: 3")
    assert (finding.code, finding.line) == (Code.FRONT_MATTER, 2)
    assert finding.message == "the front matter is not made of keys and values: - title: a order: 3"
    assert finding.hint == "write lines such as title: My note"


@pytest.mark.parametrize("block", ["t: " + "[" * 50_000 + "]" * 50_000, "\n".join(" " * depth + "a:" for depth in range(150))])
def test_a_block_nested_too_deeply_is_refused_before_it_overflows_the_stack(block: str) -> None:
    assert only(block).message == "the front matter is nested too deeply"


def test_a_list_that_holds_itself_is_refused() -> None:
    assert only("tags: &a [*a]").code is Code.FRONT_MATTER_TYPE


@pytest.mark.parametrize(
    "text",
    [
        "No front matter\n---\n",
        "---\n",
        "---\n\nText below a rule.\n",
        "---\nText below a rule.\n\nNote: more.\n---\nRest.\n",
        "---\n\nNote: below a rule that nothing closes.\n",
        "---\n# Heading\n---\n",
        "--- \nText\n",
        " ---\ntitle: a\n---\n",
        "----\ntitle: a\n---\n",
        "---title: a\n---\n",
    ],
)
def test_a_rule_is_no_front_matter(text: str) -> None:
    assert read(text) == Front(FrontMatter(), text, 1)


@pytest.mark.parametrize(
    ("text", "body", "line"),
    [
        ("---\n---\nBody.\n", "Body.\n", 3),
        ("---\n\n---\nBody.\n", "Body.\n", 4),
        ("--- \ntitle: a\n---\t\n\nBody.\n", "\nBody.\n", 4),
        ("---\n\n# comment\ntitle: a\n---\nBody.\n", "Body.\n", 6),
        ("---\ntitle: a\n---", "", 4),
        ("---\n'title': a\n---\nx", "x", 4),
    ],
)
def test_front_matter_may_be_empty_spaced_or_all_there_is(text: str, body: str, line: int) -> None:
    found = read(text)
    assert (found.body, found.body_line, found.findings) == (body, line, ())


def test_lines_are_the_files_even_where_yaml_counts_more() -> None:
    found = read('---\ntitle: "a\u2028b"\ntag: x\norder: y\n---\n')
    assert [finding.line for finding in found.findings] == [3, 4]


KEYS = ["title: ", "tags: ", "draft: ", "created: ", "order: ", "sources: ", "timeout: ", "title"]
VALUES = ["yes", "12", "1e999", "2024-02-30", "0x_", "~", "é", "!!int ", "!!timestamp ", "&a ", "*a", "'", '"', "<<: "]
SYNTAX = ["\n", "\n  ", "- ", "[", "]", "{", "}", ",", "#", "? ", ": ", ":", "| ", "> ", "\x85", "\t"]
FRAGMENTS = st.sampled_from([*KEYS, *VALUES, *SYNTAX])
BLOCKS = st.one_of(st.text(), st.lists(FRAGMENTS, max_size=25).map("".join))


@given(BLOCKS)
def test_any_block_gives_a_front_and_places_inside_the_file(block: str) -> None:
    text = f"---\n{block}\n---\nBody.\n"
    found = read(text)
    assert text.endswith(found.body)
    assert text.split("\n")[found.body_line - 1 :] == found.body.split("\n")
    for finding in found.findings:
        assert 1 <= finding.line <= text.count("\n") + 1
        assert finding.column >= 1
        assert finding.message
        assert finding.hint


def test_the_example_of_the_documentation_is_clean() -> None:
    text = """\
        ---
        title: torch.where differentiates both branches
        category: autograd
        tags: [autograd, numerics, nan]
        status: evergreen
        created: 2026-11-22
        summary: The branch that is not taken still gets a gradient of zero, and 0 · ∞ is NaN.
        sources:
          - {title: "torch.where, PyTorch documentation", url: "https://docs.pytorch.org/docs/stable/generated/torch.where.html"}
        ---
        """
    found = read(dedent(text))
    assert found.findings == ()
    assert found.meta.tags == ("autograd", "numerics", "nan")


def test_equivalent_mutants_are_declared_with_their_reasons_and_lines() -> None:
    found = front("equivalent:", '  - mutant: "x = x.transpose(-1, -2)"', "    reason: symmetric", "  - {mutant: y, reason: z}")
    assert found.findings == ()
    assert found.meta.equivalent == (Equivalent("x = x.transpose(-1, -2)", "symmetric", 3), Equivalent("y", "z", 5))


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (["equivalent: x = y"], 2),
        (["equivalent:", "  - x = y"], 3),
        (["equivalent:", "  - mutant: x = y"], 3),
        (["equivalent:", "  - {mutant: x, reason: y}", "  - mutant: x", "    reason:"], 5),
        (["equivalent:", "  - {mutant: x, reason: y, line: 3}"], 3),
    ],
)
def test_a_declaration_of_another_form_is_refused_with_its_line(lines: list[str], line: int) -> None:
    finding = only(*lines)
    assert (finding.code, finding.line) == (Code.FRONT_MATTER_TYPE, line)
