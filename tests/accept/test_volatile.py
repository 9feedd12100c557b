"""What comes out differently in the next run is not written into a note."""

from __future__ import annotations

import pytest

from greenbed.accept.volatile import volatile


@pytest.mark.parametrize(
    ("new", "what"),
    [
        ("<Thing object at 0x7f3a5c2b1d30>", "an address"),
        ("<function f at 0xA0>", "an address"),
        ("0x7f3a5c2b1d30", "an address"),
        ("done on 2026-11-22", "a date"),
        ("datetime.datetime(2026, 11, 22)", "a date"),
        ("Sun Nov 22 2026", "a date"),
        ("12:34:56 epoch 1", "a time"),
        ("took 0.123 s", "a duration"),
        ("12.5ms a step", "a duration"),
        ("3 minutes", "a duration"),
        ("\x1b[31mred\x1b[0m", "characters that steer a terminal"),
        ("50 %\r100 %", "characters that steer a terminal"),
    ],
)
def test_shows(new: str, what: str) -> None:
    assert what in volatile("3", new)


@pytest.mark.parametrize("new", ["0xff", "0x1e240", "3:4", "s", "0.5 step", "tensor([1., 2.])", "2026", "a\tb\nc", "x0.5 s"])
def test_shows_none_of_it(new: str) -> None:
    assert volatile("3", new) == ""


def test_a_moment_that_stays_is_no_obstacle() -> None:
    assert volatile("2026-11-22 12:34:56: 3", "2026-11-22 12:34:56: 4") == ""
    assert volatile("datetime.date(2026, 1, 2), 3", "datetime.date(2026, 1, 2), 4") == ""
    assert volatile("datetime.date(2026, 1, 2), 3", "datetime.date(2026, 1, 3), 3") != ""
    assert volatile("at 0x7f, 1", "at 0x7f, 2") != ""
