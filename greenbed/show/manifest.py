"""The list of files that greenbed made in an output folder: only these are ever replaced or removed.

It lies in the folder itself as `.greenbed-manifest.json`, so that a wrong `--output` destroys nothing: a folder with files
in it and no manifest is not ours.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

NAME = ".greenbed-manifest.json"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One file as it was when it was written; while size and time still agree its bytes need not be read."""

    sha256: str
    size: int
    mtime_ns: int

    def agrees(self, file: Path) -> bool:
        """Whether the file on disk still looks as written."""
        try:
            found = file.lstat()
        except OSError:
            return False
        return (found.st_size, found.st_mtime_ns) == (self.size, self.mtime_ns)


Manifest = Mapping[PurePosixPath, Entry]


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of an output folder; None where there is none that can be read."""
    try:
        document = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if document["version"] != VERSION:
            return {}
        return {PurePosixPath(path): Entry(*entry) for path, entry in document["files"].items()}
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Replace the manifest of an output folder at once."""
    files = {str(path): [entry.sha256, entry.size, entry.mtime_ns] for path, entry in sorted(manifest.items())}
    fresh = folder / f"{NAME}.{os.getpid()}"
    try:
        fresh.write_text(json.dumps({"version": VERSION, "files": files}, indent=0) + "\n", encoding="utf-8")
        fresh.replace(folder / NAME)
    finally:
        fresh.unlink(missing_ok=True)


def is_ours(folder: Path) -> bool:
    """Whether we may write there: the folder is absent, empty, or carries our manifest."""
    if not os.path.lexists(folder):
        return True
    if not folder.is_dir():
        return False
    return (folder / NAME).is_file() or next(folder.iterdir(), None) is None


def files_below(folder: Path) -> Iterator[PurePosixPath]:
    """Every file and link below a folder but the manifest, relative to it."""
    for place, folders, names in os.walk(folder):
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        for name in [*names, *links]:
            path = PurePosixPath(os.path.relpath(Path(place) / name, folder))
            if path.parts != (NAME,):
                yield path
