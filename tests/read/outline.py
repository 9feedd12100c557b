"""A token stream as text, for the fixtures in tests/markdown: one line for each block, one for each inline token below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from greenbed.read.markdown.garden import garden_markdown
from greenbed.read.markdown.noticing import noticed


def outline(text: str) -> str:
    """Blocks with their 1-based lines, inlines with their offset, then what was noticed."""
    environment: dict[str, object] = {}
    tokens = garden_markdown().parse(text, environment)
    found = [f"! {finding.line + 1} {finding.code.value}: {finding.message}" for finding in noticed(environment)]
    return "\n".join([*_blocks(tokens), *found])


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    depth = 0
    for token in tokens:
        if token.nesting < 0:
            depth -= 1
            continue
        if token.type == "inline":
            yield from _inlines(token.children or (), depth)
        else:
            lines = f"{token.map[0] + 1}-{token.map[1]}" if token.map else "·"
            yield "  " * depth + " ".join([lines, *_described(token)])
        depth += token.nesting


def _inlines(tokens: Sequence[Token], depth: int) -> Iterator[str]:
    for token in tokens:
        depth -= token.nesting < 0
        if token.nesting >= 0:
            at = f"@{token.meta['at']}" if "at" in token.meta and token.type != "text" else "-"
            yield "  " * depth + " ".join([at, *_described(token)])
        depth += token.nesting > 0


def _described(token: Token) -> Iterator[str]:
    yield token.type.removesuffix("_open")
    if token.content and token.type != "image":
        yield repr(token.content)
    if token.markup.startswith(("$", "\\")) and token.type.startswith("math"):
        yield token.markup
    known = {**token.attrs, **{key: value for key, value in token.meta.items() if key != "at"}}
    yield from (f"{key}={value!r}" for key, value in known.items())
