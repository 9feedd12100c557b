"""What running gave, as text for people: clean, bounded, and not said twice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenbed.model import Snippet, Status, Verdict, Warned
from greenbed.show.pages.output import MOST_LINES, deprecated, is_told, outputs, readable, told_elsewhere, warnings
from greenbed.show.pages.views import Printed
from tests.show.growing import grow

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def shown(folder: Path, code: str, fence: str = "") -> Snippet:
    output = f"\n```output\n{fence}\n```\n" if fence else ""
    (snippet,) = grow(folder, {"a.md": f"# A\n\n```python\n{code}\n```\n{output}"}).note("a.md").snippets
    return snippet


def ran(stdout: str = "", value: str = "") -> Verdict:
    return Verdict(0, Status.VERIFIED, checks=1, stdout=stdout, shown=value)


def test_the_output_that_was_promised_stands_for_the_output_that_came(tmp_path: Path) -> None:
    snippet = shown(tmp_path, "print(0.25)", "0.2500")
    assert outputs(snippet, ran("0.25\n")) == (Printed("Output", "0.2500"),)
    assert outputs(snippet, ran("", "0.25")) == (Printed("Output", "0.2500"),)
    assert outputs(snippet, None) == (Printed("Output", "0.2500"),)
    assert told_elsewhere(snippet, ran("0.25\n")) == ""


def test_output_that_nobody_promised_is_shown_as_it_came_and_then_the_value(tmp_path: Path) -> None:
    snippet = shown(tmp_path, "print(1)\nx")
    assert outputs(snippet, ran("1\n", "tensor([1.])")) == (Printed("Output", "1"), Printed("Value", "tensor([1.])"))
    assert outputs(snippet, ran("  \n")) == ()
    assert outputs(snippet, None) == ()


def test_many_lines_are_folded_and_very_many_are_cut(tmp_path: Path) -> None:
    snippet = shown(tmp_path, "f()")
    (twenty,) = outputs(snippet, ran("x\n" * 20))
    (more,) = outputs(snippet, ran("x\n" * 21))
    (flood,) = outputs(snippet, ran("x\n" * 5000))
    (wide,) = outputs(snippet, ran("x" * 90_000))
    assert (twenty.folded, more.folded, flood.folded) == (0, 21, MOST_LINES + 1)
    assert flood.text.endswith("\nx\n… cut: it printed 5,000 lines")
    assert wide.text.endswith("x\n… cut: it printed 90,000 characters")
    assert len(wide.text) < 41_000


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("\x1b[1;31mred\x1b[0m\n", "red"),
        ("\x1b]8;;https://example.org\x07link\x1b]8;;\x1b\\", "link"),
        ("10 %\r50 %\r100 %\nend\r\n", "100 %\nend"),
        ("a\x00b\x07\x08c\tend", "abc\tend"),
        ("é → ∞", "é → ∞"),
    ],
)
def test_what_is_meant_for_a_terminal_becomes_text(written: str, read: str) -> None:
    assert readable(written) == read


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_no_control_code_is_left_whatever_was_printed(text: str) -> None:
    assert not CONTROL.search(readable(text))


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert readable(text) == text.rstrip()


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ("print(x)  # 3", "3\n"),
        ("print(x)  # → 3", "3\n"),
        ("print(x)  # 3, as it should be", "3\n"),
        ("print(x)  # tensor([1., 2.])\ny = 1\nprint(y)  # 1", "tensor([1., 2.])\n1\n"),
        ("print(\n    x,\n)  # 3", "3\n"),
        ("for _ in range(1):\n    print(x)  # 3", "3\n"),
        (">>> print(x)\n3\n>>> y\n4", "3\n"),
    ],
)
def test_what_can_be_read_behind_its_print_is_told(code: str, printed: str) -> None:
    assert is_told(code + "\n", printed)


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ("print(x)", "3\n"),
        ("print(x)  # the answer", "3\n"),
        ("print(x)  # 30", "3\n"),
        ("print(x)  # 3.0", "3\n"),
        ("print(x)  # 3\nprint(y)", "3\n4\n"),
        ("for i in range(3):\n    print(i)  # 0", "0\n1\n2\n"),
        ("f()  # 3", "3\n"),
        ("print(x)  # 3", "3\n4\n"),
        ("print(", "3\n"),
        (">>> f()\n3", "3\nand more\n"),
        ("print(x)  # 3", ""),
    ],
)
def test_what_is_said_nowhere_else_is_not_told(code: str, printed: str) -> None:
    assert not is_told(code + "\n", printed)


def test_output_that_is_told_already_is_kept_for_the_proof(tmp_path: Path) -> None:
    snippet = shown(tmp_path, "print(x)  # 3")
    assert outputs(snippet, ran("3\n")) == ()
    assert told_elsewhere(snippet, ran("3\n")) == "3\n"


def test_a_warning_is_said_once_and_deprecation_in_words() -> None:
    leaving = Warned("FutureWarning", "use b", 1, "torch")
    found = (leaving, Warned("UserWarning", "\x1b[1mlook\nout\x1b[0m", 3), leaving)
    assert warnings(found) == (
        "FutureWarning: use b. torch deprecates this; a later version will break it.",
        "UserWarning: look out",
    )
    assert len(warnings([Warned("UserWarning", "x" * 5000, 1)])[0]) <= 420


def test_deprecated_calls_are_counted_once_however_often_they_are_made() -> None:
    leaving = Warned("FutureWarning", "use b", 1, "torch")
    verdict = Verdict(0, Status.VERIFIED, warnings=(leaving, leaving, Warned("UserWarning", "x", 1)))
    assert deprecated([verdict, verdict]) == 1
    assert deprecated([]) == 0
