"""What would change, as it is shown."""

from __future__ import annotations

from greenbed.accept.diff import diff

BEFORE = "".join(f"line {number} [bold]\r\n" for number in range(9)) + "x" * 300 + "\r\n"
AFTER = BEFORE.replace("line 4", "line four")

PLAIN = """\
--- a.md (as written)
+++ a.md (as it came)
@@ -2,7 +2,7 @@
 line 1 [bold]
 line 2 [bold]
 line 3 [bold]
-line 4 [bold]
+line four [bold]
 line 5 [bold]
 line 6 [bold]
 line 7 [bold]
"""


def test_three_lines_around_what_changes_and_no_codes_without_colour() -> None:
    assert diff("a.md", BEFORE, AFTER, colour=False) == PLAIN


def test_colour_is_all_that_colour_adds() -> None:
    coloured = diff("a.md", BEFORE, AFTER, colour=True)
    assert "\033[31m-line 4 [bold]\033[0m" in coloured
    assert "\033[32m+line four [bold]\033[0m" in coloured


def test_long_lines_are_not_wrapped_and_codes_in_the_note_do_not_reach_the_terminal() -> None:
    shown = diff("a.md", "x\n", "\033[2J" + "y" * 300 + "\n", colour=False)
    assert f"+\\x1b[2J{'y' * 300}\n" in shown
    assert "+\ta\n" in diff("a.md", "x\n", "\ta\n", colour=False)
