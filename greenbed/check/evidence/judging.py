"""Whether what came has the shape that is written beside it, and what to say where it has not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import CodeType, FrameType
from typing import NamedTuple

from greenbed.check.evidence import measured
from greenbed.check.evidence.annotations import is_of_kind
from greenbed.check.evidence.claims import Claim, ShapeClaim
from greenbed.check.evidence.scopes import Scope, Scopes
from greenbed.check.evidence.shapes import Fit, Shape, Size, Sizes, comes_to_size, unify

_PROSE = "if it is prose, put a word before the parenthesis"
_LISTS = (tuple, list)
_DEEPEST = 4  # lists within lists


class Judged(StrEnum):
    """What came of one look, where nothing was wrong."""

    HELD = "held"
    SILENT = "silent"  # nothing can be said


@dataclass(frozen=True, slots=True)
class Accusation:
    """What is wrong, in one line, and how to mend it."""

    message: str
    hint: str
    got: str


class _Memory(NamedTuple):
    """A look that held: another at the same sizes with the same variables holds too, if the names agree."""

    kind: type  # of the value
    print: object  # its fingerprint
    code: CodeType
    passed: tuple[object, ...] | None  # integers that came along; None where variables have to be looked up
    integers: Mapping[str, Size | Sizes]
    bound: Mapping[str, Size | Sizes]
    line: int


class ShapeJudge:
    """Judges the shape claims of a note while it runs."""

    def __init__(self) -> None:
        self.scopes = Scopes()
        self._memory: dict[int, _Memory] = {}

    def recalls(self, number: int, claim: Claim, value: object, frame: FrameType, passed: tuple[object, ...]) -> bool:
        """Whether claim `number` holds, as it did before: what `judge` says, sooner."""
        memory = self._memory.get(number)
        if memory is None:
            return False
        kind, fingerprint, code, before, integers, bound, line = memory  # this is where the time of a snippet would go
        if type(value) is not kind or frame.f_code is not code or measured.is_tracing():
            return False
        if measured.fingerprint(value) != fingerprint:
            return False
        if before is None:
            if self._integers(number, claim, frame, passed) != integers:
                return False
        elif passed and not _are_same(passed, before):
            return False
        return not bound or self.scopes.of(frame).agrees(bound, line)

    def judge(
        self, number: int, claim: Claim, value: object, frame: FrameType | None, passed: tuple[object, ...] = ()
    ) -> Judged | Accusation:
        """Claim `number` beside `value`, while `frame` runs; without one there are no names."""
        if measured.is_tracing():
            return Judged.SILENT
        if frame is None or not isinstance(claim, ShapeClaim):
            return _Look(claim, Scope(), {}).judge_all(value)
        look = _Look(claim, self.scopes.of(frame), self._integers(number, claim, frame, passed))
        judged = look.judge_all(value)
        if judged is Judged.HELD:
            self._remember(number, look, value, frame, passed)
        return judged

    def _integers(self, number: int, claim: Claim, frame: FrameType, passed: tuple[object, ...]) -> Mapping[str, Size | Sizes]:
        if not isinstance(claim, ShapeClaim) or claim.is_annotation or not claim.names:
            return {}
        return self.scopes.integers(number, claim, frame, passed)

    def _remember(self, number: int, look: _Look, value: object, frame: FrameType, passed: tuple[object, ...]) -> None:
        """Unless there is a formula with names that are not known, which stood for its own size."""
        claim, sizes = look.claim, look.scope.sizes
        fingerprint = measured.fingerprint(value)
        names = claim.names if isinstance(claim, ShapeClaim) else ()
        bound = {name: sizes[name] for name in names if name in sizes}
        if fingerprint is None or not bound.keys() | look.integers.keys() >= set(names) or claim.shapes[0].dtype:
            return
        is_simple = not isinstance(claim, ShapeClaim) or claim.is_annotation or self.scopes.needs_only_passed(number)
        known = passed if is_simple and all(type(one) is int for one in passed) else None
        self._memory[number] = _Memory(type(value), fingerprint, frame.f_code, known, look.integers, bound, claim.line)


def _are_same(passed: tuple[object, ...], before: tuple[object, ...]) -> bool:
    """Whether the variables are the same integers; they may be tensors by now, which are not to be compared."""
    for one, other in zip(passed, before, strict=True):  # noqa: SIM110  # a generator would cost as much as all the rest
        if type(one) is not int or one != other:
            return False
    return True


@dataclass(frozen=True, slots=True)
class _Part:
    """One of the values that a claim is about."""

    shape: Shape
    value: object
    label: str  # what it is called, where there are several
    sizes: Sizes | None

    @property
    def subject(self) -> str:
        """Of "is", where it has to be said."""
        return f"{self.label} " if self.label else ""


@dataclass(frozen=True, slots=True)
class _Look:
    """A claim at one moment."""

    claim: Claim
    scope: Scope
    integers: Mapping[str, Size | Sizes]

    def judge_all(self, value: object) -> Judged | Accusation:
        """Of several values, or with several shapes: the first that is wrong."""
        if len(self.claim.shapes) == 1 and not isinstance(value, _LISTS):
            return self.judge(_Part(self.claim.shapes[0], value, "", measured.sizes_of(value)))
        matched = self._matched(value)
        if isinstance(matched, Accusation):
            return matched
        judged = [self.judge(part) for part in matched]
        wrong = next((one for one in judged if isinstance(one, Accusation)), None)
        return wrong or (Judged.HELD if Judged.HELD in judged else Judged.SILENT)

    def _matched(self, value: object) -> Iterable[_Part] | Accusation:
        """Each value with its shape: several shapes are for the elements in order, one is for each of them."""
        shapes = self.claim.shapes
        elements = self._elements(value)
        if len(shapes) == 1:
            return _spread(shapes[0], value, "", elements)
        if len(elements) != len(shapes):
            elements = [(label, one) for label, one in elements if measured.is_shaped(one)]
        if len(elements) != len(shapes):
            values = "1 value" if len(elements) == 1 else f"{len(elements)} values"
            texts = ", ".join(shape.text for shape in shapes)
            return Accusation(f"says {texts}: {len(shapes)} shapes for {values}", f"write a shape for each value; {_PROSE}", "")
        return [part for shape, (label, one) in zip(shapes, elements, strict=True) for part in _spread(shape, one, label, None)]

    def _elements(self, value: object) -> list[tuple[str, object]]:
        """The values with what they are called."""
        labels = self.claim.labels if isinstance(self.claim, ShapeClaim) else ()
        if not isinstance(value, _LISTS):
            return [("", value)]
        return list(zip(labels if len(labels) == len(value) else _ordinals(value), value, strict=True))

    def judge(self, part: _Part) -> Judged | Accusation:
        """One value."""
        shape = part.shape
        if part.sizes is None:
            return self._without_shape(part)
        known = {**self.scope.sizes, **self.integers}
        if shape.is_lone and not (_has_shape(part.value) and comes_to_size(shape, known)):
            return Judged.SILENT
        result = unify(shape, part.sizes, known)
        if not isinstance(result, Fit):
            return self._clash(part, part.sizes, result.because)
        if shape.dtype and not is_of_kind(shape.dtype, dtype := measured.dtype_of(part.value)):
            return Accusation(f"says {shape.text}, {part.subject}is {dtype}", _mend(dtype), dtype)
        self.scope.learn(result.found, self.claim.line)
        return Judged.HELD

    def _without_shape(self, part: _Part) -> Judged | Accusation:
        claim, value = self.claim, part.value
        is_open = isinstance(claim, ShapeClaim) and (claim.is_lenient or (claim.is_argument and value is None))
        if is_open or part.shape.is_lone or measured.is_stand_in(value):
            return Judged.SILENT
        kind = "None" if value is None else type(value).__name__
        what = f"{part.label} ({kind})" if part.label else kind
        return Accusation(f"says {part.shape.text}, but {what} has no shape", _PROSE, "")

    def _clash(self, part: _Part, sizes: Sizes, because: Mapping[str, Size | Sizes]) -> Accusation:
        """As "says (B, T, C) with T=5, is (2, 4, 5)"."""
        given = ", ".join(f"{name}={_written(size)}" for name, size in because.items())
        came = _written(sizes)
        message = f"says {part.shape.text}{' with ' if given else ''}{given}, {part.subject}is {came}"
        origins = [self._origin(name, size) for name, size in because.items()]
        return Accusation(message, "; ".join([*origins, _mend(came)] if origins else [_mend(came), _PROSE]), came)

    def _origin(self, name: str, size: Size | Sizes) -> str:
        if name in self.integers:
            return f"the variable {name} is {_written(size)}"
        line = self.scope.line(name)
        return f"{name} is {_written(size)} since line {line}" if line else f"{name} is {_written(size)} here"


def said(claim: Claim) -> str:
    """The shapes, as written."""
    return ", ".join(shape.text for shape in claim.shapes)


def is_size(value: object) -> bool:
    """Whether it is a torch.Size."""
    return isinstance(value, tuple) and type(value).__name__ == "Size"


def speaks_of_shape(value: object) -> bool:
    """Whether integers in parentheses beside `value` speak of its shape: of an array, or of several in a tuple."""
    if isinstance(value, _LISTS) and not is_size(value):
        return bool(value) and all(measured.is_array(one) or is_size(one) for one in value)
    return measured.is_array(value)


def _has_shape(value: object) -> bool:
    """Whether it has one itself, or is one; a number and a tuple do not."""
    return measured.is_shaped(value) or is_size(value)


def _spread(
    shape: Shape, value: object, label: str, elements: Sequence[tuple[str, object]] | None, depth: int = 0
) -> Iterator[_Part]:
    """The value itself where it has a shape, else its elements: the arrays among them, where there are some."""
    sizes = measured.sizes_of(value)
    is_list = isinstance(value, _LISTS) and (sizes is None or (len(value) > 0 and not shape.dims))
    if not isinstance(value, _LISTS) or not is_list or depth > _DEEPEST:
        yield _Part(shape, value, label, sizes)
        return
    inner = elements if elements is not None else list(zip(_ordinals(value), value, strict=True))
    shaped = [(name, one) for name, one in inner if measured.is_shaped(one)]
    for name, one in shaped or inner:
        yield from _spread(shape, one, label or name, None, depth + 1)


def _ordinals(value: Sequence[object]) -> list[str]:
    return [f"element {number}" for number in range(1, len(value) + 1)]


def _written(size: Size | Sizes) -> str:
    if not isinstance(size, tuple):
        return str(size)
    return f"({size[0]},)" if len(size) == 1 else f"({', '.join(str(one) for one in size)})"


def _mend(came: str) -> str:
    return f"if {came} is right, write it there; else mend the code"
