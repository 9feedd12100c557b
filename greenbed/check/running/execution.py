"""Runs compiled code in the namespace of the note, and says what it raised."""

from __future__ import annotations

import ast
import builtins
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from greenbed.check.evidence import hook, measured
from greenbed.check.evidence.instrument import HOOK
from greenbed.check.evidence.witness import Witness
from greenbed.check.protocol import FailureRecord, FigureRecord, Job, SnippetJob, WarningRecord
from greenbed.check.running.capture import Capture
from greenbed.check.running.explain import Scene, explain
from greenbed.check.running.footprint import Footprint
from greenbed.check.running.script import INVALID, Compiler, Mode, Script
from greenbed.check.running.shown import Display
from greenbed.check.running.tracebacks import place_of
from greenbed.check.running.warned import WarningLog

_leave = os._exit  # a snippet may put something else in its place


@dataclass(slots=True)
class Outcome:
    """What has come of the running snippet so far; lines are of the file."""

    failures: list[FailureRecord] = field(default_factory=list)
    checks: int = 0  # beside those that the witness counts
    raised: str = ""
    shown: str = ""  # repr of the last bare expression, where it is asked for
    warnings: list[WarningRecord] = field(default_factory=list)
    figures: list[FigureRecord] = field(default_factory=list)
    results: list[str] = field(default_factory=list)  # beside those of the witness: what two ambient seeds are compared by
    trees: list[ast.AST] = field(default_factory=list)  # what has been run
    names: dict[str, Any] | None = None  # that its literals see; None: those of the note
    is_cut_short: bool = False  # an exception ended it, so that its output says nothing


class Execution:
    """The process that a note runs in: its module, its output, its claims."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._pid = os.getpid()
        scratch = str(Path.cwd())
        self.place = place_of(job["file"], job["note"], scratch)
        self.capture = Capture(job["output_bytes"])
        self.witness = Witness()
        measured.prepare()
        hook.install(self.witness, self.witness.sights.see)
        self.display = Display(job["output_bytes"])
        hook.install_shower(self.display)
        self.compiler = Compiler(job["file"], self.witness, sights=job["sights"])
        self.footprint = Footprint(scratch, job["beside"])
        self.footprint.install()
        self.warned = WarningLog(self.place, self.compiler.listing)
        self.warned.install()
        self._modules: list[ModuleType] = []  # functions of earlier namespaces still need theirs
        self.begin_namespace()

    def go_on_in_fork(self) -> None:
        """This process is a fork of the one that began: what it writes and how it ends is its own."""
        self._pid = os.getpid()
        self.capture = Capture(self._job["output_bytes"])  # a fork shares the file that the old one writes to

    @property
    def names(self) -> dict[str, Any]:
        """The namespace of the note."""
        return vars(self._modules[-1])

    def begin_namespace(self) -> None:
        """A fresh `__main__`: real, so that pickling, inspect and TorchScript find what the note defines."""
        module = ModuleType("__main__")
        vars(module).update({"__file__": self._job["file"], "__builtins__": builtins, HOOK: hook})
        sys.modules["__main__"] = module
        self._modules.append(module)
        self.compiler.forget_futures()
        self.witness.scopes.begin_namespace()

    def copied_names(self) -> dict[str, Any]:
        """A copy of the namespace of the note, in which shapes have the names that they have there."""
        names = dict(self.names)
        self.witness.scopes.begin_copy(names)
        return names

    def run(self, code: CodeType, names: dict[str, Any]) -> BaseException | None:
        """What `code` raised, or None. In a child that the code has forked this does not return."""
        error: BaseException | None = None
        names[HOOK] = hook  # an earlier snippet may have cleared them
        self.footprint.listening = True
        try:
            exec(code, names)
        except BaseException as raised:  # also SystemExit and KeyboardInterrupt: each is a result here
            error = raised
        finally:
            self.footprint.listening = False
        if os.getpid() != self._pid:
            _leave(_status(error))
        return error

    def explained(self, error: BaseException, snippet: SnippetJob) -> FailureRecord:
        """The failure that `error` is."""
        return explain(error, self._scene(snippet))

    def _scene(self, snippet: SnippetJob) -> Scene:
        return Scene(
            place=self.place,
            first=snippet["line"],
            last=snippet["line"] + snippet["code"].count("\n"),
            asserts=self.compiler.asserts,
            listing=self.compiler.listing,
            memory_bytes=self._job["memory_bytes"],
            output_bytes=self._job["output_bytes"],
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """One snippet while it runs."""

    snippet: SnippetJob
    execution: Execution
    outcome: Outcome

    def compile(
        self, code: str, line: int, *, mode: Mode = "exec", listed: bool = True, show: bool = False
    ) -> Script | BaseException:
        """`code`, whose first line is file line `line`, or the exception that says why it is no Python."""
        try:
            with self.execution.warned.compiling(line):
                script = self.execution.compiler.script(
                    code, line, tol=self.snippet["tol"], mode=mode, listed=listed, show=show
                )
        except (*INVALID, Warning) as error:  # a warning where the note has made errors of them
            return error
        self.outcome.failures += script.refused
        self.outcome.trees.append(script.tree)
        return script

    def blame(self, error: BaseException) -> None:
        """The snippet failed by `error`."""
        self.outcome.failures.append(self.execution.explained(error, self.snippet))
        self.outcome.is_cut_short = True

    def shows(self, display: Display) -> None:
        """What the last bare expression came to; where its repr failed, the output says nothing."""
        self.outcome.shown = display.text
        self.outcome.results.append(f"shown {display.text}")
        self.outcome.failures += display.failures
        self.outcome.is_cut_short |= bool(display.failures)

    def holds(self, claim: str) -> None:
        """One more claim held; `claim` names it."""
        self.outcome.checks += 1
        self.outcome.results.append(f"{claim} held")

    def fails(self, record: FailureRecord) -> None:
        """One more reason for failure."""
        self.outcome.failures.append(record)


def _status(error: BaseException | None) -> int:
    """The exit status that a script would have had."""
    if error is None:
        return 0
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else int(error.code is not None)
    return 1
