"""Takes down the warnings that a snippet causes, without changing what it sees of them.

Two places are listened at. The last step of a warning, `warnings._showwarnmsg`, comes for each one that Python shows, also for
those from C++. What Python's filters hide is heard by an entry before them that matches nothing: switching the hidden ones on
would do too, but the note would see them. A filter that the note itself sets comes before that entry, and what it records or
shows by a function of its own never comes to the last step: both are its own affair, and so not reported.

Python shows a warning once for each place that it blames, by a registry in the blamed module. A place is taken out of there
again, so that the next line which causes it is heard too; whether it had been shown is remembered here instead.
"""

from __future__ import annotations

import re
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

from greenbed.check.protocol import WarningRecord
from greenbed.check.running.failures import cut, one_line
from greenbed.check.running.listing import Listing
from greenbed.check.running.tracebacks import Place
from greenbed.check.running.warner import Warner, without_source

_MOST = 20  # warnings of one snippet
_MOST_LOOKED_AT = 1000  # different ones that a loop may cause before nobody listens any longer
_LONGEST = 300  # characters of a message
_WHILE_PARSING = re.compile(r"invalid (?:escape|octal escape|decimal|hexadecimal|octal|binary|imaginary)\b")

_warn_explicit = warnings.warn_explicit  # a snippet may put something else in its place

_Hear = Callable[[FrameType, type[Warning], str, str], None]


