"""The whole first snippet of each bit, for the copy buttons of the grids.

A card shows a few lines; all of it in the page would add nine kilobytes (gzip) to a grid of sixty cards, for the few that are
copied. So the rest stands in files that a page loads when the first is asked for. They are scripts, since a page from disk can
load nothing else, and hold a fixed number of snippets each, so that a copy costs the same in a garden of any size.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from greenbed.model import Artifact, Note, Role, Snippet
from greenbed.show.files.script import without_prompts

CODES_A_FILE = 40


@dataclass(frozen=True, slots=True)
class CodePlace:
    """Where the first snippet of a note can be loaded from."""

    url: str  # "/code/0.1f2e3d4c.js"
    position: int  # in its file, from 0
    lines: int


def first_shown(note: Note) -> Snippet | None:
    """The snippet that a card shows."""
    return next((snippet for snippet in note.snippets if snippet.role is Role.SHOWN), None)


def code_files(notes: Iterable[Note]) -> tuple[dict[PurePosixPath, CodePlace], tuple[Artifact, ...]]:
    """The place of each note's first snippet, and the files; a note without a snippet has none."""
    found = [(note.path, copied(snippet)) for note in notes if (snippet := first_shown(note))]
    places: dict[PurePosixPath, CodePlace] = {}
    files = []
    for number, batch in enumerate(batches(found)):
        data = script_of([code for _, code in batch])
        url = f"/code/{number}.{hashlib.sha256(data).hexdigest()[:8]}.js"
        files.append(Artifact(PurePosixPath(url[1:]), data))
        places |= {path: CodePlace(url, position, code.count("\n")) for position, (path, code) in enumerate(batch)}
    return places, tuple(files)


def batches(found: Sequence[tuple[PurePosixPath, str]]) -> Iterator[Sequence[tuple[PurePosixPath, str]]]:
    """The snippets of each file."""
    for first in range(0, len(found), CODES_A_FILE):
        yield found[first : first + CODES_A_FILE]


def copied(snippet: Snippet) -> str:
    """A snippet as the button copies it, as on the note's own page: of a session the input; one newline at its end."""
    return without_prompts(snippet.code.rstrip()) + "\n"


def script_of(codes: Sequence[str]) -> bytes:
    """The file: its element carries the snippets, and no name is taken.

    >>> script_of(["x = 1"])
    b'document.currentScript.codes=["x = 1"]'
    """
    return f"document.currentScript.codes={json.dumps(codes, ensure_ascii=False, separators=(',', ':'))}".encode()
