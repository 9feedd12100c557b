"""For programs that follow the garden: the Atom feed, the sitemap, robots.txt.

The feed holds the whole notes, as `content` of type html; only a preview leaves them out, which nobody follows.

Without a base URL there is no address on the web. The feed then links relative to itself and names entries by UUIDs, which
stays valid Atom (RFC 4287); a sitemap must hold whole addresses, so there is none.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from html import escape

from greenbed.model import Config, Garden, Note
from greenbed.show.files.feedbody import feed_body
from greenbed.show.files.telling import Told
from greenbed.show.urls import absolute, href

_ENTRIES = 50
_NEVER = date(1970, 1, 1)  # Atom wants a date even of a garden that has none; the clock would change the bytes


def feed(garden: Garden, config: Config, told: Told | None = None) -> bytes:
    """/feed.xml: the notes that changed last, newest first; notes without a date are left out."""
    dated = [note for note in garden.notes.values() if _day(note)]
    newest = sorted(dated, key=lambda note: (_day(note) or _NEVER, note.path), reverse=True)[:_ENTRIES]
    told = told or Told(garden)
    updated = max((_day(note) or _NEVER for note in newest), default=_NEVER)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape(config.language)}">',
        f"<title>{_text(config.title)}</title>",
        f"<subtitle>{_text(config.tagline)}</subtitle>",
        f"<id>{_id('/', config)}</id>",
        f"<updated>{_stamp(updated)}</updated>",
        f"<author><name>{_text(config.author or config.title)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href="{_address("/feed.xml", config)}"/>',
        f'<link rel="alternate" type="text/html" href="{_address("/", config)}"/>',
        *(_entry(note, config, told) for note in newest),
        "</feed>\n",
    ]
    return "\n".join(lines).encode()


def sitemap(garden: Garden, config: Config, urls: Iterable[str]) -> bytes | None:
    """/sitemap.xml for these pages, with the day of the newest note on each; None without a base URL."""
    if not config.base_url:
        return None
    days: dict[str, date] = {}
    for note in garden.notes.values():
        page = note.url.partition("#")[0]
        days[page] = max(days.get(page, _NEVER), _day(note) or _NEVER)
    pages = (_page(url, days.get(url, _NEVER), config) for url in sorted(set(urls)))
    opening = '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{opening}{''.join(pages)}</urlset>\n".encode()


def robots(config: Config) -> bytes:
    """/robots.txt: everything may be read; names the sitemap where there is one."""
    lines = ["User-agent: *", "Allow: /"]
    if config.base_url:
        lines += ["", f"Sitemap: {absolute('/sitemap.xml', config.base_url)}"]
    return ("\n".join(lines) + "\n").encode()


def _entry(note: Note, config: Config, told: Told) -> str:
    day = _day(note) or _NEVER
    published = f"<published>{_stamp(note.created)}</published>\n" if note.created else ""
    body = "" if config.live else f'<content type="html">{_text(feed_body(note, told, config))}</content>\n'
    terms = dict.fromkeys(term for term in (note.meta.category, *note.meta.tags) if term)
    categories = "".join(f'<category term="{_text(term)}"/>\n' for term in terms)
    return (
        "<entry>\n"
        f"<title>{_text(note.title)}</title>\n"
        f"<id>{_id(note.url, config)}</id>\n"
        f'<link rel="alternate" type="text/html" href="{_address(note.url, config)}"/>\n'
        f"{published}<updated>{_stamp(day)}</updated>\n"
        f"{categories}<summary>{_text(note.meta.summary or note.excerpt)}</summary>\n{body}"
        "</entry>"
    )


def _page(url: str, day: date, config: Config) -> str:
    changed = f"<lastmod>{day.isoformat()}</lastmod>" if day != _NEVER else ""
    return f"<url><loc>{escape(absolute(url, config.base_url))}</loc>{changed}</url>\n"


def _day(note: Note) -> date | None:
    return note.updated or note.created


def _stamp(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _address(url: str, config: Config) -> str:
    return escape(absolute(url, config.base_url) if config.base_url else href(url, ""))


def _id(url: str, config: Config) -> str:
    if config.base_url:
        return escape(absolute(url, config.base_url))
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{config.title}\n{url}").urn


def _text(text: str) -> str:
    """Escaped, and without the control characters that XML cannot hold at all."""
    kept = "".join(character for character in text if character >= " " or character in "\t\n")
    return escape(kept.replace("\ufffe", "").replace("\uffff", ""))
