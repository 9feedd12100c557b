"""What stands around a note: where it can be edited, and what else is worth reading."""

from __future__ import annotations

from urllib.parse import quote

from greenbed.model import Config, Garden, Note
from greenbed.show.pages.views import Mention
from greenbed.show.relate.related import Related, Relations


def edit_url(note: Note, config: Config) -> str:
    """Where a reader can propose a change to a note; empty without a repository, or where its file is not in it."""
    if not config.repository or not config.content.is_relative_to(config.root):
        return ""
    path = config.content.relative_to(config.root) / note.path
    return f"{config.repository}/edit/{quote(config.branch)}/{quote(path.as_posix())}"


def related_to(note: Note, garden: Garden, relations: Relations) -> tuple[Mention, ...]:
    """The notes that have most in common with it, each with the reason."""
    return tuple(
        Mention(garden.notes[other.note].title, garden.notes[other.note].url, reason(other, garden))
        for other in relations.of(note.path)
    )


def reason(related: Related, garden: Garden) -> str:
    """Why two notes are related, in a few words."""
    if related.shared:
        return f"Shares {', '.join(related.shared)}"
    return f"Linked, as this note is, with “{garden.notes[related.through[0]].title}”"
