"""Notes read from text as the pipeline does, and verdicts made by hand."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from greenbed.accept.amend import as_lines
from greenbed.accept.propose import Proposal, propose
from greenbed.model import Code, Failure, Note, Source, Status, Verdict
from greenbed.pipeline import read

PATH = PurePosixPath("bits/a.md")


def reread(source: Source) -> Note:
    """As the pipeline hands it over."""
    return read(source)[0]


def note_of(folder: Path, text: str | bytes) -> Note:
    """A note in a file; bytes are written as they are."""
    content = text.encode() if isinstance(text, str) else text
    file = folder / "a.md"
    file.write_bytes(content)
    return reread(Source(PATH, file, "\n".join(as_lines(content.decode())), sha256(content).hexdigest()))


def wrong(claim: str, line: int, written: str, mended: str, **more: Any) -> Failure:
    """A claim that did not hold; `line` is relative to its snippet."""
    return Failure(Code.MISMATCH, line, "expected, got", claim=claim, written=written, mended=mended, **more)


def failed(snippet: int, *failures: Failure) -> Verdict:
    """The verdict on a snippet that failed so."""
    return Verdict(snippet, Status.FAILED, failures=failures)


def ran(snippet: int) -> Verdict:
    """The verdict on one that did not."""
    return Verdict(snippet, Status.VERIFIED, checks=1)


def proposed(note: Note, *verdicts: Verdict, again: tuple[Verdict, ...] | None = None) -> Proposal:
    """What is proposed where the second run gives the same, unless `again` says otherwise."""
    return propose(note, verdicts, verdicts if again is None else again, reread)


def refusals(proposal: Proposal) -> list[tuple[int, str]]:
    """Line and reason of each."""
    return [(refusal.line, refusal.reason) for refusal in proposal.refusals]
