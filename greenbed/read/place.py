"""Where a file's page will stand: its kind, slug and URL."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from greenbed.model import Kind
from greenbed.read.slug import slugify

KINDS = {kind.folder: kind for kind in Kind}


@dataclass(frozen=True, slots=True)
class Place:
    """A note's kind and addresses."""

    kind: Kind
    slug: str
    url: str


def place(path: PurePosixPath, slug: str | None) -> Place:
    """The place of the file at `path` below content; `slug` is what its front matter says.

    >>> place(PurePosixPath("bits/Attention/Masks.md"), None).url
    '/bits/attention/masks/'
    >>> place(PurePosixPath("cheatsheets/foundations/arrays.md"), None).url
    '/cheatsheets/foundations/#arrays'
    """
    kind = KINDS.get(path.parts[0], Kind.BIT)
    below = path.relative_to(path.parts[0]) if path.parts[0] in KINDS and len(path.parts) > 1 else path
    own = slug or "/".join(slugify(part) or "note" for part in below.with_suffix("").parts)
    return Place(kind, own, url(kind, own))


def url(kind: Kind, slug: str) -> str:
    """A page of its own; for a cheat sheet a place on its part's page."""
    if kind is not Kind.CHEATSHEET:
        return f"/{kind.folder}/{slug}/"
    part, _, below = slug.partition("/")
    return f"/{kind.folder}/{part}/#{below.replace('/', '-') or part}"
