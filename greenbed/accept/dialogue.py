"""Shows what would change, asks, writes, and says what was refused."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import Enum

from greenbed.accept.diff import diff
from greenbed.accept.propose import Proposal, Refusal
from greenbed.accept.write import write
from greenbed.model import Config
from greenbed.problems import displayed


class Answer(Enum):
    """What came of the question."""

    NOTHING = "nothing to accept"
    DECLINED = "declined"
    WRITTEN = "written"


def settle(proposals: Sequence[Proposal], config: Config, *, colour: bool, yes: bool) -> Answer:
    """Show the differences and write them if the author agrees."""
    worthwhile = [proposal for proposal in proposals if proposal.changes]
    for proposal in worthwhile:
        print(diff(displayed(proposal.file), proposal.before, proposal.after, colour=colour))
    _list([refusal for proposal in proposals for refusal in proposal.refusals], config)
    if not worthwhile:
        print("nothing to accept\n")
        return Answer.NOTHING
    if not yes and not _agrees(worthwhile):
        print("nothing was written")
        return Answer.DECLINED
    _write(worthwhile, config)
    return Answer.WRITTEN


def _list(refusals: Sequence[Refusal], config: Config) -> None:
    for refusal in refusals:
        print(f"{displayed(config.content / refusal.path)}:{refusal.line}: not accepted: {refusal.reason}")
    if refusals:
        print()


def _agrees(proposals: Sequence[Proposal]) -> bool:
    """The end of the input is a no, too."""
    changes, files = _counted(sum(proposal.changes for proposal in proposals), "change"), _counted(len(proposals), "file")
    print(f"Write {_these(changes)} to {files}? [y/N] ", end="", flush=True)
    answer = sys.stdin.readline()
    if not answer.endswith("\n"):
        print()
    return answer.strip().lower() in ("y", "yes")


def _write(proposals: Sequence[Proposal], config: Config) -> None:
    left = [(proposal, write(proposal)) for proposal in proposals]
    written = [proposal for proposal, refusal in left if refusal is None]
    _list([refusal for _, refusal in left if refusal is not None], config)
    changes = sum(proposal.changes for proposal in written)
    print(f"wrote {_counted(changes, 'change')} to {_counted(len(written), 'file')}\n", flush=True)


def _these(counted: str) -> str:
    return f"this {counted}" if counted.startswith("1 ") else f"these {counted}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
