"""Shapes as comments write them, and whether a shape that came agrees: pure, without torch.

    (B, H, T, d_k)    (T,)    (T)    ()    (..., d_k/2)    (B, T_prev + 1)    (B*T, 3C)    (B=2, T)    (*, d)    (B, T), (B, S)

A shape is a comma list in parentheses, as Python writes a tuple; `(H × W)` is one too. Without a comma a symbol such as `(N)`
or `(d_k)` is a shape beside what has axes, where `(optional)` and `(1)` are prose. What follows the parenthesis is prose, but
for one thing: `(B, T) → (T, B)` says what an arrow leads to.
"""

from __future__ import annotations

import ast
import keyword
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from greenbed.check.evidence.formulas import evaluate, formula, names_in, solve

Size = int | str
"""Of one axis; a text where no number is known, as for the ragged axis of a nested tensor."""

Sizes = tuple[Size, ...]

Known = Mapping[str, Size | Sizes]

_NO_SIZE = -1  # what a formula comes to that no axis can meet


class DimKind(StrEnum):
    """What a part of a shape stands for."""

    SIZE = "size"  # a number
    NAME = "name"  # one size, the same wherever the name stands
    FORMULA = "formula"
    FREE = "free"  # one axis of any size
    AXES = "axes"  # any number of axes, also none


