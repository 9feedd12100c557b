"""When the command may write into the notes."""

from __future__ import annotations

import io
from typing import Any

import pytest

from greenbed.accept.leave import is_automatic, refuse_without_leave
from greenbed.config import UsageError


class Terminal(io.StringIO):
    """A standard input that somebody sits at."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def _at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr("sys.stdin", Terminal())


@pytest.mark.usefixtures("_at_a_terminal")
def test_an_author_at_a_terminal_may() -> None:
    refuse_without_leave({"accept": True})
    refuse_without_leave({"accept": True, "yes": True, "only": ("a.md",), "strict": True})
    refuse_without_leave({"check": True, "format": "json"})


@pytest.mark.usefixtures("_at_a_terminal")
@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"accept": True, "serve": True}, "leave --serve out"),
        ({"accept": True, "check": True}, "leave --check out"),
        ({"accept": True, "format": "json"}, "leave --format out"),
        ({"accept": True, "format": "github"}, "leave --format out"),
        ({"yes": True}, "--yes answers the question of --accept"),
    ],
)
def test_what_does_not_go_together(given: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        refuse_without_leave(given)


def test_without_a_terminal_only_with_yes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    refuse_without_leave({"accept": True, "yes": True})
    with pytest.raises(UsageError, match="no terminal to ask on"):
        refuse_without_leave({"accept": True})


@pytest.mark.usefixtures("_at_a_terminal")
@pytest.mark.parametrize(
    ("value", "expected"), [("true", True), ("1", True), ("yes", True), ("false", False), ("0", False), ("", False)]
)
def test_never_in_ci(monkeypatch: pytest.MonkeyPatch, value: str, expected: bool) -> None:
    monkeypatch.setenv("CI", value)
    assert is_automatic() is expected
    if expected:
        with pytest.raises(UsageError, match="does not run in CI"):
            refuse_without_leave({"accept": True, "yes": True})
