"""Works that notes rest on: the bibliography, and where it is named."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of content/references.yaml."""

    key: str  # "vaswani2017", unique
    title: str
    authors: tuple[str, ...]  # as written: a family name, "Family, Given", or an organisation; at the end perhaps "et al."
    year: int
    label: str  # "Vaswani et al., 2017", unique in the bibliography: "Chen et al., 2023a"
    venue: str = ""
    url: str = ""
    note: str = ""
    line: int = 1  # of the key


@dataclass(frozen=True, slots=True)
class Cited:
    """A place where a note names an entry of the bibliography by its key: in prose, in `sources`, or as a fact's source."""

    key: str  # as written; there may be no such entry
    line: int
    column: int
