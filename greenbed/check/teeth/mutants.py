"""Code → mutants: the same code with one small mistake in it, such as authors make.

Pure and deterministic: the same snippet gives the same mutants, on every machine. A few of many are chosen, spread over lines
and kinds, by hashes, so that an edit in one line changes little of the choice in others.
"""

from __future__ import annotations

import ast
import copy
import doctest
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from greenbed.check.evidence.claims import ClaimKind, find_claims
from greenbed.check.teeth import calls, literals, operators, pairs, statements, unfair
from greenbed.check.teeth.edits import Edit, Kind, Text

BOUND = 12
"""The most mutants of one snippet."""

_INVALID = (SyntaxError, ValueError, RecursionError, MemoryError)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mistake."""

    kind: Kind
    line: int  # 1-based in the code
    source: str  # the smallest statement around it, in one line
    mutant: str  # the same with the mistake
    code: str  # all of the snippet with the mistake, line for line


def mutants(code: str, *, prints: bool = False, raises: bool = False, bound: int = BOUND) -> tuple[Mutant, ...]:
    """At most `bound` mutants of a snippet, by line.

    `prints`: whether what it prints is compared; `raises`: whether its last statement is to raise.
    """
    distinct: dict[str, Mutant] = {}
    for unit in _units(code, prints=prints, raises=raises):
        for mutant in unit.mutants():
            distinct.setdefault(mutant.code, mutant)
    return tuple(sorted(_chosen(list(distinct.values()), bound), key=lambda mutant: mutant.line))


def _chosen(found: list[Mutant], bound: int) -> list[Mutant]:
    """One after the other, always of the lines and kinds that have had fewest."""
    left = [(hashlib.sha256(f"{mutant.source}\0{mutant.mutant}".encode()).digest(), mutant) for mutant in found]
    lines: Counter[int] = Counter()
    kinds: Counter[Kind] = Counter()
    chosen: list[Mutant] = []
    while left and len(chosen) < bound:
        following = min(left, key=lambda each: (lines[each[1].line] + kinds[each[1].kind], each[0], each[1].line))
        left.remove(following)
        lines[following[1].line] += 1
        kinds[following[1].kind] += 1
        chosen.append(following[1])
    return chosen


def _units(code: str, *, prints: bool, raises: bool) -> Iterator[_Unit]:
    """The snippet; of a session each of its prompts."""
    if not code.lstrip().startswith(">>>"):
        yield _Unit(code, code, 0, 0, prints=prints, raises=raises)
        return
    try:
        examples = doctest.DocTestParser().get_examples(code)
    except ValueError:
        return
    for example in examples:
        is_compared = bool(example.want.strip()) or example.exc_msg is not None
        yield _Unit(
            code, example.source, example.lineno, example.indent + len(">>> "), prints=is_compared, claims_all=is_compared
        )


@dataclass(slots=True)
class _Unit:
    """Source that is parsed by itself, and its place in the snippet."""

    code: str
    source: str
    offset: int  # lines above it in the code
    margin: int  # characters before each of its lines
    prints: bool
    raises: bool = False
    claims_all: bool = False
    text: Text = field(init=False)

    def __post_init__(self) -> None:
        self.text = Text(self.source)

    def mutants(self) -> Iterator[Mutant]:
        """All of them; none of source that is no Python."""
        try:
            tree = ast.parse(self.source)
            claims = _claimed(tree, self.source)
        except _INVALID:
            return
        if self.claims_all:
            claims |= {node for node in tree.body if isinstance(node, ast.Expr)}
        last = tree.body[-1] if self.raises and tree.body else None
        for statement in ast.walk(tree):
            if isinstance(statement, ast.stmt) and not unfair.is_left_alone(statement, claims, prints=self.prints):
                expressions = _Expressions(self.text, is_claim=statement in claims, numbers=statement is not last)
                made = (self._made(statement, edit) for edit in _edits(statement, self.text, expressions))
                yield from (mutant for mutant in made if mutant is not None)

    def _made(self, statement: ast.stmt, edit: Edit) -> Mutant | None:
        """None where the edit gives no Python, or the same again."""
        edited = self.text.edited(edit)
        try:
            tree = ast.parse(edited)
        except _INVALID:
            return None
        source = described(statement)
        found = _at(tree, statement)
        if found is None or edited.count("\n") != self.source.count("\n"):
            return None
        mutant = f"# {source}" if isinstance(found, ast.Pass) else described(found)
        line = self.text.line(edit.start) + self.offset
        return Mutant(edit.kind, line, source, mutant, self._placed(edited)) if mutant != source else None

    def _placed(self, edited: str) -> str:
        if not self.margin:
            return edited
        lines = self.code.split("\n")
        for number, line in enumerate(edited.rstrip("\n").split("\n"), self.offset):
            lines[number] = lines[number][: self.margin] + line
        return "\n".join(lines)


def _claimed(tree: ast.Module, source: str) -> set[ast.stmt]:
    """The bare expressions that a comment says the value of."""
    found = find_claims(tree, source).items()
    return {statement for statement, claim in found if isinstance(statement, ast.Expr) and claim.kind is not ClaimKind.ASSERT}


def described(statement: ast.stmt) -> str:
    """A statement in one line; of one with a body its head."""
    head = copy.copy(statement)
    for part in ("body", "orelse", "finalbody", "handlers", "cases"):
        if hasattr(head, part):
            setattr(head, part, [])
    return " ".join(line.strip() for line in ast.unparse(head).splitlines()).strip()


def _at(tree: ast.Module, statement: ast.stmt) -> ast.stmt | None:
    """The statement that begins where another one did."""
    place = (statement.lineno, statement.col_offset)
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.stmt))
    return next((node for node in nodes if (node.lineno, node.col_offset) == place), None)


_Maker = Callable[[Any, Text], Iterator[Edit]]

_MAKERS: dict[type[ast.AST], Sequence[_Maker]] = {
    ast.BinOp: (operators.binary,),
    ast.BoolOp: (operators.boolean,),
    ast.UnaryOp: (operators.unary,),
    ast.Compare: (operators.comparison,),
    ast.Constant: (literals.constant,),
    ast.Call: (calls.arguments, calls.keywords, calls.transposing),
    ast.Attribute: (pairs.attribute, calls.transposed),
    ast.Name: (pairs.name,),
    ast.Slice: (calls.slices,),
    ast.Subscript: (calls.new_axes,),
    ast.AugAssign: (operators.augmented, statements.dropped),
    ast.Expr: (statements.dropped,),
    ast.Raise: (statements.dropped,),
    ast.Break: (statements.dropped,),
    ast.Continue: (statements.dropped,),
    ast.Assign: (statements.assigned,),
    ast.Return: (statements.returned,),
    ast.FunctionDef: (statements.decorated,),
    ast.AsyncFunctionDef: (statements.decorated,),
    ast.ClassDef: (statements.decorated,),
}


def _edits(statement: ast.stmt, text: Text, expressions: _Expressions) -> Iterator[Edit]:
    """Of a statement, but for the statements in it."""
    if not (expressions.is_claim and isinstance(statement, ast.Expr)):  # without it nothing is claimed
        for make in _MAKERS.get(type(statement), ()):
            yield from make(statement, text)
    if isinstance(statement, ast.If):
        yield from operators.condition(statement.test, text)
    if not isinstance(statement, ast.Raise):  # messages
        for part in unfair.heads(statement):
            expressions.judge(part)
            yield from expressions.edits(part)


class _Expressions:
    """The edits in the expressions of one statement."""

    def __init__(self, text: Text, *, is_claim: bool, numbers: bool) -> None:
        self.is_claim = is_claim
        self._text = text
        self._numbers = numbers  # not in a statement that raises: they come to nothing
        self._axes: set[ast.AST] = set()
        self._left: set[ast.AST] = set()
        self._verdicts: set[ast.AST] = set()

    def judge(self, value: ast.AST) -> None:
        """What in a claimed expression is the check itself: a comparison, and the bound that it is with."""
        if self.is_claim and isinstance(value, ast.expr):
            for comparison in unfair.verdicts(value):
                self._verdicts.add(comparison)
                self._left |= {part for part in comparison.comparators if literals.is_number(part)}

    def edits(self, node: ast.AST) -> Iterator[Edit]:
        """Of `node` and all below it."""
        if node in self._left or unfair.is_left(node):
            return
        if literals.is_number(node) and isinstance(node, ast.expr):
            if self._numbers:
                yield from literals.number(node, self._text, is_axis=node in self._axes)
            return
        yield from self._own(node)
        self._left |= set(unfair.parts_left(node))
        for child in ast.iter_child_nodes(node):
            yield from self.edits(child)

    def _own(self, node: ast.AST) -> Iterator[Edit]:
        for make in _MAKERS.get(type(node), ()) if node not in self._verdicts else ():
            yield from make(node, self._text)
        if isinstance(node, ast.Call):
            self._axes |= set(calls.axes(node))
            for argument in calls.strings(node):
                yield from literals.string(argument, self._text)
        elif isinstance(node, ast.IfExp):
            yield from operators.condition(node.test, self._text)
        elif isinstance(node, ast.comprehension):
            for test in node.ifs:
                yield from operators.condition(test, self._text)