@dataclass(frozen=True, slots=True)
class Dim:
    """One part of a shape."""

    text: str
    kind: DimKind
    size: int = 0  # of SIZE
    names: tuple[str, ...] = ()  # NAME, FORMULA; also of a SIZE or of AXES that has a name
    tree: ast.expr | None = field(default=None, compare=False, repr=False)  # of FORMULA
    may_be_one: bool = False  # an axis that broadcasts


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape, as written."""

    text: str
    dims: tuple[Dim, ...]
    is_lone: bool = False  # without a comma: prose beside what has no shape; a formula also unless it comes to a size
    dtype: str = ""  # kind of number that an annotation asks for: "Float"

    @property
    def names(self) -> tuple[str, ...]:
        """All that it mentions."""
        return tuple(dict.fromkeys(name for dim in self.dims for name in dim.names))


_ARROW = re.compile(r"(?:->|=>|→|⟶|⇒|↦)\s*")
_JOINS = re.compile(r"\s*(?:,|;|\band\b)\s*(?=\()")
_MIXES = re.compile(r"\s*(?:[@x×·⋅*+/|-]|\bor\b)\s*\(")  # two shapes that are no sequence: operands, alternatives
_LEADS = re.compile(r".*(?:->|=>|=|→|⟶|⇒|↦)\s*(?=\()", re.DOTALL)
_NO_NAMES = frozenset({*keyword.kwlist, "nan", "inf"})
_NAME = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_SYMBOL = re.compile(r"[A-Z][A-Z0-9]?|[dkmnt]|[A-Za-z]_\w+")  # what names a size; "(a)" counts points in a list
_NUMBER = re.compile(r"[0-9](?:_?[0-9]){0,17}")
_NAMED = re.compile(r"([^\W\d]\w*)\s*=\s*([0-9]{1,18})")


def shapes_in(text: str) -> tuple[Shape, ...]:
    """The shapes that `text` says something to have; none where it is prose.

    >>> [shape.text for shape in shapes_in("(B, T), (B,) and more")]
    ['(B, T)', '(B,)']
    >>> [shape.text for shape in shapes_in("(B, T) @ (T, C) -> (B, C)")]
    ['(B, C)']
    """
    shapes, rest = _leading(text.strip())
    if not shapes:
        return ()
    if arrow := _LEADS.match(rest) if _ARROW.search(rest) or _MIXES.match(rest) else None:
        return _leading(rest[arrow.end() :])[0]
    return () if _MIXES.match(rest) or _ARROW.match(rest.lstrip()) else shapes


def _leading(text: str) -> tuple[tuple[Shape, ...], str]:
    """The shapes at the start, with commas between them, and what follows."""
    shapes: list[Shape] = []
    while (end := _closing(text)) and (shape := _shape(text[:end])):
        shapes.append(shape)
        text = text[end:]
        joint = _JOINS.match(text)
        following = text[joint.end() :] if joint else ""
        if not (following and (end := _closing(following)) and _shape(following[:end])):
            break
        text = following
    return tuple(shapes), text


def _closing(text: str) -> int:
    """Where the parenthesis that `text` begins with is closed, one further; 0 where there is none."""
    depth = 0
    for position, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return position + 1 if position else 0
    return 0


def _shape(text: str) -> Shape | None:
    parts = _split(text[1:-1], ",")
    is_lone = len(parts) == 1 and not text[1:-1].rstrip().endswith(",")
    if is_lone:
        parts = _split(text[1:-1], "×")
    dims = [_dim(part.strip()) for part in parts]
    known = tuple(dim for dim in dims if dim is not None)
    if len(known) < len(dims) or sum(dim.kind is DimKind.AXES for dim in known) > 1:
        return None
    if len(known) == 1 and (known[0].kind is DimKind.AXES or (is_lone and not _is_size(known[0]))):
        return None
    return Shape(" ".join(text.split()), known, is_lone)


def _is_size(dim: Dim) -> bool:
    """Whether it may be a size where it stands alone."""
    return dim.kind is DimKind.FORMULA or _SYMBOL.fullmatch(dim.text) is not None


def _split(text: str, mark: str) -> list[str]:
    """At the marks that are in no inner parenthesis; one at the end separates nothing."""
    parts, depth = [""], 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if character == mark and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts if parts[-1].strip() else parts[:-1]


def _dim(text: str) -> Dim | None:
    if text in ("...", "…", "*"):
        return Dim(text, DimKind.AXES)
    if text in ("_", "?"):
        return Dim(text, DimKind.FREE)
    if _NUMBER.fullmatch(text):
        return Dim(text, DimKind.SIZE, int(text))
    if _NAME.fullmatch(text):
        return Dim(text, DimKind.NAME, names=(text,)) if not _NO_NAMES & set(text.split(".")) else None
    if named := _NAMED.fullmatch(text):
        return Dim(text, DimKind.SIZE, int(named[2]), (named[1],))
    return formula_dim(text)


def formula_dim(text: str) -> Dim | None:
    """Arithmetic on names and numbers."""
    tree = formula(text)
    return Dim(text, DimKind.FORMULA, names=names_in(tree), tree=tree) if tree is not None else None


def comes_to_size(shape: Shape, known: Known) -> bool:
    """Of a shape that stands alone: whether it is no formula, or one of names whose sizes make it a size."""
    (dim, *others) = shape.dims
    if others or dim.tree is None:
        return True
    sizes = {name: size for name in dim.names if isinstance(size := known.get(name), int)}
    if not sizes or len(sizes) < len(dim.names):
        return False
    value = evaluate(dim.tree, sizes)
    return value is not None and value.denominator == 1 and value >= 0


@dataclass(frozen=True, slots=True)
class Fit:
    """A shape that agrees: the names that it gives a size."""

    found: Mapping[str, Size | Sizes]


@dataclass(frozen=True, slots=True)
class Clash:
    """A shape that does not agree: what was known of the names that are to blame."""

    because: Mapping[str, Size | Sizes]


def unify(shape: Shape, sizes: Sizes, known: Known) -> Fit | Clash:
    """Whether `sizes` is what `shape` says, given what is `known` of its names.

    >>> (two,) = shapes_in("(T, T + 1)")
    >>> unify(two, (4, 5), {})
    Fit(found={'T': 4})
    >>> unify(two, (4, 6), {})
    Clash(because={'T': 4})
    """
    pairs = _paired(shape.dims, sizes)
    if pairs is None:
        return Clash({})
    found: dict[str, Size | Sizes] = {}
    because: dict[str, Size | Sizes] = {}
    agree = True
    for dim, size in sorted(pairs, key=lambda pair: pair[0].kind is DimKind.FORMULA):  # first what gives names their sizes
        agree &= _agrees(dim, size, {**found, **known}, found, because)
    return Fit(found) if agree else Clash(because)


def _paired(dims: tuple[Dim, ...], sizes: Sizes) -> list[tuple[Dim, Size | Sizes]] | None:
    """Each part with its axis; the axes that `...` stands for together."""
    open_at = next((at for at, dim in enumerate(dims) if dim.kind is DimKind.AXES), None)
    if open_at is None:
        return list(zip(dims, sizes, strict=True)) if len(dims) == len(sizes) else None
    after = len(dims) - open_at - 1
    end = len(sizes) - after
    if end < open_at:
        return None
    middle = (dims[open_at], sizes[open_at:end])
    return [*zip(dims[:open_at], sizes, strict=False), middle, *zip(dims[open_at + 1 :], sizes[end:], strict=True)]


def _agrees(
    dim: Dim, size: Size | Sizes, known: Known, found: dict[str, Size | Sizes], because: dict[str, Size | Sizes]
) -> bool:
    """Whether one part agrees; new names go to `found`, those to blame to `because`."""
    if (dim.may_be_one and size == 1) or (dim.kind is DimKind.SIZE and size != dim.size):
        return size == 1 and dim.may_be_one
    if not dim.names and dim.kind is not DimKind.FORMULA:
        return True
    want = known.get(dim.names[0]) if dim.kind is not DimKind.FORMULA else _wanted(dim, size, known, found)
    if want is None:
        found[_key(dim)] = size
        return True
    if want == size or (dim.may_be_one and isinstance(size, tuple) and _broadcasts(size, want)):
        return True
    to_blame = {name: known[name] for name in dim.names if name in known}
    because.update(to_blame or ({_key(dim): want} if want != _NO_SIZE else {}))
    return False


def _key(dim: Dim) -> str:
    """By what a size is remembered."""
    return ast.unparse(dim.tree) if dim.tree is not None else dim.names[0]


def _wanted(dim: Dim, size: Size | Sizes, known: Known, found: dict[str, Size | Sizes]) -> Size | Sizes | None:
    """What a formula comes to; one that cannot be known yet stands for its size as a name does."""
    if dim.tree is None or not isinstance(size, int):
        return size
    sizes = {name: known[name] for name in dim.names if name in known}
    numbers = {name: value for name, value in sizes.items() if isinstance(value, int)}
    unknown = [name for name in dim.names if name not in sizes]
    if len(unknown) == 1 and len(numbers) == len(sizes) and (root := solve(dim.tree, unknown[0], size, numbers)) is not None:
        if root.denominator != 1 or root < 0:
            return _NO_SIZE  # whatever the name stands for
        found[unknown[0]] = int(root)
        return size
    if unknown or len(numbers) < len(sizes):
        return known.get(_key(dim))
    value = evaluate(dim.tree, numbers)
    return _NO_SIZE if value is None or value.denominator != 1 else int(value)


def _broadcasts(sizes: Sizes, want: object) -> bool:
    """Whether axes agree from the right, where 1 goes with everything."""
    return isinstance(want, tuple) and all(
        size in (1, wanted) for size, wanted in zip(reversed(sizes), reversed(want), strict=False)
    )
