"""`python -m greenbed.check.zygote BASE JOBS WORKER`: the processes that check snippets, below one that can end them all.

    command ── launcher ── supervisor ─┬─ zygote (torch, loaded once) ─┬─ a note's process
                                       │                               └─ …
                                       └─ a note's init, …

The launcher enters the namespaces, waits, and removes the scratch folders at the end, whoever ended it. The supervisor
(supervise.py) is the first process inside. The zygote imports torch with a single thread, imports what torch would import on
first use, and forks. It must have one thread at every fork: a parent that has run OpenMP on two makes every parallel operation
in the child hang (measured).

The command talks JSON lines with the supervisor over standard input and output. When its end closes, for whatever reason,
everything here dies.
"""

from __future__ import annotations

import gc
import importlib
import os
import select
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

_MANY = 48  # forks after which there are probably more to come: gathering memory pays for itself with the next 25
_THREADS = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")

os.environ.update(_THREADS)  # before torch is imported, here or in a snippet's own subprocess

from greenbed.check.supervision import child, processes  # noqa: E402 - after the threads
from greenbed.check.supervision.channel import Channel, Message  # noqa: E402 - after the threads
from greenbed.check.supervision.hugepages import gather  # noqa: E402 - after the threads
from greenbed.check.supervision.supervise import remove, supervise  # noqa: E402 - after the threads
from greenbed.check.walls import kernel, landlock, namespaces  # noqa: E402 - after the threads
from greenbed.check.walls.namespaces import Init, Level  # noqa: E402 - after the threads


