"""Annotations as jaxtyping writes them: `Float[Tensor, "B T C"]`, read from the tree, whether the package is there or not.

https://docs.kidger.site/jaxtyping/api/array/
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from greenbed.check.evidence.shapes import Dim, DimKind, Shape, formula_dim

_FAMILIES = {
    "Float": ("float", "bfloat"),
    "Int": ("int",),
    "UInt": ("uint",),
    "Integer": ("int", "uint"),
    "Complex": ("complex",),
    "Bool": ("bool",),
    "Inexact": ("float", "bfloat", "complex"),
    "Real": ("float", "bfloat", "int", "uint"),
    "Num": ("float", "bfloat", "int", "uint", "complex"),
    "Shaped": ("",),
    "Key": ("",),
}
_EXACT = re.compile(r"(?:Float|BFloat|Int|UInt|Complex)\d\w*")
_PREFIXES = re.compile(r"[*#_?]*")
_NAMED_SIZE = re.compile(r"\w+=(?=\d+$)")


def is_of_kind(kind: str, dtype: str) -> bool:
    """Whether `dtype`, as "float32", is what the `kind`, as "Float", allows.

    >>> is_of_kind("Float", "bfloat16"), is_of_kind("Int", "uint8"), is_of_kind("Float32", "float64")
    (True, False, False)
    """
    if kind in _FAMILIES:
        return dtype.startswith(_FAMILIES[kind])
    return kind.lower() == dtype.replace("_", "")


def annotated(node: ast.expr | None) -> tuple[Shape, ...]:
    """The shapes that an annotation says: one, or those of a tuple in order; none where it says none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        try:
            return annotated(ast.parse(node.value.strip(), mode="eval").body)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return ()
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        sides = [side for side in (node.left, node.right) if not _is_none(side)]
        return annotated(sides[0]) if len(sides) == 1 else ()
    if not isinstance(node, ast.Subscript):
        return ()
    name, inside = _last_name(node.value), node.slice
    if name == "Optional":
        return annotated(inside)
    if not isinstance(inside, ast.Tuple):
        return ()
    if name in ("tuple", "Tuple"):
        shapes = [annotated(element) for element in inside.elts]
        return tuple(one for (one,) in shapes) if all(len(element) == 1 for element in shapes) else ()
    return _of_array(name, inside.elts)


def _of_array(name: str, inside: list[ast.expr]) -> tuple[Shape, ...]:
    """`Float` with `[Tensor, "B T"]`."""
    if len(inside) != 2 or not (name in _FAMILIES or _EXACT.fullmatch(name)):
        return ()
    array, text = inside
    if not isinstance(text, ast.Constant) or not isinstance(text.value, str):
        return ()
    dims = tuple(_dims(text.value))
    if sum(dim.kind is DimKind.AXES for dim in dims) > 1:
        return ()
    return (Shape(f'{name}[{ast.unparse(array)}, "{text.value}"]', dims, dtype=name),)


def _dims(text: str) -> Iterator[Dim]:
    for word in text.split():
        prefixes = _PREFIXES.match(word)
        marks = prefixes.group() if prefixes else ""
        rest = _NAMED_SIZE.sub("", word[len(marks) :])
        yield _dim(word, rest, marks)


def _dim(word: str, rest: str, marks: str) -> Dim:
    """One word; `_` before a name means that nothing is said of it, and what cannot be read says nothing either."""
    may_be_one = "#" in marks
    if "*" in marks or rest == "...":
        names = (f"*{rest}",) if rest.isidentifier() and "_" not in marks else ()
        return Dim(word, DimKind.AXES, names=names, may_be_one=may_be_one)
    if "_" in marks or "?" in marks or not rest:
        return Dim(word, DimKind.FREE)
    if rest.isdecimal() and rest.isascii() and len(rest) < 19:
        return Dim(word, DimKind.SIZE, int(rest), may_be_one=may_be_one)
    if rest.isidentifier():
        return Dim(word, DimKind.NAME, names=(rest,), may_be_one=may_be_one)
    return formula_dim(rest) or Dim(word, DimKind.FREE)


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
