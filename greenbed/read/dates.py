"""When each file of a folder was last committed: one call of git, and nothing where there is no git."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path, PurePosixPath

LOG = ("git", "log", "--format=%x01%cs", "--name-only", "--no-renames", "--relative", "-z", "--", ".")
COMMIT = re.compile(r"(?:\A|(?<=\0))\x01(\d{4}-\d\d-\d\d)\0")
PATIENCE_SECONDS = 20.0


def committed(folder: Path) -> Mapping[PurePosixPath, date]:
    """Date of the last commit of each file below `folder`, by path below it; empty outside a work tree or without git."""
    newest: dict[PurePosixPath, date] = {}
    for name, day in _touched(_log(folder)):
        newest.setdefault(PurePosixPath(name), day)  # the log runs from new to old
    return newest


def _log(folder: Path) -> str:
    try:
        ran = subprocess.run(
            LOG, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return ran.stdout.decode("utf-8", "surrogateescape") if ran.returncode == 0 else ""


def _touched(log: str) -> Iterator[tuple[str, date]]:
    """(file, commit date), commit by commit; a commit is "\\x01date\\0", then a newline and each name with a NUL after it."""
    _, *records = COMMIT.split(log)
    for day, names in zip(records[::2], records[1::2], strict=True):
        when = date.fromisoformat(day)
        yield from ((name, when) for name in names.removeprefix("\n").split("\0") if name)
