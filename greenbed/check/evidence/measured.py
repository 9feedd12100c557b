"""What shape a value has: read without telling anybody, since a note may listen to everything that is done to its tensors.

torch hands even `x.shape` to `__torch_function__` of subclasses and modes, and a trace takes it down.
"""

from __future__ import annotations

import dataclasses
import inspect
import operator
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from numbers import Number
from typing import Any, SupportsIndex

from greenbed.check.evidence.shapes import Size, Sizes

_NUMBERS = (int, float, bool, complex)
_LISTS = (tuple, list)
_TORCH = "torch"


def _never() -> bool:
    return False


is_tracing: Callable[[], bool] = _never
"""Whether torch.jit.trace is at work, in which sizes are tensors."""

is_listened_to: Callable[[], int] = _never
"""Whether a mode of torch is told of all that is done."""

unheard: Callable[[], AbstractContextManager[object]] = nullcontext
"""Within it nobody is told."""


quick: set[type] = set()
"""Types whose shape can be read without asking whether it will do."""


def prepare() -> None:
    """Look once for what torch offers; before that everything is as without torch."""
    global is_tracing, is_listened_to, unheard
    if (torch := sys.modules.get(_TORCH)) is not None:
        internal: Any = torch._C
        is_tracing, is_listened_to, unheard = (
            internal._is_tracing,
            internal._len_torch_function_stack,
            internal.DisableTorchFunction,
        )
        quick.update({torch.Tensor, torch.nn.Parameter})


def fingerprint(value: Any) -> object:
    """What is the same for values with the same shapes; None where it would take long to say."""
    try:
        if type(value) in quick:
            return None if is_listened_to() else value.shape
        if type(value) is not tuple or not value or is_listened_to():
            return None
        return tuple(one.shape for one in value) if all(type(one) in quick for one in value) else None
    except RuntimeError:  # a nested tensor has no shape
        return None


def sizes_of(value: object) -> Sizes | None:
    """The shape of a tensor or an array; a tuple of integers is one; a number has none of axes; all else has no shape.

    >>> sizes_of(2.5), sizes_of((2, 3)), sizes_of("text")
    ((), (2, 3), None)
    """
    if type(value) in _NUMBERS:
        return ()
    if isinstance(value, tuple):
        return _as_sizes(value)
    if is_shaped(value):
        try:
            with unheard():
                return _as_sizes(value.shape)  # type: ignore[attr-defined]  # is_shaped has found it
        except Exception:  # a shape that is not known yet, or the author's own property
            return None
    return () if issubclass(type(value), Number) else None


def is_shaped(value: object) -> bool:
    """Whether it has an attribute `shape`, as tensors and arrays do; asked without running code of the author's."""
    try:
        return hasattr(type(value), "shape") or inspect.getattr_static(value, "shape", None) is not None
    except Exception:  # a metaclass of the author's
        return False


def is_array(value: object) -> bool:
    """Whether it is a tensor or an array; a number of numpy's is neither."""
    kind = type(value)
    try:
        has_all = hasattr(kind, "shape") and hasattr(kind, "dtype") and hasattr(kind, "__setitem__")
        return has_all and not issubclass(kind, Number)
    except Exception:  # a metaclass of the author's
        return False


def is_stand_in(value: object) -> bool:
    """Whether it stands for a value: it records what is done to it, as a torch.fx.Proxy, or is a dataclass's field."""
    return type(value).__module__.startswith("torch.fx") or type(value) is dataclasses.Field


def _as_sizes(shape: object) -> Sizes | None:
    if not isinstance(shape, _LISTS):
        return None
    sizes = tuple(_as_size(size) for size in shape)
    return None if None in sizes else sizes  # type: ignore[return-value]  # none of them is None


def _as_size(size: object) -> Size | None:
    if type(size) is int:
        return size
    if isinstance(size, bool) or not isinstance(size, SupportsIndex):
        return None
    if type(size).__name__ == "SymInt":  # asking it for a number would bind it to that
        return str(size)
    try:
        return operator.index(size)
    except Exception:  # the author's own, or a tensor of several elements
        return None


def dtype_of(value: object) -> str:
    """As "float32"; empty where there is none."""
    try:
        with unheard():
            return str(getattr(value, "dtype", "")).removeprefix("torch.")
    except Exception:  # the author's own property
        return ""


def device_of(value: object) -> str:
    """As "cuda:0"; empty for the CPU."""
    try:
        with unheard():
            device = str(getattr(value, "device", "cpu"))
    except Exception:  # the author's own property, or an array that has none yet
        return ""
    return "" if device == "cpu" else device
