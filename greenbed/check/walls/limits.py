"""Limits of a note's process and of what it starts: memory, file size, number of processes, no core dumps."""

from __future__ import annotations

import os
import resource
from pathlib import Path

from greenbed.check.supervision import processes

_FILE_BYTES = 2**30
_PROCESSES = 800


def apply(memory_bytes: int, *, alone: bool) -> None:
    """Allow `memory_bytes` of address space beyond what is mapped now, files of 1 GiB, and no core dump.

    The number of processes is limited for a user's account, here or in our user namespace (`alone`), and never for root's: this
    is the last resort, behind the supervisor, who counts, and the namespace's own limit.
    """
    _lower(resource.RLIMIT_NPROC, _PROCESSES + (0 if alone else processes.count_of_user(os.geteuid())))
    _lower(resource.RLIMIT_AS, _mapped_bytes() + memory_bytes)
    _lower(resource.RLIMIT_FSIZE, _FILE_BYTES)
    _lower(resource.RLIMIT_CORE, 1)  # not 0: a core_pattern that is a pipe ignores 0 and honours 1 (core(5), fs/coredump.c)


def _mapped_bytes() -> int:
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return 2**36  # no /proc: macOS, which does not enforce RLIMIT_AS in any case
    return pages * resource.getpagesize()


def _lower(limit: int, value: int) -> None:
    _, hard = resource.getrlimit(limit)
    bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
    try:
        resource.setrlimit(limit, (bound, bound))
    except (OSError, ValueError):
        return  # macOS refuses some: what is left are the other limits and the clock


def expect_to_be_killed() -> None:
    """Tell the kernel to take this process first when memory runs out, rather than the zygote or the command."""
    try:
        Path("/proc/self/oom_score_adj").write_text("1000")
    except OSError:
        return  # not Linux, or a container that forbids it: the limits above still hold
