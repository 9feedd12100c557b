"""The Markdown that a garden is written in: CommonMark, what GitHub adds, and our rules."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin

from greenbed.read.markdown.autolinks import use_autolinks
from greenbed.read.markdown.block import BlockParser
from greenbed.read.markdown.callouts import use_callouts
from greenbed.read.markdown.citations import use_citations
from greenbed.read.markdown.containers import use_containers
from greenbed.read.markdown.embeds import use_embeds
from greenbed.read.markdown.fences import use_fences
from greenbed.read.markdown.footnotes import use_footnotes
from greenbed.read.markdown.headings import use_headings
from greenbed.read.markdown.inline import InlineParser
from greenbed.read.markdown.links import use_links
from greenbed.read.markdown.literals import use_literals
from greenbed.read.markdown.math import use_math
from greenbed.read.markdown.spans import use_spans
from greenbed.read.markdown.tasks import use_tasks
from greenbed.read.markdown.wikilinks import use_wikilinks

DEEPEST = 100  # levels of quotes, lists and brackets; what lies deeper is left out, where the preset stops at 20


@cache
def garden_markdown() -> MarkdownIt:
    """The parser, one for the process."""
    md = MarkdownIt("commonmark")
    md.block, md.inline = block, inline = BlockParser(), InlineParser()
    md.configure("commonmark", {"maxNesting": DEEPEST}).enable(["table", "strikethrough"])
    for use in (use_autolinks, deflist_plugin, use_math, use_wikilinks, use_embeds, use_spans, use_links, use_containers):
        md.use(use)
    for use in (use_callouts, use_citations, use_fences, use_headings, use_tasks, use_footnotes, use_literals):
        md.use(use)
    block.arrange()
    inline.arrange()
    return md
