"""Global state of torch, numpy and Python that a snippet may leave changed, so that later snippets compute something else.

A change is not undone: a reader who pastes the snippets has it too. It has to be declared by `sets="…"`. The states of random
generators are not among it: a note seeds once and draws on.
"""

from __future__ import annotations

import ast
import decimal
import locale
import os
import re
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
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
    setters: frozenset[str]  # names of functions, and of attributes that are assigned: for the line to blame
    mentions: re.Pattern[str] | None = None  # what the note has to say for a change to be its own: an import may make one, too


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


def _autocast() -> object:
    torch = _torch()
    return {
        device: torch.get_autocast_dtype(device) for device in ("cpu", "cuda") if torch.is_autocast_enabled(device)
    }  # by device, for which it is on


def _sdp_kernels() -> object:
    cuda = _torch().backends.cuda
    return {name: getattr(cuda, f"{name}_sdp_enabled")() for name in ("flash", "math", "mem_efficient", "cudnn")}


def _module_hooks() -> object:
    module: Any = sys.modules["torch.nn.modules.module"]
    hooks = {name: getattr(module, name) for name in vars(module) if name.startswith("_global_") and name.endswith("_hooks")}
    return {name.removeprefix("_global_"): len(registered) for name, registered in hooks.items() if registered}


_TINY = 5e-324  # a name, so that the compiler does not multiply


def _decimal() -> object:
    context = decimal.getcontext()
    return {"prec": context.prec, "rounding": context.rounding}


def _filters() -> object:
    return {
        f"{action}:{message.pattern if message else ''}:{category.__name__}": "is set"
        for action, message, category, *_ in _own()
    }


def _own() -> list[Any]:
    """The filters, without the entry by which we listen."""
    return [entry for entry in warnings.filters if entry[1] is None or isinstance(entry[1], re.Pattern)]


def _setting(read: Callable[[], object], restore: str, *setters: str, mentions: str = "") -> _Setting:
    return _Setting(read, restore, frozenset(setters), re.compile(mentions) if mentions else None)


