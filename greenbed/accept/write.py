"""The rim: reads the notes that are to be amended, and writes them, whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

from greenbed.accept.propose import Proposal, Refusal
from greenbed.model import Note

CHANGED = "the file has changed since its snippets ran: run the command again"


def text_of(note: Note) -> str | None:
    """What the file of a note holds; None where it is no longer what was run."""
    content = _content(note.file, note.sha256)
    return None if content is None else content.decode("utf-8")


def write(proposal: Proposal) -> Refusal | None:
    """Replace the file at once by the amended text; a refusal where that is not possible any more."""
    if _content(proposal.file, proposal.sha256) is None:
        return Refusal(proposal.path, 1, CHANGED)
    try:
        # a note may be a link to a file elsewhere, and has to stay one
        _replace(proposal.file.resolve(), proposal.after.encode("utf-8"))
    except OSError as error:
        return Refusal(proposal.path, 1, f"the file cannot be written: {error.strerror or error}")
    return None


def _content(file: Path, sha256: str) -> bytes | None:
    try:
        content = file.read_bytes()
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() == sha256 else None


def _replace(file: Path, content: bytes) -> None:
    """Beside the file first, under a name that no build reads, then in its place: nobody ever sees half of it."""
    status = file.stat()
    if not os.access(file, os.W_OK):
        raise PermissionError(0, "it is write-protected")
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    fresh = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        fresh.chmod(status.st_mode & 0o7777)
        with contextlib.suppress(PermissionError):  # only root may give a file away
            os.chown(fresh, status.st_uid, status.st_gid)
        fresh.replace(file)
    except BaseException:  # also Ctrl-C: what is half written is nobody's
        fresh.unlink(missing_ok=True)
        raise
