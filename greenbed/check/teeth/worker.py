"""Tries the mutants of one note, in a process of its own, and emits a record for each snippet as the ordinary worker does.

The note is run from top to bottom once. Before a snippet's own turn each of its mutants has one: a fork runs the mutant and
then the rest of the note, up to the first check that fails. The first fork runs the snippet as it is written: if that does not
hold, forks prove nothing here; and its time says how long the others may take.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from greenbed.check.protocol import SnippetJob
from greenbed.check.teeth.folder import Folder
from greenbed.check.teeth.forks import Patience, held, threads
from greenbed.check.teeth.orders import Fate, TeethJob, TeethRecord
from greenbed.check.walls import kernel
from greenbed.check.worker import NoteRun

Emit = Callable[[Mapping[str, object]], None]


def run(job: TeethJob, emit: Emit) -> None:
    """Run `job`; emits {"start": index} before a snippet and its mutants, and its TeethRecord after them."""
    kernel.adopt_orphans()
    note = NoteRun(job)
    for position, snippet in enumerate(job["snippets"]):
        emit({"start": snippet["index"]})
        codes = [mutant["code"] for mutant in job["mutants"] if mutant["snippet"] == snippet["index"]]
        fates, hindrance = _tried(note, job["snippets"][position:], codes, job["limit"])
        record: TeethRecord = {**note.record(snippet), "fates": fates, "hindrance": hindrance}
        emit(record)
        if record["status"] == "failed":
            return  # the rest would fail with it, whatever is mutated


def _tried(note: NoteRun, rest: Sequence[SnippetJob], codes: Sequence[str], limit: float) -> tuple[list[Fate], str]:
    """What came of each of `codes` in place of the first of `rest`, and why, where they were not tried."""
    if not codes:
        return [], ""
    if (count := threads()) > 1:
        return ["untried" for _ in codes], f"{count} threads are running, which a fork does not survive"
    folder = Folder(Path.cwd(), store=Path(tempfile.gettempdir()))
    try:
        return _forked(note, rest, codes, folder, limit)
    finally:
        folder.forget()


def _forked(
    note: NoteRun, rest: Sequence[SnippetJob], codes: Sequence[str], folder: Folder, limit: float
) -> tuple[list[Fate], str]:
    started = time.monotonic()
    if not held(_attempt(note, rest), Patience(limit, limit)):
        folder.restore()
        return ["untried" for _ in codes], "the snippet does not hold in a fork"
    patience = Patience.with_one_that_took(time.monotonic() - started)
    fates: list[Fate] = []
    for code in codes:
        folder.restore()
        mutated: SnippetJob = {**rest[0], "code": code}
        fates.append("survived" if held(_attempt(note, [mutated, *rest[1:]]), patience) else "noticed")
    folder.restore()
    return fates, ""


def _attempt(note: NoteRun, snippets: Sequence[SnippetJob]) -> Callable[[], bool]:
    """To be called in a fork: whether all of `snippets` hold; ends with the first that does not."""

    def attempt() -> bool:
        note.go_on_in_fork()
        return all(note.record(snippet)["status"] != "failed" for snippet in snippets)

    return attempt
