"""The sentences around links, as they read on the page: where the author gave no words, the title of the target stands."""

from __future__ import annotations

from collections.abc import Mapping

from greenbed.model import LinkKey, Note, Target


def contexts(note: Note, targets: Mapping[LinkKey, Target]) -> Mapping[str, str]:
    """By sentence as it was read, in which a link without words shows how its target was written: the same with titles."""
    told: dict[str, str] = {}
    ends: dict[str, int] = {}  # how far each sentence has been told
    for link in note.links:
        target = targets.get((note.path, link.kind, link.target, link.fragment))
        sentence = told.setdefault(link.context, link.context)
        written = link.target.rpartition("/")[2] or link.fragment
        at = sentence.find(written, ends.get(link.context, 0))
        if target is not None and not link.text and at >= 0:
            title = f"“{target.title}”"
            told[link.context] = sentence[:at] + title + sentence[at + len(written) :]
            ends[link.context] = at + len(title)
    return told
