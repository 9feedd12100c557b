"""Runs the check of a cheat-sheet fact: it has to hold for the answer, and to fail for every distractor."""

from __future__ import annotations

import ast
import importlib
from typing import Any

from greenbed.check.running.execution import Turn
from greenbed.check.running.failures import failure
from greenbed.check.running.script import INVALID, Script
from greenbed.model import Code


def run_fact(turn: Turn, script: Script) -> None:
    """Run `script` once for each choice; a check that does not look at `answer` proves the explanation, and runs once."""
    turn.outcome.names = names = choice_names(turn, 0)
    error = turn.execution.run(script.code, names)
    if error is not None:
        _refute(turn, error)
    elif any(isinstance(node, ast.Name) and node.id == "answer" for node in ast.walk(script.tree)):
        turn.execution.witness.muted = True
        for position in range(1, len(turn.snippet["choices"])):
            _try_distractor(turn, script, position)
        turn.execution.witness.muted = False


def choice_names(turn: Turn, position: int) -> dict[str, Any]:
    """A copy of the namespace with `answer` bound to one choice, and `torch`."""
    names = dict(turn.execution.names)
    if turn.snippet["choices"]:
        names["answer"] = _value(turn.snippet["choices"][position]["text"])
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
        record = turn.outcome.failures[-1]
        record["code"] = Code.FACT_REFUTED.value
        record["message"] = f"the check refutes the answer {turn.snippet['choices'][0]['text']!r}: {record['message']}"
        record["hint"] = "correct the answer, or the check"


def _try_distractor(turn: Turn, script: Script, position: int) -> None:
    """Only a failed assert shows that an option is wrong; anything else shows that the check cannot tell."""
    text = turn.snippet["choices"][position]["text"]
    error = turn.execution.run(script.code, choice_names(turn, position))
    if error is None:
        hint = "assert something about `answer` that is true of the answer alone"
        message = f"the check holds for the wrong option {text!r} too"
        turn.fails(failure(Code.DISTRACTOR_HOLDS, script.last[0], message, hint=hint))
    elif not isinstance(error, AssertionError):
        turn.blame(error)
        record = turn.outcome.failures[-1]
        record["message"] = (
            f"for the option {text!r} the check ends in something else than a failed assert: {record['message']}"
        )
