"""Which names and expressions are no tensors for certain, so that nobody has to look: numbers, texts, what `len` gives."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from greenbed.check.evidence.targets import leaves

_CALLS = re.compile(
    r"len|range|int|float|bool|complex|str|bytes|repr|format|hash|id|ord|chr|isinstance|issubclass|callable|hasattr|dir|vars"
    r"|print|open|input|type|object|super|iter|enumerate|zip|map|filter|dict|set|frozenset|slice|globals|locals"
)
_METHODS = re.compile(
    r"item|tolist|size|numel|nelement|dim|stride|element_size|storage_offset|data_ptr|is_contiguous|format|join|strip|encode"
    r"|decode|upper|lower|title|startswith|endswith|items|keys|state_dict|parameters|named_parameters|manual_seed"
)
_ATTRIBUTES = re.compile(r"shape|dtype|device|ndim|layout|requires_grad|is_leaf|itemsize|nbytes|__name__|__dict__")
_MODULES = re.compile(r"math|time|os|sys|re|string|json|datetime|pathlib|timeit|gc|statistics|textwrap")
_TYPES = frozenset({"int", "float", "bool", "str", "bytes", "complex"})
_NEVER = (
    *(ast.Constant, ast.JoinedStr, ast.Lambda, ast.Dict, ast.DictComp, ast.Set, ast.SetComp, ast.GeneratorExp),
    *(ast.Slice, ast.FormattedValue),
)


def is_plain(node: ast.expr, names: frozenset[str]) -> bool:
    """Whether a value is no array for certain, `names` being none either."""
    if isinstance(node, _NEVER):
        return True
    match node:
        case ast.Name(name):
            return name in names
        case ast.Attribute(value, name):
            return _ATTRIBUTES.fullmatch(name) is not None or (
                isinstance(value, ast.Name) and _MODULES.fullmatch(value.id) is not None
            )
        case ast.Subscript(value, _) | ast.Starred(value, _) | ast.NamedExpr(_, value):
            return is_plain(value, names)
        case ast.Call(called, _, _):
            return _gives_none(called)
        case ast.Compare(_, operators, _) if all(isinstance(one, ast.Is | ast.IsNot | ast.In | ast.NotIn) for one in operators):
            return True
        case ast.UnaryOp(ast.Not(), _):
            return True
        case ast.ListComp(element, _):
            return is_plain(element, names)
    if isinstance(node, ast.BinOp | ast.UnaryOp | ast.BoolOp | ast.Compare | ast.Tuple | ast.List | ast.IfExp):
        test = node.test if isinstance(node, ast.IfExp) else None
        parts = [part for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr) and part is not test]
        return all(is_plain(part, names) for part in parts)
    return False


def _gives_none(called: ast.expr) -> bool:
    """Whether what is called gives no arrays: by its name, which an author hardly gives to something else."""
    if isinstance(called, ast.Name):
        return _CALLS.fullmatch(called.id) is not None
    if not isinstance(called, ast.Attribute):
        return False
    is_known = _METHODS.fullmatch(called.attr) is not None or _is_module(called.value)
    return is_known or (isinstance(called.value, ast.Name | ast.Attribute) and _is_module_class(called))


def _is_module(node: ast.expr) -> bool:
    """Whether it is a module of Python's that has nothing to do with arrays."""
    return isinstance(node, ast.Name) and _MODULES.fullmatch(node.id) is not None


def _is_module_class(called: ast.Attribute) -> bool:
    """`nn.Linear(…)`, `torch.nn.Linear(…)`: layers, which are no tensors."""
    owner = called.value.attr if isinstance(called.value, ast.Attribute) else getattr(called.value, "id", "")
    return owner == "nn" and called.attr[:1].isupper() and called.attr not in ("Parameter", "Buffer")


def plain_names(scope: ast.AST) -> frozenset[str]:
    """Names that only ever get what is no array, within a function or at module level."""
    bindings: dict[str, list[ast.expr | None]] = {}
    for name, value in _bindings(scope):
        bindings.setdefault(name, []).append(value)
    plain = frozenset(name for name, values in bindings.items() if None not in values and _is_begun(name, values))
    while True:  # a name is out as soon as one of its values may be an array
        rest = frozenset(
            name for name in plain if all(value is not None and is_plain(value, plain) for value in bindings[name])
        )
        if rest == plain:
            return plain
        plain = rest


def _is_begun(name: str, values: list[ast.expr | None]) -> bool:
    """Whether one of its values does not come from what it was before, as in `n += 1`."""
    mentions = [any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(one)) for one in values if one]
    return not all(mentions)


_NUMBER = ast.Constant(0)


def _bindings(scope: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
    """Each name that is bound in `scope` with its value; None where that cannot be said."""
    if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef):
        given = scope.args
        for argument in (*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg):
            if argument is not None:
                is_number = isinstance(argument.annotation, ast.Name) and argument.annotation.id in _TYPES
                yield argument.arg, _NUMBER if is_number else None
    waiting = list(ast.iter_child_nodes(scope))
    while waiting:
        node = waiting.pop()
        yield from _bound(node)
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            waiting += ast.iter_child_nodes(node)


def _bound(node: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
    match node:
        case ast.Assign(targets, value):
            for target in targets:
                yield from _unpacked(target, value)
        case ast.AugAssign(ast.Name(name), operator, value):
            yield name, ast.BinOp(ast.Name(name, ast.Load()), operator, value)
        case ast.NamedExpr(ast.Name(name), value) | ast.AnnAssign(ast.Name(name), _, value):
            yield name, value
        case ast.For(target, iterated) | ast.AsyncFor(target, iterated) | ast.comprehension(target, iterated):
            yield from _iterated(target, iterated)
        case ast.withitem(_, ast.expr() as target):
            yield from _unpacked(target, None)
        case ast.Global(names) | ast.Nonlocal(names):
            yield from ((name, None) for name in names)
        case ast.FunctionDef(name) | ast.AsyncFunctionDef(name) | ast.ClassDef(name):
            yield name, None


def _unpacked(target: ast.expr, value: ast.expr | None) -> Iterator[tuple[str, ast.expr | None]]:
    """`a, b = 1, 2` in pairs; else all targets get the one value, or an element of it."""
    if isinstance(target, ast.Tuple | ast.List) and isinstance(value, ast.Tuple | ast.List) and _match(target, value):
        for one, part in zip(target.elts, value.elts, strict=True):
            yield from _unpacked(one, part)
        return
    for leaf in leaves(target):
        if isinstance(leaf, ast.Name):
            yield leaf.id, value


def _match(target: ast.Tuple | ast.List, value: ast.Tuple | ast.List) -> bool:
    return len(target.elts) == len(value.elts) and not any(isinstance(one, ast.Starred) for one in (*target.elts, *value.elts))


def _iterated(target: ast.expr, iterated: ast.expr) -> Iterator[tuple[str, ast.expr | None]]:
    """`for i in range(n)`, `for i, x in enumerate(xs)`: the number is plain; `for x in (1, 2)` as its elements are."""
    called = iterated.func.id if isinstance(iterated, ast.Call) and isinstance(iterated.func, ast.Name) else ""
    if called == "range" or isinstance(iterated, ast.Tuple | ast.List):
        yield from _unpacked(target, _NUMBER if called else iterated)
    elif called == "enumerate" and isinstance(target, ast.Tuple) and target.elts:
        yield from _unpacked(target.elts[0], _NUMBER)
        for other in target.elts[1:]:
            yield from _unpacked(other, None)
    else:
        yield from _unpacked(target, None)
