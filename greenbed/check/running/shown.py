"""The repr of a snippet's last bare expression, where `show` asks for it: what a notebook shows below a cell.

    x.mean()   →   __greenbed__.shown(41, x.mean())

The syntax tree is rewritten as in evidence/instrument.py: the statement keeps its value, its line and its claims.
"""

from __future__ import annotations

import ast

from greenbed.check.evidence.instrument import HOOK
from greenbed.check.protocol import FailureRecord
from greenbed.check.running.explain import flooded
from greenbed.check.running.failures import failure
from greenbed.check.running.tracebacks import described
from greenbed.model import Code

_HINT = "end the block with the expression whose value is to be shown, or take show out"


class Display:
    """Keeps what the running snippet shows; `limit` is in bytes."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self.begin()

    def begin(self) -> None:
        """Forget what was shown, for the next snippet."""
        self.text = ""
        self.failures: list[FailureRecord] = []

    def shown(self, line: int, value: object) -> object:
        """Keep the repr of the value of file line `line`, but of None, and hand the value on."""
        if value is None:
            return None
        try:
            text = repr(value)
        except Exception as error:  # the author's __repr__ may raise anything
            self.failures = [failure(Code.FAILED, line, f"repr of the value raised {described(error)}")]
            return value
        if len(text.encode("utf-8", "replace")) > self._limit:
            self.failures = [flooded(line, self._limit)]
        else:
            self.text = text
        return value


def keep_value(statement: ast.stmt | None) -> bool:
    """Rewrite the last statement, whose line is that of the file; False where it is no bare expression."""
    if not isinstance(statement, ast.Expr):
        return False
    function = ast.Attribute(ast.Name(HOOK, ast.Load()), "shown", ast.Load())
    call = ast.Call(function, [ast.Constant(statement.lineno), statement.value], [])
    statement.value = ast.fix_missing_locations(ast.copy_location(call, statement.value))
    return True


def nothing_to_show(line: int) -> FailureRecord:
    """`show` stands on a block whose last statement, at file line `line`, has no value."""
    return failure(Code.BAD_OPTION, line, '"show" has nothing to show: the last statement is no bare expression', hint=_HINT)


def no_session(line: int) -> FailureRecord:
    """`show` stands on a block with prompts, which begins at file line `line`."""
    return failure(Code.BAD_OPTION, line, 'a session shows the value of each prompt: "show" says nothing', hint="take show out")
