"""Verdicts → what would be written into a note, and what is refused.

A claim is only mended where what came can be trusted: the snippet ran to its end, nothing else failed in it or above it, and a
second run gave the same. The new text is read once more before it is proposed: it has to be the same note but for the claims
that were mended.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from greenbed.accept.amend import Amendment, Misplaced, amended, as_lines
from greenbed.accept.locate import Change, NotFound, change_of, literal, placed
from greenbed.accept.reread import Reader, as_run, is_as_intended
from greenbed.accept.volatile import volatile
from greenbed.model import Code, Failure, Note, Snippet, Verdict


@dataclass(frozen=True, slots=True)
class Refusal:
    """A claim that is not mended, and why."""

    path: PurePosixPath  # below content
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be written into one note."""

    path: PurePosixPath
    file: Path
    sha256: str  # of the file's bytes when its snippets ran
    before: str  # any line ends; with the byte order mark, if there is one
    after: str
    changes: int
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Mended:
    """One mended claim."""

    line: int  # that its author sees in the report
    amendment: Amendment
    change: Change | None  # None for a literal


CHANGED = "the file has changed since its snippets ran: run the command again"


def has_failed(verdicts: Sequence[Verdict]) -> bool:
    """Whether there is anything to say about a note."""
    return any(verdict.failures for verdict in verdicts)


def is_mendable(verdicts: Sequence[Verdict]) -> bool:
    """Whether any claim of a note may be mended, so that it is worth a second run."""
    return any(failure.claim for verdict in verdicts for failure in verdict.failures)


def propose(note: Note, verdicts: Sequence[Verdict], again: Sequence[Verdict], read: Reader) -> Proposal:
    """What would be written into `note`; `again` are the verdicts of its second run, if it had one."""
    text = as_run(note.file, note.sha256)
    if text is None:
        return Proposal(note.path, note.file, note.sha256, "", "", 0, (Refusal(note.path, 1, CHANGED),))
    judged = list(_judged(note, text, verdicts, _came(again)))
    refused = [one for one in judged if isinstance(one, Refusal)]
    agreed, varied = _agreed(note, [one for one in judged if isinstance(one, Mended)])
    kept, unreadable = _readable(note, text, agreed, read)
    after = amended(text, [one.amendment for one in kept])
    refusals = sorted({*refused, *varied, *unreadable}, key=lambda refusal: (refusal.line, refusal.reason))
    return Proposal(note.path, note.file, note.sha256, text, after, len(kept), tuple(refusals))


def _agreed(note: Note, mended: Sequence[Mended]) -> tuple[list[Mended], list[Refusal]]:
    """One for each place; a line of a function may be reached by several snippets, and has to give them the same."""
    by_place: dict[tuple[int, int], set[Mended]] = {}
    for one in mended:
        by_place.setdefault((one.amendment.line, one.amendment.column), set()).add(one)
    reason = "something else comes each time that the line is reached"
    agreed = [one for ones in by_place.values() if len(ones) == 1 for one in ones]
    return agreed, [Refusal(note.path, one.line, reason) for ones in by_place.values() if len(ones) > 1 for one in ones]


Key = tuple[int, str, int, int]
"""A claim: the snippet that ran, the claim's kind, line and column."""


def _came(again: Sequence[Verdict]) -> Mapping[Key, str]:
    return {_key(verdict, failure): failure.mended for verdict in again for failure in verdict.failures}


def _key(verdict: Verdict, failure: Failure) -> Key:
    return (verdict.snippet, failure.claim, failure.line, failure.column)


def _judged(note: Note, text: str, verdicts: Sequence[Verdict], came: Mapping[Key, str]) -> Iterator[Mended | Refusal]:
    """Every failure of a note, one by one."""
    lines = as_lines(text)
    above = 0  # line of a failure that makes what comes after it doubtful
    for snippet, verdict in zip(note.snippets, verdicts, strict=True):
        above = 0 if snippet.options.new else above
        others = [failure for failure in verdict.failures if not failure.claim]
        for failure in verdict.failures:
            line = snippet.line + failure.line - 1
            reason = _against(snippet, failure, others, above) or _untrusted(failure, came.get(_key(verdict, failure)))
            yield Refusal(note.path, line, reason) if reason else _mended(note, snippet, failure, lines)
        above = above or next((snippet.line + failure.line - 1 for failure in others), 0)


def _against(snippet: Snippet, failure: Failure, others: Sequence[Failure], above: int) -> str:
    """Why what came says nothing; empty where it does."""
    if not failure.claim:
        return _NO_CLAIM.get(failure.code) or f"it is no expectation that does not hold: {failure.message}"
    if any(other.code is Code.UNSEEDED for other in others):
        return _NO_CLAIM[Code.UNSEEDED]
    if others:
        return f"its snippet also failed on line {snippet.line + others[0].line - 1}: mend that first"
    if above:
        return f"a snippet above it failed on line {above}: mend that first"
    return ""


_NO_CLAIM = {
    Code.UNSEEDED: "its snippet draws unseeded random numbers: seed them first",
    Code.EMPTY_EXPECTATION: 'an expectation that is only "..." is met by anything: write what is to come out',
}


def _untrusted(failure: Failure, again: str | None) -> str:
    if failure.unmended or not failure.mended:
        return failure.unmended or "nothing can be written there that would be read again"
    if reason := volatile(failure.written, failure.mended):
        return reason
    return "" if again == failure.mended else "something else came when the note was run again"


def _mended(note: Note, snippet: Snippet, failure: Failure, lines: Sequence[str]) -> Mended | Refusal:
    line = snippet.line + failure.line - 1
    try:
        if failure.claim == "literal":
            return Mended(line, literal(snippet, failure), None)
        change = change_of(note, snippet, failure)
        return Mended(line, placed(change, lines), change)
    except NotFound as missing:
        return Refusal(note.path, line, str(missing))


def _readable(note: Note, text: str, mended: Sequence[Mended], read: Reader) -> tuple[list[Mended], list[Refusal]]:
    """Those after which the note is still the same note; looked at one by one only where all of them together are not."""
    if _holds(note, text, mended, read):
        return list(mended), []
    kept: list[Mended] = []
    for one in mended:
        if _holds(note, text, [*kept, one], read):
            kept.append(one)
    reason = "the note would be read in another way if that stood there"
    return kept, [Refusal(note.path, one.line, reason) for one in mended if one not in kept]


def _holds(note: Note, text: str, mended: Sequence[Mended], read: Reader) -> bool:
    try:
        after = amended(text, [one.amendment for one in mended])
    except Misplaced:
        return False
    changes = [one.change for one in mended if one.change is not None]
    literals = {(one.amendment.line, one.amendment.column): one.amendment.new for one in mended if one.change is None}
    return is_as_intended(note, changes, literals, after, read)
