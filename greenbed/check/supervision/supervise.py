"""The supervisor: takes jobs from the command, has the zygote fork a process for each, watches them, and reports.

It imports nothing heavy and runs nobody's code, so it answers within milliseconds: to the end of its input (everything dies),
to a snippet that is out of time, to a process that ends. Inside namespaces it is the init of the outermost one, so its end is
the end of everything in there.
"""

from __future__ import annotations

import itertools
import json
import os
import select
import shutil
import signal
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

from greenbed.check.protocol import Job
from greenbed.check.supervision import child, processes
from greenbed.check.supervision.channel import Channel
from greenbed.check.supervision.trial import Cause, Trial
from greenbed.check.walls import kernel, namespaces
from greenbed.check.walls.namespaces import Init, Level
from greenbed.model import Code

_TICK_SECONDS = 0.05
_CLEARING_SECONDS = 0.005
_TRACE_SECONDS = 0.2  # to answer where it is, before it is killed
_MOST_PROCESSES = 256

Queued = tuple[int, Job, list[str]]


class Supervisor:
    """One run of the loop; `jobs` trials at once, and one more that is ready to go when one of them ends."""

    def __init__(self, command: Channel, zygote: Channel, zygote_pid: int, base: Path, level: Level | None, jobs: int) -> None:
        self._command = command
        self._zygote = zygote
        self._zygote_pid = zygote_pid
        self._base = base
        self._level = level
        self._jobs = jobs
        self._numbers = itertools.count(1)
        self._queue: deque[Queued] = deque()
        self._trials: dict[int, Trial] = {}
        self._spare: tuple[int, Path, Init | None] | None = None
        self._buried: list[Trial] = []  # ended, but for what the kernel still has to clear away
        self._memory_kills = _memory_kills()
        self._counted = 0.0  # monotonic time at which all processes were counted last

    def run(self) -> None:
        """Until the command closes its end, or the zygote dies."""
        while not self._command.ended:
            self._wait()
            self._hear_command()
            self._hear_zygote()
            self._hear_trials()
            self._watch_clocks()
            self._start_trials()
            self._clear_away()
            if self._zygote.ended:
                self._command.send({"fatal": "the process that has torch loaded has died"})
                return

    def _wait(self) -> None:
        poll = select.poll()
        for channel in (self._command, self._zygote):
            poll.register(channel.reading, select.POLLIN)
            if channel.backlog:
                poll.register(channel.writing, select.POLLOUT | (select.POLLIN if channel.writing == channel.reading else 0))
        for trial in self._trials.values():
            poll.register(trial.stream.reading, select.POLLIN)
        poll.poll(self._patience())
        self._command.flush()
        self._zygote.flush()

    def _patience(self) -> float | None:
        """Milliseconds after which to look around although nobody has said anything."""
        if self._buried:
            return _CLEARING_SECONDS * 1000
        return _TICK_SECONDS * 1000 if self._trials else None

    def _hear_command(self) -> None:
        for message in self._command.receive():
            if "job" in message:
                self._queue.append((message["id"], message["job"], message["wants"]))
            else:
                self._zygote.send({"wants": message["wants"]})

    def _start_trials(self) -> None:
        while self._queue and len(self._trials) <= self._jobs:
            self._start(*self._queue.popleft())
        for trial in list(self._trials.values())[: self._jobs]:
            trial.release()
        if self._spare is None:
            self._spare = self._new_place()  # ahead of need: it costs 2 ms, which the next job then does not wait for

    def _new_place(self) -> tuple[int, Path, Init | None]:
        """A folder and namespaces for one trial."""
        number = next(self._numbers)
        folder = self._base / str(number)
        for part in (folder, folder / "work", folder / "home", folder / "tmp"):
            part.mkdir(mode=0o700)
        os.mkfifo(child.record_pipe(str(folder)), 0o600)
        os.mkfifo(child.gate(str(folder)), 0o600)
        init = namespaces.start_init(self._level, str(folder)) if self._level is not None else None
        return number, folder, init

    def _start(self, ticket: int, job: Job, wants: list[str]) -> None:
        number, folder, init = self._spare or self._new_place()
        self._spare = None
        _lay_out(job, folder)
        # opened for reading and writing, so that they do not count as ended before the child has opened them
        pipe, gate = (os.open(path(str(folder)), os.O_RDWR | os.O_CLOEXEC) for path in (child.record_pipe, child.gate))
        self._trials[number] = Trial(ticket, job, folder, init, Channel(pipe, pipe), gate)
        order: child.Order = {"id": number, "folder": str(folder), "init": init.pid if init is not None else 0}
        self._zygote.send({"order": order, "wants": wants})

    def _hear_zygote(self) -> None:
        for message in self._zygote.receive():
            match message:
                case {"born": int(number), "pid": int(pid)}:
                    self._trials[number].born(pid)
                case {"died": int(number), "status": int(status)}:
                    self._end(number, status)
                case {"refused": int(number), "reason": str(reason)}:
                    self._trials[number].cause = Cause(Code.MEMORY, f"no process could be made for it: {reason}")
                    self._end(number, 0)
                case {"fatal": str()}:
                    self._command.send(message)

    def _hear_trials(self) -> None:
        for trial in self._trials.values():
            self._hear(trial)

    def _hear(self, trial: Trial) -> None:
        for message in trial.stream.receive():
            if trial.take(message):
                self._command.send({"progress": trial.ticket, "records": len(trial.records)})

    def _watch_clocks(self) -> None:
        crowded = self._is_crowded()
        for trial in self._trials.values():
            if trial.cause is not None or not trial.pid:
                continue
            if trial.asked_where is not None:
                self._kill_when_traced(trial)
            elif trial.is_late():
                trial.asked_where = time.monotonic()
                _send_signal(trial.pid, child.WHERE)
            elif crowded and len(self._company(trial)) > _MOST_PROCESSES:
                message = f"started more than {_MOST_PROCESSES} processes"
                self._kill(trial, Cause(Code.LEFT_PROCESSES, message, "start fewer, and wait for them"))

    def _is_crowded(self) -> bool:
        """Whether there are too many processes; looked up once a tick, and "no" in between."""
        now = time.monotonic()
        if not self._trials or now < self._counted + _TICK_SECONDS:
            return False
        self._counted = now
        return len(processes.all_pids()) > _MOST_PROCESSES

    def _kill_when_traced(self, trial: Trial) -> None:
        if trial.has_trace() or time.monotonic() > (trial.asked_where or 0) + _TRACE_SECONDS:
            self._kill(trial, trial.timeout())

    def _company(self, trial: Trial) -> list[int]:
        """Every other process of a trial whose own process lives."""
        if trial.init is not None:
            return processes.in_namespace_of(trial.init.pid)
        return processes.descendants(trial.pid)

    def _kill(self, trial: Trial, cause: Cause) -> None:
        trial.cause = cause
        if trial.init is not None:
            _send_signal(trial.init.pid, signal.SIGKILL)
            return
        _send_signal(trial.pid, signal.SIGSTOP)  # or it starts more meanwhile
        processes.kill_all(lambda: self._company(trial))
        _send_signal(trial.pid, signal.SIGKILL)

    def _end(self, number: int, status: int) -> None:
        """The trial's own process has ended: end what it has left, judge, report."""
        trial = self._trials.pop(number)
        self._hear(trial)
        if trial.ended_early and trial.cause is None:
            trial.left([processes.command(pid) or "?" for pid in self._survivors(trial)])
        if trial.init is not None:
            _send_signal(trial.init.pid, signal.SIGKILL)
        else:
            self._kill_orphans()
        records = trial.verdict(status, memory_ran_out=_memory_kills() > self._memory_kills)
        self._memory_kills = _memory_kills()
        trial.close()
        self._command.send({"done": trial.ticket, "records": records})
        self._buried.append(trial)

    def _clear_away(self) -> None:
        """Remove the folders of trials of which the kernel has no trace any more: it takes it 4 ms, which nobody waits for."""
        for trial in [trial for trial in self._buried if trial.init is None or _reap(trial.init.pid)]:
            self._buried.remove(trial)
            remove(trial.folder)

    def _survivors(self, trial: Trial) -> list[int]:
        init = trial.init
        return processes.alive_among(lambda: processes.in_namespace_of(init.pid) if init is not None else self._orphans())

    def _orphans(self) -> list[int]:
        """Without namespaces: whatever has come to us because its parent has ended, and all below it."""
        own = [pid for pid in processes.children(os.getpid()) if pid != self._zygote_pid]
        return own + [pid for orphan in own for pid in processes.descendants(orphan)]

    def _kill_orphans(self) -> None:
        processes.kill_all(self._orphans)
        for pid in self._orphans():
            _reap(pid)


