"""What names mean while a function runs: the sizes that they got on first sight, and integer variables, which count more.

Each call has its names for itself, and so has each namespace at module level. Nothing here keeps a frame or a tensor alive.
"""

from __future__ import annotations

import inspect
import operator
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import CodeType, FrameType, MemberDescriptorType
from typing import Any, NamedTuple

from greenbed.check.evidence.shapes import Size, Sizes

_MOST = 20_000  # calls that are remembered; what is forgotten begins afresh
_SNAPSHOTS = sys.version_info < (3, 13)  # f_locals of a function is a copy that lives as long as its frame
_UNSHARED = 3  # references to such a copy: of the frame, of the variable here, of the call that counts them
_NONE: Mapping[str, int] = {}


class _Pair(NamedTuple):
    first: int


_STORED = (MemberDescriptorType, type(inspect.getattr_static(_Pair, "first")))
"""What stands in a class for a field with `__slots__`, or of a named tuple: to read it runs no code of the author's."""


@dataclass(slots=True)
class Scope:
    """Names of one call, or of one namespace."""

    sizes: dict[str, Size | Sizes] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    """The file line on which each name got its size."""

    def learn(self, found: Mapping[str, Size | Sizes], line: int) -> None:
        """Names got their sizes on `line`."""
        for name, size in found.items():
            if name not in self.sizes:
                self.sizes[name] = size
                self.lines[name] = line


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where the names of one claim are looked up."""

    code: CodeType
    local: tuple[str, ...]
    outer: tuple[str, ...]  # at module level


class Scopes:
    """The scopes of a note's run."""

    def __init__(self) -> None:
        self._calls: dict[int, Scope] = {}  # by id of the frame, which `enter` makes mean this call
        self._plans: dict[int, _Plan] = {}
        self.begin_namespace()

    def begin_namespace(self) -> None:
        """Module level starts afresh."""
        self._module = Scope()
        self._copies: dict[int, Scope] = {}

    def begin_copy(self, names: Mapping[str, object]) -> None:
        """`names` are a copy of the note's: what was known holds there too, and what is learnt there stays there."""
        self._copies = {id(names): Scope(dict(self._module.sizes), dict(self._module.lines))}

    def enter(self, frame: FrameType) -> None:
        """A call begins."""
        key = id(frame)
        self._calls.pop(key, None)
        self._calls[key] = Scope()
        if len(self._calls) > _MOST:
            for old in list(self._calls)[: _MOST // 2]:
                del self._calls[old]

    def of(self, frame: FrameType) -> Scope:
        """The scope of what runs in `frame`."""
        if frame.f_code.co_name == "<module>":
            return self._copies.get(id(frame.f_globals), self._module) if self._copies else self._module
        return self._calls.get(id(frame)) or self._calls.setdefault(id(frame), Scope())

    def integers(
        self, number: int, frame: FrameType, names: tuple[str, ...], outer: frozenset[str] | None
    ) -> Mapping[str, int]:
        """Those of the `names` of claim `number` that are integer variables.

        outer: the module-level names that the function's own code uses, which alone count; None at module level.
        """
        plan = self._plans.get(number)
        if plan is None or plan.code is not frame.f_code:
            plan = self._plans[number] = _planned(frame.f_code, names, outer)
        found: dict[str, int] = {}
        if plan.outer:
            found.update(_integers(plan.outer, frame.f_globals))
        if plan.local:
            found.update(_local_integers(plan.local, frame))
        return found if plan.outer or plan.local else _NONE


def _planned(code: CodeType, names: tuple[str, ...], outer: frozenset[str] | None) -> _Plan:
    if code.co_name == "<module>":
        return _Plan(code, (), names)
    own = {*code.co_varnames, *code.co_cellvars, *code.co_freevars}
    if not code.co_flags & inspect.CO_OPTIMIZED:  # the body of a class
        own.update(code.co_names)
    local = tuple(name for name in names if name.partition(".")[0] in own)
    rest = (name for name in names if outer is None or name.partition(".")[0] in outer)
    return _Plan(code, local, tuple(name for name in rest if name not in local or not code.co_flags & inspect.CO_OPTIMIZED))


def _local_integers(names: Iterable[str], frame: FrameType) -> dict[str, int]:
    variables: Any = frame.f_locals
    found = _integers(names, variables)
    if _SNAPSHOTS and frame.f_code.co_flags & inspect.CO_OPTIMIZED and sys.getrefcount(variables) <= _UNSHARED:
        variables.clear()  # else it would keep what the function deletes
    return found


def _integers(names: Iterable[str], variables: Mapping[str, object]) -> dict[str, int]:
    found = ((name, _looked_up(name, variables)) for name in names)
    return {name: value for name, value in found if value is not None}


def _looked_up(name: str, variables: Mapping[str, object]) -> int | None:
    """An integer that may be a size; attributes are read without running code of the author's."""
    first, *rest = name.split(".")
    value = variables.get(first)
    for attribute in rest:
        static = inspect.getattr_static(value, attribute, None)
        value = getattr(value, attribute) if isinstance(static, _STORED) else static
    return _as_integer(value)


def _as_integer(value: object) -> int | None:
    if type(value) is not int:
        if isinstance(value, bool) or not (isinstance(value, int) or type(value).__module__ == "numpy"):
            return None
        try:
            value = operator.index(value)  # type: ignore[arg-type]  # refused where it is none
        except TypeError:
            return None
    return value if value >= 0 else None
