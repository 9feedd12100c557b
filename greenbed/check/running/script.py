"""Code of a note made ready to run: parsed, its claims instrumented, compiled with its true file lines."""

from __future__ import annotations
import __future__

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType, TracebackType
from typing import Literal

from greenbed.check.compare import is_only_ellipsis
from greenbed.check.evidence.claims import Claim, Claims, claims_in
from greenbed.check.evidence.comments import comments_of, spoken_of
from greenbed.check.evidence.instrument import Evidence, instrument
from greenbed.check.evidence.remarks import ShapeClaims, shape_claims
from greenbed.check.evidence.toothless import toothless
from greenbed.check.evidence.witness import Witness
from greenbed.check.protocol import FailureRecord
from greenbed.check.running.failures import failure, quoted
from greenbed.check.running.listing import Listing
from greenbed.check.running.shown import keep_value, nothing_to_show
from greenbed.model import Code

Mode = Literal["exec", "single"]

_FUTURES = 0
for _name in __future__.all_feature_names:
    _FUTURES |= getattr(__future__, _name).compiler_flag
del _name

INVALID = (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError)
"""What parsing and compiling raise for text that is no Python."""


@dataclass(frozen=True, slots=True)
class Script:
    """Code that is ready to run."""

    code: CodeType
    tree: ast.Module | ast.Interactive  # lines are of the file
    last: tuple[int, int]  # file line and column at which the last statement begins
    refused: tuple[FailureRecord, ...]  # expectations that say nothing, a `show` that shows nothing

    def ends_in(self, trace: TracebackType | None) -> bool:
        """Whether an exception came out of the last statement."""
        while trace is not None and trace.tb_frame.f_code is not self.code:
            trace = trace.tb_next
        if trace is None:
            return False
        line, _, column, _ = list(self.code.co_positions())[trace.tb_lasti // 2]
        return (line or trace.tb_lineno, self.last[1] if column is None else column) >= self.last


class Compiler:
    """Compiles the code of one note; `from __future__ import …` holds until a fresh namespace begins."""

    def __init__(self, file: str, witness: Witness, *, sights: bool = False) -> None:
        """`sights`: whether the shapes that lines give are taken down."""
        self._file = file
        self._witness = witness
        self._sights = sights
        self._flags = 0
        self.listing = Listing(file)
        self.asserts: dict[int, ast.Assert] = {}
        """All asserts so far, by each file line that they stand on."""

    def forget_futures(self) -> None:
        """Begin a fresh namespace."""
        self._flags = 0

    def script(
        self, code: str, first: int, *, tol: float | None, mode: Mode = "exec", listed: bool = True, show: bool = False
    ) -> Script:
        """`code`, whose first line is file line `first`; raises one of INVALID, its line that of the file.

        `listed`: whether its lines become those of the note's listing; a docstring's examples are already part of it.
        `show`: whether the repr of its last bare expression is kept.
        """
        tree, claims, shapes = self._read(code, first, mode)
        if listed:
            self.listing.place(first, code)
        final = tree.body[-1] if tree.body else None
        last = _beginning(final) if final is not None else (1, 0)
        empty = {statement: claim for statement, claim in claims.items() if is_only_ellipsis(claim.want)}
        kept = {statement: claim for statement, claim in claims.items() if statement not in empty}
        failures = [*(_says_nothing(claim, first) for claim in empty.values()), *_cannot_fail(tree, first)]
        instrument(tree, self._evidence(code, kept, shapes, first, tol, sights=listed))
        ast.increment_lineno(tree, first - 1)
        self._keep_asserts(tree)
        if show and not keep_value(final):
            failures.append(nothing_to_show(last[0] + first - 1))
        return Script(self._compiled(tree, mode), tree, (last[0] + first - 1, last[1]), tuple(failures))

    def _evidence(
        self, code: str, claims: Claims, shapes: ShapeClaims, first: int, tol: float | None, *, sights: bool
    ) -> Evidence:
        """What the code is to be asked for; lines are those of the code until now."""
        witness = self._witness
        return Evidence(
            claims,
            shapes,
            register=lambda claim: witness.register(claim, offset=first - 1, tol=tol),
            sight=(lambda line, name: witness.sights.register(line + first - 1, name)) if sights and self._sights else None,
            code=code,
        )

    def _read(
        self, code: str, first: int, mode: Mode
    ) -> tuple[ast.Module | ast.Interactive, dict[ast.stmt, Claim], ShapeClaims]:
        try:
            tree = compile(code, self._file, mode, ast.PyCF_ONLY_AST | self._flags, dont_inherit=True)
            comments = comments_of(code)
            spoken = dict(spoken_of(tree, comments))
            claims = claims_in(tree, comments, spoken)
            rest = {statement: comment for statement, comment in spoken.items() if statement not in claims}
            return tree, claims, shape_claims(tree, code, comments, rest)
        except SyntaxError as error:
            error.filename = self._file
            error.lineno = (error.lineno or 1) + first - 1
            error.end_lineno = (error.end_lineno or 1) + first - 1
            raise

    def _compiled(self, tree: ast.Module | ast.Interactive, mode: Mode) -> CodeType:
        # asserts are kept also where the command itself runs with -O
        code: CodeType = compile(tree, self._file, mode, self._flags, dont_inherit=True, optimize=0)
        self._flags |= code.co_flags & _FUTURES
        return code

    def _keep_asserts(self, tree: ast.AST) -> None:
        for node in ast.walk(tree):
            if isinstance(node, ast.Assert):
                self.asserts.update(dict.fromkeys(range(node.lineno, (node.end_lineno or node.lineno) + 1), node))


def _beginning(statement: ast.stmt) -> tuple[int, int]:
    """Line and column, of its first decorator if it has any."""
    decorators = getattr(statement, "decorator_list", [])
    return min((node.lineno, node.col_offset) for node in (statement, *decorators))


def _says_nothing(claim: Claim, first: int) -> FailureRecord:
    message = f"expected {quoted(claim.want)}, which anything would meet"
    return failure(Code.EMPTY_EXPECTATION, claim.line + first - 1, message, hint="write what is to come out")


def _cannot_fail(tree: ast.AST, first: int) -> Iterator[FailureRecord]:
    """The checks that would hold whatever the code did."""
    for one in toothless(tree):
        message = f"this check cannot fail: {one.reason}"
        yield failure(Code.CANNOT_FAIL, one.line + first - 1, message, hint=one.hint, column=one.column)
