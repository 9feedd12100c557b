"""Text as authors never write it, for properties that must hold for all of it."""

from __future__ import annotations

from hypothesis import strategies as st

BRACKETS = [
    "[",
    "]",
    "[[",
    "]]",
    "![[",
    "![",
    "(",
    ")",
    "{",
    "}",
    "{.term}",
    '{.term aka="x"}',
    "^[",
    "[^1]",
    "[^1]:",
    "[x]: y",
    "(b.md#c)",
]
SPANS = [
    "$",
    "$$",
    "\\(",
    "\\)",
    "\\[",
    "\\]",
    "\\",
    "`",
    "``",
    "*",
    "**",
    "_",
    "~~",
    "<",
    ">",
    "<!--",
    "-->",
    "<div>",
    "&amp;",
    "&#0;",
]
BLOCKS = [
    "```",
    "```python",
    "```python check",
    "~~~",
    "> ",
    "- ",
    "1. ",
    "# ",
    "===",
    "---",
    "|",
    "|-|",
    "= ",
    ": ",
    "[ ] ",
    "    ",
]
OURS = [
    ":::",
    ":::fact",
    ":::fact {#a}",
    "::: x",
    "[!note]- t",
    "{#i}",
    "source: x",
    "```output",
    'raises="A: b"',
    "<!-- = a -->",
    "1.5<!-- = b -->",
    "(1, 2)",
    "\n",
    "\n\n",
    "\n\n\n",
]
WORDS = ["a", "b c", "A.", "0", "é", "\x00", "\u2028", "\t", "\x0c", "www.a.de", "http://a.b", "a@b.c", ". ", "\n", " "]

FRAGMENTS = st.sampled_from([*BRACKETS, *SPANS, *BLOCKS, *OURS, *WORDS])
MARKDOWN = st.one_of(st.lists(FRAGMENTS, max_size=40).map("".join), st.text(max_size=60))
"""Any text; most of it looks like Markdown."""
