"""The system calls that Python 3.11 does not offer, by ctypes: namespaces, mounts, prctl, capabilities, Landlock's three.

Every call raises OSError with the kernel's reason, ENOSYS included where the platform lacks the call, so that a caller has one
thing to catch. Nothing here decides anything.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
import sys

CLONE_NEWNS = 0x00020000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_BIND = 0x1000
MS_REC = 0x4000
MS_PRIVATE = 0x40000

_PR_SET_PDEATHSIG = 1
_PR_CAPBSET_DROP = 24
_PR_SET_CHILD_SUBREAPER = 36
_PR_SET_NO_NEW_PRIVS = 38

_SYS_CAPSET = {"x86_64": 126, "aarch64": 91}
_CAPABILITY_VERSION_3 = 0x20080522
_LAST_CAPABILITY = 40  # CAP_CHECKPOINT_RESTORE; a kernel that knows fewer answers EINVAL

_SYS_MOUNT_SETATTR = 442  # the same on every architecture but alpha
_MOUNT_ATTR_RDONLY = 1
_AT_FDCWD = -100
_AT_RECURSIVE = 0x8000

_libc = ctypes.CDLL(None, use_errno=True)


def _call(name: str, *args: object) -> int:
    try:
        function = getattr(_libc, name)
    except AttributeError:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), name) from None
    result = int(function(*args))
    if result == -1:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), name)
    return result


def syscall(number: int, *args: object) -> int:
    """A system call by its number; pointers and buffers as ctypes takes them, integers as 64 bits."""
    if sys.platform != "linux":  # the numbers mean something else there
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), "syscall")
    wide = [ctypes.c_long(a) if isinstance(a, int) else a for a in args]
    return _call("syscall", ctypes.c_long(number), *wide)


def unshare(flags: int) -> None:
    """Leave the namespaces that `flags` names for new ones."""
    _call("unshare", ctypes.c_int(flags))


def join(path: str, kind: int) -> None:
    """Enter the namespace that a file below /proc/PID/ns stands for."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        _call("setns", ctypes.c_int(descriptor), ctypes.c_int(kind))
    finally:
        os.close(descriptor)


def mount(source: str, target: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    """mount(2); an empty `kind` changes an existing mount."""
    _call(
        "mount",
        source.encode(),
        target.encode(),
        kind.encode() or None,
        ctypes.c_ulong(flags),
        options.encode() or None,
    )


def make_read_only(target: str, *, undo: bool = False) -> None:
    """Make a mount and all below it read-only, or writable again. Linux 5.12 and later."""
    change = struct.pack("4Q", 0 if undo else _MOUNT_ATTR_RDONLY, _MOUNT_ATTR_RDONLY if undo else 0, 0, 0)
    syscall(_SYS_MOUNT_SETATTR, _AT_FDCWD, target.encode(), _AT_RECURSIVE, change, len(change))


def _prctl(option: int, value: int) -> None:
    _call("prctl", ctypes.c_int(option), *(ctypes.c_ulong(v) for v in (value, 0, 0, 0)))


def die_with_parent(signal: int) -> None:
    """Ask for `signal` when the parent (the thread that forked us) ends; does nothing where there is no such thing."""
    try:
        _prctl(_PR_SET_PDEATHSIG, signal)
    except OSError as refused:
        if refused.errno != errno.ENOSYS:
            raise


def adopt_orphans() -> bool:
    """Become the parent of every descendant whose own parent ends; False where the platform cannot."""
    try:
        _prctl(_PR_SET_CHILD_SUBREAPER, 1)
    except OSError:
        return False
    return True


def drop_privileges() -> None:
    """Give up every capability, also for programs started later, and the way to gain new ones."""
    for capability in range(_LAST_CAPABILITY + 1):
        try:
            _prctl(_PR_CAPBSET_DROP, capability)
        except OSError:
            break
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    number = _SYS_CAPSET.get(os.uname().machine)
    if number is not None:
        syscall(number, struct.pack("Ii", _CAPABILITY_VERSION_3, 0), bytes(24))
