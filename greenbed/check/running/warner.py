"""Who is behind a warning: which package drops something that the note uses, and at which of the note's lines.

Libraries do not agree on how to say so. Some warn from C++, some from a decorator, some blame their caller by `stacklevel` and
some themselves, and a good part of torch's deprecations are plain UserWarnings that say "deprecated".
"""

from __future__ import annotations

import builtins
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from types import FrameType, ModuleType

from greenbed.check.running.footprint import is_third_party
from greenbed.check.running.listing import Listing

PYTHON = "Python"
"""The package that the standard library and the language are."""

_SAYS_SO = re.compile(r"\bdeprecated\b|\bwill be removed\b", re.IGNORECASE)
_FROM_TORCH = re.compile(r"\(Triggered internally at [^()]*\)\s*$")
_NAME = re.compile(r"(?<![\w.])[^\W\d]\w*")
_BEGINNING = re.compile(r"\W*([^\W\d]\w*)\.")
_BETWEEN = frozenset({"contextlib", "functools", "importlib", "_frozen_importlib", "_frozen_importlib_external"})
_DECORATORS = frozenset({"typing_extensions", "warnings"})  # their frame warns on behalf of what was decorated


@dataclass(frozen=True, slots=True)
class Warner:
    """A warning at the moment at which it comes."""

    frame: FrameType  # innermost: it called warnings.warn, or the C code that warned
    category: type[Warning]
    text: str
    module: str  # to which Python attributes it, by `stacklevel`
    line: int = 0  # of the note's file, where Python attributes it to that
    is_hidden: bool = False  # by Python's default filters

    def note_frame(self, file: str) -> FrameType | None:
        """The nearest frame of the note."""
        frame: FrameType | None = self.frame
        while frame is not None and frame.f_code.co_filename != file:
            frame = frame.f_back
        return frame

    def deprecates(self, file: str, listing: Listing, *, compiling: bool) -> str:
        """The package that will drop what the note uses; empty where this is no such warning, or the note's own."""
        if not self._is_deprecation():
            return ""
        if compiling:
            return PYTHON
        steps = list(_steps(self.frame, file))
        if not steps:
            caller = self.note_frame(file)
            return _called(caller, self.text, listing) if caller is not None else ""
        package = _package(steps[0].module)
        return package if not self.is_hidden or self._is_the_notes_doing(steps) else ""

    def _is_deprecation(self) -> bool:
        if issubclass(self.category, DeprecationWarning | PendingDeprecationWarning | FutureWarning):
            return True
        return issubclass(self.category, UserWarning) and _SAYS_SO.search(self.text) is not None

    def _is_the_notes_doing(self, steps: list[_Step]) -> bool:
        """Whether the note itself has called what is deprecated: a library may use its own old parts, and imports too."""
        if self.module == "__main__":
            return True
        steps = [step for step in steps if step.module != "__main__"]
        theirs = [step for step in steps if _root(step.module) not in _BETWEEN]
        if len(theirs) < len(steps) and len(theirs) > 1:
            return False
        is_private = all(step.function.startswith("_") for step in theirs[:-1])
        return is_private and all(step.module == self.module for step in theirs)


@dataclass(frozen=True, slots=True)
class _Step:
    """A frame between the warning and the note."""

    module: str
    function: str


def without_source(text: str) -> str:
    """A message from torch's C++ without the place in its sources."""
    return _FROM_TORCH.sub("", text)


def _steps(frame: FrameType | None, file: str) -> Iterator[_Step]:
    """From `frame` out to the note; the harness's own are passed over."""
    while frame is not None and frame.f_code.co_filename != file:
        name = _behind_decorator(frame) or str(frame.f_globals.get("__name__", ""))
        if _root(name) != "greenbed":
            yield _Step(name, frame.f_code.co_name)
        if name == "__main__":
            return  # code that the note has made: by exec, as a dataclass's methods, or decorated by itself
        frame = frame.f_back


def _behind_decorator(frame: FrameType) -> str:
    """The module of a function or class that `@deprecated` (PEP 702) decorates."""
    if frame.f_globals.get("__name__") in _DECORATORS:
        return str(getattr(frame.f_locals.get("arg"), "__module__", "") or "")
    return ""


def _package(module: str) -> str:
    """The installed package that a module belongs to, or Python; empty for the author's own modules."""
    root = _root(module)
    if root in sys.stdlib_module_names:
        return PYTHON
    return root if is_third_party(root) else ""


def _called(caller: FrameType, text: str, listing: Listing) -> str:
    """The package whose C code the note's frame has called; empty where the note itself warns."""
    if _FROM_TORCH.search(text):
        return "torch"
    roots = [_root(_home(value)) for value in _named(caller, listing)]
    if any(root in ("warnings", "_warnings") for root in roots[:1]):
        return ""
    named = _BEGINNING.match(text)
    packages = [root for root in (*roots, named[1] if named else "") if root and _package(root) not in ("", PYTHON)]
    if packages:
        return packages[0]
    return "" if "__main__" in roots else PYTHON


def _named(frame: FrameType, listing: Listing) -> Iterator[object]:
    """What the names in the expression stand for that the frame is at, from left to right."""
    line, last, first_column, end_column = list(frame.f_code.co_positions())[frame.f_lasti // 2]
    line, last = line or frame.f_lineno, last or frame.f_lineno
    source = listing.text(line, last).encode()  # columns count bytes
    behind = len(listing.text(last, last).encode()) - (end_column or 0) if end_column is not None else 0
    names = {**vars(builtins), **frame.f_globals, **frame.f_locals}
    for name in _NAME.findall(source[first_column or 0 : len(source) - behind].decode(errors="replace")):
        if name in names:
            yield names[name]


def _home(value: object) -> str:
    """The module that something comes from."""
    if isinstance(value, ModuleType):
        return value.__name__
    if not isinstance(value, type) and type(value).__module__ != "builtins":
        return type(value).__module__
    owner = getattr(value, "__self__", None)  # of a builtin function: its module, or the class that holds it
    found = getattr(value, "__module__", None) or getattr(owner, "__module__", None) or getattr(owner, "__name__", None)
    return found if isinstance(found, str) else "builtins"


def _root(module: str) -> str:
    return module.partition(".")[0]
