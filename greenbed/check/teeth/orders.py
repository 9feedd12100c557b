"""What crosses to the process that tries a note's mutants, and what comes back, beside what protocol.py says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypedDict

from greenbed.check.protocol import Job, Record

Fate = Literal["noticed", "survived", "untried"]


class MutantJob(TypedDict):
    """One mutant of one snippet."""

    snippet: int
    code: str


class TeethJob(Job):
    """A note, and the mutants to try when their snippet's turn comes."""

    mutants: list[MutantJob]
    limit: float  # seconds that all of the note may take as it is written; the time limits of the snippets allow for mutants


class TeethRecord(Record):
    """The record of a snippet as it is written, and what came of its mutants, in order."""

    fates: list[Fate]
    hindrance: str  # why some are untried; empty where all were tried


def fates_in(record: Mapping[str, object], count: int) -> tuple[list[Fate], str] | None:
    """What a record says of `count` mutants; None where it does not say it: a snippet can write records, too."""
    fates, hindrance = record.get("fates"), record.get("hindrance")
    if not isinstance(fates, list) or len(fates) != count or not isinstance(hindrance, str):
        return None
    known: list[Fate] = [fate for fate in fates if fate in ("noticed", "survived", "untried")]
    return (known, hindrance) if len(known) == count else None
