"""A note's body as other people's programs show it, in a feed: plain HTML, whole addresses, no scripts and nothing to press.

Code stands as it is with what it gave and how that is known; a drawing is told by what it shows, since most readers of feeds
leave SVG out. Classes and ids mean something on the site's pages alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from greenbed.model import Config, Note, Role, Snippet
from greenbed.show.files.telling import Told, provenance
from greenbed.show.markup.body import render_body
from greenbed.show.pages.output import outputs
from greenbed.show.urls import absolute, href

_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_OURS = re.compile(r'\s(?:id|class|tabindex|role|loading|decoding|data-[\w-]+)="[^"]*"')
_WITHIN = re.compile(r'(\shref=")(?=#)')
_DROPPED = re.compile(r'<a class="heading__anchor"[^>]*>#</a>|<(script|button|style)\b.*?</\1>', re.DOTALL)


def feed_body(note: Note, told: Told, config: Config) -> str:
    """The body; without a base URL its addresses are relative to the site's root, where the feed lies."""
    root = f"{config.base_url}/" if config.base_url else ""
    html, _ = render_body(
        note, told.garden, root=root, snippet_html=lambda note, snippet: snippet_html(note, snippet, told), code_html=code_html
    )
    page = absolute(note.url, config.base_url) if config.base_url else href(note.url, "")
    return clean(html, page.partition("#")[0], root)


def clean(html: str, page: str, root: str) -> str:
    """The HTML without what belongs to the site, and its addresses as they are known on the web."""
    return _TAG.sub(lambda tag: addressed(_OURS.sub("", tag[0]), page, root), _DROPPED.sub("", html))


def addressed(tag: str, page: str, root: str) -> str:
    """A tag whose address leads to the page from anywhere."""
    tag = _WITHIN.sub(rf"\g<1>{page}", tag)
    return tag.replace("/index.html", "/") if root and root in tag else tag


def snippet_html(note: Note, snippet: Snippet, told: Told) -> str:
    """A shown snippet; its setup and checks stand on the page."""
    return "".join(parts(note, snippet, told)) if snippet.role is Role.SHOWN else ""


def parts(note: Note, snippet: Snippet, told: Told) -> Iterator[str]:
    """Code, output, error, drawings, proof."""
    proof = told.proof(note, snippet)
    yield code_html(snippet.code, "python")
    yield from (f"<pre><samp>{escape(one.text)}</samp></pre>\n" for one in outputs(snippet, proof.verdict if proof else None))
    if proof is None:
        return
    if proof.verdict.raised:
        yield f"<pre><samp>{escape(proof.verdict.raised)}</samp></pre>\n"
    for _, verdict in proof.parts:
        yield from (f"<p><em>Figure: {escape(figure.alt)}</em></p>\n" for figure in verdict.figures)
    said = provenance(proof, told.garden.verification.environment).removeprefix("> ")
    yield f"<p><small>{escape(said)}</small></p>\n"


def code_html(code: str, language: str) -> str:
    """Code without colours."""
    return f"<pre><code>{escape(code.rstrip(), quote=False)}</code></pre>\n"