class WarningLog:
    """The warnings of the running snippet; lines are of the file."""

    def __init__(self, place: Place, listing: Listing) -> None:
        self._place = place
        self._listing = listing
        self._module = vars(warnings)
        self._show: Callable[[warnings.WarningMessage], None] = self._module["_showwarnmsg"]
        self._usual = self._last_steps()
        self._shown: dict[tuple[int, object], tuple[object, object]] = {}
        self._compiling: list[warnings.WarningMessage] | None = None
        self._blamed: int | None = None  # the line, while warnings of the compiler are passed on
        self.begin(1)
        self._listening = False

    def install(self) -> None:
        """Listen for as long as the process lives."""
        warnings.filters.insert(0, _deaf_filter(self._hear_hidden))  # type: ignore[attr-defined]  # a list, whatever is typed
        self._module["_showwarnmsg"] = self._display
        with warnings.catch_warnings():
            pass  # the filters are looked at again, and what was shown before the fork can be shown again

    def begin(self, first: int) -> None:
        """Forget what came, for the next snippet, whose first line is file line `first`."""
        self._line = first
        self._found: list[WarningRecord] = []
        self._looked_at: set[tuple[str, type[Warning], int, int, bool]] = set()
        self._listening = True

    def end(self) -> list[WarningRecord]:
        """Stop listening. Each warning that came once for each line; where there are too many, deprecations first."""
        self._listening = False
        kept = sorted(self._found, key=lambda warned: not warned["deprecates"])[:_MOST]
        return [warned for warned in self._found if warned in kept]

    @contextmanager
    def compiling(self, first: int) -> Iterator[None]:
        """Warnings of the compiler are kept until its end, when the lines of those that have them can be put right.

        The parser counts from the first line of the code, which is file line `first`; everything later counts in the file.
        """
        held: list[warnings.WarningMessage] = []
        self._compiling = held
        try:
            with self._unfiltered():
                yield
        finally:
            self._compiling = None
        for message in held:
            offset = first - 1 if _WHILE_PARSING.search(str(message.message)) else 0
            self._warn_again(message, message.lineno + offset)

    @contextmanager
    def _unfiltered(self) -> Iterator[None]:
        everything, filters = ("always", None, Warning, None, 0), self._module.get("filters")
        if not isinstance(filters, list):  # the note has broken them
            yield
            return
        filters.insert(0, everything)
        try:
            yield
        finally:
            filters.remove(everything)

    def _warn_again(self, message: warnings.WarningMessage, line: int) -> None:
        self._blamed = line
        try:
            with suppress(TypeError, ValueError):  # where the note has broken the module
                _warn_explicit(message.message, message.category, message.filename, line)
        finally:
            self._blamed = None

    def _hear_hidden(self, frame: FrameType, category: type[Warning], text: str, module: str) -> None:
        """A warning has come to the filters; of those that Python will hide, only deprecations by libraries are of interest."""
        if self._last_steps() == self._usual and issubclass(category, DeprecationWarning | PendingDeprecationWarning):
            self._look(Warner(frame, category, text, module, is_hidden=True))

    def _display(self, message: warnings.WarningMessage) -> None:
        """In the place of `warnings._showwarnmsg`."""
        if self._compiling is not None:
            self._compiling.append(message)
        elif self._last_steps() != self._usual:  # the note records warnings, or shows them itself
            self._show(message)
        else:
            frame = sys._getframe(1)
            line = message.lineno if message.filename == self._place.file else 0
            self._look(Warner(frame, message.category, str(message.message), "", line))
            if not self._was_shown(frame, message):
                self._show(message)

    def _last_steps(self) -> tuple[object, ...]:
        return self._module.get("showwarning"), self._module.get("_showwarnmsg_impl")

    def _look(self, warner: Warner) -> None:
        """Take a warning down, unless it has been looked at before."""
        frame = warner.note_frame(self._place.file)
        line = self._blamed or (self._line if frame is None else frame.f_lineno)
        key = (warner.text, warner.category, line, warner.line, warner.is_hidden)
        if not self._listening or key in self._looked_at or len(self._looked_at) >= _MOST_LOOKED_AT:
            return
        self._looked_at.add(key)
        package = warner.deprecates(self._place.file, self._listing, compiling=self._blamed is not None)
        if warner.is_hidden and not package:
            return
        text = cut(one_line(self._place.reduced(without_source(warner.text))), _LONGEST)
        found: WarningRecord = {
            "category": warner.category.__name__,
            "message": text,
            "snippet": 0,  # not known here
            "line": line if package else warner.line or line,
            "deprecates": package,
        }
        if not any(_is_same(found, other) for other in self._found):
            self._found.append(found)

    def _was_shown(self, frame: FrameType | None, message: warnings.WarningMessage) -> bool:
        """Whether Python's registry would have kept this warning from being shown; it forgets it again."""
        while frame is not None and (frame.f_code.co_filename, frame.f_lineno) != (message.filename, message.lineno):
            frame = frame.f_back
        registry = frame.f_globals.get("__warningregistry__") if frame is not None else None
        key = (str(message.message), message.category, message.lineno)
        if not isinstance(registry, dict) or registry.pop(key, None) is None:
            return False  # one that is always shown
        # the registry is kept, so that no other gets its id; its version changes with every change of the filters
        before = self._shown.get((id(registry), key))
        self._shown[id(registry), key] = (registry, registry.get("version"))
        return before is not None and before[1] == registry.get("version")


def _is_same(one: WarningRecord, other: WarningRecord) -> bool:
    return all(one[name] == other[name] for name in ("category", "message", "line"))


class _Ear:
    """Matches nothing, and remembers what it was asked to match."""

    def __init__(self) -> None:
        self._heard = threading.local()

    @property
    def last(self) -> str:
        """In this thread."""
        return str(getattr(self._heard, "text", ""))

    def match(self, text: str) -> None:
        """As of a compiled regular expression."""
        self._heard.text = text


class _Listening(type):
    """A category that no warning belongs to; it is the last part of a filter that the interpreter asks."""

    hear: Callable[[type[Warning], FrameType], None]

    def __subclasscheck__(cls, category: type) -> bool:
        cls.hear(category, sys._getframe(1))
        return False


def _deaf_filter(hear: _Hear) -> Any:
    """A filter that every warning passes by on its way to the others."""
    text, module = _Ear(), _Ear()
    kind = _Listening("Heard", (Warning,), {})
    kind.hear = lambda category, frame: hear(frame, category, text.last, module.last)
    return ("default", text, kind, module, 0)
