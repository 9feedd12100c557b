"""Fences → snippets: which, where, in what role, and whose."""

from __future__ import annotations

from textwrap import dedent

import pytest

from greenbed.model import Code, Expected, Options, Role, Severity, Snippet
from tests.read.notes import error, note, problem, read


def roles(text: str) -> list[tuple[Role, int]]:
    """Role and owner of each snippet."""
    return [(snippet.role, snippet.owner) for snippet in note(text).snippets]


def test_a_snippet_has_its_code_its_lines_and_itself_as_owner() -> None:
    (snippet,) = note('---\ntitle: a\n---\n\nText\n\n```python title="b"\nx = 1\n\ny = 2\n```\n').snippets
    assert snippet == Snippet(0, 7, 8, "x = 1\n\ny = 2\n", Role.SHOWN, Options(title="b"), 0)


def test_only_python_is_taken() -> None:
    text = "```bash\nrm -rf x\n```\n\n```\nplain\n```\n\n```PY\n1\n```\n\n    indented\n\n`python` ~~~python\n"
    assert [snippet.code for snippet in note(text).snippets] == ["1\n"]


EVERYWHERE = """\
- item

  ```python
  a = 1
  if a:
      b = 2
  ```

1. deeper
   - item
     ~~~~py
     ```
     ~~~~

> quote
> ```python
> c = 3
>
> d = 4
> ```

> [!note] Title
> ```python
> e = 5
> ```

   ```python
  less
     more
   ```

-\t```python
\ttab = 1
\t\tdeeper = 2
\t```

Term
: definition

  ```python
  f = 6
  ```

Text[^1]

[^1]: note

    ```python
    g = 7
    ```

```python
h = 8
```
"""


@pytest.mark.parametrize("before", ["", "---\ntitle: a\n---\n", "Text\n\n"])
def test_lines_are_right_wherever_a_fence_stands(before: str) -> None:
    lines = (before + EVERYWHERE).split("\n")
    snippets = note(before + EVERYWHERE).snippets
    assert [snippet.code.split("\n")[0] for snippet in snippets] == [
        "a = 1", "```", "c = 3", "e = 5", "less", "tab = 1", "f = 6", "g = 7", "h = 8",
    ]  # fmt: skip
    for snippet in snippets:
        assert lines[snippet.fence_line - 1].lstrip(" >-\t").startswith(("```", "~~~"))
        for offset, code in enumerate(snippet.code.rstrip("\n").split("\n")):
            assert lines[snippet.line - 1 + offset].endswith(code.strip())


def test_the_containers_indentation_is_taken_off_and_the_codes_is_kept() -> None:
    codes = [snippet.code for snippet in note(EVERYWHERE).snippets]
    assert codes[0] == "a = 1\nif a:\n    b = 2\n"
    assert codes[2] == "c = 3\n\nd = 4\n"
    assert codes[4] == "less\n  more\n"
    assert codes[5] == "tab = 1\n\tdeeper = 2\n"


def test_what_stands_before_the_code_is_counted() -> None:
    assert [snippet.indent for snippet in note(EVERYWHERE).snippets] == [2, 5, 2, 2, 2, 1, 2, 4, 0]


def test_a_footnotes_code_runs_where_it_is_written() -> None:
    text = "Text[^1]\n\n[^1]:\n    ```python\n    1\n    ```\n\n```python\n2\n```\n"
    assert [(snippet.index, snippet.code) for snippet in note(text).snippets] == [(0, "1\n"), (1, "2\n")]


def test_an_empty_fence_has_no_code() -> None:
    (snippet,) = note("```python\n```\n").snippets
    assert (snippet.code, snippet.line) == ("", 2)


SHOWN, SETUP, CHECK = "```python\n1\n```\n", "```python setup\n2\n```\n", "```python check\n3\n```\n"


def test_setups_belong_to_the_next_and_checks_to_the_last_shown_snippet() -> None:
    assert roles(SETUP + SETUP + SHOWN + CHECK + SETUP + CHECK + SHOWN + CHECK) == [
        (Role.SETUP, 2),
        (Role.SETUP, 2),
        (Role.SHOWN, 2),
        (Role.CHECK, 2),
        (Role.SETUP, 6),
        (Role.CHECK, 2),
        (Role.SHOWN, 6),
        (Role.CHECK, 6),
    ]


def test_a_setup_may_belong_to_a_fact() -> None:
    fact = ":::fact\nQ?\n\n= a\n- b\n\n```python check\nassert True\n```\n:::\n"
    assert roles(SETUP + fact) == [(Role.SETUP, 1), (Role.FACT, 1)]


def test_a_check_after_a_fact_belongs_to_the_snippet_shown_before_it() -> None:
    fact = ":::fact\nQ?\n\n= a\n- b\n\n```python check\nassert True\n```\n:::\n"
    assert roles(SHOWN + fact + CHECK) == [(Role.SHOWN, 0), (Role.FACT, 1), (Role.CHECK, 0)]


def test_a_setup_without_a_snippet_after_it_is_an_orphan() -> None:
    hint = "write it above the snippet that needs it, or remove it"
    assert problem(SHOWN + SETUP) == error(Code.ORPHAN_SNIPPET, 4, 1, "this setup has no shown snippet after it", hint)


