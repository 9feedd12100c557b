"""content/ → Sources: the one reading step that touches the disk.

Names that begin with a dot are ignored. Links to folders are followed, but never into a folder that holds them.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePosixPath

from greenbed.model import Code, Config, Discovery, Problem, Reference, Source
from greenbed.read.bibliography import BIBLIOGRAPHY, bibliography
from greenbed.read.dates import committed
from greenbed.read.findings import Finding, problems

NOTES = {".md", ".markdown"}
LINE_END = re.compile(r"\r\n?")
BOM = b"\xef\xbb\xbf"
WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What the system said about a file or folder that cannot be read."""

    path: PurePosixPath
    reason: str


def discover(config: Config) -> tuple[Discovery, tuple[Problem, ...]]:
    """All notes and other files of the content folder, and the bibliography.

    Problems: empty-content, empty-note, unreadable, not-utf8; bad-reference and unknown-key of the bibliography.
    """
    found = sorted(_walk(config.content, PurePosixPath(), ()), key=lambda entry: entry[0].parts)
    days = committed(config.content) if found else {}
    sources: list[Source] = []
    files: dict[PurePosixPath, Path] = {}
    reported: list[Problem] = []
    for path, entry in found:
        match entry if isinstance(entry, Unreadable) or not _is_note(path) else _read(path, entry, days):
            case Source() as source:
                sources.append(source)
            case Unreadable() as unreadable:
                reported += problems(path, [_unreadable(unreadable)])
            case Finding() as finding:
                reported += problems(path, [finding])
            case Path() as file:
                files[path] = file
    if not any(_is_note(path) for path, _ in found):
        reported += problems(PurePosixPath("."), [_no_notes(config.content)])
    works, unclear = _works(files)
    return Discovery(tuple(sources), files, works), (*reported, *problems(BIBLIOGRAPHY, unclear))


def _works(files: Mapping[PurePosixPath, Path]) -> tuple[Mapping[str, Reference], tuple[Finding, ...]]:
    """The bibliography; none where there is no such file."""
    if BIBLIOGRAPHY not in files:
        return {}, ()
    content = _content(BIBLIOGRAPHY, files[BIBLIOGRAPHY])
    if isinstance(content, Unreadable):
        return {}, (_unreadable(content),)
    try:
        return bibliography(LINE_END.sub("\n", content.removeprefix(BOM).decode("utf-8")))
    except UnicodeDecodeError as error:
        return {}, (_not_utf8(content.removeprefix(BOM), error.start),)


def _walk(
    folder: Path, below: PurePosixPath, holders: tuple[tuple[int, int], ...]
) -> Iterator[tuple[PurePosixPath, Path | Unreadable]]:
    """Every file below `folder`; `holders` are device and inode of the folders above, so that link loops end."""
    try:
        entries = list(os.scandir(folder))
        status = folder.stat()
    except OSError as error:
        if below.parts:
            yield below, Unreadable(below, error.strerror or str(error))
        return
    here = (status.st_dev, status.st_ino)
    if here in holders:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = below / entry.name
        if _is_folder(entry):
            yield from _walk(folder / entry.name, path, (*holders, here))
        else:
            yield path, folder / entry.name


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Also for a link to a folder; DirEntry.is_dir() raises for a link to itself."""
    return Path(entry).is_dir() if entry.is_symlink() else entry.is_dir()


def _is_note(path: PurePosixPath) -> bool:
    return path.suffix.lower() in NOTES


def _read(path: PurePosixPath, file: Path, days: Mapping[PurePosixPath, date]) -> Source | Unreadable | Finding:
    content = _content(path, file)
    if isinstance(content, Unreadable):
        return content
    try:
        text = LINE_END.sub("\n", content.removeprefix(BOM).decode("utf-8"))
    except UnicodeDecodeError as error:
        return _not_utf8(content.removeprefix(BOM), error.start)
    if not text.strip():
        return Finding(1, Code.EMPTY_NOTE, "the file is empty", "write something in it, or delete it")
    return Source(path, file.absolute(), text, sha256(content).hexdigest(), days.get(path))


def _content(path: PurePosixPath, file: Path) -> bytes | Unreadable:
    try:
        if not stat.S_ISREG(file.stat().st_mode):  # a pipe would be waited for, for ever
            return Unreadable(path, "not a regular file")
        return file.read_bytes()
    except OSError as error:
        return Unreadable(path, error.strerror or str(error))


def _not_utf8(content: bytes, at: int) -> Finding:
    before = LINE_END.sub("\n", content[:at].decode("utf-8"))
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    hint = "save the file as UTF-8"
    if content.startswith(WIDE_BOMS):
        hint = "this looks like UTF-16: save the file as UTF-8"
    elif (letter := content[at : at + 1].decode("cp1252", "replace")).isalpha():
        hint = f'save the file as UTF-8 (in Windows-1252 this byte is "{letter}")'
    return Finding(line, Code.NOT_UTF8, f"byte 0x{content[at]:02x} is not UTF-8", hint, column)


def _unreadable(unreadable: Unreadable) -> Finding:
    hint = "mend the link, or remove it" if "symbolic" in unreadable.reason or "No such" in unreadable.reason else ""
    return Finding(
        1,
        Code.UNREADABLE,
        f'cannot read "{unreadable.path}": {unreadable.reason}',
        hint or "let the user who builds the garden read it",
    )


def _no_notes(content: Path) -> Finding:
    message = f'no notes in "{content.name}"' if content.is_dir() else f'there is no folder "{content.name}"'
    return Finding(
        1, Code.EMPTY_CONTENT, message, "put a Markdown file there, such as bits/first.md, or choose another --content"
    )
