"""Landlock: write access to a few places only, for a process and all that it starts. Linux 5.13 and later, no root needed.

Reading stays free. The kernel's interface: Documentation/userspace-api/landlock.rst.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable
from functools import cache

from greenbed.check.walls import kernel

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every architecture but alpha
_ASK_VERSION = 1
_PATH_BENEATH = 1

_WRITE_FILE = 1 << 1
_CHANGE_FOLDERS = sum(1 << bit for bit in range(4, 13))  # remove and make entries of all kinds
_REFER = 1 << 13  # rename or link across folders, since version 2; before that always refused
_TRUNCATE = 1 << 14  # since version 3
_SCOPES = 0b11  # since version 6: abstract Unix sockets and signals stay among ourselves


@cache
def version() -> int:
    """The kernel's Landlock version; 0 where there is none or it is switched off."""
    try:
        return kernel.syscall(_CREATE_RULESET, None, 0, _ASK_VERSION)
    except OSError:
        return 0


def _rights() -> int:
    since = ((1, _WRITE_FILE | _CHANGE_FOLDERS), (2, _REFER), (3, _TRUNCATE))
    return sum(rights for number, rights in since if version() >= number)


def _ruleset() -> int:
    fields = [_rights()] + [0] * (version() >= 4) + [_SCOPES] * (version() >= 6)
    attributes = struct.pack(f"{len(fields)}Q", *fields)
    return kernel.syscall(_CREATE_RULESET, attributes, len(attributes), 0)


def _allow(ruleset: int, path: str) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        rights = _rights() if os.path.isdir(path) else _rights() & (_WRITE_FILE | _TRUNCATE)  # noqa: PTH112 - a string, as all places here
        kernel.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, struct.pack("=Qi", rights, place), 0)
    finally:
        os.close(place)


def allow_writes_only_below(paths: Iterable[str]) -> None:
    """From now on this process and its descendants write nowhere but at or below `paths`; there is no way back.

    The kernel demands no_new_privs or CAP_SYS_ADMIN first. Mounting is refused afterwards, too.
    """
    ruleset = _ruleset()
    try:
        for path in paths:
            _allow(ruleset, path)
        kernel.syscall(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


__all__ = ["allow_writes_only_below", "version"]
