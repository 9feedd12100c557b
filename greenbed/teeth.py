"""What is said of mutation testing: the table after the summary, the JSON, the annotations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from greenbed.model import Config, Survivor, Teeth
from greenbed.problems import command, displayed

Found = Mapping[PurePosixPath, Teeth]
"""By path of the note."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many mutants were noticed, of how many."""

    mutants: int
    noticed: int

    def __str__(self) -> str:
        if not self.mutants:
            return "no mutants"
        return f"{self.noticed} of {self.mutants} mutants noticed, {self.noticed / self.mutants:.1%}"


def total(found: Found) -> Share:
    """Over all notes."""
    return Share(sum(teeth.mutants for teeth in found.values()), sum(teeth.noticed for teeth in found.values()))


def as_text(found: Found, config: Config) -> str:
    """A line for each note, every survivor, the total."""
    bitten = {path: teeth for path, teeth in found.items() if teeth.mutants or teeth.survivors or teeth.untried}
    parts = [
        "\n".join(_table(bitten)),
        *("\n".join(_survivor(*each, config)) for each in _survivors(bitten)),
        str(total(found)),
    ]
    return "\n\n".join(part for part in parts if part)


def _table(found: Found) -> Iterator[str]:
    width = max((len(str(path)) for path in found), default=0)
    for path, teeth in found.items():
        share = f"{teeth.noticed / teeth.mutants:>6.0%}" if teeth.mutants else "      "
        untried = f"  {teeth.untried} untried: {teeth.hindrance}" if teeth.untried else ""
        yield f"  {path!s:{width}} {teeth.noticed:>4} of {teeth.mutants:>3} {share}{untried}"


def _survivors(found: Found) -> Iterator[tuple[PurePosixPath, Survivor]]:
    for path, teeth in found.items():
        for survivor in teeth.survivors:
            yield path, survivor


def _survivor(path: PurePosixPath, survivor: Survivor, config: Config) -> Iterator[str]:
    yield f"{displayed(config.content / path)}:{survivor.line}: {'equivalent' if survivor.reason else 'survived'}"
    yield f"      {survivor.source}"
    yield f"    → {survivor.mutant}"
    if survivor.reason:
        yield f"      since {survivor.reason}"


def as_json(found: Found) -> dict[str, Any]:
    """The member "teeth" of the JSON report."""
    share = total(found)
    return {
        "mutants": share.mutants,
        "noticed": share.noticed,
        "share": round(share.noticed / share.mutants, 4) if share.mutants else None,
        "notes": [{"path": str(path), **_note(teeth)} for path, teeth in found.items()],
    }


def _note(teeth: Teeth) -> dict[str, Any]:
    survivors = [
        {"line": one.line, "source": one.source, "mutant": one.mutant, "reason": one.reason} for one in teeth.survivors
    ]
    return {
        "mutants": teeth.mutants,
        "noticed": teeth.noticed,
        "survivors": survivors,
        "untried": teeth.untried,
        "hindrance": teeth.hindrance,
    }


def notices(found: Found, config: Config) -> Iterator[str]:
    """A ::notice for each survivor that is not declared equivalent."""
    for path, survivor in _survivors(found):
        if not survivor.reason:
            text = f"no check notices: {survivor.source} → {survivor.mutant}"
            yield command("notice", config.content / path, {"line": survivor.line, "title": "survivor"}, text, config)
