"""What templates may see, continued: what a page says of itself to programs, and what can be taken away from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class About:
    """For programs that show links, and for search engines; only where the site's address on the web is known."""

    type: str  # of Open Graph: "article", "website"
    image: str  # absolute address of a picture of 1200 × 630; empty where there is none
    published: str  # ISO date; empty where it is not known
    modified: str
    section: str  # the category, for people
    tags: tuple[str, ...]
    data_html: str  # JSON-LD, for the inside of a script element


@dataclass(frozen=True, slots=True)
class TakeAway:
    """The files beside a note, by their names in its folder; empty where there is none."""

    script: str = ""
    notebook: str = ""
    colab: str = ""  # address at which the notebook can be opened
