"""One attempt in a fork of a note's process: it ends by itself or is ended, and leaves nothing behind.

The fork has the note's whole state and all the walls around it. It says how it went through a pipe: an exit status could be the
doing of the code that is tried.
"""

from __future__ import annotations

import faulthandler
import math
import os
import resource
import select
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from greenbed.check.supervision import processes
from greenbed.check.walls import kernel

_HELD, _BROKE = b"+", b"-"
_leave = os._exit  # what is tried may put something else in its place


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an attempt may take."""

    cpu_seconds: float
    wall_seconds: float

    @classmethod
    def with_one_that_took(cls, seconds: float) -> Patience:
        """A mutant may take three times as long as the note itself, and on a busy machine wait three times as long for that."""
        cpu = 3 * seconds + 2
        return cls(cpu, 3 * cpu)


def held(attempt: Callable[[], bool], patience: Patience) -> bool:
    """Whether `attempt`, in a fork, came to True; not where it raised, crashed, exited or took too long."""
    before = set(processes.children(os.getpid()))
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _attempt(attempt, patience, writing)
    os.close(writing)
    try:
        answer = _answer(reading, time.monotonic() + patience.wall_seconds)
    finally:
        os.close(reading)
        _end(pid)
        _end_strays(before)
    return answer == _HELD


def _attempt(attempt: Callable[[], bool], patience: Patience, writing: int) -> None:
    """The life of the fork."""
    try:
        kernel.die_with_parent(signal.SIGKILL)
        faulthandler.disable()  # a crash is an answer, and the trace belongs to the note
        seconds = math.ceil(patience.cpu_seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        os.write(writing, _HELD if attempt() else _BROKE)
    finally:
        _leave(0)


def _answer(reading: int, end: float) -> bytes:
    """What the fork says; nothing where it ended without a word, or too late."""
    poll = select.poll()
    poll.register(reading, select.POLLIN)
    ready = poll.poll(max(0.0, end - time.monotonic()) * 1000)
    return os.read(reading, 1) if ready else b""


def _end(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)  # it is at least a zombie, so the number is still its own
    os.waitpid(pid, 0)


def _end_strays(before: set[int]) -> None:
    """What the fork has started has come to us, who adopt orphans, and everything below it ends with it."""

    def strays() -> list[int]:
        own = [pid for pid in processes.children(os.getpid()) if pid not in before]
        return own + [pid for stray in own for pid in processes.descendants(stray)]

    if not strays():
        return
    processes.kill_all(strays)
    for pid in strays():
        try:
            os.waitpid(pid, 0)
        except ChildProcessError:
            continue  # it was below another one, which is to be waited for


def threads() -> int:
    """How many this process has: a fork of one with several may hang at any lock that they held."""
    try:
        return len(list(Path("/proc/self/task").iterdir()))
    except OSError:
        return 1  # no /proc: macOS