class Zygote:
    """Forks a process for each order, and imports ahead of need when there is nothing to fork."""

    def __init__(self, supervisor: Channel, level: Level | None, run: child.Run) -> None:
        self._supervisor = supervisor
        self._level = level
        self._run = run
        self._children: dict[int, int] = {}  # pid → number of the order
        self._wanted: list[str] = []
        self._warm: set[str] = set()
        self._forks = 0
        self._wake, self._waker = socket.socketpair()

    def serve(self) -> None:
        """Until the supervisor is gone."""
        self._listen_for_deaths()
        while not self._supervisor.ended:
            waiting = [self._supervisor.reading, self._wake.fileno()]
            ready, _, _ = select.select(waiting, [], [], 0 if self._wanted else None)
            for message in self._supervisor.receive():
                self._obey(message)
            self._reap()
            if not ready and self._wanted:
                self._warm_up([self._wanted.pop(0)])

    def _listen_for_deaths(self) -> None:
        for end in (self._wake, self._waker):
            end.setblocking(False)
        signal.set_wakeup_fd(self._waker.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def _obey(self, message: Message) -> None:
        if "order" not in message:
            self._wanted += [want for want in message["wants"] if want not in self._wanted]
            return
        self._warm_up(message["wants"])
        order: child.Order = message["order"]
        try:
            self._fork(order)
        except OSError as refused:
            self._supervisor.send({"refused": order["id"], "reason": str(refused)})

    def _warm_up(self, wants: list[str]) -> None:
        for want in wants:
            if want not in self._warm:
                self._warm.add(want)
                _warm_up(want)

    def _fork(self, order: child.Order) -> None:
        """Fork the process that carries out `order`."""
        _refuse_threads()
        init = Init(order["init"], self._level) if self._level is not None else None
        if init is not None:
            init.aim()
        gc.freeze()  # or the child's first collection copies every page that the zygote has allocated
        pid = os.fork()
        if pid == 0:
            signal.set_wakeup_fd(-1)
            child.live(order, init, self._run)
        self._forks += 1
        if self._forks == _MANY:
            gather()
        self._children[pid] = order["id"]
        self._supervisor.send({"born": order["id"], "pid": pid})

    def _reap(self) -> None:
        try:
            self._wake.recv(4096)
        except BlockingIOError:
            return
        for pid in list(self._children):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                self._supervisor.send({"died": self._children.pop(pid), "status": status})


class Threaded(RuntimeError):
    """Something has started a thread in the zygote, which must not fork then."""


def _refuse_threads() -> None:
    """A fork of a process with threads may hang at any lock that they held."""
    try:
        count = len(list(Path("/proc/self/task").iterdir()))
    except OSError:
        return  # no /proc: macOS
    if count != 1:
        raise Threaded(f"importing torch has left {count} threads in the zygote: notes cannot be forked from it safely")


def _warm_up(want: str) -> None:
    """Import what `want` stands for; what is not installed or cannot be imported is the snippets' to report."""
    steps: dict[str, Callable[[], None]] = {
        "torch": _touch_torch,
        "symbolic": _touch_symbolic,
        "dynamo": _touch_dynamo,
        "matplotlib": _touch_matplotlib,
    }
    gc.disable()  # a third of the time that importing torch takes would be spent on collecting garbage that there is not
    try:
        steps[want]()
    except Exception as failed:
        print(f"cannot warm up {want}: {failed}", file=sys.stderr)
    gc.collect()


def _touch_torch() -> None:
    import torch
    from torch.nn import functional

    importlib.import_module("numpy.random")  # torch imports numpy but for this part, which seeding needs
    torch.set_num_threads(1)
    small = torch.ones(1, 1, 2, 2, requires_grad=True)
    torch.autograd.backward(functional.scaled_dot_product_attention(small, small, small).sum())
    repr(small)


def _touch_symbolic() -> None:
    """What assert_close and gradcheck import on first use: sympy and half of torch.fx, 0.5 s."""
    import torch

    torch.testing.assert_close(torch.ones(1), torch.ones(1))


def _touch_dynamo() -> None:
    """What every optimizer, checkpoint and torch.func import on first use, 0.8 s."""
    importlib.import_module("torch._dynamo")


def _touch_matplotlib() -> None:
    """matplotlib, 0.7 s."""
    importlib.import_module("greenbed.check.running.figures").warm_up()


def main() -> None:
    """The launcher."""
    base, jobs, worker = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    _forget_package_root()
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # the command alone decides when to stop
    level = namespaces.best_level()
    if level is not None:
        namespaces.enter(level)
    else:
        kernel.adopt_orphans()
    pid = os.fork()
    if pid == 0:
        _become(lambda: _supervise(base, jobs, worker, level))
    _outlive(pid, base)


def _forget_package_root() -> None:
    """The command put greenbed's own folder on the import path; snippets must not find what lies there."""
    root = os.environ.pop("GREENBED_ROOT", None)
    rest = os.environ.pop("PYTHONPATH", "").removeprefix(root or "").removeprefix(os.pathsep)
    if root in sys.path and root not in rest.split(os.pathsep):
        sys.path.remove(root)
    if rest:
        os.environ["PYTHONPATH"] = rest


def _become(life: Callable[[], None]) -> NoReturn:
    """Live `life` in this process, which a fork has just made, die with the parent, and never return."""
    status = 1
    try:
        kernel.die_with_parent(signal.SIGKILL)
        life()
        status = 0
    finally:
        if status:
            sys.excepthook(*sys.exc_info())
        sys.stderr.flush()
        os._exit(status)


def _outlive(pid: int, base: Path) -> None:
    """Wait until the supervisor ends or the command closes its end; then end everything and remove every scratch folder."""
    wake, waker = socket.socketpair()
    waker.setblocking(False)
    signal.set_wakeup_fd(waker.fileno())
    signal.signal(signal.SIGCHLD, lambda *_: None)
    poll = select.poll()
    poll.register(0, 0)  # only its end: what it says is for the supervisor
    poll.register(wake, select.POLLIN)
    if not os.waitpid(pid, os.WNOHANG)[0]:
        poll.poll()
    _end_everything(pid)
    remove(base)


def _end_everything(supervisor: int) -> None:
    """Inside namespaces the supervisor's end is everybody's; outside, its descendants come to us one by one."""
    try:
        os.kill(supervisor, signal.SIGKILL)
        os.waitpid(supervisor, 0)
    except (ProcessLookupError, ChildProcessError):
        pass  # it has ended by itself
    processes.kill_all(lambda: processes.descendants(os.getpid()))


def _supervise(base: Path, jobs: int, worker: str, level: Level | None) -> None:
    if level is not None:
        namespaces.settle()
    above, below = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        above.close()
        _let_go_of_the_command()
        _become(lambda: _serve(below, worker, level))
    below.close()
    command = Channel(0, 1)
    command.send({"isolation": _isolation(level)})
    supervise(command, Channel(above.fileno(), above.fileno()), pid, base, level, jobs)


def _let_go_of_the_command() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nowhere, standard)
    os.close(nowhere)


def _isolation(level: Level | None) -> dict[str, list[str]]:
    """What is in force and what is missing, in words for the report."""
    network = level is not None and level.network
    parts = {
        "process namespaces": level is not None,
        "network namespace": network,
        "Landlock": landlock.version() > 0,
    }
    return {
        "have": [name for name, here in parts.items() if here],
        "missing": [name for name, here in parts.items() if not here],
    }


def _serve(below: socket.socket, worker: str, level: Level | None) -> None:
    supervisor = Channel(below.fileno(), below.fileno())
    try:
        _warm_up("torch")
        run: child.Run = importlib.import_module(worker).run
        Zygote(supervisor, level, run).serve()
    except Threaded as threaded:
        supervisor.send({"fatal": str(threaded)})


if __name__ == "__main__":
    main()