def test_a_check_without_a_snippet_before_it_is_an_orphan() -> None:
    found, problems = read(SETUP + CHECK + SHOWN)
    hint = "write it below the snippet that it checks"
    assert problems == (error(Code.ORPHAN_SNIPPET, 4, 1, "this check has no shown snippet before it", hint),)
    assert [snippet.owner for snippet in found.snippets] == [2, 1, 2]


def test_an_output_fence_is_what_the_snippet_before_it_prints() -> None:
    text = SHOWN + "\nIt prints:\n\n" + CHECK + SETUP + "```output\n1\n2\n```\n" + SHOWN
    first, *others = note(text).snippets
    assert first.expected == Expected("1\n2\n", 14, 13)
    assert [snippet.expected for snippet in others] == [None, None, None]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("```output\n1\n```\n" + SHOWN, 1, "this output has no shown snippet before it"),
        (SETUP + "```output\n1\n```\n" + SHOWN, 4, "this output has no shown snippet before it"),
        (SHOWN + "```output\n1\n```\n~~~output\n2\n~~~\n", 7, "the snippet above has its output already, on line 4"),
    ],
)
def test_an_output_that_belongs_to_nothing_is_an_orphan(text: str, line: int, message: str) -> None:
    found = problem(text)
    assert (found.line, found.code, found.message) == (line, Code.ORPHAN_SNIPPET, message)
    assert found.hint


def test_an_output_fence_takes_no_options() -> None:
    found = problem(SHOWN + "> ```output skip\n> 1\n> ```\n")
    assert found == error(Code.UNKNOWN_OPTION, 4, 6, 'unknown option "skip"', "an output fence takes no options")


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("```python chek\n1\n```\n", 1, 11),
        ("---\ntitle: a\n---\n```python chek\n1\n```\n", 4, 11),
        ("- a\n\n  > ~~~~py  chek\n  > 1\n  > ~~~~\n", 3, 13),
        ("-\t``` python chek\n\t1\n\t```\n", 1, 14),
    ],
)
def test_an_unknown_option_has_its_line_and_column(text: str, line: int, column: int) -> None:
    hint = 'did you mean "check"?'
    assert problem(text) == error(Code.UNKNOWN_OPTION, line, column, 'unknown option "chek"', hint)
    assert dedent(text).split("\n")[line - 1][column - 1 :].startswith("chek")


def test_a_bad_option_has_its_line_and_column() -> None:
    found = problem('Text\n\n```python title="a" lines="2-9"\n1\n2\n```\n')
    assert (found.path, found.line, found.column, found.code) == ("bits/a.md", 3, 21, Code.BAD_OPTION)
    assert found.hint == 'write lines of this block, which has 2, such as lines="1" or lines="2,4-5"'


def test_code_inside_html_is_not_run_and_that_is_said() -> None:
    text = "a\n\n<details>\n<summary>b</summary>\n```python\n1\n```\n</details>\n"
    message = "this code is a part of the HTML block above it, so it is not run"
    hint = "leave an empty line between the HTML and the fence"
    assert problem(text) == error(Code.ORPHAN_SNIPPET, 5, 1, message, hint)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("- a\n\n      ```python\n      1\n      ```\n", 3, "this fence is indented too far to be one, so its code is not run"),
        ("a\n\n    ~~~py\n    1\n    ~~~\n", 3, "this fence is indented too far to be one, so its code is not run"),
        ("- a\n      ```python\n      1\n      ```\n", 2, "this fence is a part of the paragraph, so its code is not run"),
        ("a\n\nb\n```python print(1)```\n", 4, "this fence is a part of the paragraph, so its code is not run"),
    ],
)
def test_a_fence_that_is_none_is_reported(text: str, line: int, message: str) -> None:
    found = problem(text)
    assert (found.path, found.line, found.code, found.message) == ("bits/a.md", line, Code.ORPHAN_SNIPPET, message)
    assert "like the text above" in found.hint
    assert found.severity is (Severity.WARNING if "indented" in message else Severity.ERROR)


@pytest.mark.parametrize(
    "text",
    [
        "    ```bash\n    ls\n    ```\n",
        "a\n\n    Write so:\n\n    ```python\n    1\n    ```\n",
        "Write ```` ```python ```` above.\n",
        "````md\n```python\n1\n```\n````\n",
    ],
)
def test_fences_that_are_only_shown_are_left_alone(text: str) -> None:
    assert note(text).snippets == ()


def test_code_after_html_and_an_empty_line_is_run() -> None:
    assert roles("<details>\n<summary>b</summary>\n\n```python\n1\n```\n\n</details>\n") == [(Role.SHOWN, 0)]


def test_code_that_is_commented_out_is_not_there() -> None:
    assert note("<!--\n```python\n1\n```\n-->\n").snippets == ()


def test_code_in_a_footnote_that_nothing_refers_to_is_reported() -> None:
    found = problem("Text\n\n[^a]:\n    ```python\n    1\n    ```\n")
    assert (found.line, found.code) == (4, Code.ORPHAN_SNIPPET)
    assert found.hint == "refer to the footnote once, or move the code out of it"
