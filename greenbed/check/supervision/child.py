"""The life of a note's process, between the zygote's fork and the worker that runs the snippets.

It moves into its namespaces and its scratch folder, gives up what it does not need, and hands the worker an `emit` that writes
to the supervisor's pipe. Whatever the snippets do to this process afterwards, the supervisor judges by what came through the
pipe and how the process ended.
"""

from __future__ import annotations

import faulthandler
import gc
import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypedDict

from greenbed.check.protocol import Job
from greenbed.check.supervision.reporter import Reporter
from greenbed.check.walls import kernel, landlock, limits
from greenbed.check.walls.audit import Guard, writable_places
from greenbed.check.walls.namespaces import Init

Run = Callable[[Job, Callable[[Mapping[str, object]], None]], None]

WHERE = signal.Signals.SIGVTALRM
"""Sent by the supervisor to a process that is out of time: it writes down which line it is at."""


class Order(TypedDict):
    """What the supervisor tells the zygote about the process to fork."""

    id: int
    folder: str  # holds everything below
    init: int  # pid of the note's init; 0 without namespaces


def job_file(folder: str) -> Path:
    """The job itself, as JSON."""
    return Path(folder, "job.json")


def record_pipe(folder: str) -> Path:
    """A named pipe: records go to the supervisor."""
    return Path(folder, "records")


def gate(folder: str) -> Path:
    """A named pipe: the process is ready and waits here for its turn."""
    return Path(folder, "gate")


def trace_file(folder: str) -> Path:
    """Where a process that crashes or is out of time leaves its Python stack."""
    return Path(folder, "trace")


def scratch_folder(folder: str) -> Path:
    """The working directory of the snippets."""
    return Path(folder, "work")


def live(order: Order, init: Init | None, run: Run) -> None:
    """Run the job in this process, which a fork has just made, and end it. Never returns."""
    status = 1
    try:
        status = _live(order, init, run)
    finally:
        os._exit(status)


def _live(order: Order, init: Init | None, run: Run) -> int:
    job: Job = json.loads(job_file(order["folder"]).read_text())
    pipe = os.open(record_pipe(order["folder"]), os.O_WRONLY)
    turn = os.open(gate(order["folder"]), os.O_RDONLY)
    trace = os.open(trace_file(order["folder"]), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    reporter = Reporter(pipe, job, contained=init is not None)
    try:
        _settle(order["folder"], init, keep=(pipe, turn, trace))
        _trace_to(trace)
        _confine(order["folder"], job, init, reporter)
        os.read(turn, 1)
        os.close(turn)
        run(job, reporter)
    except BaseException as broken:  # a snippet may break anything that the harness stands on, and it must be said which did
        reporter.broken(broken)
        return 1
    return 0


def _settle(folder: str, init: Init | None, *, keep: Sequence[int]) -> None:
    """Into the namespaces, away from the zygote's group, session, descriptors and settings."""
    if init is not None:
        init.join()
    os.setsid()
    _close_descriptors(keep)
    for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)  # as every Python starts
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    _move_home(folder)
    gc.enable()


def _close_descriptors(keep: Sequence[int]) -> None:
    """Nothing of the supervisor's stays open; stdin is empty, stdout and stderr lead nowhere until the worker captures them."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nowhere, standard)
    first = 3
    for kept in sorted(keep):
        os.closerange(first, kept)
        first = kept + 1
    os.closerange(first, os.sysconf("SC_OPEN_MAX"))


def _move_home(folder: str) -> None:
    """Working directory, import path and every place where programs put their files."""
    scratch = str(scratch_folder(folder))
    os.chdir(scratch)
    home, temporary = str(Path(folder, "home")), str(Path(folder, "tmp"))
    os.environ |= dict.fromkeys(("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "MPLCONFIGDIR"), home)
    os.environ["MATPLOTLIBRC"] = str(Path(__file__).parents[1] / "running" / "matplotlibrc")
    os.environ |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), temporary)
    os.environ |= dict.fromkeys(("TORCHINDUCTOR_CACHE_DIR", "TRITON_CACHE_DIR"), str(Path(home, "inductor")))
    tempfile.tempdir = None  # it remembers the zygote's
    sys.path.insert(0, scratch)
    sys.dont_write_bytecode = True  # it would be a write outside the scratch folder


def _trace_to(descriptor: int) -> None:
    faulthandler.enable(descriptor, all_threads=False)
    faulthandler.register(WHERE, descriptor, all_threads=False)


def _confine(folder: str, job: Job, init: Init | None, reporter: Reporter) -> None:
    """Limits and refusals; the kernel's first, since the Python hook would refuse what sets them up."""
    kernel.die_with_parent(signal.SIGKILL)
    limits.expect_to_be_killed()
    limits.apply(job["memory_bytes"], alone=init is not None)
    places = writable_places(folder)
    kernel_refuses = init is not None or landlock.version() > 0
    if kernel_refuses:
        kernel.drop_privileges()
    if landlock.version() > 0:
        landlock.allow_writes_only_below(places)
    if init is None:
        kernel.adopt_orphans()
    _install_guard(places, job, reporter)


def _install_guard(places: Sequence[str], job: Job, reporter: Reporter) -> None:
    guard = Guard(
        writable=tuple(os.path.realpath(place) for place in places),
        file=job["file"],
        note=reporter.note_line,
        shield=None if reporter.contained else reporter.may_signal,
    )
    reporter.guard = guard
    guard.install()
    reporter.watch_exit()
