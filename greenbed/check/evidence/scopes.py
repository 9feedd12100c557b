"""What names mean while a function runs: the sizes that they got on first sight, and integer variables, which count more.

Each call has its names for itself, and so has each namespace at module level. Nothing here keeps a frame or a tensor alive.
"""

from __future__ import annotations

import inspect
import operator
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import CodeType, FrameType, MemberDescriptorType
from typing import Any, NamedTuple

from greenbed.check.evidence.claims import ShapeClaim
from greenbed.check.evidence.shapes import Size, Sizes

_MOST = 20_000  # calls that are remembered; what is forgotten begins afresh
_SNAPSHOTS = sys.version_info < (3, 13)  # f_locals of a function is a copy that lives as long as its frame
_TAKES_LOCALS = frozenset({"locals", "vars", "_getframe"})
_UNSHARED = 3  # references to such a copy: of the frame, of the variable here, of the call that counts them


class _Pair(NamedTuple):
    first: int


_STORED = (MemberDescriptorType, type(inspect.getattr_static(_Pair, "first")))
"""What stands in a class for a field with `__slots__`, or of a named tuple: to read it runs no code of the author's."""


class Scope:
    """Names of one call, or of one namespace."""

    __slots__ = ("_learnt", "sizes")

    def __init__(self) -> None:  # one is made for each call, so it is as bare as can be
        self.sizes: dict[str, Size | Sizes] = {}
        self._learnt: list[tuple[Mapping[str, Size | Sizes], int]] = []

    def copy(self) -> Scope:
        """The same names, to learn more by itself."""
        other = Scope()
        other.sizes, other._learnt = dict(self.sizes), list(self._learnt)
        return other

    def learn(self, found: Mapping[str, Size | Sizes], line: int) -> None:
        """New names got their sizes on file line `line`."""
        self.sizes.update(found)
        self._learnt.append((found, line))

    def line(self, name: str) -> int:
        """Where a name got its size; 0 where it has none."""
        return next((line for found, line in self._learnt if name in found), 0)

    def agrees(self, bound: Mapping[str, Size | Sizes], line: int) -> bool:
        """Whether all names are as in `bound`; new ones are learnt then."""
        sizes = self.sizes
        if not sizes:
            self.learn(bound, line)
            return True
        for name, size in bound.items():
            if name in sizes and sizes[name] != size:
                return False
        if not bound.keys() <= sizes.keys():
            self.learn(bound, line)
        return True


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where the names of one claim are looked up."""

    code: CodeType
    passed: tuple[tuple[str, int], ...]  # names, and which of the values that come along is the variable
    local: tuple[str, ...]  # in the frame
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
        self._copies = {id(names): self._module.copy()}

    def enter(self, frame: FrameType) -> None:
        """A call begins."""
        self._calls[id(frame)] = Scope()
        if len(self._calls) > _MOST:
            for old in list(self._calls)[: _MOST // 2]:
                del self._calls[old]

    def of(self, frame: FrameType) -> Scope:
        """The scope of what runs in `frame`."""
        if frame.f_code.co_name == "<module>":
            return self._copies.get(id(frame.f_globals), self._module) if self._copies else self._module
        scope = self._calls.get(id(frame))
        if scope is None:  # a generator that was forgotten
            scope = self._calls[id(frame)] = Scope()
        return scope

    def integers(
        self, number: int, claim: ShapeClaim, frame: FrameType, passed: tuple[object, ...]
    ) -> Mapping[str, Size | Sizes]:
        """The names in claim `number` that are integer variables; `passed` are the values of the variables that it names."""
        plan = self._plans.get(number)
        if plan is None or plan.code is not frame.f_code:
            plan = self._plans[number] = _planned(frame.f_code, claim)
        found: dict[str, Size | Sizes] = {}
        for name, at in plan.passed:
            value = passed[at]
            if type(value) is int and value >= 0 and name == claim.passed[at]:
                found[name] = value
            else:
                found.update(_integers((name,), {claim.passed[at]: value}))
        if plan.outer:
            found = {**found, **_integers(plan.outer, frame.f_globals)} if found else _integers(plan.outer, frame.f_globals)
        if plan.local:
            found.update(_local_integers(plan.local, frame))
        return found

    def needs_only_passed(self, number: int) -> bool:
        """Whether the variables that claim `number` names come along, and are integers themselves."""
        plan = self._plans.get(number)
        return plan is None or not (plan.local or plan.outer or any("." in name for name, _ in plan.passed))


def _planned(code: CodeType, claim: ShapeClaim) -> _Plan:
    firsts = {name: name.partition(".")[0] for name in claim.names}
    if code.co_name == "<module>":
        return _Plan(code, (), (), claim.names)
    passed = tuple((name, claim.passed.index(first)) for name, first in firsts.items() if first in claim.passed)
    rest = {name: first for name, first in firsts.items() if first not in claim.passed}
    # where a function begins, its arguments have come along and its other names have no values yet
    own = set(code.co_freevars) if claim.is_argument else {*code.co_varnames, *code.co_cellvars, *code.co_freevars}
    is_class = not code.co_flags & inspect.CO_OPTIMIZED
    if _TAKES_LOCALS & set(code.co_names) and not is_class:
        own = set()  # to look there would change what the author has taken
    local = tuple(name for name, first in rest.items() if first in own or is_class)
    outer = tuple(name for name, first in rest.items() if claim.outer is None or first in claim.outer)
    return _Plan(code, passed, local, tuple(name for name in outer if is_class or name not in local))


def _local_integers(names: Iterable[str], frame: FrameType) -> dict[str, Size | Sizes]:
    variables: Any = frame.f_locals
    found = _integers(names, variables)
    if _SNAPSHOTS and frame.f_code.co_flags & inspect.CO_OPTIMIZED and sys.getrefcount(variables) <= _UNSHARED:
        variables.clear()  # else it would keep what the function deletes
    return found


def _integers(names: Iterable[str], variables: Mapping[str, object]) -> dict[str, Size | Sizes]:
    found: dict[str, Size | Sizes] = {}
    for name in names:
        value = variables.get(name)
        if type(value) is int:
            if value >= 0:
                found[name] = value
        elif (value is not None or "." in name) and (size := _looked_up(name, variables)) is not None:
            found[name] = size
    return found


def _looked_up(name: str, variables: Mapping[str, object]) -> int | None:
    """An integer that may be a size; attributes are read without running code of the author's."""
    first, *rest = name.split(".")
    value = variables.get(first)
    for attribute in rest:
        value = _attribute(value, attribute)
    return _as_integer(value)


def _attribute(value: object, name: str) -> object:
    try:
        own: dict[str, object] = object.__getattribute__(value, "__dict__")
    except AttributeError:
        own = {}
    if name in own:
        return own[name]
    static = inspect.getattr_static(value, name, None)
    return getattr(value, name) if isinstance(static, _STORED) else static


def _as_integer(value: object) -> int | None:
    if type(value) is not int:
        if isinstance(value, bool) or not (isinstance(value, int) or type(value).__module__ == "numpy"):
            return None
        try:
            value = operator.index(value)  # type: ignore[arg-type]  # refused where it is none
        except TypeError:
            return None
    return value if value >= 0 else None
