"""Checked literals: what an expression gives at one point of the note, against the value that the prose beside it says.

A literal only looks. It has a copy of the names, what it prints is forgotten, the random generators are put back, and claims
in functions that it calls are not counted; only what it does to the note's own objects cannot be undone. What it calls and a
package will drop counts as a warning of the snippet above it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

from greenbed.check.compare import Difference, compare
from greenbed.check.evidence.mend import Mending
from greenbed.check.evidence.values import requoted
from greenbed.check.protocol import FailureRecord, LiteralJob, SnippetJob
from greenbed.check.running import state
from greenbed.check.running.digits import Written, written
from greenbed.check.running.execution import Execution, Turn
from greenbed.check.running.failures import failure, quoted
from greenbed.check.running.randomness import Randomness
from greenbed.check.running.script import INVALID
from greenbed.check.running.tracebacks import described
from greenbed.model import Code, Role

_VALUE = "<value>"  # a name that no expression can use
_LONGEST = 200  # characters of a value in a message
_SEPARATORS = re.compile(r"(?<=\d)(?:\{,\}|\\,)(?=\d{3})")
_WORD = re.compile(r"[A-Za-z_][\w.]*")
_QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’"}


class Literals:
    """The literals of one note, while it runs."""

    def __init__(self, execution: Execution, randomness: Randomness) -> None:
        self._execution = execution
        self._randomness = randomness
        self._is_broken = False
        self._skipped: set[str] = set()  # names that skipped snippets would have bound

    def judge_before(self, turn: Turn) -> None:
        """Those above the first snippet of the note."""
        self._judge_all(turn, turn.snippet["before"], self._execution.names)

    def judge_after(self, turn: Turn, *, is_skipped: bool) -> None:
        """Those between a snippet that is over and the next; none any more once one was ended by an exception."""
        if is_skipped:
            self._skipped |= _bound_in(turn.snippet["code"])
        is_fact = turn.snippet["role"] == Role.FACT
        if turn.outcome.is_cut_short and is_fact:
            return  # what it has left undone concerns nobody else
        self._is_broken |= turn.outcome.is_cut_short
        if not self._is_broken:
            self._judge_all(turn, turn.snippet["after"], turn.outcome.names or self._execution.names)

    def _judge_all(self, turn: Turn, literals: list[LiteralJob], names: Mapping[str, Any]) -> None:
        for literal in literals:
            self._judge(turn, literal, dict(names))

    def _judge(self, turn: Turn, literal: LiteralJob, names: dict[str, Any]) -> None:
        before = state.snapshot()
        warned = self._execution.warned
        warned.begin(literal["line"])
        with self._undisturbed():
            error, value, shown = self._computed(literal, names)
        turn.outcome.warnings += [one for one in warned.end() if one["deprecates"]]  # nobody reads the others beside a number
        if error is not None:
            self._refuse(turn, literal, error)
        elif leaks := state.leaks(before, state.snapshot(), sets=(), trees=(), line=literal["line"]):
            turn.fails(_meddles(literal, leaks[0]))
        elif (difference := _difference(literal["text"], value, shown)) is None:
            turn.holds(f"literal {literal['line']}:{literal['column']}")
        else:
            turn.fails(_mismatch(literal, value, shown, difference))

    @contextmanager
    def _undisturbed(self) -> Iterator[None]:
        witness = self._execution.witness
        with ExitStack() as stack:
            stack.enter_context(self._execution.capture.discarding())
            stack.enter_context(self._randomness.kept())
            stack.callback(setattr, witness, "muted", witness.muted)
            witness.muted = True
            yield

    def _computed(self, literal: LiteralJob, names: dict[str, Any]) -> tuple[BaseException | None, object, str]:
        """What the expression raised, or its value and the repr of that."""
        try:
            code = compile(_tree(literal), self._execution.place.file, "exec", dont_inherit=True)
        except INVALID as error:
            return error, None, ""
        if (raised := self._execution.run(code, names)) is not None:
            return raised, None, ""
        try:
            value = _unwrapped(names[_VALUE], literal["text"])
            return None, value, repr(value)
        except Exception as error:  # __repr__ and item are the author's code too
            return error, None, ""

    def _refuse(self, turn: Turn, literal: LiteralJob, error: BaseException) -> None:
        """The expression gives no value."""
        if isinstance(error, NameError) and error.name in self._skipped:
            return
        here: SnippetJob = {**turn.snippet, "line": literal["line"], "code": ""}
        record = self._execution.explained(error, here)
        hint = record["hint"]
        if isinstance(error, NameError) and error.name:
            hint = f"{error.name} is not defined above line {literal['line']}: write the number below the code that makes it"
        said = described(error) if record["code"] == Code.FAILED else record["message"]
        message = f"{literal['expression']} gives no value: {said}"
        again = failure(
            Code(record["code"]), literal["line"], message, hint=hint, want=literal["text"], column=literal["column"]
        )
        turn.fails({**again, "detail": record["detail"]})


def _tree(literal: LiteralJob) -> ast.Module:
    """The expression as an assignment on the line of the literal."""
    expression = ast.parse(literal["expression"].replace("\n", " "), mode="eval").body
    assignment = ast.Assign([ast.Name(_VALUE, ast.Store())], expression, lineno=1, col_offset=0)
    tree = ast.fix_missing_locations(ast.Module([assignment], []))
    return ast.increment_lineno(tree, literal["line"] - 1)


def _bound_in(code: str) -> set[str]:
    """Names that running `code` would bind."""
    try:
        nodes = list(ast.walk(ast.parse(code)))
    except INVALID:
        return set()
    stored = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    defined = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)}
    imported = {(name.asname or name.name).partition(".")[0] for node in nodes for name in _imported(node)}
    return stored | defined | imported


def _imported(node: ast.AST) -> list[ast.alias]:
    return node.names if isinstance(node, ast.Import | ast.ImportFrom) else []


def _unwrapped(value: Any, text: str) -> object:
    """The Python number of a tensor or array without axes and of a numpy scalar; a shape as the tuple that is written."""
    if getattr(value, "ndim", None) == 0 and hasattr(type(value), "item") and hasattr(type(value), "dtype"):
        return value.item()
    return tuple(value) if text.startswith("(") and type(value).__name__ == "Size" else value


def _difference(text: str, value: object, shown: str) -> Difference | None:
    """As any output is compared; a text is also compared without quotes."""
    number = written(text)
    if isinstance(value, str):
        said = {text, _unquoted(text), number.number if number else text}
        return None if " ".join(value.split()) in {" ".join(one.split()) for one in said} else Difference("the texts differ")
    want = number.number if number else requoted(_SEPARATORS.sub("", text.replace("−", "-")))
    return compare(want, shown, tol=None)


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and _QUOTES.get(text[0]) == text[-1] else text


def _mismatch(literal: LiteralJob, value: object, shown: str, difference: Difference) -> FailureRecord:
    """The value is not what is written."""
    text, number = literal["text"], written(literal["text"])
    message = f"says {quoted(text, _LONGEST)}, but {literal['expression']} is {quoted(shown, _LONGEST)}: {difference.message}"
    mending = _mending(text, number, value, shown)
    return failure(
        Code.MISMATCH,
        literal["line"],
        message,
        hint=_hint(number, value, mending),
        want=text,
        got=mending.mended or shown,
        claim="literal",
        column=literal["column"],
        written=mending.written,
        mended=mending.mended,
        unmended=mending.reason,
    )


def _mending(text: str, number: Written | None, value: object, shown: str) -> Mending:
    """The value in the author's manner, where it is of the same kind and reads as itself there."""
    proposal = ""
    if number:
        proposal = number.rewritten(value) if isinstance(value, int | float) else ""
    elif isinstance(value, str):
        proposal = text[0] + value + text[-1] if _unquoted(text) != text else value
    elif text[-1:] == shown[-1:] or (_WORD.fullmatch(text) and _WORD.fullmatch(shown)):  # brackets for brackets
        proposal = shown
    if proposal and "\n" not in proposal and _difference(proposal, value, shown) is None:
        return Mending(text, proposal)
    return Mending(text, reason=f"{quoted(shown)} is not of the kind that is written there")


def _hint(number: Written | None, value: object, mending: Mending) -> str:
    """How to mend it."""
    if number and not number.is_float and isinstance(value, float):
        digits = f", or write the digits: {mending.mended}" if mending.mended else ""
        return f"an integer is written and the value is a float: put round(…) or int(…) around the expression{digits}"
    if number and number.is_float and isinstance(value, int):
        return f"digits after the point are written and the value is an integer: write {mending.mended}"
    if number and hasattr(type(value), "shape"):
        return "the value has axes: take one number of it, or its .mean(), .max() …"
    if mending.mended:
        return f"if the value is right, write {quoted(mending.mended)}; else mend the code or the expression"
    return "write the value as Python shows it, or an expression for what is written"


def _meddles(literal: LiteralJob, leak: FailureRecord) -> FailureRecord:
    """The expression has changed what a reader does not see it change."""
    message = f"{literal['expression']} changes what comes after it: {leak['message']}"
    hint = "an expression beside a number may only look: move the change into a snippet"
    return failure(Code.LEAKS_STATE, literal["line"], message, hint=hint, column=literal["column"])
