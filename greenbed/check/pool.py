"""The command's end of the line to the processes that check snippets (zygote.py)."""

from __future__ import annotations

import atexit
import contextlib
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import greenbed
from greenbed.check.protocol import Job, Record
from greenbed.check.supervision.channel import Channel, Message

WORKER = "greenbed.check.worker"

_GOODBYE_SECONDS = 5.0
_TRIES = 20


class Unsupported(RuntimeError):
    """This platform has no fork. A worker in a fresh interpreter for each note would go here, behind the same messages."""


class Died(RuntimeError):
    """The processes that check snippets have ended; the text says what they left on stderr."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A snippet of a job has begun or ended."""

    ticket: int
    records: int  # of the job, so far


@dataclass(frozen=True, slots=True)
class Done:
    """A job has ended: one record for each of its snippets, in order."""

    ticket: int
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Isolation:
    """What is in force around the snippets, and what the platform does not have or refuses."""

    have: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ", ".join(self.have) or "none: process groups and Python's own checks alone"


class Pool:
    """Started at once, so that torch is being imported while the command goes on; `close` ends every process."""

    def __init__(self, jobs: int, *, ahead: int = 1, worker: str = WORKER) -> None:
        if not hasattr(os, "fork"):
            raise Unsupported(f"snippets cannot be run on {sys.platform}: it has no fork")
        self.isolation = Isolation()
        self._jobs = jobs
        self._ahead = ahead  # jobs handed over beyond those that run, so that the supervisor never waits for the command
        self._waiting: deque[Message] = deque()
        self._running: set[int] = set()
        self._base = Path(tempfile.mkdtemp(prefix="greenbed-"))
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 # closed in `close`
        self._process = self._launch(worker)
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise AssertionError("Popen gives the pipes that it is asked for")
        self._channel = Channel(stdout.fileno(), stdin.fileno())

    def _launch(self, worker: str) -> subprocess.Popen[bytes]:
        """In a session of its own, so that Ctrl-C reaches the command alone; never from the user's working directory."""
        root = str(Path(greenbed.__file__).parents[1])
        path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "greenbed.check.zygote", str(self._base), str(self._jobs), worker],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            cwd=self._base,
            env=os.environ | {"PYTHONPATH": path, "GREENBED_ROOT": root, "PYTHONHASHSEED": "0", "MPLBACKEND": "Agg"},
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def is_alive(self) -> bool:
        """Whether its processes are there, as far as is known."""
        return self._process.poll() is None

    @property
    def running(self) -> frozenset[int]:
        """Tickets of jobs that were handed over and are not done."""
        return frozenset(self._running)

    @property
    def idle(self) -> bool:
        """Whether nothing is waiting or running."""
        return not self._running and not self._waiting

    def warm_up(self, wants: Sequence[str]) -> None:
        """Let the zygote import in its spare time what some of the jobs will want."""
        self._channel.send({"wants": list(wants)})

    def submit(self, ticket: int, job: Job, wants: Sequence[str]) -> None:
        """Queue a job, which needs the zygote to have imported `wants`; its events carry `ticket`."""
        self._waiting.append({"id": ticket, "job": job, "wants": list(wants)})
        self._hand_over()

    def _hand_over(self) -> None:
        while self._waiting and len(self._running) < self._jobs + self._ahead:
            message = self._waiting.popleft()
            self._running.add(message["id"])
            self._channel.send(message)

    def wait(self) -> list[Progress | Done]:
        """Block until something has happened."""
        while True:
            self._poll()
            events = [event for message in self._channel.receive() for event in self._events(message)]
            if self._channel.ended and not events:
                raise Died(self._last_words())
            if events:
                return events

    def _poll(self) -> None:
        poll = select.poll()
        poll.register(self._channel.reading, select.POLLIN)
        if self._channel.backlog:
            poll.register(self._channel.writing, select.POLLOUT)
        poll.poll()
        self._channel.flush()

    def _events(self, message: Message) -> list[Progress | Done]:
        match message:
            case {"progress": ticket, "records": records}:
                return [Progress(ticket, records)]
            case {"done": ticket, "records": records}:
                self._running.discard(ticket)
                self._hand_over()
                return [Done(ticket, tuple(records))]
            case {"isolation": {"have": have, "missing": missing}}:
                self.isolation = Isolation(tuple(have), tuple(missing))
            case {"fatal": reason}:
                raise Died(f"{reason}\n{self._last_words()}")
        return []

    def _last_words(self) -> str:
        self._errors.seek(0)
        return self._errors.read()[-4000:].decode(errors="replace").strip()

    def close(self) -> None:
        """End every process and remove every scratch folder; returns when they are gone."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        try:
            self._process.wait(_GOODBYE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._errors.close()
        self._clear_away()

    def _clear_away(self) -> None:
        """Remove what the launcher has left because it was killed; the kernel may still be ending those below it."""
        for _ in range(_TRIES):
            shutil.rmtree(self._base, ignore_errors=True)
            if not self._base.exists():
                return
            time.sleep(_GOODBYE_SECONDS / _TRIES)


_kept: dict[tuple[int, str], Pool] = {}  # by number of jobs and worker


@contextlib.contextmanager
def borrowed(jobs: int, *, ahead: int = 1, keep: bool, worker: str = WORKER) -> Iterator[Pool]:
    """A pool; with `keep` it stays for the next borrower, who then does not wait for torch."""
    pool = _kept.pop((jobs, worker), None) if keep else None
    if pool is not None and not pool.is_alive:
        pool.close()
        pool = None
    pool = pool or Pool(jobs, ahead=ahead, worker=worker)
    try:
        yield pool
    finally:
        if keep and pool.idle and pool.is_alive:
            _kept[jobs, worker] = pool
        else:
            pool.close()


def start_ahead(jobs: int) -> None:
    """Have a pool ready for a later borrower that keeps."""
    if (jobs, WORKER) not in _kept:
        _kept[jobs, WORKER] = Pool(jobs)


@atexit.register
def close_kept() -> None:
    """End the pools that were kept."""
    while _kept:
        _kept.popitem()[1].close()
