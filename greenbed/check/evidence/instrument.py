"""Claims made to report themselves: the syntax tree is rewritten, the text never, so lines and sources stay what they are.

x.shape  # torch.Size([2])   →   __greenbed__.value(0, x.shape)
print(y)  # 0.25             →   __greenbed__.printer(1, print)(y)
assert z                     →   assert z; __greenbed__.held(2)
y = f(x)  # (B, T)           →   y = __greenbed__.shape(3, f(x))
q, k = f(x)  # (B, T)        →   q, k = f(x); __greenbed__.bound(4, (q, k))

A function with shape claims begins with `__greenbed__.enter()`, so that each call has its names for itself. Behind what may
bind an array stands `if __greenbed__.sight_0: __greenbed__.see(0, y)`: a line that has nothing to tell any more costs next to
nothing.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from greenbed.check.evidence.certain import Certain, certain_names, parameters
from greenbed.check.evidence.claims import Claim, ClaimKind, Claims, ShapeClaim
from greenbed.check.evidence.comments import HEADED
from greenbed.check.evidence.plain import is_plain, plain_names
from greenbed.check.evidence.remarks import ShapeClaims
from greenbed.check.evidence.signatures import docstring_of
from greenbed.check.evidence.targets import Slot, bound_by, is_repeatable, read_again, unpacked, value_slot

HOOK = "__greenbed__"
"""The name by which rewritten code finds hook.py, in the namespace of the note."""

Registered = tuple[int, tuple[str, ...]]
"""The number of a claim, and the variables whose values come with each look."""

SIGHT = "sight_"
"""With a number: whether what the line gives is asked for."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a snippet is to be asked for."""

    claims: Claims
    shapes: ShapeClaims = field(default_factory=dict)
    register: Callable[[Claim], int] = lambda claim: 0
    sight: Callable[[int, str], int] | None = None
    """A number for the name that is bound on a line; None where nobody wants to know."""
    code: str = ""


def instrument(tree: ast.Module | ast.Interactive, evidence: Evidence) -> None:
    """Rewrite the statements in place; each claim and each sight gets its number."""
    _Rewriter(evidence, plain_names(tree) if evidence.sight else frozenset()).visit(tree)


