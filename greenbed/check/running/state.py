"""Global state of torch and numpy that a snippet may leave changed behind, so that later snippets compute something else.

A change is not undone: a reader who pastes the snippets has it too. It has to be declared by `sets="…"`.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from greenbed.check.protocol import FailureRecord
from greenbed.check.running.failures import failure, quoted
from greenbed.model import Code

if TYPE_CHECKING:
    from types import ModuleType


@dataclass(frozen=True, slots=True)
class _Setting:
    read: Callable[[], object]
    restore: str  # the statement that puts a value back; {} stands for its repr
    setters: frozenset[str]  # names of functions that change it: for the line to blame


def _torch() -> ModuleType:
    return sys.modules["torch"]


def _is_there(module: str) -> bool:
    """Whether it is imported and whole: a snippet may have put anything into sys.modules."""
    return hasattr(sys.modules.get(module), "__version__")


def _print_options() -> object:
    options: Any = sys.modules["torch._tensor_str"].PRINT_OPTS
    return {name: getattr(options, name) for name in ("precision", "threshold", "edgeitems", "linewidth", "sci_mode")}


def _deterministic() -> object:
    torch = _torch()
    warns = torch.is_deterministic_algorithms_warn_only_enabled()
    return torch.are_deterministic_algorithms_enabled(), "warn_only" if warns else "raise"


def _cudnn() -> object:
    cudnn = _torch().backends.cudnn
    return {name: getattr(cudnn, name) for name in ("enabled", "benchmark", "deterministic")}


def _numpy_options() -> object:
    return {key: value for key, value in sys.modules["numpy"].get_printoptions().items() if key != "override_repr"}


def _setting(read: Callable[[], object], restore: str, *setters: str) -> _Setting:
    return _Setting(read, restore, frozenset(setters))


_OF_TORCH: Mapping[str, _Setting] = {
    "default_dtype": _setting(
        lambda: _torch().get_default_dtype(), "torch.set_default_dtype({})", "set_default_dtype", "set_default_tensor_type"
    ),
    "default_device": _setting(
        lambda: _torch().get_default_device(), "torch.set_default_device(torch.{})", "set_default_device"
    ),
    "grad_mode": _setting(
        lambda: _torch().is_grad_enabled(), "torch.set_grad_enabled({})", "set_grad_enabled", "no_grad", "enable_grad"
    ),
    "print_options": _setting(_print_options, "torch.set_printoptions(**{})", "set_printoptions"),
    "num_threads": _setting(lambda: _torch().get_num_threads(), "torch.set_num_threads({})", "set_num_threads"),
    "deterministic": _setting(_deterministic, "torch.use_deterministic_algorithms(…)", "use_deterministic_algorithms"),
    "cudnn": _setting(_cudnn, "torch.backends.cudnn.flags(…)"),
    "matmul_precision": _setting(
        lambda: _torch().get_float32_matmul_precision(),
        "torch.set_float32_matmul_precision({})",
        "set_float32_matmul_precision",
    ),
    "anomaly_mode": _setting(
        lambda: _torch().is_anomaly_enabled(), "torch.autograd.set_detect_anomaly({})", "set_detect_anomaly", "detect_anomaly"
    ),
}
_OF_NUMPY: Mapping[str, _Setting] = {
    "numpy_print_options": _setting(_numpy_options, "np.set_printoptions(**{})", "set_printoptions"),
    "numpy_errors": _setting(lambda: sys.modules["numpy"].geterr(), "np.seterr(**{})", "seterr"),
}


def _cwd() -> str:
    try:
        return str(Path.cwd())
    except FileNotFoundError:  # the snippet has removed the folder that it stands in
        return "(removed)"


_OF_PYTHON: Mapping[str, _Setting] = {"cwd": _setting(_cwd, "os.chdir({})", "chdir")}
_SETTINGS = {**_OF_TORCH, **_OF_NUMPY, **_OF_PYTHON}

NAMES: tuple[str, ...] = tuple(_SETTINGS)
"""What `sets="…"` may name."""


def snapshot() -> dict[str, object]:
    """The present value of everything that can be read; modules that are not imported are left out."""
    values: dict[str, object] = {}
    for settings, is_there in ((_OF_TORCH, _is_there("torch")), (_OF_NUMPY, _is_there("numpy")), (_OF_PYTHON, True)):
        if is_there:
            values |= {name: setting.read() for name, setting in settings.items()}
    return values


def leaks(
    before: Mapping[str, object], after: Mapping[str, object], *, sets: Iterable[str], trees: Iterable[ast.AST], line: int
) -> list[FailureRecord]:
    """One failure for each change that `sets` does not declare; `line` where no call in `trees` shows who did it."""
    undeclared = [name for name in before if before[name] != after.get(name, before[name]) and name not in set(sets)]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)] if undeclared else []
    return [_leak(name, before[name], after[name], _blamed(name, calls) or line) for name in undeclared]


def _leak(name: str, before: object, after: object, line: int) -> FailureRecord:
    was, now = _change(before, after)
    message = f"{name} is left changed from {was} to {now}, which later snippets and readers inherit"
    restore = _SETTINGS[name].restore.format(repr(before) if not isinstance(before, dict) else was)
    return failure(Code.LEAKS_STATE, line, message, hint=f'end with {quoted(restore)}, or declare sets="{name}"')


def _change(before: object, after: object) -> tuple[str, str]:
    """Both values; of options only those that differ."""
    if isinstance(before, dict) and isinstance(after, dict):
        keys = [key for key in before if before[key] != after.get(key)]
        return repr({key: before[key] for key in keys}), repr({key: after.get(key) for key in keys})
    return repr(before), repr(after)


def _blamed(name: str, calls: Iterable[ast.Call]) -> int | None:
    """The line of the last call that changes such state."""
    setters = _SETTINGS[name].setters
    lines = [call.lineno for call in calls if _called(call.func) in setters]
    return max(lines, default=None)


def _called(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""


def unknown(sets: Iterable[str], line: int) -> list[FailureRecord]:
    """A failure for each name in `sets` that is none."""
    message = 'sets="{}" names no global state'
    hint = f"one of {', '.join(NAMES)}"
    return [failure(Code.BAD_OPTION, line, message.format(name), hint=hint) for name in sets if name not in _SETTINGS]
