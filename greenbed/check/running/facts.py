"""Runs the check of a cheat-sheet fact: it has to hold for the answer, and to fail for every distractor."""

from __future__ import annotations

import ast
import importlib
import re
from typing import Any

from greenbed.check.protocol import ChoiceJob
from greenbed.check.running.execution import Turn
from greenbed.check.running.failures import failure
from greenbed.check.running.script import INVALID, Script
from greenbed.check.running.session import session_examples
from greenbed.model import Code


def run_fact(turn: Turn, script: Script) -> None:
    """Run `script` once for each choice; a check that does not look at `answer` proves the explanation, and runs once."""
    turn.outcome.names = names = answer_names(turn)
    error = turn.execution.run(script.code, names)
    if error is not None:
        _refute(turn, error)
    elif _looks_at_answer(script.tree):
        turn.execution.witness.muted = True
        with turn.execution.capture.discarding():  # what the check prints is printed for the answer
            for choice in turn.snippet["choices"][1:]:
                _try_distractor(turn, script, choice)
            _try_answer_again(turn, script)
        turn.execution.witness.muted = False


def refuse_session(turn: Turn) -> None:
    """A check with prompts has no assert that a wrong option could fail at."""
    code = "".join(example.source for example in session_examples(turn.snippet["code"]))
    if re.search(r"\banswer\b", code):
        message = "a check with prompts cannot tell whether the wrong options fail"
        hint = "write it as code without prompts, with asserts about `answer`"
        turn.fails(failure(Code.BAD_FACT, turn.snippet["line"], message, hint=hint))


def _looks_at_answer(tree: ast.AST) -> bool:
    return any(isinstance(node, ast.Name) and node.id == "answer" for node in ast.walk(tree))


def answer_names(turn: Turn) -> dict[str, Any]:
    """What the check sees when `answer` is the answer."""
    return _names(turn, turn.snippet["choices"][0] if turn.snippet["choices"] else None)


def _names(turn: Turn, choice: ChoiceJob | None) -> dict[str, Any]:
    """A copy of the namespace with `answer` bound to the choice, and `torch`."""
    names = turn.execution.copied_names()
    if choice is not None:
        names["answer"] = _value(choice["text"])
    if "torch" not in names:
        try:
            names["torch"] = importlib.import_module("torch")
        except ImportError:  # a garden without torch
            return names
    return names


def _value(text: str) -> object:
    """The value of a Python literal, else the text."""
    try:
        return ast.literal_eval(text.strip())
    except INVALID:
        return text


def _refute(turn: Turn, error: BaseException) -> None:
    turn.blame(error)
    if isinstance(error, AssertionError) and turn.snippet["choices"]:
        record, answer = turn.outcome.failures[-1], turn.snippet["choices"][0]
        record["code"] = Code.FACT_REFUTED.value
        record["message"] = f"the check refutes the answer {answer['text']!r}, in line {record['line']}: {record['message']}"
        record["hint"] = "correct the answer, or the check"
        record["line"] = answer["line"]


def _try_distractor(turn: Turn, script: Script, choice: ChoiceJob) -> None:
    """Only a failed assert shows that an option is wrong; anything else shows that the check cannot tell."""
    error = turn.execution.run(script.code, _names(turn, choice))
    if error is None:
        hint = "assert something about `answer` that is true of the answer alone"
        message = f"the check holds for the wrong option {choice['text']!r} too: {_asserts(script.tree)}"
        turn.fails(failure(Code.DISTRACTOR_HOLDS, choice["line"], message, hint=hint))
    elif not isinstance(error, AssertionError):
        turn.blame(error)
        record = turn.outcome.failures[-1]
        record["message"] = (
            f"for the option {choice['text']!r} the check ends in something else than a failed assert, "
            f"in line {record['line']}: {record['message']}"
        )
        record["line"] = choice["line"]


def _try_answer_again(turn: Turn, script: Script) -> None:
    """If the check has changed what it looks at, the wrong options failed for that reason."""
    error = turn.execution.run(script.code, answer_names(turn))
    if error is not None:
        turn.blame(error)
        record = turn.outcome.failures[-1]
        record["code"] = Code.BAD_FACT.value
        record["message"] = f"the check does not hold when it is run again, so it tells no option: {record['message']}"
        record["hint"] = "let it change nothing that the page has defined"


def _asserts(tree: ast.AST) -> str:
    """Which of them look at the answer."""
    lines = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Assert) and _looks_at_answer(node)]
    if not lines:
        return "no assert looks at `answer`"
    return f"see line{'s' if len(lines) > 1 else ''} {', '.join(map(str, sorted(lines)))}"
