"""One resolver for every link that an author can write inside the garden: wikilinks, embeds, relative links, images, anchors.

A wikilink goes by name, whatever its case. A relative link goes by path, exactly as GitHub would follow it, so that what works
here works there; where it would only work from another folder, the hint says how to write it.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from greenbed.model import Code, Link, LinkKind, Note, Problem, Target
from greenbed.show.relate.anchors import Anchor, Places, page_of
from greenbed.show.relate.names import Names
from greenbed.show.relate.near import Near, nearest

_FEW = 8  # anchors that are listed in a hint
_DRAFT_HINT = "remove `draft: true` from it, or the link; --drafts builds drafts too"


@dataclass(frozen=True, slots=True)
class Found:
    """Where a link leads."""

    target: Target
    file: PurePosixPath | None = None  # below content, where the target is a file and no note


class Resolver:
    """Every note and file of the garden by the names that a link may use."""

    def __init__(self, notes: Sequence[Note], drafts: Iterable[Note], files: Mapping[PurePosixPath, Path]) -> None:
        self._by_path = {note.path: note for note in notes}
        self._names = Names(notes)
        self._drafts_by_path = {note.path: note for note in drafts}
        self._drafts = Names(self._drafts_by_path.values())
        self._files = files
        self._places: dict[PurePosixPath, Places] = {}
        self._near_name = Near(self._names.written())
        self._near_path = _NearPath(self._by_path)
        self._near_file = _NearPath(files)

    def resolve(self, note: Note, link: Link) -> Found | Problem:
        """Where a link of `note` leads. DEAD_LINK, AMBIGUOUS_LINK, DEAD_ANCHOR or MISSING_FILE where it leads nowhere."""
        if not link.target:
            return self._place(note, link, note)
        if link.kind in (LinkKind.WIKILINK, LinkKind.EMBED):
            return self._by_name(note, link)
        return self._by_way(note, link)

    def _by_name(self, note: Note, link: Link) -> Found | Problem:
        candidates = self._names.find(link.target)
        if len(candidates) == 1:
            return self._place(note, link, candidates[0])
        if candidates:
            return self._ambiguous(note, link, candidates)
        if file := self._file_named(note, link.target):
            return _to_file(file, link.fragment)
        if drafts := self._drafts.find(link.target):
            return _draft(note, link, drafts[0])
        near = self._near_name.find(link.target)
        hint = (
            f"did you mean {_wiki(link.kind, near)}?" if near else "name a note by the end of its path, an alias or its title"
        )
        return _problem(note, link, Code.DEAD_LINK, f"{_quoted(link)} leads to no note", hint)

    def _by_way(self, note: Note, link: Link) -> Found | Problem:
        path = PurePosixPath(posixpath.normpath(posixpath.join(note.path.parent.as_posix(), link.target)))
        if target := self._by_path.get(path):
            return self._place(note, link, target)
        if path in self._files:
            return _to_file(path, link.fragment)
        if path in self._drafts_by_path:
            return _draft(note, link, self._drafts_by_path[path])
        is_note = path.suffix.lower() in (".md", ".markdown")
        code, kind = (Code.DEAD_LINK, "note") if is_note else (Code.MISSING_FILE, "file")
        near = (self._near_path if is_note else self._near_file).find(path)
        hint = f'did you mean "{_way(note, near)}"?' if near else f"a relative link starts from the folder of {note.path.name}"
        outside = " inside the content folder" if path.parts[:1] == ("..",) else ""
        return _problem(note, link, code, f'"{_written(link)}" leads to no {kind}{outside}', hint)

    def _place(self, note: Note, link: Link, target: Note) -> Found | Problem:
        if not link.fragment:
            return Found(Target(url=target.url, title=target.title, note=target.path))
        places = self._places.get(target.path)
        if places is None:
            places = self._places[target.path] = Places(target)
        place = places.find(link.fragment)
        if place is None:
            return _dead_anchor(note, link, target, places.all)
        url = f"{page_of(target)}#{place.page_id}"
        return Found(Target(url=url, title=_title(note, target, place), note=target.path, fragment=place.id))

    def _ambiguous(self, note: Note, link: Link, candidates: Sequence[Note]) -> Problem:
        ways = " or ".join(f"{_wiki(link.kind, self._names.shortest(found))} for {found.path}" for found in candidates)
        message = f"{_quoted(link)} can mean {len(candidates)} notes: {', '.join(str(found.path) for found in candidates)}"
        return _problem(note, link, Code.AMBIGUOUS_LINK, message, f"write {ways}")

    def _file_named(self, note: Note, target: str) -> PurePosixPath | None:
        """A file in a wikilink, as other tools write pictures: beside the note, below content, or the only one of its name."""
        if not PurePosixPath(target).suffix:
            return None
        for path in (PurePosixPath(posixpath.normpath(note.path.parent / target)), PurePosixPath(target)):
            if path in self._files:
                return path
        return self._near_file.only(target)


class _NearPath:
    """Paths to search for the one that was meant: moved to another folder, or misspelled."""

    def __init__(self, paths: Iterable[PurePosixPath]) -> None:
        self._paths = paths
        self._near = Near(path.as_posix() for path in paths)
        self._named: dict[str, list[PurePosixPath]] | None = None

    def find(self, path: PurePosixPath) -> PurePosixPath | None:
        """The path of the same name in another folder, else the one written most like it."""
        moved = self._by_name().get(path.name.casefold())
        if moved:
            return moved[0]
        near = self._near.find(path.as_posix())
        return PurePosixPath(near) if near else None

    def only(self, name: str) -> PurePosixPath | None:
        """The path with this file name, if there is one only."""
        found = self._by_name().get(name.casefold(), [])
        return found[0] if len(found) == 1 else None

    def _by_name(self) -> dict[str, list[PurePosixPath]]:
        if self._named is None:
            self._named = defaultdict(list)
            for path in self._paths:
                self._named[path.name.casefold()].append(path)
        return self._named


def copied(file: PurePosixPath) -> str:
    """The URL of a file that lies beside the notes.

    >>> copied(PurePosixPath("bits/img/50%#1.png"))
    '/files/bits/img/50_25_231.png'
    """
    return "/files/" + "".join(f"_{ord(c):02x}" if c in "#?%\\" else c for c in file.as_posix())


def _to_file(file: PurePosixPath, fragment: str) -> Found:
    url = copied(file) + (f"#{fragment}" if fragment else "")
    return Found(Target(url=url, title=file.name, note=None, fragment=fragment), file)


def _title(note: Note, target: Note, place: Anchor) -> str:
    if target is note or not place.title:
        return place.title or target.title
    return f"{target.title}: {place.title}"


def _dead_anchor(note: Note, link: Link, target: Note, places: Sequence[Anchor]) -> Problem:
    where = "this note" if target is note else str(target.path)
    message = f'"#{link.fragment}" is no heading, term or fact of {where}'
    return _problem(note, link, Code.DEAD_ANCHOR, message, _anchor_hint(link.fragment, places))


def _anchor_hint(fragment: str, places: Sequence[Anchor]) -> str:
    """The anchor that was meant, and the others where they are few."""
    ids = [f"#{place.id}" for place in places]
    near = nearest(fragment, [*(place.id for place in places), *(place.title for place in places)])
    meant = next((f"#{place.id}" for place in places if near and near in (place.id, place.title)), "")
    others = [id for id in ids if id != meant] if len(ids) <= _FEW else []
    if meant:
        return f"did you mean {meant}?" + (f" There are also {', '.join(others)}" if others else "")
    if others:
        return f"it has {', '.join(others)}"
    return "an anchor is a heading, a term or a fact of the note; drop the # to link to the top"


def _draft(note: Note, link: Link, draft: Note) -> Problem:
    return _problem(note, link, Code.DEAD_LINK, f"{_quoted(link)} leads to {draft.path}, which is a draft", _DRAFT_HINT)


def _way(note: Note, path: PurePosixPath) -> str:
    return posixpath.relpath(path.as_posix(), note.path.parent.as_posix())


def _written(link: Link) -> str:
    return link.target + (f"#{link.fragment}" if link.fragment else "")


def _wiki(kind: LinkKind, target: str) -> str:
    return f"{'!' if kind is LinkKind.EMBED else ''}[[{target}]]"


def _quoted(link: Link) -> str:
    return _wiki(link.kind, _written(link)) if link.kind in (LinkKind.WIKILINK, LinkKind.EMBED) else f'"{_written(link)}"'


def _problem(note: Note, link: Link, code: Code, message: str, hint: str) -> Problem:
    return Problem(note.path.as_posix(), link.line, code, message, hint, link.column)
