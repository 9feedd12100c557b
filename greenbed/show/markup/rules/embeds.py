"""Embeds: another note, or a section of one, shown in place with the way to where it stands.

Ids stay with the original, so what refers to an id inside leads there. A ring of embeds is reported by linking already; here it
ends where it would begin again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from greenbed.model import Code, Target
from greenbed.show.markup.rules.links import embedded_picture, target_of_embed, wikilink_html
from greenbed.show.markup.rules.page import Env, Page, Rule, page_in
from greenbed.show.relate.anchors import page_of
from greenbed.show.relate.sections import section

_DEEPEST = 5
_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_REFERENCE = re.compile(r'\s(?:id|for|aria-labelledby|aria-describedby|aria-controls)="[^"]*"')
_WITHIN = re.compile(r'(\shref=")(?=#)')


def embed(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    page, token = page_in(env), tokens[idx]
    target = target_of_embed(page, token)
    if target and (picture := embedded_picture(page, target, str(token.meta.get("text", "")))):
        return f"<p>{picture}</p>\n"
    content = _content(page, token, target, options) if target else ""
    if not target or not content:
        return f"<p>{wikilink_html(page, token, target)}</p>\n"
    source = f'<p class="embed__source"><a class="link" href="{page.href(target.url)}">{escape(target.title)}</a></p>'
    return f'<div class="embed">\n{content}{source}\n</div>\n'


def _content(page: Page, token: Token, target: Target, options: OptionsDict) -> str:
    """What is embedded; empty where it is no note, or would show itself."""
    if (
        target.note is None
        or (target.note, target.fragment) in page.chain
        or (page.note.path, "") == (target.note, target.fragment)
    ):
        return ""
    if len(page.chain) >= _DEEPEST:
        _report_depth(page, token)
        return ""
    note = page.garden.notes[target.note]
    tokens = section(note, target.fragment)
    inner = page.inside(note, target.fragment, tokens)
    html = page.renderer.render(tokens, options, {"page": inner})
    return _TAG.sub(lambda tag: _without_ids(tag[0], page.href(page_of(note))), html)


def _without_ids(tag: str, source: str) -> str:
    return _WITHIN.sub(rf"\g<1>{source}", _REFERENCE.sub("", tag))


def _report_depth(page: Page, token: Token) -> None:
    message = f"![[{token.meta['target']}]] is embedded more than {_DEEPEST} levels deep"
    page.problem(page.line_of(token), 1, Code.EMBED_CYCLE, message, "make it a link: leave out the !")


RULES: dict[str, Rule] = {"embed": embed}
