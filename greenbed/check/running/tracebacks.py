"""Tracebacks as the author would see them: their own frames and the libraries', without the harness and machine paths."""

from __future__ import annotations

import os
import sysconfig
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from greenbed.check.running.failures import cut

_OURS = str(Path(__file__).parents[1])
_LONGEST = 6000


_LIBRARIES = tuple(f"{sysconfig.get_path(name)}/" for name in ("purelib", "platlib", "stdlib"))


@dataclass(frozen=True, slots=True)
class Place:
    """A note on this machine, and what it is called elsewhere."""

    file: str  # absolute, as frames name it
    renamed: tuple[tuple[str, str], ...]  # paths that only this machine has, and what stands for them

    def reduced(self, text: str) -> str:
        """`text` without paths that only this machine has."""
        for path, name in self.renamed if "/" in text else ():
            text = text.replace(path, name)
        return text

    def formatted(self, error: BaseException) -> str:
        """The traceback with the chain of causes; harness frames are left out."""
        report = traceback.TracebackException.from_exception(error, compact=True)
        for part in _chain(report):
            part.stack = traceback.StackSummary.from_list([self._renamed(frame) for frame in part.stack if _is_theirs(frame)])
        return cut(self.reduced("".join(report.format())).rstrip(), _LONGEST)

    def _renamed(self, frame: traceback.FrameSummary) -> traceback.FrameSummary:
        _ = frame.line  # read from the real file before the name changes
        frame.filename = self.reduced(frame.filename)
        return frame

    def frames(self, error: BaseException) -> list[tuple[FrameType, int]]:
        """The note's own frames with their file lines, outermost first."""
        return [
            (frame, line) for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == self.file
        ]


def place_of(file: str, note: str, scratch: str) -> Place:
    """The note `note`, below the content folder, is `file`; it runs in the folder `scratch`."""
    folders = dict.fromkeys((os.path.realpath(scratch), scratch))
    own = [(file, note), *((f"{folder}/", "") for folder in folders), *((folder, ".") for folder in folders)]
    return Place(file, (*own, *((library, "") for library in _LIBRARIES)))


def _is_theirs(frame: traceback.FrameSummary) -> bool:
    return not frame.filename.startswith(_OURS)


def _chain(report: traceback.TracebackException) -> Iterator[traceback.TracebackException]:
    """The report and everything that it names as cause, context or member of a group."""
    waiting = [report]
    while waiting:
        part = waiting.pop()
        yield part
        waiting += [other for other in (part.__cause__, part.__context__, *(part.exceptions or ())) if other is not None]


def described(error: BaseException) -> str:
    """The last line of a traceback: "ValueError: not enough"; the whole message, also where it has several lines."""
    if isinstance(error, SyntaxError):  # the rest would be the source line and carets
        return f"{type(error).__name__}: {error.msg}"
    return "".join(traceback.format_exception_only(error)).strip()


def message_of(error: BaseException) -> str:
    """`str(error)`, or nothing where the author's own exception cannot say."""
    try:
        return str(error)
    except Exception:  # __str__ is the author's code too
        return ""