def _send_signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return  # it has ended meanwhile, and the zygote is about to say so


def _reap(pid: int) -> bool:
    """Whether a child of ours is gone."""
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return True


def _lay_out(job: Job, folder: Path) -> None:
    """Write the job and link the files beside the note into the scratch folder."""
    child.job_file(str(folder)).write_text(json.dumps(job))
    scratch = child.scratch_folder(str(folder))
    for name, target in job["beside"].items():
        link = scratch / name
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(target)


def _memory_kills() -> int:
    """How many processes the kernel has killed for want of memory since it started; 0 where it does not say."""
    try:
        lines = Path("/proc/vmstat").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("oom_kill ")), 0)


def remove(folder: Path) -> None:
    """Remove a scratch folder, also where a snippet has taken rights away; never through a link, which leads to the author."""

    def insist(act: Callable[..., object], path: str, _: object) -> None:
        try:
            Path(path).parent.chmod(0o700)
            if act in (os.unlink, os.rmdir):
                act(path)
            elif not Path(path).is_symlink():  # a folder that could not be opened
                Path(path).chmod(0o700)
                shutil.rmtree(path, ignore_errors=True)
        except OSError:
            return  # the launcher removes everything once more at the end

    shutil.rmtree(folder, onerror=insist)


def supervise(command: Channel, zygote: Channel, zygote_pid: int, base: Path, level: Level | None, jobs: int) -> None:
    """Run until the command closes its end; without namespaces, orphans come to us first."""
    if level is None:
        kernel.adopt_orphans()
    Supervisor(command, zygote, zygote_pid, base, level, jobs).run()