class _Rewriter(ast.NodeTransformer):
    def __init__(self, evidence: Evidence, plain: frozenset[str]) -> None:
        self._evidence = evidence
        self._plain = plain  # names that are no arrays where we are
        self._certain: Certain = {}
        self._numbers: dict[int, Registered] = {}  # of claims, which several statements may share

    def visit_Assert(self, node: ast.Assert) -> list[ast.stmt]:
        return [node, self._held(node)]

    def visit_Expr(self, node: ast.Expr) -> ast.stmt | list[ast.stmt]:
        claim = self._evidence.claims.get(node)
        seen = self._sights(node)
        if claim is None:
            return [*self._shaped(node), *seen]
        if claim.kind is ClaimKind.ASSERT:
            return [node, self._held(node), *seen]
        number = self._evidence.register(claim)
        if claim.kind is ClaimKind.PRINTED and isinstance(node.value, ast.Call):
            node.value.func = _call("printer", number, node.value.func)
        else:
            node.value = _call("value", number, node.value)
        return [node, *seen]

    def visit_Assign(self, node: ast.stmt) -> list[ast.stmt]:
        seen = self._sights(node)
        return [*self._shaped(node), *seen]

    visit_AnnAssign = visit_AugAssign = visit_Return = visit_Assign

    def visit_For(self, node: ast.For | ast.AsyncFor | ast.With | ast.AsyncWith) -> ast.stmt:
        first = [*self._claimed_targets(node), *self._sights(node)]
        self.generic_visit(node)
        node.body[:0] = first
        return node

    visit_AsyncFor = visit_With = visit_AsyncWith = visit_For

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> ast.stmt:
        outside, self._plain = self._plain, plain_names(node) if self._evidence.sight else frozenset()
        claims = self._evidence.shapes.get(node, ())
        has_own = bool(claims) or any(inner in self._evidence.shapes for inner in _own_statements(node))
        at, start = node.body[0], 1 if docstring_of(node) else 0
        first: list[ast.stmt] = []
        if has_own:
            if not isinstance(node, ast.ClassDef):
                self._certain |= certain_names(node)
            first = [_statement(_call("enter", None, None, at=at)), *self._arguments(claims, at)]
        self.generic_visit(node)
        self._plain = outside
        node.body[start:start] = first
        return node

    visit_AsyncFunctionDef = visit_ClassDef = visit_FunctionDef

    def _arguments(self, claims: tuple[ShapeClaim, ...], at: ast.stmt) -> list[ast.stmt]:
        names = [[ast.Name(label, ast.Load()) for label in claim.labels] for claim in claims]
        return [self._claimed(claim, list(values), at) for claim, values in zip(claims, names, strict=True)]

    def _shaped(self, node: ast.stmt) -> list[ast.stmt]:
        """The statement, asked for the shape of its value on the way, or once it is bound."""
        if unpacked(node) is not None:
            return [node, *self._claimed_targets(node)]
        for claim in self._evidence.shapes.get(node, ()):
            if (slot := value_slot(node)) is not None:
                _wrap(slot, "shape", *self._registered(claim, node))
        return [node]

    def _claimed_targets(self, node: ast.stmt) -> list[ast.stmt]:
        targets = [read_again(target) for target in unpacked(node) or []]
        return [self._claimed(claim, targets, node) for claim in self._evidence.shapes.get(node, ())]

    def _claimed(self, claim: ShapeClaim, values: list[ast.expr], at: ast.stmt) -> ast.stmt:
        value = values[0] if len(values) == 1 else ast.Tuple(values, ast.Load())
        number, passed = self._registered(claim, at)
        return _statement(_call("bound", number, value, passed, at=at))

    def _registered(self, claim: ShapeClaim, node: ast.stmt) -> Registered:
        """Its number, and the variables that it names and that certainly have a value in all statements that share it."""
        key = id(claim)  # the claims live as long as the tree is rewritten
        if key not in self._numbers:
            shapes = self._evidence.shapes.items()
            certain = [self._certain_at(one) for one, claims in shapes if any(claim is other for other in claims)]
            names = dict.fromkeys(name.partition(".")[0] for name in claim.names)
            passed = tuple(name for name in names if all(name in one for one in certain))
            self._numbers[key] = (self._evidence.register(replace(claim, passed=passed)), passed)
        return self._numbers[key]

    def _certain_at(self, node: ast.AST) -> frozenset[str]:
        """Names that certainly have a value at a statement, or where a function begins."""
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            return parameters(node)
        return self._certain.get(node, frozenset()) if isinstance(node, ast.stmt) else frozenset()

    def _sights(self, node: ast.stmt) -> list[ast.stmt]:
        """What is asked behind a statement, for each name that it binds; what else it binds is asked for on its way."""
        register = self._evidence.sight
        if register is None or self._binds_plain(node):
            return []
        questions: list[ast.stmt] = []
        for target in bound_by(node):
            if isinstance(target, ast.Name):
                if target.id.strip("_") and target.id not in self._plain:
                    questions.append(_question(target, register(target.lineno, target.id)))
            elif isinstance(node, ast.Assign | ast.AnnAssign) and unpacked(node) is None:
                number = register(target.lineno, self._written(target))
                _wrap((node, "value", None), "seen", number)
            elif isinstance(target, ast.Attribute) and is_repeatable(target):
                questions.append(_question(target, register(target.lineno, self._written(target))))
        return questions

    def _written(self, target: ast.expr) -> str:
        """As in the code, in one line."""
        return " ".join((ast.get_source_segment(self._evidence.code, target) or ast.unparse(target)).split())

    def _binds_plain(self, node: ast.stmt) -> bool:
        if isinstance(node, ast.AugAssign):
            return is_plain(node.target, self._plain)
        value = getattr(node, "value", None)
        return not isinstance(node, HEADED) and (value is None or is_plain(value, self._plain))

    def _held(self, node: ast.stmt) -> ast.stmt:
        return _statement(_call("held", self._evidence.register(self._evidence.claims[node]), None, at=node))


def _own_statements(scope: ast.AST) -> Iterator[ast.AST]:
    """Those that run in its own frame."""
    for node in ast.iter_child_nodes(scope):
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.expr):
            yield from _own_statements(node)


def _question(target: ast.expr, number: int) -> ast.stmt:
    """What the line gave, if that is asked for."""
    asked = ast.Attribute(ast.Name(HOOK, ast.Load()), f"{SIGHT}{number}", ast.Load())
    see = _statement(_call("see", number, read_again(target), at=target))
    return ast.fix_missing_locations(ast.copy_location(ast.If(asked, [see], []), target))


def _wrap(slot: Slot, method: str, number: int, passed: tuple[str, ...] = ()) -> None:
    """Let the value in its place pass through a call."""
    node, name, index = slot
    place = getattr(node, name)
    if index is None:
        setattr(node, name, _call(method, number, place, passed))
    else:
        place[index] = _call(method, number, place[index], passed)


def _statement(call: ast.Call) -> ast.stmt:
    return ast.copy_location(ast.Expr(call), call)


def _call(
    method: str,
    number: int | None,
    argument: ast.expr | None,
    passed: tuple[str, ...] = (),
    *,
    at: ast.AST | None = None,
) -> ast.Call:
    function = ast.Attribute(ast.Name(HOOK, ast.Load()), method, ast.Load())
    arguments: list[ast.expr] = [] if number is None else [ast.Constant(number)]
    if argument is not None:
        arguments.append(argument)
    if passed:
        arguments.append(ast.Tuple([ast.Name(name, ast.Load()) for name in passed], ast.Load()))
    return ast.fix_missing_locations(ast.copy_location(ast.Call(function, arguments, []), at or argument or function))
