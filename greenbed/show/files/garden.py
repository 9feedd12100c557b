"""/garden.json: the garden as data, for programs that draw, count or search it.

One JSON object, UTF-8, schema version 1. Within a version names are only ever added. Addresses are from the site's root
("/bits/x/#y"); dates are ISO 8601 days; what is not known is null, and lists may be empty.

    version   1
    site      title, tagline, author, language, address (absolute, without a final slash; "" where it is not known)
    counts    notes, bits, chapters, cheatsheets, terms, facts, snippets, verified, checks
    notes     in reading order: path (below the content folder), url, kind ("bit", "chapter", "cheatsheet"), title, summary (""
              without one), category (as written, or null), tags, status ("seedling", "budding", "evergreen", or null), draft,
              created, updated, level (of proof, the worst of its snippets: "verified", "runs", "skipped", "not_run",
              "failed"; null without snippets), snippets (shown ones and facts), verified, checks, words, facts, terms (ids),
              sources (title, url)
    links     source and target (paths), sorted: each note that links to or embeds another, once
    terms     in alphabetical order: id, name, short, aliases, definition (plain), path and url of where it is introduced first,
              also_in (paths)
    parts     of the cheat sheets: slug, url, title, notes (paths)
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from greenbed.model import Config, Entry, Garden, Kind, Note
from greenbed.show.pages.proof import note_proof
from greenbed.show.pages.verification import Badge
from greenbed.show.relate.glossary import place_of

VERSION = 1


def garden_data(garden: Garden, config: Config) -> bytes:
    """/garden.json, in the format above; a line for each note, link, term and part."""
    notes = [note_record(note, garden) for note in garden.notes.values()]
    lists = {
        "notes": notes,
        "links": [{"source": source, "target": target} for source, target in links(garden)],
        "terms": [term_record(entry, garden) for entry in garden.glossary],
        "parts": [
            {"slug": part.slug, "url": part.url, "title": part.title, "notes": [path.as_posix() for path in part.notes]}
            for part in garden.parts
        ],
    }
    site = {
        "title": config.title,
        "tagline": config.tagline,
        "author": config.author,
        "language": config.language,
        "address": config.base_url,
    }
    head = [f'"version": {VERSION}', f'"site": {written(site)}', f'"counts": {written(counts(garden, notes))}']
    bodies = [f'"{name}": [\n' + ",\n".join(map(written, records)) + "\n]" for name, records in lists.items()]
    return ("{\n" + ",\n".join([*head, *bodies]) + "\n}\n").encode()


def written(value: object) -> str:
    """JSON in one line."""
    return json.dumps(value, ensure_ascii=False)


def note_record(note: Note, garden: Garden) -> dict[str, Any]:
    """One note."""
    proven = note_proof(note, garden)
    introduced = (garden.introductions.get((note.path, term.id)) for term in note.terms)
    return {
        "path": note.path.as_posix(),
        "url": note.url,
        "kind": note.kind.value,
        "title": note.title,
        "summary": note.meta.summary or "",
        "category": note.meta.category,
        "tags": list(note.meta.tags),
        "status": note.meta.status.value if note.meta.status else None,
        "draft": note.meta.draft,
        "created": day(note.created),
        "updated": day(note.updated),
        **proof_record(proven),
        "words": note.words,
        "facts": len(note.facts),
        "terms": [id for id in introduced if id],
        "sources": [{"title": source.title, "url": source.url} for source in note.meta.sources],
    }


def proof_record(proven: Badge | None) -> dict[str, Any]:
    """What was proven of a note."""
    if proven is None:
        return {"level": None, "snippets": 0, "verified": 0, "checks": 0}
    return {
        "level": proven.level.value,
        "snippets": proven.snippets,
        "verified": proven.verified,
        "checks": proven.checks,
    }


def links(garden: Garden) -> list[tuple[str, str]]:
    """Source and target of every link between two notes."""
    found = {
        (source.as_posix(), target.note.as_posix())
        for (source, _, _, _), target in garden.targets.items()
        if target.note is not None and target.note != source and source in garden.notes
    }
    return sorted(found)


def term_record(entry: Entry, garden: Garden) -> dict[str, Any]:
    """One term."""
    return {
        "id": entry.id,
        "name": entry.name,
        "short": entry.short,
        "aliases": list(entry.aliases),
        "definition": entry.term.text,
        "path": entry.note.as_posix(),
        "url": place_of(entry, garden),
        "also_in": [path.as_posix() for path in entry.also_in],
    }


def counts(garden: Garden, notes: list[dict[str, Any]]) -> dict[str, int]:
    """The garden in numbers."""
    kinds = {f"{kind.value}s": sum(note.kind is kind for note in garden.notes.values()) for kind in Kind}
    totals = {name: sum(note[name] for note in notes) for name in ("facts", "snippets", "verified", "checks")}
    return {"notes": len(notes), **kinds, "terms": len(garden.glossary), **totals}


def day(value: date | None) -> str | None:
    """An ISO date."""
    return value.isoformat() if value else None
