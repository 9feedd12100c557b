"""Runs doctest examples: those of a session, and those in docstrings."""

from __future__ import annotations

from typing import Any

from greenbed.check.compare import compare
from greenbed.check.evidence.mend import Mending, holds, spliced_text, unmended
from greenbed.check.running.execution import Turn
from greenbed.check.running.expectations import judge_text
from greenbed.check.running.failures import failure, quoted
from greenbed.check.running.raising import judge_end
from greenbed.check.running.session import Docstring, Example, docstring_examples, reread, session_examples
from greenbed.check.running.tracebacks import described
from greenbed.model import Code


def run_session(turn: Turn, names: dict[str, Any]) -> None:
    """Run all examples of the snippet, as at a prompt: one that raises does not keep the next from running."""
    first = turn.snippet["line"]
    try:
        examples = session_examples(turn.snippet["code"])
    except ValueError as unreadable:
        turn.fails(failure(Code.FAILED, first, f"the session cannot be read: {unreadable}"))
        return
    for number, example in enumerate(examples, 1):
        is_last = number == len(examples)
        error = _run_example(turn, example, first, names)
        if error is not None or is_last:
            judge_end(turn, error, at_last=is_last, line=first + example.offset)
        if error is not None and not isinstance(error, Exception):
            return  # a flood, an exit, an interrupt


def run_docstring(turn: Turn, docstring: Docstring) -> None:
    """Run its examples in a copy of the namespace, as doctest does, up to one that raises."""
    try:
        examples = docstring_examples(docstring)
    except ValueError as unreadable:
        turn.fails(failure(Code.FAILED, docstring.line, f"the examples of a docstring cannot be read: {unreadable}"))
        return
    names = turn.execution.copied_names()
    for example in examples:
        error = _run_example(turn, example, docstring.line, names, listed=False)
        if error is not None:
            turn.blame(error)
            return


def _run_example(
    turn: Turn, example: Example, first: int, names: dict[str, Any], *, listed: bool = True
) -> BaseException | None:
    """Run one example and judge what came; returns what it raised where that is not expected."""
    line = first + example.offset
    before = turn.execution.capture.out.position()
    script = turn.compile(example.source, line, mode="single", listed=listed)
    error = script if isinstance(script, BaseException) else turn.execution.run(script.code, names)
    if example.exception is not None and (error is None or isinstance(error, Exception)):
        _judge_exception(turn, error, example.exception.strip(), line)
        return None
    if error is None:
        got = turn.execution.capture.out.since(before)
        judge_text(
            turn, example.want, got, line, claim="example", mended=lambda: mended_example(example, got, turn.snippet["tol"])
        )
    return error


def mended_example(example: Example, got: str, tol: float | None) -> Mending:
    """Prompt and output, with the output that came: read as one example again, and no comment within it given up."""
    written = "\n".join(example.block)
    prompts, output = example.block[: example.prompts], "\n".join(example.block[example.prompts :])
    indent = prompts[0][: len(prompts[0]) - len(prompts[0].lstrip())] if prompts else ""
    came = "\n".join(indent + (line or "<BLANKLINE>") for line in got.rstrip("\n").split("\n"))
    has_comment = any(line.lstrip().startswith("#") for line in example.block[example.prompts :])
    proposals = (spliced_text(output, example.want, got, came, tol), None if has_comment else came)
    for proposal in filter(None, proposals):
        mended = "\n".join([*prompts, proposal])
        again = reread(mended)
        if got.strip() and again is not None and again.source == example.source and holds(again.want, got, tol):
            return Mending(written, mended)
    return unmended(written, got)


def _judge_exception(turn: Turn, error: Exception | None, want: str, line: int) -> None:
    if error is None:
        turn.fails(failure(Code.NOT_RAISED, line, f"expected {quoted(want)}, nothing was raised", want=want))
        return
    got = described(error)
    unqualified = type(error).__name__ + got[len(got.partition(":")[0]) :]
    if any(compare(_split(want), _split(text), tol=turn.snippet["tol"]) is None for text in (got, unqualified)):
        turn.holds(f"traceback of line {line - turn.snippet['line']}")
        return
    message = f"expected {quoted(want)}, got {quoted(got)}"
    turn.fails(failure(Code.NOT_RAISED, line, message, want=want, got=got))


def _split(exception: str) -> str:
    """Type and message on two lines, so that `ValueError: ...` leaves the message open."""
    return exception.replace(": ", ":\n", 1)