_OF_TORCH: Mapping[str, _Setting] = {
    "default_dtype": _setting(
        lambda: _torch().get_default_dtype(), "torch.set_default_dtype({})", "set_default_dtype", "set_default_tensor_type"
    ),
    "default_device": _setting(
        lambda: _torch().get_default_device(), "torch.set_default_device(torch.{})", "set_default_device"
    ),
    "grad_mode": _setting(
        lambda: _torch().is_grad_enabled(),
        "torch.set_grad_enabled({})",
        "set_grad_enabled",
        "no_grad",
        "enable_grad",
        "inference_mode",
    ),
    "print_options": _setting(_print_options, "torch.set_printoptions(**{})", "set_printoptions"),
    "num_threads": _setting(lambda: _torch().get_num_threads(), "torch.set_num_threads({})", "set_num_threads"),
    "deterministic": _setting(_deterministic, "torch.use_deterministic_algorithms(…)", "use_deterministic_algorithms"),
    "cudnn": _setting(_cudnn, "torch.backends.cudnn.flags(…)", "enabled", "benchmark", "deterministic"),
    "matmul_precision": _setting(
        lambda: _torch().get_float32_matmul_precision(),
        "torch.set_float32_matmul_precision({})",
        "set_float32_matmul_precision",
        "fp32_precision",
        "allow_tf32",
    ),
    "anomaly_mode": _setting(
        lambda: _torch().is_anomaly_enabled(), "torch.autograd.set_detect_anomaly({})", "set_detect_anomaly", "detect_anomaly"
    ),
    "autocast": _setting(_autocast, "with torch.autocast(…):", "autocast", "set_autocast_enabled", "set_autocast_dtype"),
    "flush_denormal": _setting(lambda: _TINY * 1.0 == 0, "torch.set_flush_denormal({})", "set_flush_denormal"),
    "sdp_kernels": _setting(
        _sdp_kernels,
        "torch.backends.cuda.enable_…_sdp(…)",
        "enable_flash_sdp",
        "enable_math_sdp",
        "enable_mem_efficient_sdp",
        "enable_cudnn_sdp",
        "sdpa_kernel",
    ),
    "sparse_invariants": _setting(
        lambda: _torch().sparse.check_sparse_tensor_invariants.is_enabled(),
        "torch.sparse.check_sparse_tensor_invariants.disable()",
        "enable",
    ),
    "warn_always": _setting(lambda: _torch().is_warn_always_enabled(), "torch.set_warn_always({})", "set_warn_always"),
    "module_hooks": _setting(
        _module_hooks,
        "handle.remove()",
        "register_module_forward_hook",
        "register_module_forward_pre_hook",
        "register_module_full_backward_hook",
        "register_module_full_backward_pre_hook",
        "register_module_parameter_registration_hook",
        "register_module_module_registration_hook",
        "register_module_buffer_registration_hook",
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


_OF_PYTHON: Mapping[str, _Setting] = {
    "cwd": _setting(_cwd, "os.chdir({})", "chdir"),
    "environment": _setting(
        lambda: dict(os.environ),
        "os.environ.update({})",
        "environ",
        "putenv",
        "setdefault",
        "update",
        mentions=r"\b(?:environ\w*|putenv|unsetenv|dotenv)\b",
    ),
    "sys_path": _setting(lambda: list(sys.path), "sys.path[:] = {}", "append", "insert", "extend", "path", "addsitedir"),
    "locale": _setting(lambda: locale.setlocale(locale.LC_ALL), "locale.setlocale(locale.LC_ALL, {})", "setlocale"),
    "recursion_limit": _setting(sys.getrecursionlimit, "sys.setrecursionlimit({})", "setrecursionlimit"),
    "decimal_context": _setting(_decimal, "decimal.setcontext(…)", "prec", "rounding", "setcontext"),
    "warning_filters": _setting(
        _filters,
        "with warnings.catch_warnings():",
        "simplefilter",
        "filterwarnings",
        "resetwarnings",
        mentions=r"\b(?:simplefilter|filterwarnings|resetwarnings)\b",
    ),
}
_SETTINGS = {**_OF_TORCH, **_OF_NUMPY, **_OF_PYTHON}

NAMES: tuple[str, ...] = tuple(_SETTINGS)
"""What `sets="…"` may name."""


def snapshot() -> dict[str, object]:
    """The present value of everything that can be read; modules that are not imported are left out."""
    values: dict[str, object] = {}
    for settings, is_there in ((_OF_TORCH, _is_there("torch")), (_OF_NUMPY, _is_there("numpy")), (_OF_PYTHON, True)):
        if is_there:
            values |= {name: _read(setting) for name, setting in settings.items()}
    return values


def _read(setting: _Setting) -> object:
    try:
        return setting.read()
    except Exception as refused:  # torch gives no matmul precision where it was set in two ways; a snippet may break anything
        return f"unreadable, {type(refused).__name__}"


def leaks(
    before: Mapping[str, object],
    after: Mapping[str, object],
    *,
    sets: Iterable[str],
    trees: Iterable[ast.AST],
    line: int,
    code: str = "",
) -> list[FailureRecord]:
    """One failure for each change that `sets` does not declare; `line` where nothing in `trees` shows who did it.

    `code` is that of the note so far: a change that an import may make counts only where it says something of the kind.
    """
    changed = [name for name in before if before[name] != after.get(name, before[name]) and name not in set(sets)]
    undeclared = [name for name in changed if (said := _SETTINGS[name].mentions) is None or said.search(code)]
    setters = [setter for tree in trees for setter in _setters(tree)] if undeclared else []
    return [_leak(name, before[name], after[name], _blamed(name, setters) or line) for name in undeclared]


def _leak(name: str, before: object, after: object, line: int) -> FailureRecord:
    was, now = _change(before, after)
    message = f"{name} is left changed from {was} to {now}, which later snippets and readers inherit"
    restore = _SETTINGS[name].restore.format(repr(before) if not isinstance(before, dict) else was)
    way = f"write {restore} around it" if restore.startswith("with ") else f"end with {quoted(restore)}"
    return failure(Code.LEAKS_STATE, line, message, hint=f'{way}, or declare sets="{name}"')


def _change(before: object, after: object) -> tuple[str, str]:
    """Both values; of options only those that differ."""
    if isinstance(before, dict) and isinstance(after, dict):
        keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
        was, now = ({key: options[key] for key in keys if key in options} for options in (before, after))
        return repr(was), repr(now)
    return repr(before), repr(after)


def _blamed(name: str, setters: Iterable[tuple[str, int]]) -> int | None:
    """The line of the last statement that sets such state."""
    names = _SETTINGS[name].setters
    return max((line for setter, line in setters if setter in names), default=None)


def _setters(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Names of what is called or assigned, with lines; what a `with` calls puts itself back."""
    restored = {id(item.context_expr) for node in ast.walk(tree) if isinstance(node, ast.With) for item in node.items}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and id(node) not in restored:
            yield _name(node.func), node.lineno
        elif isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
            yield _name(node.value if isinstance(node, ast.Subscript) else node), node.lineno


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def unknown(sets: Iterable[str], line: int) -> list[FailureRecord]:
    """A failure for each name in `sets` that is none."""
    message = 'sets="{}" names no global state'
    hint = f"one of {', '.join(NAMES)}"
    return [failure(Code.BAD_OPTION, line, message.format(name), hint=hint) for name in sets if name not in _SETTINGS]
