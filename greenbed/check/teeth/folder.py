"""The scratch folder as a snippet left it, put back after each attempt that changed it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

_Listing = dict[str, tuple[int, int, int]]


class Folder:
    """Kept from the moment this is made; links count as what they are and are never followed."""

    def __init__(self, place: Path, *, store: Path) -> None:
        self._place = place
        self._listing = _listing(place)
        self._copy = Path(tempfile.mkdtemp(dir=store)) / "kept" if self._listing else None
        if self._copy is not None:
            shutil.copytree(place, self._copy, symlinks=True)

    def restore(self) -> None:
        """Put back what has changed."""
        if _listing(self._place) == self._listing:
            return
        for entry in self._place.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry, ignore_errors=True)
            else:
                entry.unlink()
        if self._copy is not None:
            shutil.copytree(self._copy, self._place, symlinks=True, dirs_exist_ok=True)

    def forget(self) -> None:
        """Remove the copy."""
        if self._copy is not None:
            shutil.rmtree(self._copy.parent, ignore_errors=True)


def _listing(place: Path) -> _Listing:
    """Mode, size and time of each entry below a folder; the time of a folder is that of what is in it."""
    listing: _Listing = {}
    for entry in place.rglob("*"):
        status = entry.lstat()
        is_folder = entry.is_dir() and not entry.is_symlink()
        listing[str(entry)] = (status.st_mode, 0 if is_folder else status.st_size, 0 if is_folder else status.st_mtime_ns)
    return listing
