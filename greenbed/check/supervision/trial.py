"""One note being run, as the supervisor sees it from outside, and its judgement when the process has ended.

A trial ends with exactly one Record for each snippet, whatever happened: those that came through the pipe, a failure for the
snippet that was in progress when the process ended, and "not run" for those after it.
"""

from __future__ import annotations

import os
import re
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path

from greenbed.check.protocol import FailureRecord, Job, Record, SnippetJob, as_record, blank, unmendable
from greenbed.check.supervision.channel import Channel, Message
from greenbed.check.supervision.child import trace_file
from greenbed.check.supervision.reporter import LOST_PIPE, left_processes
from greenbed.check.walls.namespaces import Init
from greenbed.model import Code

_START_SECONDS = 30.0  # until the first snippet begins
_TRACE = re.compile(rb'^  File "(.*)", line (\d+) in ', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a process ended before its last snippet did."""

    code: Code
    message: str
    hint: str = ""
    detail: str = ""


@dataclass(slots=True)
class Trial:
    """A note's process and what has come from it."""

    ticket: int  # the command's name for the job
    job: Job
    folder: Path
    init: Init | None
    stream: Channel
    gate: int  # descriptor of the pipe that the process waits at
    released: bool = False
    pid: int = 0  # of the note's process; 0 until it is born
    current: int | None = None  # index of the snippet in progress
    since: float = 0.0  # monotonic time at which it began
    deadline: float | None = None  # monotonic time
    asked_where: float | None = None  # monotonic time at which it was asked for its stack, on its way to be killed
    line: int = 0  # file line that it noted last; 0: none
    cause: Cause | None = None  # when the supervisor has killed it
    records: dict[int, Record] = field(default_factory=dict)
    further: dict[int, list[FailureRecord]] = field(default_factory=dict)
    """By snippet: failures that its own record could not know of."""

    def born(self, pid: int) -> None:
        """The fork has succeeded."""
        self.pid = pid
        self._expect_start()

    def release(self) -> None:
        """Let the process begin with the first snippet."""
        if not self.released:
            self.released = True
            os.write(self.gate, b"!")
            self._expect_start()

    def _expect_start(self) -> None:
        if self.pid and self.released and self.deadline is None:
            self._give(_START_SECONDS)

    def close(self) -> None:
        """Let go of the pipes."""
        os.close(self.stream.reading)
        os.close(self.gate)

    def _give(self, seconds: float) -> None:
        self.since = time.monotonic()
        self.deadline = self.since + seconds

    def take(self, message: Message) -> bool:
        """Note what the process says; True when a snippet has begun or ended. Its words may be a snippet's forgery."""
        if self.asked_where is not None:
            return False  # the very question may wake it up, too late
        match message:
            case {"start": int(index)} if index in self._snippets:
                self.current, self.line = index, 0
                self._give(self._snippets[index]["timeout"])
                return True
            case {"snippet": int(index)} if index in self._snippets and (record := as_record(message)) is not None:
                self.records[index] = record
                self.current = None
                self._give(self._snippets[index]["timeout"])
                return True
            case {"at": int(line)}:
                self.line = line
            case {"broken": str(text)}:
                said = text.strip().rpartition("\n")[2]
                self.cause = self.cause or Cause(Code.CRASHED, f"broke the interpreter it runs in: {said}", detail=text)
        return False

    @property
    def _snippets(self) -> dict[int, SnippetJob]:
        return {snippet["index"]: snippet for snippet in self.job["snippets"]}

    @property
    def _last(self) -> int:
        """The snippet in progress, else the one before the next."""
        if self.current is not None:
            return self.current
        return max(self.records, default=self.job["snippets"][0]["index"])

    def is_late(self) -> bool:
        """Whether the snippet in progress has used its time up."""
        return self.deadline is not None and time.monotonic() > self.deadline

    def timeout(self) -> Cause:
        """Why a late process is killed."""
        seconds = self._snippets[self._last]["timeout"]
        hint = "timeout=60 in the info string, or `timeout: 60` in the front matter, gives it more"
        return Cause(Code.TIMEOUT, f"did not finish within {seconds:g} s", hint)

    @property
    def ended_early(self) -> bool:
        """Whether a snippet has left no record."""
        return len(self.records) < len(self.job["snippets"])

    def left(self, names: list[str]) -> None:
        """The process has ended by itself and these of its own were still there."""
        if names:
            line = self._line_of(self._last)
            self.further.setdefault(self._last, []).append(left_processes(line, len(names), sorted(set(names))))

    def verdict(self, status: int, *, memory_ran_out: bool) -> list[Record]:
        """One record for each snippet, given the process's wait status."""
        indices = sorted(self._snippets)
        culprit = self._culprit(indices)
        reason = ""
        if culprit is not None:
            line = self._line_of(culprit)
            self._blame(culprit, self.cause or _cause(status, memory_ran_out=memory_ran_out), line)
            reason = f"line {self._snippets[culprit]['line'] + line - 1} did not finish"
        self._add_further()
        return [self.records.get(index) or blank(self.job["note"], index, reason) for index in indices]

    def _add_further(self) -> None:
        for index, failures in self.further.items():
            record = self.records.setdefault(index, blank(self.job["note"], index, ""))
            record["failures"] += [failure for failure in failures if failure["code"] not in _codes(record)]
            record["status"] = "failed"

    def _culprit(self, indices: list[int]) -> int | None:
        """The snippet in progress, else the first that left no record; None when all is well."""
        missing = [index for index in indices if index not in self.records]
        if self.current is not None:
            return self.current
        if missing:
            return missing[0]
        return indices[-1] if self.cause is not None else None

    def _blame(self, index: int, cause: Cause, line: int) -> None:
        failure = unmendable(cause.code, line, cause.message, cause.hint, detail=cause.detail)
        record = self.records.setdefault(index, blank(self.job["note"], index, ""))
        record["failures"].insert(0, failure)
        record["status"] = "failed"
        record["seconds"] = record["seconds"] or round(time.monotonic() - self.since, 6)

    def _line_of(self, index: int) -> int:
        """Where the snippet was at the end, relative to it: by its stack, else by what it noted last, else its first line.

        Its literals are evaluated in its time, so it may also be the line of one of these.
        """
        snippet = self._snippets[index]
        first, length = snippet["line"], max(snippet["code"].count("\n"), 1)
        own = {*range(first, first + length), *(literal["line"] for literal in (*snippet["before"], *snippet["after"]))}
        for line in (*self._traced_lines(), self.line):
            if line in own:
                return line - first + 1
        return 1

    def _traced_lines(self) -> list[int]:
        """File lines of the note on the stack that the process left, innermost first."""
        try:
            trace = trace_file(str(self.folder)).read_bytes()[:65536]
        except OSError:
            return []
        own = self.job["file"].encode("ascii", "backslashreplace")  # as faulthandler writes names
        return [int(line) for name, line in _TRACE.findall(trace) if name == own]

    def has_trace(self) -> bool:
        """Whether the process has answered where it is."""
        try:
            return trace_file(str(self.folder)).stat().st_size > 0
        except OSError:
            return False


def _codes(record: Record) -> set[str]:
    return {failure["code"] for failure in record["failures"]}


def _cause(status: int, *, memory_ran_out: bool) -> Cause:
    """What a wait status says about a process that ended too early."""
    if os.WIFEXITED(status):
        return _exit_cause(os.WEXITSTATUS(status))
    number = os.WTERMSIG(status)
    if number == signal.SIGKILL and memory_ran_out:
        hint = "smaller sizes; memory_bytes in [tool.greenbed] sets what a note may use"
        return Cause(Code.MEMORY, "was killed because the machine had no memory left", hint)
    name = signal.Signals(number).name if number in set(signal.Signals) else f"signal {number}"
    hint = _CRASH_HINTS.get(number, "a signal has ended the process that the snippet runs in")
    return Cause(Code.CRASHED, f"crashed the interpreter: {name}", hint)


_CRASH_HINTS: dict[int, str] = {
    signal.SIGSEGV: "a segmentation fault: wrong use of ctypes or of a compiled module, or recursion too deep for the C stack",
    signal.SIGABRT: "compiled code gave up: what it wrote to stderr may say why",
    signal.SIGKILL: "the snippet has killed its own process",
}


def _exit_cause(code: int) -> Cause:
    if code == LOST_PIPE:
        hint = "close only what the snippet has opened; os.closerange takes the build's own files, too"
        return Cause(Code.CRASHED, "closed the files that the build reads its results from", hint)
    hint = "a snippet must run to its end: what comes after os._exit is never seen"
    return Cause(Code.EXITED, f"ended the interpreter with exit code {code}", hint)
