"""What rewritten code calls, as functions of a module, because torch.compile understands these and nothing else.

The module stands in the note's namespace: a name in `builtins` that is no constant breaks torch.compile (measured with 2.13).
While a function is compiled, nothing is taken down: the graph stays what the author wrote.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, Protocol


class Listener(Protocol):
    """Who takes down what is reached."""

    def held(self, number: int) -> None: ...
    def value(self, number: int, value: object) -> object: ...
    def printer(self, number: int, function: Callable[..., Any]) -> Callable[..., Any]: ...
    def shape(self, number: int, value: object, frame: FrameType, passed: tuple[object, ...]) -> object: ...
    def enter(self, frame: FrameType) -> None: ...
    def compiled(self, number: int) -> None: ...


class Shower(Protocol):
    """Who keeps what a block with `show` shows."""

    def shown(self, line: int, value: object) -> object: ...


def _never() -> bool:
    return False


_listener: Listener
_shower: Shower
_is_compiling: Callable[[], bool] = _never
_is_dynamo: Callable[[], bool] = _never  # the quicker question
_see: Callable[[int, object], None]
_frame = sys._getframe


def install(listener: Listener, see: Callable[[int, object], None]) -> None:
    """Report claims to `listener` from now on, and what lines give to `see`."""
    global _listener, _is_compiling, _is_dynamo, _see
    _listener, _see = listener, see
    compiler = getattr(sys.modules.get("torch"), "compiler", None)
    _is_compiling = getattr(compiler, "is_compiling", _never)
    _is_dynamo = getattr(compiler, "is_dynamo_compiling", _never)


def ask(number: int, wanted: bool) -> None:
    """Whether line `number` is to call `see`."""
    globals()[f"sight_{number}"] = wanted


def install_shower(shower: Shower) -> None:
    """Let `shower` keep what is shown from now on."""
    global _shower
    _shower = shower


def shown(line: int, value: object) -> object:
    """The last bare expression, on file line `line`, came to `value`."""
    return _shower.shown(line, value)


def held(number: int) -> None:
    """The assert `number` was passed."""
    if not _is_compiling():
        _listener.held(number)


def value(number: int, value: object) -> object:
    """The bare expression `number` came to `value`."""
    return value if _is_compiling() else _listener.value(number, value)


def printer(number: int, function: Callable[..., Any]) -> Callable[..., Any]:
    """The `print` to call at `number`."""
    return function if _is_compiling() else _listener.printer(number, function)


def shape(number: int, value: object, passed: tuple[object, ...] = ()) -> object:
    """What claim `number` is about is `value`; `passed` are variables that it names."""
    if _is_dynamo():
        _compiled(number)
        return value
    return _listener.shape(number, value, _frame(1), passed)


def bound(number: int, value: object, passed: tuple[object, ...] = ()) -> None:
    """As `shape`, of what a statement has bound. It gives nothing, since a prompt would show what it gives."""
    if _is_dynamo():
        _compiled(number)
    else:
        _listener.shape(number, value, _frame(1), passed)


def enter() -> None:
    """A call of a function with shape claims begins."""
    if not _is_dynamo():
        _listener.enter(_frame(1))


def see(number: int, value: object) -> None:
    """Line `number` bound `value`."""
    if not _is_dynamo():
        _see(number, value)


def seen(number: int, value: object) -> object:
    """Line `number` binds `value`."""
    if not _is_dynamo():
        _see(number, value)
    return value


def _compiled(number: int) -> None:
    """The code around claim `number` is compiled."""
    _listener.compiled(number)


_compiled._dynamo_marked_constant = True  # type: ignore[attr-defined]  # torch.compile calls it then and there, and leaves it out
