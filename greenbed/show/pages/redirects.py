"""Old addresses: a small page each, which leads to where the note is now, also from file:// and without a script."""

from __future__ import annotations

from html import escape

from greenbed.model import Artifact, Config, Garden
from greenbed.show.urls import absolute, href, page_path, root_of


def redirect_pages(garden: Garden, config: Config) -> tuple[Artifact, ...]:
    """One page for each alias, in order of the old address."""
    titles = {note.url: note.title for note in garden.notes.values()}
    return tuple(_page(old, new, titles.get(new, new), config) for old, new in sorted(garden.redirects.items()))


def _page(old: str, new: str, title: str, config: Config) -> Artifact:
    path = page_path(old)
    address = escape(href(new, root_of(path)))
    canonical = f'<link rel="canonical" href="{escape(absolute(new, config.base_url))}">\n' if config.base_url else ""
    html = (
        f'<!doctype html>\n<html lang="{escape(config.language)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>Moved: {escape(title)}</title>\n"
        f'<meta http-equiv="refresh" content="0; url={address}">\n'
        f'{canonical}<meta name="robots" content="noindex">\n'
        '<meta name="viewport" content="width=device-width">\n</head>\n<body>\n'
        f'<p>This note has moved to <a href="{address}">{escape(title)}</a>.</p>\n</body>\n</html>\n'
    )
    return Artifact(path, html.encode())
