"""Namespaces: each note's process in a world of its own, which ends as a whole. Linux, no root needed.

The launcher enters a user namespace and a first PID namespace (`enter`); its child, the supervisor, is that namespace's init,
so that nothing survives it. For each note the supervisor makes an *init*: a light process that owns a nested PID namespace, a
network with nothing but loopback, and mounts with a fresh /proc and /dev/shm (`start_init`). The zygote forks the note's
process into it (`aim`, `join`). Killing the init makes the kernel kill everything in there, whatever it has done to hide.

The note's process is not the init itself: an init ignores the signals that it sends to itself, so that a snippet which kills
itself would live on, unlike at its reader's. Measured: 1.1 ms a note for all of it, of which 0.8 ms are the network.
"""

from __future__ import annotations

import fcntl
import os
import re
import signal
import socket
import struct
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from greenbed.check.walls import kernel
from greenbed.check.walls.kernel import CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWUSER

_HIGHEST_PID = 800  # numbers below 300 are not given out a second time
_SIOCSIFFLAGS = 0x8914
_IFF_UP_RUNNING = 0x1 | 0x40


@dataclass(frozen=True, slots=True)
class Level:
    """Which namespaces are to be had here."""

    user: bool  # by way of a user namespace; False: as root proper
    network: bool

    @property
    def flags(self) -> int:
        """What the launcher unshares."""
        return CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUSER * self.user | CLONE_NEWNET * self.network

    @property
    def flags_of_a_note(self) -> int:
        """What each note's init unshares beside its PID namespace."""
        return CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWNET * self.network


@dataclass(frozen=True, slots=True)
class Init:
    """The process that owns a note's namespaces."""

    pid: int
    level: Level

    def aim(self) -> None:
        """Let the next fork of this process be born in the note's PID namespace."""
        kernel.join(f"/proc/{self.pid}/ns/pid", CLONE_NEWPID)

    def join(self) -> None:
        """Enter the other namespaces; the mounts last, since they change what /proc shows."""
        for name in ("ipc", "net", "mnt") if self.level.network else ("ipc", "mnt"):
            kernel.join(f"/proc/{self.pid}/ns/{name}", 0)

    def kill(self) -> None:
        """End every process of the note; returns when the kernel has no trace of them."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


def best_level() -> Level | None:
    """The most that the kernel grants; None where it grants none at all. Tried in children, so nothing changes here."""
    ladder = [Level(user=True, network=True), Level(user=True, network=False)]
    if os.geteuid() == 0:
        ladder += [Level(user=False, network=True), Level(user=False, network=False)]
    return next((level for level in ladder if _succeeds(lambda level=level: _rehearse(level))), None)  # type: ignore[misc] # mypy cannot type a lambda's default


def _succeeds(act: Callable[[], None]) -> bool:
    """Whether `act` goes through in a child of its own."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            act()
            status = 0
        except (OSError, AttributeError):
            pass
        finally:
            os._exit(status)
    return os.waitpid(pid, 0)[1] == 0


def _rehearse(level: Level) -> None:
    enter(level)
    if not _succeeds(lambda: _rehearse_inside(level)):
        raise PermissionError("the kernel refuses nested namespaces")


def _rehearse_inside(level: Level) -> None:
    settle()
    init = start_init(level, tempfile.gettempdir())
    init.aim()
    if not _succeeds(init.join):
        raise PermissionError("the kernel refuses to join namespaces")
    init.kill()


def enter(level: Level) -> None:
    """Enter the launcher's namespaces; its next child is the init of the new PID namespace. Who we are stays."""
    uid, gid = os.geteuid(), os.getegid()
    kernel.unshare(level.flags)
    if level.user:
        own = Path("/proc/self")
        (own / "setgroups").write_text("deny")  # or the kernel refuses the next but one
        (own / "uid_map").write_text(f"{uid} {uid} 1")
        (own / "gid_map").write_text(f"{gid} {gid} 1")


def settle() -> None:
    """As the init of the PID namespace: mounts that nobody else sees, and a /proc that shows this namespace."""
    kernel.mount("none", "/", flags=kernel.MS_REC | kernel.MS_PRIVATE)
    kernel.mount("proc", "/proc", "proc")


def start_init(level: Level, scratch: str) -> Init:
    """Make the namespaces of one note, which may write below `scratch`. For a single-threaded process that has settled."""
    kernel.join("/proc/self/ns/pid", CLONE_NEWPID)  # unshare refuses while the last one is still aimed at
    kernel.unshare(CLONE_NEWPID)
    ready, report = os.pipe()
    pid = os.fork()
    if pid == 0:
        _be_init(level, scratch, report)
    os.close(report)
    with os.fdopen(ready, "rb") as answers:
        answer = answers.read()
    if answer != b"ready":
        os.waitpid(pid, 0)
        raise PermissionError(f"the kernel refuses a note's namespaces: {answer.decode()}")
    return Init(pid, level)


def _be_init(level: Level, scratch: str, report: int) -> None:
    """The life of an init: furnish the namespaces, then wait to be killed while the kernel reaps its orphans."""
    try:
        kernel.die_with_parent(signal.SIGKILL)
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        os.setsid()
        _furnish(level, scratch)
        os.write(report, b"ready")
        os.closerange(0, os.sysconf("SC_OPEN_MAX"))
        while True:
            signal.pause()
    except BaseException as refused:
        os.write(report, str(refused).encode())
    finally:
        os._exit(1)


def _furnish(level: Level, scratch: str) -> None:
    kernel.unshare(level.flags_of_a_note)
    _leave_writable_only(scratch)
    kernel.mount("proc", "/proc", "proc")
    _limit_processes()
    kernel.mount("tmpfs", "/dev/shm", "tmpfs")
    if level.network:
        _raise_loopback()


def _leave_writable_only(scratch: str) -> None:
    """Read-only mounts but for the scratch folder: what Landlock does not cover (chmod, utime), and all there is without it."""
    try:
        kernel.make_read_only("/")
    except OSError:
        return  # Linux before 5.12
    kernel.mount(scratch, scratch, flags=kernel.MS_BIND)
    kernel.make_read_only(scratch, undo=True)


def _limit_processes() -> None:
    """A hard limit for a note that forks without end: the highest process number. Before Linux 6.14 that is the machine's."""
    release = re.match(r"(\d+)\.(\d+)", os.uname().release)
    if release is not None and (int(release[1]), int(release[2])) >= (6, 14):
        Path("/proc/sys/kernel/pid_max").write_text(str(_HIGHEST_PID))


def _raise_loopback() -> None:
    """Bring 127.0.0.1 up: torch.distributed with one process needs it, and nothing else is there."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", _IFF_UP_RUNNING))
