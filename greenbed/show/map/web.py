"""Which note leads to which: the links of the garden as a graph, made once a build."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from greenbed.model import Garden

Paths = tuple[PurePosixPath, ...]


@dataclass(frozen=True, slots=True)
class Web:
    """The links between notes, each counted once; in reading order."""

    into: Mapping[PurePosixPath, Paths]  # who links to a note; no entry where nobody does
    out: Mapping[PurePosixPath, Paths]  # where its links lead; no entry where nowhere
    count: int

    def degree(self, path: PurePosixPath) -> int:
        """Links of a note, in both directions."""
        return len(self.into.get(path, ())) + len(self.out.get(path, ()))


def web_of(garden: Garden) -> Web:
    """The graph of a garden."""
    into: dict[PurePosixPath, Paths] = {}
    out: dict[PurePosixPath, list[PurePosixPath]] = {}
    for path in garden.notes:
        sources = tuple(backlink.note for backlink in garden.backlinks.get(path, ()))
        if sources:
            into[path] = sources
        for source in sources:
            out.setdefault(source, []).append(path)
    return Web(into, {path: tuple(found) for path, found in out.items()}, sum(map(len, into.values())))
