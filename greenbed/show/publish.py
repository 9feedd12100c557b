"""Publish: Artifacts → site/, all or nothing. The only module that writes there.

The next site is laid out in a folder beside the old one: files with equal bytes are hard links to what is there (same inode,
same time), the others are written. Then the two folders are swapped in one step. A failure, Ctrl-C or a kill before that step
leaves the old site, after it the new one. Where the swap cannot be (foreign files lie in the folder, the parent is not ours to
write, the file system refuses), the changed files are written aside first and then renamed into place one by one.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from greenbed.model import Artifact, Code, Config, Problem
from greenbed.show.exchange import exchange
from greenbed.show.manifest import NAME, Entry, Manifest, files_below, is_ours, read_manifest, write_manifest


@dataclass(frozen=True, slots=True)
class Plan:
    """What stands between the site on disk and the next one."""

    kept: Manifest  # equal bytes already on disk
    changed: Mapping[PurePosixPath, bytes]
    removed: tuple[PurePosixPath, ...]  # ours, and not part of the next site
    foreign: bool  # the folder holds files that we did not make

    @property
    def is_empty(self) -> bool:
        """Whether the site on disk is the next site."""
        return not self.changed and not self.removed


def publish(artifacts: Sequence[Artifact], config: Config) -> tuple[int, tuple[Problem, ...]]:
    """Make the output folder hold exactly these artifacts; how many files changed on disk (written or removed).

    Problems: WRITE_FAILED, with the old site as it was.
    """
    output = config.output.resolve()
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with locked(output.parent):
            plan = compare(artifacts, output)
            if plan is None:
                return 0, (refused(config),)
            if not plan.is_empty:
                carry_out(plan, output)
            return len(plan.changed) + len(plan.removed), ()
    except OSError as error:
        return 0, (unwritable(error, config),)


def refused(config: Config) -> Problem:
    """Somebody else's files lie in the output folder."""
    return Problem(
        path=str(config.output),
        line=1,
        code=Code.WRITE_FAILED,
        message=f"the folder {config.output} holds files and none of them is greenbed's",
        hint="name an empty or new folder with --output, or empty this one yourself",
    )


def unwritable(error: OSError, config: Config) -> Problem:
    """The site cannot be written: no permission, no space, a read-only file system."""
    file = error.filename if isinstance(error.filename, str) else str(config.output)
    return Problem(
        path=str(config.output),
        line=1,
        code=Code.WRITE_FAILED,
        message=f"cannot write the site: {file}: {error.strerror or error}",
        hint="the site there is as it was; make room or give permission, or name another folder with --output",
    )


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One build at a time publishes beside this folder; the lock goes with the process."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def compare(artifacts: Sequence[Artifact], output: Path) -> Plan | None:
    """What must change; None where the folder is not ours."""
    if not is_ours(output):
        return None
    manifest = read_manifest(output) or {}
    kept: dict[PurePosixPath, Entry] = {}
    changed: dict[PurePosixPath, bytes] = {}
    for artifact in artifacts:
        entry = kept_entry(artifact, output / artifact.path, manifest.get(artifact.path))
        if entry is None:
            changed[artifact.path] = artifact.content
        else:
            kept[artifact.path] = entry
    wanted = kept.keys() | changed.keys()
    present = set(files_below(output)) if output.exists() else set()
    removed = tuple(sorted(path for path in manifest if path not in wanted and path in present))
    foreign = any(path not in manifest and path not in wanted for path in present)
    return Plan(kept, changed, removed, foreign)


def kept_entry(artifact: Artifact, file: Path, entry: Entry | None) -> Entry | None:
    """The manifest entry of a file that already has these bytes; None where it must be written."""
    digest = hashlib.sha256(artifact.content).hexdigest()
    if entry is not None and entry.sha256 == digest and entry.agrees(file):
        return entry
    try:
        if not file.is_symlink() and file.read_bytes() == artifact.content:
            return entry_of(file, digest)
    except OSError:
        return None
    return None


def entry_of(file: Path, digest: str) -> Entry:
    """The manifest entry of a file as it lies on disk."""
    found = file.lstat()
    return Entry(digest, found.st_size, found.st_mtime_ns)


def carry_out(plan: Plan, output: Path) -> None:
    """Swap folders where that can be, else replace files."""
    sweep(output)
    if plan.foreign or not os.access(output.parent, os.W_OK) or os.path.ismount(output):
        replace_files(plan, output)
        return
    staging = output.with_name(f".{output.name}.next-{os.getpid()}")
    try:
        lay_out(plan, output, staging)
        if not output.exists():
            staging.rename(output)
        elif not exchange(staging, output):
            replace_files(plan, output)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def sweep(output: Path) -> None:
    """Remove what a killed build left beside or in the site; nobody else is at work, since we hold the lock."""
    for stale in [*output.parent.glob(f".{glob_escaped(output.name)}.next-*"), output / f"{NAME}.d"]:
        if stale.is_dir() and not stale.is_symlink():
            shutil.rmtree(stale, ignore_errors=True)


def glob_escaped(name: str) -> str:
    """A file name as a pattern that matches only itself."""
    return "".join(f"[{character}]" if character in "*?[" else character for character in name)


def lay_out(plan: Plan, output: Path, staging: Path) -> None:
    """Make the whole next site in a new folder."""
    staging.mkdir()
    entries = dict(plan.kept)
    made: set[Path] = {staging}
    for path in plan.kept:
        make_folder((staging / path).parent, made)
        link_or_copy(output / path, staging / path)
    entries |= write_files(plan.changed, staging, made)
    write_manifest(staging, entries)
    if output.exists():
        shutil.copymode(output, staging)


def write_files(contents: Mapping[PurePosixPath, bytes], folder: Path, made: set[Path]) -> dict[PurePosixPath, Entry]:
    """Write new files and give their entries."""
    entries = {}
    for path, content in contents.items():
        file = folder / path
        make_folder(file.parent, made)
        file.write_bytes(content)
        entries[path] = entry_of(file, hashlib.sha256(content).hexdigest())
    return entries


def make_folder(folder: Path, made: set[Path]) -> None:
    """Make a folder once."""
    if folder not in made:
        folder.mkdir(parents=True, exist_ok=True)
        made.add(folder)


def link_or_copy(old: Path, new: Path) -> None:
    """The same file under a second name; a copy with the same time where links cannot be made."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)


def replace_files(plan: Plan, output: Path) -> None:
    """Write the changed files aside, then rename each into place: assets before the pages that ask for them, removals last."""
    output.mkdir(exist_ok=True)
    aside = output / f"{NAME}.d"
    try:
        fresh = write_files(plan.changed, aside, set())
        before = read_manifest(output) or {}
        write_manifest(output, {**before, **plan.kept, **fresh})  # so that a kill here leaves no file that is nobody's
        made = {output}
        for path in sorted(fresh, key=lambda path: (path.suffix == ".html", path)):
            make_folder((output / path).parent, made)
            (aside / path).replace(output / path)
        for path in plan.removed:
            remove(output, path)
        write_manifest(output, {**plan.kept, **fresh})
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def remove(output: Path, path: PurePosixPath) -> None:
    """Remove one of our files, and the folders that it leaves empty."""
    (output / path).unlink(missing_ok=True)
    for folder in path.parents[:-1]:
        try:
            (output / folder).rmdir()
        except OSError:
            return
