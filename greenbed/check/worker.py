"""Runs the snippets of one note, in a process of their own that is already limited, and emits a record for each.

Imported by the zygote, so that nothing is left to import after the fork. It touches all of the process: `__main__`, standard
streams, seeds, `linecache`, `builtins`; and what the snippets do is not undone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from greenbed.check.protocol import FailureRecord, Job, Record, SnippetJob, WarningRecord
from greenbed.check.running import figures, needs, state
from greenbed.check.running.examples import run_docstring, run_session
from greenbed.check.running.execution import Execution, Outcome, Turn
from greenbed.check.running.expectations import judge_output
from greenbed.check.running.explain import flooded
from greenbed.check.running.facts import answer_names, refuse_session, run_fact
from greenbed.check.running.failures import failure, writable
from greenbed.check.running.literals import Literals
from greenbed.check.running.raising import judge_end
from greenbed.check.running.randomness import Randomness
from greenbed.check.running.session import docstrings, is_session
from greenbed.check.running.shown import no_session
from greenbed.model import Code, Role

Emit = Callable[[Mapping[str, object]], None]

state.snapshot()  # lets torch import now, before the fork, what it imports when asked for its state

_TAIL = 12  # lines of stdout and stderr in the evidence of a failure


def run(job: Job, emit: Emit) -> None:
    """Run `job` from top to bottom; emits {"start": index} before each snippet and its Record after it.

    A snippet that fails does not keep the later ones from running. Lines of failures are relative to their snippet, and lie
    outside of it where a claim in a function of another one did not hold.
    """
    note = NoteRun(job)
    for snippet in job["snippets"]:
        emit({"start": snippet["index"]})
        record: Mapping[str, object] = note.record(snippet)
        emit(record)


class NoteRun:
    """One run of a note, snippet by snippet."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._randomness = Randomness(job["seed"])
        self._execution = Execution(job)
        self._literals = Literals(self._execution, self._randomness)
        figures.begin()

    def go_on_in_fork(self) -> None:
        """This process is a fork of the one that began: what it writes and how it ends is its own."""
        self._execution.go_on_in_fork()

    def record(self, snippet: SnippetJob) -> Record:
        """Run `snippet`, unless it is to be skipped or asks for what nobody understands."""
        turn = Turn(snippet, self._execution, Outcome())
        reason = snippet["skip"] or _unmet(turn)
        runs = not (reason or turn.outcome.failures)
        self._literals.judge_before(turn)
        seconds = self._run(turn) if runs else 0.0
        self._literals.judge_after(turn, is_skipped=not runs)
        return self._made(turn, reason=reason, seconds=seconds, ran=runs)

    def _run(self, turn: Turn) -> float:
        """Run and judge; seconds of wall time of the snippet alone."""
        execution = self._execution
        if turn.snippet["new"]:
            execution.begin_namespace()
        execution.capture.begin()
        execution.witness.begin(turn.snippet["index"], turn.snippet["line"])
        execution.display.begin()
        turn.outcome.failures += state.unknown(turn.snippet["sets"], turn.snippet["line"])
        before = state.snapshot()
        execution.warned.begin(turn.snippet["line"])
        started = time.perf_counter()
        _run_code(turn)
        seconds = time.perf_counter() - started
        turn.outcome.warnings += execution.warned.end()
        turn.shows(execution.display)
        execution.capture.settle()
        self._judge_rest(turn, before)
        return seconds

    def _judge_rest(self, turn: Turn, before: Mapping[str, object]) -> None:
        """What can only be said when the snippet is over."""
        witness, capture, outcome, snippet = self._execution.witness, self._execution.capture, turn.outcome, turn.snippet
        if capture.is_full:
            _put_flood_first(turn, self._job["output_bytes"])
        else:
            judge_output(turn, capture.out.since(0))
        if self._job["sights"]:
            figures.collect(turn)
        else:
            figures.drop()
        self._randomness.suspect(outcome.trees)
        outcome.failures += witness.failures
        outcome.failures += state.leaks(
            before,
            state.snapshot(),
            sets=snippet["sets"],
            trees=outcome.trees,
            line=snippet["line"],
            code=self._execution.compiler.listing.all(),
        )
        outcome.checks += witness.checks
        outcome.results += witness.outcomes

    def _made(self, turn: Turn, *, seconds: float = 0.0, reason: str = "", ran: bool = True) -> Record:
        """The record of one snippet."""
        execution, outcome = self._execution, turn.outcome
        out = execution.capture.out.since(0) if ran else ""
        err = execution.place.reduced(execution.capture.err.since(0)) if ran else ""
        failures = [self._finished(record, turn.snippet, out, err) for record in outcome.failures]
        results = [*outcome.results, *(f"{failed['code']} {failed['line']} {failed['got']}" for failed in failures)]
        return {
            "note": self._job["note"],
            "snippet": turn.snippet["index"],
            "status": "failed" if failures else "ran" if ran else "skipped",
            "checks": outcome.checks,
            "reason": reason,
            "stdout": writable(out),
            "stderr": writable(err),
            "raised": writable(outcome.raised),
            "shown": writable(outcome.shown),
            "sights": execution.witness.sights.records() if ran else [],
            "proves": execution.witness.proves() if ran else [],
            "unreached": execution.witness.unreached() if turn.snippet is self._job["snippets"][-1] else [],
            "warnings": [self._placed(warned, turn.snippet) for warned in outcome.warnings],
            "figures": outcome.figures,
            "failures": sorted(failures, key=lambda failed: failed["line"]),
            "seconds": seconds,
            "reads": execution.footprint.reads(),
            "distributions": execution.footprint.distributions(),
            "randomness": self._randomness.digest(results) if ran else "",
        }

    def _placed(self, warned: WarningRecord, running: SnippetJob) -> WarningRecord:
        """Its line relative to the snippet in which it is, which may be another."""
        for snippet in self._job["snippets"]:
            if 0 <= warned["line"] - snippet["line"] < max(snippet["code"].count("\n"), 1):
                running = snippet
        return {**warned, "snippet": running["index"], "line": warned["line"] - running["line"] + 1}

    def _finished(self, record: FailureRecord, snippet: SnippetJob, out: str, err: str) -> FailureRecord:
        """Its line relative to the snippet, paths as they are everywhere, the tails of the output as evidence."""
        reduced = self._execution.place.reduced
        parts = [record["detail"], _tail("stdout", out), _tail("stderr", err)]
        return {
            **record,
            "line": record["line"] - snippet["line"] + 1,
            "message": reduced(record["message"]),
            "hint": reduced(record["hint"]),
            "got": reduced(record["got"]),
            "detail": writable("\n".join(part for part in parts if part)),
        }


