"""Links, wikilinks, images and terms."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from greenbed.model import LinkKind, Target
from greenbed.show.markup.pictures import size_of
from greenbed.show.markup.rules.page import Env, Page, Rule, page_in
from greenbed.show.urls import href, is_external, page_path

_WEB = ("http:", "https:", "//")


def link_open(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    """A link, or a mark where it leads nowhere (which only the preview shows)."""
    page, token = page_in(env), tokens[idx]
    if not page.may_link:
        return _open(page, "", "")
    address = str(token.attrs.get("href", ""))
    title = f' title="{escape(str(token.attrs["title"]))}"' if token.attrs.get("title") else ""
    if "target" not in token.meta:
        return _open(page, f'<a class="link" {_elsewhere(page, address)}{title}>', "</a>")
    target = _target(page, LinkKind.RELATIVE, token)
    if target is None:
        return _open(page, '<span class="link--dead">', "</span>")
    return _open(page, f'<a class="link" href="{_leading(page, target)}"{title}>', "</a>")


def close(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    """The end tags of the innermost open link or term."""
    return page_in(env).closing.pop()


def wikilink(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    page, token = page_in(env), tokens[idx]
    return wikilink_html(page, token, _target(page, LinkKind.WIKILINK, token))


def embed_inline(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    """Within a paragraph there is no room for a note: a link to it; a picture is shown."""
    page, token = page_in(env), tokens[idx]
    target = _target(page, LinkKind.EMBED, token)
    if target and (picture := embedded_picture(page, target, str(token.meta.get("text", "")))):
        return picture
    return wikilink_html(page, token, target)


def wikilink_html(page: Page, token: Token, target: Target | None) -> str:
    """The link of a wikilink or of an embed that cannot be shown; where the author gave no words, the title of its target."""
    written = str(token.meta.get("text") or "")
    if target is None:
        named = f"{token.meta['target']}{'#' if token.meta['fragment'] else ''}{token.meta['fragment']}"
        return f'<span class="link--dead">{escape(written or named)}</span>'
    if not page.may_link:
        return escape(written or target.title)
    text = escape(written) or f"<cite>{escape(target.title)}</cite>"
    return f'<a class="link" href="{_leading(page, target)}">{text}</a>'


def image(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    """A picture with its size, so that the page does not jump; an empty alt where the author gave none."""
    page, token = page_in(env), tokens[idx]
    alt = page.renderer.renderInlineAsText(token.children, options, env)
    title = f' title="{escape(str(token.attrs["title"]))}"' if token.attrs.get("title") else ""
    if "target" not in token.meta:
        return _img(escape(href(str(token.attrs.get("src", "")), page.root)), alt, title)
    target = _target(page, LinkKind.IMAGE, token)
    return (
        _picture(page, target, alt, title)
        if target
        else f'<span class="link--dead">{escape(alt or token.meta["target"])}</span>'
    )


def embedded_picture(page: Page, target: Target, alt: str) -> str:
    """A picture file that an embed names; empty for anything else."""
    if target.note is not None or not target.title.lower().endswith(
        (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif")
    ):
        return ""
    return _picture(page, target, alt, "")


def term_open(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    """The place where a note introduces a term, linked to its entry in the glossary."""
    page, token = page_in(env), tokens[idx]
    local = str(token.meta["id"])
    opening = f'<dfn class="term"{page.id(local)}>'
    entry = page.garden.introductions.get((page.note.path, local))
    if entry is None or not page.may_link:
        return _open(page, opening, "</dfn>")
    address = page.href(f"/glossary/#{entry}")
    return _open(page, f'{opening}<a class="term__link" href="{address}">', "</a></dfn>")


def _target(page: Page, kind: LinkKind, token: Token) -> Target | None:
    return page.garden.targets.get((page.note.path, kind, token.meta["target"], token.meta["fragment"]))


def target_of_embed(page: Page, token: Token) -> Target | None:
    """Where an embed leads."""
    return _target(page, LinkKind.EMBED, token)


def _leading(page: Page, target: Target) -> str:
    """The escaped address of a target, which gets a card where it is a note."""
    if page.linked:
        page.linked.lead(target)
    return page.href(target.url)


def _open(page: Page, opening: str, closing: str) -> str:
    page.closing.append(closing)
    return opening


def _elsewhere(page: Page, address: str) -> str:
    rel = ' rel="noopener external"' if address.lower().startswith(_WEB) else ""
    return f'href="{escape(address if is_external(address) else href(address, page.root))}"{rel}'


def _picture(page: Page, target: Target, alt: str, title: str) -> str:
    file = page.garden.copies.get(page_path(target.url))
    size = size_of(file) if file else None
    measured = f' width="{size[0]}" height="{size[1]}"' if size else ""
    return _img(page.href(target.url), alt, measured + title)


def _img(src: str, alt: str, rest: str) -> str:
    return f'<img src="{src}" alt="{escape(alt)}"{rest} loading="lazy" decoding="async">'


RULES: dict[str, Rule] = {
    "link_open": link_open,
    "link_close": close,
    "wikilink": wikilink,
    "embed_inline": embed_inline,
    "image": image,
    "term_open": term_open,
    "term_close": close,
}
