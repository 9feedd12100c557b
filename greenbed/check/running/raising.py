"""How a snippet ended, and whether raises="RuntimeError: view size" promised it."""

from __future__ import annotations

import sys

from greenbed.check.protocol import FailureRecord
from greenbed.check.running.capture import Flood
from greenbed.check.running.execution import Turn
from greenbed.check.running.failures import failure
from greenbed.check.running.tracebacks import described, message_of
from greenbed.model import Code


def judge_end(turn: Turn, error: BaseException | None, *, at_last: bool, line: int) -> None:
    """Judge what the snippet raised, or that it raised nothing; `line` is that of its last statement.

    A promise is about the last statement: an exception before it (not `at_last`) is a failure like any other.
    """
    promise = turn.snippet["raises"]
    if error is not None and (promise is None or not at_last or isinstance(error, Flood)):
        turn.blame(error)
    elif error is not None and promise is not None and _is_promised(error, promise):
        turn.outcome.raised = turn.execution.place.reduced(described(error))
        turn.holds(turn.outcome.raised)
        _excuse(turn, error)
    elif promise is not None:
        detail = "" if error is None else turn.execution.explained(error, turn.snippet)["detail"]
        turn.fails({**_broken_promise(error, promise, line), "detail": detail})


def _excuse(turn: Turn, error: BaseException) -> None:
    """No claim could be reached in the functions that it came through, from the line on at which it left them."""
    for frame, line in turn.execution.place.frames(error):
        last = max(at or 0 for _, _, at in frame.f_code.co_lines())
        turn.execution.witness.excuse(line, max(line, last))


def _is_promised(error: BaseException, promise: tuple[str, str]) -> bool:
    """Whether `error` is of the promised type, by its name or a base's, and its message contains the text."""
    name, text = promise
    return _is_called(error, name) and " ".join(text.split()) in " ".join(message_of(error).split())


def _is_called(error: BaseException, name: str) -> bool:
    """Whether `name` names the type of `error` or one of its bases; dotted names are understood."""
    for base in type(error).__mro__:
        qualified = f"{base.__module__}.{base.__qualname__}"
        if name in (base.__name__, base.__qualname__, qualified) or qualified.endswith(f".{name}"):
            return True
    found = _lookup(name)
    return isinstance(found, type) and isinstance(error, found)


def _lookup(name: str) -> object:
    """What a dotted name stands for: torch.linalg.LinAlgError is defined elsewhere."""
    first, *rest = name.split(".")
    found: object = sys.modules.get(first)
    for part in rest:
        found = getattr(found, part, None)
    return found


def _broken_promise(error: BaseException | None, promise: tuple[str, str], line: int) -> FailureRecord:
    """The last statement raised something else, or nothing."""
    want = f"{promise[0]}: {promise[1]}" if promise[1] else promise[0]
    got = "nothing was raised" if error is None else described(error)
    message = f"the last statement was to raise {want!r}; {'nothing was raised' if error is None else f'{got!r} came'}"
    return failure(Code.NOT_RAISED, line, message, hint="mend the code, or what raises= promises", want=want, got=got)