def _run_code(turn: Turn) -> None:
    """As a session, as the check of a fact, or as a script."""
    snippet, execution = turn.snippet, turn.execution
    is_fact = snippet["role"] == Role.FACT
    if is_session(snippet["code"]):
        turn.outcome.names = answer_names(turn) if is_fact else None
        run_session(turn, turn.outcome.names or execution.names)
        if is_fact:
            refuse_session(turn)
        turn.outcome.failures += [no_session(snippet["line"])] if snippet["show"] else []
        return
    script = turn.compile(snippet["code"], snippet["line"], show=snippet["show"])
    if isinstance(script, BaseException):
        judge_end(turn, script, at_last=True, line=snippet["line"])
    elif is_fact:
        run_fact(turn, script)
    else:
        error = execution.run(script.code, execution.names)
        judge_end(turn, error, at_last=error is not None and script.ends_in(error.__traceback__), line=script.last[0])
        for docstring in docstrings(script.tree) if error is None else ():
            run_docstring(turn, docstring)


def _unmet(turn: Turn) -> str:
    """Why the snippet cannot run here: the first of its needs that is not met."""
    for requirement in turn.snippet["needs"]:
        try:
            if reason := needs.unmet(requirement):
                return reason
        except ValueError:
            message = f'needs="{requirement}" is no requirement'
            hint = 'write needs="torch>=2.5", needs="einops" or needs="cuda"'
            turn.fails(failure(Code.BAD_OPTION, turn.snippet["line"], message, hint=hint))
    return ""


def _put_flood_first(turn: Turn, limit: int) -> None:
    """One failure for it, however the snippet noticed: what else it raised is a consequence."""
    failures = turn.outcome.failures
    floods = [record for record in failures if record["code"] == Code.FLOOD]
    line = failures[-1]["line"] if failures else turn.snippet["line"]
    failures[:] = floods[:1] or [flooded(line, limit)]


def _tail(name: str, text: str) -> str:
    lines = text.rstrip("\n").splitlines()[-_TAIL:]
    return "\n".join([f"{name}:", *lines]) if lines else ""
