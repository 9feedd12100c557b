"""What a snippet must not do, refused in Python with words that an author understands.

An audit hook (PEP 578) sees file, network and process functions of the interpreter before they act. Where namespaces and
Landlock are in force, the kernel refuses the same things to everybody, and the hook only says it better; where they are not, it
is all there is, and it does not reach what C code or other programs do. It also notes the line that last started or signalled a
process: the one to name when a process is left behind or the snippet has killed itself.
"""

from __future__ import annotations

import ipaddress
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import FrameType

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

# event → which of its arguments are paths that would be changed, and which is the folder descriptor that goes with the first
_CHANGES: dict[str, tuple[tuple[int, ...], int | None]] = {
    "os.chflags": ((0,), None),
    "os.chmod": ((0,), 2),
    "os.chown": ((0,), 3),
    "os.link": ((1,), 3),
    "os.mkdir": ((0,), 2),
    "os.remove": ((0,), 1),
    "os.removexattr": ((0,), None),
    "os.rename": ((0, 1), 2),
    "os.rmdir": ((0,), 1),
    "os.setxattr": ((0,), None),
    "os.symlink": ((1,), 2),
    "os.truncate": ((0,), None),
    "os.utime": ((0,), 3),
}
_FOLLOWS = frozenset({"os.chmod", "os.chown", "os.setxattr", "os.removexattr", "os.truncate", "os.utime"})
_NETWORK = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_NAMES = frozenset({"socket.getaddrinfo", "socket.gethostbyname"})
_PROCESSES = frozenset({"os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.system", "subprocess.Popen", "pty.spawn"})
_SIGNALS = frozenset({"os.kill", "os.killpg", "signal.pthread_kill"})


@dataclass(slots=True)
class Guard:
    """The hook and what it has noted."""

    writable: tuple[str, ...]  # real paths at or below which writing is allowed
    file: str  # the Markdown file, as frames name it
    note: Callable[[int], None]  # called with the file line before a process is started or a signal is sent
    shield: Callable[[int], bool] | None = None  # whether a process may be signalled; None: the PID namespace sees to it
    process_line: int = 0  # file line that last started a process; 0: none did

    def install(self) -> None:
        """From now on, for as long as the process lives: hooks cannot be taken out."""
        sys.addaudithook(self._see)

    def _see(self, event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            self._see_open(arguments)
        elif event in _CHANGES:
            self._see_change(event, arguments)
        elif event in _NETWORK:
            self._see_address(arguments[1])
        elif event in _NAMES:
            self._see_host(arguments[0])
        elif event in _PROCESSES:
            self._see_process()
        elif event in _SIGNALS:
            self._see_signal(event, arguments)

    def _see_open(self, arguments: tuple[object, ...]) -> None:
        path, _, flags = arguments
        if isinstance(flags, int) and flags & _WRITES:
            self._see_write(path, None)

    def _see_change(self, event: str, arguments: tuple[object, ...]) -> None:
        positions, folder = _CHANGES[event]
        for offset, position in enumerate(positions):
            # os.rename has a folder descriptor for each of its two paths
            beside = arguments[folder + offset] if folder is not None and folder + offset < len(arguments) else None
            self._see_write(arguments[position], beside, follow=event in _FOLLOWS)

    def _see_write(self, path: object, folder: object, *, follow: bool = True) -> None:
        place = _place(path, folder, follow=follow)
        if place is not None and not self._allows(place):
            _refuse("no writing outside the scratch folder", repr(place))

    def _allows(self, place: str) -> bool:
        return any(place == root or place.startswith(root + "/") for root in self.writable)

    def _see_address(self, address: object) -> None:
        if isinstance(address, tuple) and address:
            self._see_host(address[0], port=address[1] if len(address) > 1 else None)
        elif isinstance(address, (str, bytes)):
            place = os.fsdecode(address)
            if place.startswith("/") and not self._allows(os.path.realpath(place)):
                _refuse("no sockets of other programs", repr(place))

    def _see_host(self, host: object, *, port: object = None) -> None:
        if not _is_here(host):
            name = host.decode(errors="replace") if isinstance(host, bytes) else str(host)
            where = name if port is None else f"{name}:{port}"
            _refuse("no network while snippets are checked", where)

    def _see_signal(self, event: str, arguments: tuple[object, ...]) -> None:
        target = arguments[0]
        if event != "signal.pthread_kill" and self.shield is not None and isinstance(target, int):
            pid = -target if event == "os.killpg" else target
            if not self.shield(pid):
                _refuse("no signals to other processes", str(target))
        if line := self.line():
            self.note(line)

    def _see_process(self) -> None:
        if line := self.line():
            self.process_line = line
            self.note(line)

    def line(self) -> int:
        """The innermost line of the note that is being executed; 0 when none is."""
        frame: FrameType | None = sys._getframe()
        while frame is not None and frame.f_code.co_filename != self.file:
            frame = frame.f_back
        return 0 if frame is None else frame.f_lineno


def _refuse(reason: str, subject: str) -> None:
    raise PermissionError(f"{reason}: {subject}")


def _place(path: object, folder: object, *, follow: bool) -> str | None:
    """The real path that would be written; None for a descriptor, which was judged when it was opened."""
    if not isinstance(path, (str, bytes, os.PathLike)):
        return None
    text = os.fsdecode(path)
    if isinstance(folder, int) and folder >= 0 and not text.startswith("/"):
        text = f"/proc/self/fd/{folder}/{text}"
    if follow:
        return os.path.realpath(text)
    parent, name = os.path.split(text.rstrip("/") or "/")
    return os.path.join(os.path.realpath(parent or "."), name)  # noqa: PTH118 - on every file that is opened


def _is_here(host: object) -> bool:
    """Whether a host is this machine's own loopback."""
    if not isinstance(host, (str, bytes)) or not host:
        return True  # None and "" mean any address of our own; anything else the call itself refuses
    name = os.fsdecode(host)
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name in ("localhost", os.uname().nodename)


def writable_places(scratch: str) -> Sequence[str]:
    """Where a note may write: its scratch folder, shared memory, and devices that keep nothing."""
    return (scratch, "/dev/shm", "/dev/null", "/dev/zero", "/dev/full", "/dev/tty", "/dev/random", "/dev/urandom")
