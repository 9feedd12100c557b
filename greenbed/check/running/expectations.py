"""Printed text against what the author wrote below it: after a prompt, in an output fence."""

from __future__ import annotations

from collections.abc import Callable

from greenbed.check.compare import compare, is_only_ellipsis
from greenbed.check.evidence.mend import Mending, mended_output
from greenbed.check.running.execution import Turn
from greenbed.check.running.failures import failure, mismatch
from greenbed.model import Code


def judge_text(turn: Turn, want: str, got: str, line: int, *, claim: str, mended: Callable[[], Mending]) -> None:
    """One claim: that `got` came; `mended` says what would hold. Nothing wanted and nothing come is no claim."""
    if is_only_ellipsis(want):
        message = 'expected "..." alone, which anything would meet'
        turn.fails(failure(Code.EMPTY_EXPECTATION, line, message, hint="write what is to come out"))
        return
    difference = compare(want, got, tol=turn.snippet["tol"])
    if difference is not None:
        turn.fails(mismatch(line, want, got, difference, claim=claim, mending=mended()))
    elif want.strip():
        turn.holds(f"output of line {line - turn.snippet['line']}")


def judge_output(turn: Turn, stdout: str) -> None:
    """Compare with the ```output fence, if there is one; an empty one says that nothing is printed.

    What the block shows stands below what it prints, as in a notebook.
    """
    got = with_shown(stdout, turn.outcome.shown)
    want = turn.snippet["expected"]
    if want is None or turn.outcome.is_cut_short:
        return
    line = turn.snippet["line"] + turn.snippet["expected_line"] - 1
    tol = turn.snippet["tol"]
    judge_text(turn, want, got, line, claim="output", mended=lambda: mended_output(want, got, tol))
    if not want.strip() and not got.strip():
        turn.holds("no output")


def with_shown(stdout: str, shown: str) -> str:
    """The value of the last expression below what was printed, each from the beginning of a line.

    >>> with_shown("loss", "tensor(1.)")
    'loss\\ntensor(1.)\\n'
    """
    if not shown:
        return stdout
    return f"{stdout}\n{shown}\n" if stdout and not stdout.endswith("\n") else f"{stdout}{shown}\n"
