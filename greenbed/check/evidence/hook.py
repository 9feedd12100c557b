"""What rewritten code calls, as functions of a module, because torch.compile understands these and nothing else.

The module stands in the note's namespace: a name in `builtins` that is no constant breaks torch.compile (measured with 2.13).
While a function is compiled, nothing is taken down: the graph stays what the author wrote.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, Protocol


class Listener(Protocol):
    """Who takes down what is reached."""

    def held(self, number: int) -> None: ...
    def value(self, number: int, value: object) -> object: ...
    def printer(self, number: int, function: Callable[..., Any]) -> Callable[..., Any]: ...


class Shower(Protocol):
    """Who keeps what a block with `show` shows."""

    def shown(self, line: int, value: object) -> object: ...


def _never() -> bool:
    return False


_listener: Listener
_shower: Shower
_is_compiling: Callable[[], bool] = _never


def install(listener: Listener) -> None:
    """Report to `listener` from now on."""
    global _listener, _is_compiling
    _listener = listener
    compiler = getattr(sys.modules.get("torch"), "compiler", None)
    _is_compiling = getattr(compiler, "is_compiling", _never)


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
