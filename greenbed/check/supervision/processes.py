"""Which processes there are, by /proc; every function gives nothing where there is no /proc (macOS)."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterable
from pathlib import Path

_PROC = "/proc"


def all_pids() -> list[int]:
    """Every process in the PID namespace that /proc shows."""
    try:
        return [int(name) for name in os.listdir(_PROC) if name.isdigit()]  # noqa: PTH208 # six times as fast as pathlib here
    except OSError:
        return []


def in_namespace_of(pid: int) -> list[int]:
    """The processes that share the PID namespace of `pid`, without itself."""
    own = _namespace(pid)
    return [other for other in all_pids() if other != pid and own and _namespace(other) == own]


def _namespace(pid: int) -> str:
    try:
        return os.readlink(f"{_PROC}/{pid}/ns/pid")  # noqa: PTH115 - for every process there is
    except OSError:
        return ""


def descendants(pid: int) -> list[int]:
    """Children of `pid`, their children, and so on, in one pass over /proc."""
    children: dict[int, list[int]] = {}
    for other in all_pids():
        children.setdefault(_parent(other), []).append(other)
    found = list(children.get(pid, ()))
    for child in found:  # grows as it goes
        found += children.get(child, ())
    return found


def children(pid: int) -> list[int]:
    """Direct children of `pid`: cheaper than `descendants` where it is enough to know whether there are any."""
    try:
        tasks = os.listdir(f"{_PROC}/{pid}/task")  # noqa: PTH208 - as above
        texts = [Path(f"{_PROC}/{pid}/task/{task}/children").read_text() for task in tasks]
    except OSError:
        return [other for other in all_pids() if _parent(other) == pid]
    return [int(child) for text in texts for child in text.split()]


def _stat(pid: int) -> list[str]:
    """State, parent and what follows of /proc/PID/stat; the name before them may hold spaces and parentheses."""
    try:
        return Path(f"{_PROC}/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ["X", "0"]


def _parent(pid: int) -> int:
    return int(_stat(pid)[1])


def is_alive(pid: int) -> bool:
    """Whether it still runs: a zombie, which has ended and waits for its parent to notice, does not."""
    return _stat(pid)[0] not in "XZ"


def alive_among(find: Callable[[], Iterable[int]]) -> list[int]:
    """Those that `find` finds and that still run.

    One look does not prove that there are none: between the listing and the question whether it lives, a process can have
    forked a child and ended. So the look is taken again until all that it lists had ended before it began.
    """
    ended: set[int] = set()
    while found := set(find()) - ended:
        if alive := [pid for pid in sorted(found) if is_alive(pid)]:
            return alive
        ended |= found
    return []


def count_of_user(uid: int) -> int:
    """How many tasks a user has: threads count, as they do for the kernel's limit."""
    return sum(_tasks(pid) for pid in all_pids() if _owner(pid) == uid)


def _owner(pid: int) -> int:
    try:
        return Path(f"{_PROC}/{pid}").stat().st_uid
    except OSError:
        return -1


def _tasks(pid: int) -> int:
    try:
        return len(os.listdir(f"{_PROC}/{pid}/task"))  # noqa: PTH208 - as above
    except OSError:
        return 0


def command(pid: int) -> str:
    """Its command line, shortened, to tell an author which one it is."""
    try:
        words = Path(f"{_PROC}/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return ""
    text = " ".join(word.decode(errors="replace") for word in words).split("\n")[0].strip()
    return text if len(text) <= 60 else text[:59] + "…"


def kill_all(find: Callable[[], Iterable[int]], *, seconds: float = 1.0) -> None:
    """Kill what `find` finds until it finds nothing alive: they may multiply meanwhile."""
    end = time.monotonic() + seconds
    while alive := [pid for pid in find() if is_alive(pid)]:
        for pid in alive:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        if time.monotonic() > end:
            return
        time.sleep(0.001)
