"""The rim: writes amended notes, whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from greenbed.accept.propose import CHANGED, Proposal, Refusal
from greenbed.accept.reread import as_run


def write(proposal: Proposal) -> Refusal | None:
    """Replace the file at once by the amended text; a refusal where that is not possible any more."""
    if as_run(proposal.file, proposal.sha256) is None:
        return Refusal(proposal.path, 1, CHANGED)
    try:
        # a note may be a link to a file elsewhere, and has to stay one
        _replace(proposal.file.resolve(), proposal.after.encode("utf-8"))
    except OSError as error:
        return Refusal(proposal.path, 1, f"the file cannot be written: {error.strerror or error}")
    return None


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
