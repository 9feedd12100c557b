"""What a page says of itself to other programs: Open Graph for those that show links, JSON-LD (schema.org) for search engines.

Both ask for whole addresses, so that there is nothing to say without a base URL. `application/ld+json` is a data block, which
no browser runs (HTML, "prepare the script element"), so that a content security policy has nothing against it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from greenbed.model import Config, Garden, Kind, Note
from greenbed.show.pages.assemble import BITS, CHAPTERS, SHEETS, TAGS
from greenbed.show.pages.cards import label
from greenbed.show.pages.env import plain
from greenbed.show.pages.headviews import About
from greenbed.show.pages.views import Anchor, Head
from greenbed.show.urls import absolute

Thing = Mapping[str, Any]
"""A thing of schema.org; what is empty in it is not said."""


def of_note(head: Head, note: Note, config: Config, image: str) -> About:
    """A bit or a chapter. `image`: where its card is, from the site's root; empty without one."""
    section = label(note.meta.category) if note.meta.category else ""
    place = CHAPTERS if note.kind is Kind.CHAPTER else BITS
    return About(
        type="article",
        image=absolute(image, config.base_url) if image else "",
        published=note.created.isoformat() if note.created else "",
        modified=note.updated.isoformat() if note.updated else "",
        section=section,
        tags=note.meta.tags,
        data_html=data([article(head, note, config, image), breadcrumbs([place], head, config)]),
    )


def of_page(head: Head, garden: Garden, config: Config, image: str) -> About:
    """Any other page."""
    things = [site(config) if head.url == "/" else collection(head, config)]
    if head.kind == "glossary":
        things = [terms(head, garden, config)]
    above = {"cheatsheet": [SHEETS], "tag": [TAGS]}.get(head.kind, [])
    things += [breadcrumbs(above, head, config)] if head.url != "/" else []
    picture = absolute(image, config.base_url) if image else ""
    return About("website", picture, "", "", "", (), data(things))


def article(head: Head, note: Note, config: Config, image: str) -> Thing:
    """A note: when, by whom, about what, and from which sources."""
    return {
        "@type": "TechArticle",
        "headline": plain(head.title),
        "description": plain(head.description),
        "url": head.canonical,
        "inLanguage": config.language,
        "datePublished": note.created.isoformat() if note.created else "",
        "dateModified": note.updated.isoformat() if note.updated else "",
        "author": {"@type": "Person", "name": config.author} if config.author else None,
        "image": absolute(image, config.base_url) if image else "",
        "articleSection": label(note.meta.category) if note.meta.category else "",
        "keywords": list(note.meta.tags),
        "teaches": [term.name for term in note.terms],
        "isBasedOn": [{"@type": "CreativeWork", "name": one.title, "url": one.url} for one in note.meta.sources],
        "isPartOf": {"@type": "WebSite", "name": config.title, "url": absolute("/", config.base_url)},
    }


def site(config: Config) -> Thing:
    """The garden itself."""
    return {
        "@type": "WebSite",
        "name": config.title,
        "description": config.tagline,
        "url": absolute("/", config.base_url),
        "inLanguage": config.language,
        "author": {"@type": "Person", "name": config.author} if config.author else None,
    }


def collection(head: Head, config: Config) -> Thing:
    """A page that lists or gathers."""
    return {
        "@type": "CollectionPage",
        "name": plain(head.title),
        "description": plain(head.description),
        "url": head.canonical,
        "inLanguage": config.language,
    }


def terms(head: Head, garden: Garden, config: Config) -> Thing:
    """The glossary; its definitions stand on the page, and are not said twice."""
    listed = [
        {
            "@type": "DefinedTerm",
            "name": entry.name,
            "alternateName": [name for name in (entry.short, *entry.aliases) if name],
            "url": f"{head.canonical}#{entry.id}",
        }
        for entry in garden.glossary
    ]
    return {**collection(head, config), "@type": "DefinedTermSet", "hasDefinedTerm": [spoken(term) for term in listed]}


def breadcrumbs(above: Iterable[Anchor], head: Head, config: Config) -> Thing:
    """The way to a page from the garden's entrance."""
    steps = [*((one.title, absolute(one.url, config.base_url)) for one in above), (plain(head.title), head.canonical)]
    listed = [
        {"@type": "ListItem", "position": number, "name": name, "item": url} for number, (name, url) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": listed}


def data(things: Sequence[Thing]) -> str:
    """The things as one document that can stand in a script element: no "<" in it could end that."""
    document = {"@context": "https://schema.org", "@graph": [spoken(thing) for thing in things]}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def spoken(thing: Thing) -> Thing:
    """The thing without what is empty."""
    return {name: value for name, value in thing.items() if value}
