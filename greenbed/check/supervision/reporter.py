"""`emit`, as the worker sees it: records go to the supervisor once it is known what else the snippet has done.

After each snippet the processes that it has left behind are counted, killed and held against it.
"""

from __future__ import annotations

import json
import multiprocessing
import multiprocessing.resource_tracker
import os
import sys
import time
import traceback
from collections.abc import Mapping
from typing import Any, NoReturn

from greenbed.check.protocol import FailureRecord, Job, unmendable
from greenbed.check.supervision import processes
from greenbed.check.walls.audit import Guard
from greenbed.model import Code

LOST_PIPE = 97
"""Exit status of a process whose snippet has closed the pipe that its records go through."""

_GRACE_SECONDS = 0.5  # for a process that is just ending, on a busy machine


class Reporter:
    """Call it with {"start": index} before a snippet and with its Record after it."""

    def __init__(self, pipe: int, job: Job, *, contained: bool) -> None:
        self.guard: Guard | None = None
        self.contained = contained
        """Whether this process has a PID namespace of its own."""
        self._pipe = pipe
        self._job = job
        self._pid = os.getpid()

    def __call__(self, message: Mapping[str, object]) -> None:
        if os.getpid() != self._pid:
            os._exit(0)  # a child of os.fork() that has run on into the harness: its parent goes on
        if "snippet" in message:
            message = self._completed(dict(message))
        elif self.guard is not None:
            self.guard.process_line = 0
        self._write(message)

    def broken(self, error: BaseException) -> None:
        """The harness itself could not go on: say why, if that is still possible."""
        try:
            self._write({"broken": "".join(traceback.format_exception(error))[-4000:]})
        except OSError:
            os._exit(LOST_PIPE)

    def note_line(self, line: int) -> None:
        """The file line that may be this process's last."""
        if os.getpid() == self._pid:
            self._write({"at": line})

    def watch_exit(self) -> None:
        """Note the line that calls os._exit, which no audit event announces."""
        leave = os._exit
        guard = self.guard

        def leave_noted(status: int) -> NoReturn:
            if guard is not None and (line := guard.line()):
                self.note_line(line)
            leave(status)

        os._exit = leave_noted

    def may_signal(self, pid: int) -> bool:
        """Without a PID namespace: only what this process has started, and itself."""
        return pid == self._pid or pid in processes.descendants(self._pid)

    def _write(self, message: Mapping[str, object]) -> None:
        rest = memoryview(json.dumps(message).encode() + b"\n")
        while rest:
            rest = rest[os.write(self._pipe, rest) :]

    def _completed(self, record: dict[str, Any]) -> dict[str, Any]:
        if failures := self._left_behind(record["snippet"]):
            record["failures"] += failures
            record["status"] = "failed"
        return record

    def _strays(self) -> list[int]:
        """Live processes of the snippet that would outlive this one."""
        return processes.alive_among(self._others)

    def _others(self) -> list[int]:
        if self.contained:
            others = [pid for pid in processes.all_pids() if pid not in (1, self._pid)]
        else:
            others = processes.descendants(self._pid) if processes.children(self._pid) else []
        tolerated = _ending_with_us() if others else set()
        return [pid for pid in others if pid not in tolerated]

    def _left_behind(self, snippet: int) -> list[FailureRecord]:
        strays = self._strays()
        end = time.monotonic() + _GRACE_SECONDS
        while strays and time.monotonic() < end:
            time.sleep(0.002)
            strays = self._strays()
        if not strays:
            return []
        names = sorted({processes.command(pid) or "?" for pid in strays})
        processes.kill_all(self._others)
        return [self._accusation(snippet, len(strays), names)]

    def _accusation(self, snippet: int, count: int, names: list[str]) -> FailureRecord:
        first = next(s["line"] for s in self._job["snippets"] if s["index"] == snippet)
        line = self.guard.process_line if self.guard is not None else 0
        return left_processes(max(line - first + 1, 1) if line else 1, count, names)


def left_processes(line: int, count: int, names: list[str]) -> FailureRecord:
    """The failure of a snippet that ended before its processes did; `line` is relative to the snippet."""
    message = f"leaves {count} process{'' if count == 1 else 'es'} running"
    hint = "wait for what a snippet starts, or end it, in the same snippet"
    return unmendable(Code.LEFT_PROCESSES, line, message, hint, detail="\n".join(names[:10]))


def _ending_with_us() -> set[int]:
    """Helpers of multiprocessing that end by themselves when this process does: daemonic workers and the resource tracker."""
    daemons = {child.pid for child in multiprocessing.active_children() if child.daemon}
    tracker = multiprocessing.resource_tracker._resource_tracker._pid  # type: ignore[attr-defined] # there is no public name
    server = sys.modules.get("multiprocessing.forkserver")
    servant = getattr(getattr(server, "_forkserver", None), "_forkserver_pid", None)
    return {pid for pid in (*daemons, tracker, servant) if pid is not None}
