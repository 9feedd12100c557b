"""What a verdict depends on beside the code: the files that were read, the packages that were imported.

An audit hook (PEP 578) hears of every file that Python opens. What C code or other processes open is not heard of.
"""

from __future__ import annotations

import os
import site
import sys
import sysconfig
from collections.abc import Mapping
from itertools import islice
from pathlib import Path

_SYSTEM = ("/proc", "/sys", "/dev")
_FOLDERS = ("site-packages", "dist-packages")


def _interpreter() -> tuple[str, ...]:
    """Folders whose content the interpreter's and the distributions' versions stand for."""
    folders = {sys.prefix, sys.base_prefix, sys.exec_prefix, *sysconfig.get_paths().values(), *site.getsitepackages()}
    folders.add(site.getusersitepackages())
    return tuple(sorted({os.path.realpath(folder) for folder in folders} - {"/"}))


def is_third_party(name: str) -> bool:
    """Whether an imported top-level module was installed: neither Python's own, nor this engine's, nor the author's."""
    if name in sys.stdlib_module_names or name == "greenbed":
        return False
    spec = getattr(sys.modules.get(name), "__spec__", None)
    places = [getattr(spec, "origin", None), *(getattr(spec, "submodule_search_locations", None) or ())]
    return any(isinstance(place, str) and any(folder in place for folder in _FOLDERS) for place in places)


# Found out before the fork: it takes milliseconds, and a child that looks at each name makes a copy of all their pages.
_INTERPRETER = _interpreter()
_MODULES = len(sys.modules)
_PACKAGES = frozenset(name for name in {name.partition(".")[0] for name in sys.modules} if is_third_party(name))


class Footprint:
    """Files and packages of one child, up to now."""

    def __init__(self, scratch: str, beside: Mapping[str, str]) -> None:
        self._scratch = os.path.realpath(scratch)
        self._beside = beside
        self._ignored = (*_INTERPRETER, *_SYSTEM, *_made_for(self._scratch), str(Path(__file__).parents[2]))
        self._opened: set[str] = set()
        self._reads: set[str] = set()
        self._modules = _MODULES
        self._packages = set(_PACKAGES)
        self.listening = False
        """Whether what is opened counts: while the author's code runs."""

    def install(self) -> None:
        """Hear of every opening from now on, for as long as the process lives."""
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and self.listening:
            path, _, flags = arguments
            if isinstance(path, str | bytes | os.PathLike) and isinstance(flags, int) and flags & os.O_ACCMODE != os.O_WRONLY:
                self._opened.add(_absolute(os.fsdecode(path)))

    def reads(self) -> list[str]:
        """Real paths of files that were read, outside the interpreter, its packages and the scratch folder."""
        for path in self._opened:
            real = self._real(path)
            if not self._is_ignored(real) and os.path.isfile(real):  # noqa: PTH113  # a name of the author's, not ours
                self._reads.add(real)
        self._opened.clear()
        return sorted(self._reads)

    def _real(self, path: str) -> str:
        """Where a file really is; one beside the note is found by its name, link or copy."""
        parent, name = os.path.split(path)
        inside = os.path.relpath(os.path.join(os.path.realpath(parent), name), self._scratch)  # noqa: PTH118 - on every file that is opened
        return os.path.realpath(self._beside.get(inside, path))

    def _is_ignored(self, path: str) -> bool:
        return any(path == root or path.startswith(f"{root}/") for root in (*self._ignored, self._scratch))

    def distributions(self) -> list[str]:
        """Top-level names of the third-party packages that are imported."""
        new = len(sys.modules) - self._modules
        if new > 0:
            names = {name.partition(".")[0] for name in islice(reversed(sys.modules), new) if isinstance(name, str)}
            self._packages |= {name for name in names if is_third_party(name)}
        self._modules = len(sys.modules)
        return sorted(self._packages)


def _absolute(path: str) -> str:
    try:
        return os.path.abspath(path)  # noqa: PTH100  # names are kept as opened, links and all
    except OSError:  # the working directory is gone
        return path


def _made_for(scratch: str) -> tuple[str, ...]:
    """The home and temporary folders beside the scratch folder, which were made for this child and begin empty."""
    around = os.path.dirname(scratch)  # noqa: PTH120 - a string, as all places here
    places = [os.path.realpath(os.environ[name]) for name in ("HOME", "TMPDIR") if name in os.environ]
    return tuple(place for place in places if place.startswith(f"{around}/"))
