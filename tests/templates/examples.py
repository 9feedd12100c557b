"""Typed examples of what macros are given, and the macros of the project's own templates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from greenbed.model import Growth, Kind, Status
from greenbed.show.pages import sheetviews, views
from greenbed.show.pages.assets import Assets
from greenbed.show.pages.env import Templates
from tests.show.growing import config_in
from tests.show.rendering import ROOT

VERIFIED = views.Badge(Status.VERIFIED, "Verified")
PROOF = views.Proof("2 checks held in 0.1 s on torch 2.13.0.", (views.CodeBlock("Setup", "<b>import</b> torch", True),), 2)
CATEGORY = views.Category("linear-algebra", "Linear algebra", 12, 3)
CARD = views.Card(
    kind=Kind.BIT,
    title="Ranks of `A & B`",
    url="/bits/ranks/",
    summary="In <short>.",
    category=CATEGORY,
    growth=Growth.BUDDING,
    is_draft=False,
    badge=VERIFIED,
    tags=(views.Tag("svd", "svd", "/tags/svd/", 2), views.Tag("C++", "c-plus-plus", "/tags/c-plus-plus/", 1)),
    excerpt_html='x = <span class="n">1</span>',
    minutes=2,
)
BARE_CARD = views.Card(Kind.BIT, "Bare", "/bits/bare/", "", None, None, True, None, (), "", 1)
SNIPPET = views.Snippet(
    title="ranks.py",
    number=1,
    badge=VERIFIED,
    code_html='<span class="k">print</span>(1)',
    outputs=(views.Printed("Output", "1 < 2"),),
    raised="",
    reason="",
    proof=PROOF,
)
BARE_SNIPPET = views.Snippet("", 3, None, "x", (), "", "", None)
FACT = sheetviews.Fact(
    id="axes",
    question_html="How <em>many</em>?",
    answer_html="<code>3</code>",
    why_html="<p>Count them.</p>",
    options=(sheetviews.Option("4"), sheetviews.Option("<code>3</code>", is_answer=True), sheetviews.Option("5")),
    badge=VERIFIED,
    proof=PROOF,
    source=None,
)
SOURCED_FACT = sheetviews.Fact("who", "Who?", "He", "", (), None, None, views.Anchor("A & B", "https://example.org/"))
ENTRY = views.Entry(
    id="rank",
    name="rank",
    short="rk",
    aliases=("order",),
    definition_html="The <em>rank</em> counts.",
    introduced=views.Anchor("Ranks", "/bits/ranks/#term-rank"),
    also_in=(views.Anchor("B", "/bits/b/"), views.Anchor("C", "/bits/c/")),
)


@cache
def templates() -> Templates:
    """The project's templates; macros ask for no static file."""
    return Templates(replace(config_in(ROOT), templates=ROOT / "templates"), Assets({}, ()))


def macro(name: str) -> Callable[..., str]:
    """A macro of the project."""
    return templates().macro(name)
