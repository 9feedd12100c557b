"""Doctest prompts, as sessions and in docstrings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenbed.check.running.session import Example, is_session, session_examples
from tests.check.snippets import failures, record, records, snippet

SESSION = """\
>>> import torch
>>> torch.ones(2, 1, 2)
tensor([[[1., 1.]],

        [[1., 1.]]])
>>> def f(x):
...     return x + 1
>>> f(2)
3
>>> 1 / 0
Traceback (most recent call last):
  ...
ZeroDivisionError: division by zero
>>> int("x")
Traceback (most recent call last):
ValueError: ...
>>> assert f(1) == 2
"""


def test_a_session_is_checked_prompt_by_prompt() -> None:
    found = record(SESSION)
    assert (found["checks"], found["failures"]) == (5, [])


def test_a_session_and_an_ordinary_block_share_the_namespace() -> None:
    _, session, block = records("x = 3\n", ">>> x\n3\n>>> y = x\n", "assert y == 3\n")
    assert (session["checks"], block["checks"]) == (1, 1)


@pytest.mark.parametrize(
    ("code", "failed"),
    [
        (">>> 3\n4\n>>> 5\n6\n", [("mismatch", 1), ("mismatch", 3)]),
        (">>> 3\n", [("mismatch", 1)]),  # what comes must be written
        (">>> x = 3\n3\n", [("mismatch", 1)]),
        (">>> 1 / 0\n>>> 3\n3\n", [("failed", 1)]),
        (">>> 1 / 0\nTraceback (most recent call last):\nValueError: no\n", [("not-raised", 1)]),
        (">>> 3\nTraceback (most recent call last):\nValueError: no\n", [("not-raised", 1)]),
        (">>> int('x')\nTraceback (most recent call last):\nValueError: another\n", [("not-raised", 1)]),
        (">>> x = (\n", [("failed", 1)]),
        (">>>x\n", [("failed", 1)]),
        (">>> import sys; sys.exit()\n>>> 1 / 0\n", [("exited", 1)]),
    ],
)
def test_a_session_that_fails(code: str, failed: list[tuple[str, int]]) -> None:
    assert [(code, line) for code, line, _ in failures(code)] == failed


def test_the_last_prompt_of_a_session_may_be_the_promised_exception() -> None:
    found = record(snippet(">>> x = 3\n>>> x / 0\n", raises=("ZeroDivisionError", "division")))
    assert (found["checks"], found["raised"]) == (1, "ZeroDivisionError: division by zero")


def test_functions_of_a_session_have_a_source() -> None:
    code = ">>> def f():\n...     return 2\n>>> import inspect; print(inspect.getsource(f))\ndef f():\n    return 2\n"
    assert record(code)["failures"] == []


DEFINITIONS = '''\
def double(x):
    """Twice.

    >>> double(2)
    4
    >>> y = double(3); y
    7
    """
    return 2 * x


class A:
    def one(self):
        """
        >>> A().one()
        1
        """
        return 1
'''


def test_examples_in_docstrings_run_after_the_snippet_in_a_copy_of_its_namespace() -> None:
    first, second = records(DEFINITIONS, "y\n")
    assert first["checks"] == 2
    assert [(failed["line"], failed["message"]) for failed in first["failures"]] == [(6, "expected 7, got 6: 7 vs 6, 17 % off")]
    assert [failed["message"] for failed in second["failures"]] == ["NameError: name 'y' is not defined"]


def test_a_session_begins_with_a_prompt() -> None:
    assert is_session("\n# first\n>>> x\n")
    assert not is_session("x = 1\n>>> x\n")
    assert not is_session("")


def test_output_goes_on_across_blank_lines() -> None:
    assert session_examples(">>> x\n1\n\n2\n<BLANKLINE>\n3\n\n# a remark\n>>> y\n") == [
        Example("x\n", "1\n2\n\n3\n", None, 0),
        Example("y\n", "", None, 8),
    ]


@given(st.text(alphabet=">. \n\"'x#1", max_size=60))
def test_no_text_breaks_the_search_for_prompts(code: str) -> None:
    try:
        examples = session_examples(f">>> {code}")
    except ValueError:
        return
    assert all(example.offset >= 0 for example in examples)
