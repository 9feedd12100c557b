"""Old addresses: a small page each, which leads to where the note is now, also from file:// and without a script."""

from __future__ import annotations

from html import escape

from greenbed.model import Artifact, Config, Garden
from greenbed.show.urls import absolute, href, page_path, root_of


def redirect_pages(garden: Garden, config: Config, icon: str = "") -> tuple[Artifact, ...]:
    """One page for each alias, in order of the old address.

    `icon`: its address from the site's root; of a page without one browsers ask for a /favicon.ico that is not there.
    """
    titles = {note.url: note.title for note in garden.notes.values()}
    return tuple(_page(old, new, titles.get(new, new), config, icon) for old, new in sorted(garden.redirects.items()))


def _page(old: str, new: str, title: str, config: Config, icon: str) -> Artifact:
    path = page_path(old)
    shown = f'<link rel="icon" href="{escape(href(icon, root_of(path)))}">\n' if icon else ""
    address = escape(href(new, root_of(path)))
    canonical = f'<link rel="canonical" href="{escape(absolute(new, config.base_url))}">\n' if config.base_url else ""
    html = (
        f'<!doctype html>\n<html lang="{escape(config.language)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>Moved: {escape(title)}</title>\n"
        f'<meta http-equiv="refresh" content="0; url={address}">\n'
        f'{canonical}{shown}<meta name="robots" content="noindex">\n'
        '<meta name="viewport" content="width=device-width">\n</head>\n<body>\n'
        f'<p>This note has moved to <a href="{address}">{escape(title)}</a>.</p>\n</body>\n</html>\n'
    )
    return Artifact(path, html.encode())
