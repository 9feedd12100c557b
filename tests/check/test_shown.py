"""The repr of a last bare expression, where `show` asks for it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.check.snippets import failures, record, records, snippet


def shown(code: str, **wishes: Any) -> str:
    found = record(snippet(code, show=True, **wishes))
    assert found["failures"] == []
    return str(found["shown"])


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("import torch\ntorch.ones(2)\n", "tensor([1., 1.])"),
        ("x = 3\nx + 1\n", "4"),
        ("x = [\n    1,\n    2,\n]\n(\n    x\n)\n", "[1, 2]"),
        ("1; 2\n", "2"),
        ("'text'\n", "'text'"),
        ("print(3)\n", ""),  # None shows nothing, as at a prompt
        ("None\n", ""),
        ("x = 1\nx  # 1\n", "1"),  # a claim on it still works
        ("print(3)  # 3\n", ""),
        ("def f():\n    return 5\nf()\n", "5"),
    ],
)
def test_the_last_bare_expression_is_shown(code: str, text: str) -> None:
    assert shown(code) == text


def test_nothing_is_shown_unless_asked_for() -> None:
    assert record("3\n")["shown"] == ""


def test_each_snippet_shows_its_own() -> None:
    found = records(snippet("1\n", show=True), "2\n", snippet("f = 3\nf\n", show=True))
    assert [one["shown"] for one in found] == ["1", "", "3"]


def test_a_claim_about_what_is_shown_is_checked() -> None:
    found = record(snippet("x = 1\nx  # 2\n", show=True))
    assert (found["shown"], [failed["code"] for failed in found["failures"]]) == ("1", ["mismatch"])
    assert record(snippet("x = 1\nx  # 1\n", show=True))["checks"] == 1


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("x = 1\ny = 2\n", 2),
        ("1\nassert int\n", 2),
        ("for i in range(2):\n    i\n", 1),
        ("x = 1\n@print\ndef f():\n    pass\n", 2),
        ("# nothing\n", 1),
        ("", 1),
    ],
)
def test_a_block_that_ends_otherwise_has_nothing_to_show(code: str, line: int) -> None:
    assert failures(snippet(code, show=True)) == [
        ("bad-option", line, '"show" has nothing to show: the last statement is no bare expression')
    ]


def test_a_session_shows_by_itself() -> None:
    found = record(snippet(">>> 1\n1\n", show=True))
    assert [(failed["code"], failed["line"], failed["hint"]) for failed in found["failures"]] == [
        ("bad-option", 1, "take show out")
    ]


def test_a_repr_that_raises_is_a_failure_at_its_line() -> None:
    code = "class A:\n    def __repr__(self):\n        raise ValueError('no')\nA()\n"
    assert failures(snippet(code, show=True, expected="A()\n", expected_line=7)) == [
        ("failed", 4, "repr of the value raised ValueError: no")
    ]


def test_a_repr_without_end_is_a_flood() -> None:
    found = record(snippet("'x' * 10**6\n", show=True), output_bytes=2**14)
    assert ([failed["code"] for failed in found["failures"]], found["shown"]) == (["flood"], "")


def test_a_repr_that_is_no_utf8_is_shown_all_the_same() -> None:
    assert shown("class A:\n    def __repr__(self):\n        return '\\ud800'\nA()\n") == "?"


def test_the_traceback_of_a_shown_expression_has_its_line() -> None:
    ((code, line, _),) = failures(snippet("x = 1\n\nx / 0\n", show=True))
    assert (code, line) == ("failed", 3)
    assert record(snippet("x = 1\n\nx / 0\n", show=True, raises=("ZeroDivisionError", "")))["failures"] == []


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("print('loss')\n0.25\n", "loss\n0.25\n"),
        ("print('loss', end='')\n0.25\n", "loss\n0.25\n"),
        ("0.25\n", "0.25\n"),
        ("print('loss')\nNone\n", "loss\n"),
    ],
)
def test_an_output_fence_has_what_is_printed_and_then_what_is_shown(code: str, expected: str) -> None:
    found = record(snippet(code, show=True, expected=expected, expected_line=5))
    assert (found["failures"], found["checks"]) == ([], 1)


@pytest.mark.parametrize("expected", ["loss\n", "0.25\n", "0.25\nloss\n", "", "loss 0.35\n"])
def test_an_output_fence_that_says_something_else_differs(expected: str) -> None:
    assert [
        line for _, line, _ in failures(snippet("print('loss')\n0.25\n", show=True, expected=expected, expected_line=5))
    ] == [5]


def test_what_is_shown_does_not_disturb_the_source() -> None:
    code = "import inspect\ndef f():\n    return 1\ninspect.getsource(f)\n"
    assert shown(code) == repr("def f():\n    return 1\n")


def test_a_shown_value_that_hangs_on_the_ambient_seed_is_noticed() -> None:
    drawn, seeded = "import torch\ntorch.rand(1)\n", "import torch\n_ = torch.manual_seed(0)\ntorch.rand(1)\n"
    one, other = (record(snippet(drawn, show=True), seed=seed)["randomness"] for seed in (1, 2))
    assert "" != one != other != ""
    assert record(snippet(seeded, show=True))["randomness"] == ""
