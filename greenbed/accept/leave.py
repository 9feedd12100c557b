"""Whether the command may write into the notes at all: only where an author is there to see it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any

from greenbed.config import UsageError


def refuse_without_leave(given: Mapping[str, Any]) -> None:
    """Raises UsageError where --accept or --yes is out of place; `given` are the command's arguments."""
    if not given.get("accept"):
        if given.get("yes"):
            raise UsageError("--yes answers the question of --accept: give both")
        return
    for name in ("serve", "check"):
        if given.get(name):
            raise UsageError(f"--accept writes into the notes: leave --{name} out")
    if given.get("format", "text") != "text":
        raise UsageError("--accept shows text to a person: leave --format out")
    if is_automatic():
        raise UsageError("--accept is an author's decision and does not run in CI, where the variable CI is set")
    if not given.get("yes") and not sys.stdin.isatty():
        raise UsageError("--accept asks before it writes, and there is no terminal to ask on: run it in one, or add --yes")


def is_automatic() -> bool:
    """Whether this is continuous integration, by the variable that its services set."""
    return os.environ.get("CI", "").strip().lower() not in ("", "false", "0")
