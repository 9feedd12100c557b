"""Notes made by hand, and the real `verify` on them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from greenbed.check.verify import verify
from greenbed.model import (
    Choice,
    Config,
    Expected,
    FrontMatter,
    Kind,
    Literal,
    Note,
    Options,
    Problem,
    Role,
    Snippet,
    Status,
    Verification,
)

FIRST_LINE = 10
"""File line of the first line of code in every note made here; between two snippets lie nine lines."""

MARK = "GREENBED_TEST_MARK"


def snippet(code: str, *, role: Role = Role.SHOWN, expected: str | None = None, **options: Any) -> Snippet:
    """A snippet that `note` puts in its place."""
    promised = Expected(expected, 0, 0) if expected is not None else None
    return Snippet(0, 0, 0, code if code.endswith("\n") else code + "\n", role, Options(**options), 0, promised)


def fact(code: str, *choices: str) -> Snippet:
    """The check of a fact, whose answer stands on file line 1 and its distractors below."""
    return replace(snippet(code, role=Role.FACT), choices=tuple(Choice(text, line) for line, text in enumerate(choices, 1)))


def note(path: str, *snippets: Snippet | str, folder: Path = Path("/nowhere"), first: int = FIRST_LINE, **meta: Any) -> Note:
    """A note of these snippets; checks belong to the shown one before them, setups to the one after."""
    placed: list[Snippet] = []
    line = first
    for index, given in enumerate(snippets):
        one = snippet(given) if isinstance(given, str) else given
        end = line + one.code.count("\n")
        expected = one.expected and replace(one.expected, fence_line=end + 2, line=end + 3)
        placed.append(replace(one, index=index, fence_line=line - 1, line=line, expected=expected))
        line = end + 9
    owned = tuple(replace(one, owner=_owner(placed, one)) for one in placed)
    place = PurePosixPath(path)
    return Note(
        path=place, file=folder / place, sha256="", kind=Kind.BIT, slug=place.stem, url=f"/bits/{place.stem}/", title="A title",
        title_line=1, meta=FrontMatter(**meta), created=None, updated=None, tokens=(), body_line=1, headings=(), snippets=owned,
        links=(), terms=(), facts=(), words=0, excerpt="",
    )  # fmt: skip


def with_literals(made: Note, *literals: Literal) -> Note:
    """The same note, which says these numbers too."""
    return replace(made, literals=literals)


def _owner(snippets: list[Snippet], one: Snippet) -> int:
    shown = [other.index for other in snippets if other.role in (Role.SHOWN, Role.FACT)]
    if one.role is Role.CHECK:
        return max(index for index in shown if index < one.index)
    return min(index for index in shown if index >= one.index)


def config(folder: Path, **changes: Any) -> Config:
    """Everything below `folder`, two notes at once, 10 s a snippet. Processes stay for the next test, unless `live=False`."""
    places = {name: folder / name for name in ("content", "templates", "static", "output", "cache")}
    return Config(**{"root": folder, **places, "timeout_seconds": 10.0, "jobs": 2, "live": True, **changes})


def checked(
    settings: Config, *notes: Note, files: Mapping[PurePosixPath, Path] | None = None
) -> tuple[Verification, tuple[Problem, ...]]:
    """The real thing, without progress."""
    return verify(notes, settings, files or {}, progress=lambda done, total, cached: None)


def statuses(verification: Verification, path: str) -> list[Status]:
    """Of each snippet of a note."""
    return [verdict.status for verdict in verification.by_path[PurePosixPath(path)]]


def places(problems: tuple[Problem, ...]) -> list[tuple[str, int, str]]:
    """Path, line and code of each."""
    return [(problem.path, problem.line, problem.code.value) for problem in problems]


def survivors(mark: str) -> list[str]:
    """Command lines of processes that carry `mark` in their environment, without this one."""
    carriers = []
    for place in Path("/proc").iterdir():
        try:
            if place.name.isdigit() and int(place.name) != os.getpid() and mark.encode() in (place / "environ").read_bytes():
                carriers.append((place / "cmdline").read_text(errors="replace").replace("\0", " "))
        except OSError:
            continue
    return carriers


def within(seconds: float, holds: Callable[[], bool]) -> bool:
    """Whether it holds before the time is over."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True
