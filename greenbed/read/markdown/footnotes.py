"""Footnotes: the plugin's rules, with a tail of our own that keeps the stream balanced and the lines known.

The plugin's tail tears nested definitions apart, and gives inline footnotes no line. Definitions that nothing refers to are
left out as there; if they hold code, that is reported, since code is never left out silently.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from greenbed.model import Code
from greenbed.read.findings import Finding
from greenbed.read.markdown.noticing import notice

Definitions = dict[str, list[Token]]


def use_footnotes(md: MarkdownIt) -> None:
    """Tokens as the plugin's: footnote_ref; at the end footnote_block_open, footnote_open, …, footnote_anchor."""
    footnote_plugin(md, move_to_end=False)
    md.core.ruler.after("inline", "footnote_tail", footnote_tail)


def footnote_tail(state: StateCore) -> None:
    """Move the definitions that are referred to behind everything else."""
    if "footnotes" not in state.env:
        return
    state.tokens, definitions, left_out = _apart(state.tokens)
    listed: Mapping[int, dict[str, Any]] = state.env["footnotes"].get("list", {})
    lines = _lines_of_references(state.tokens, definitions)
    used = {note["label"] for note in listed.values() if "label" in note}
    left_out += (token for label, body in definitions.items() if label not in used for token in body)
    _report(state, left_out)
    if listed:
        notes = (token for number, note in listed.items() for token in _note(number, note, definitions, lines.get(number, 0)))
        state.tokens += [Token("footnote_block_open", "", 1), *notes, Token("footnote_block_close", "", -1)]


def _apart(tokens: list[Token]) -> tuple[list[Token], Definitions, list[Token]]:
    """The stream without definitions, the first definition of each label, and what second definitions held."""
    body: list[Token] = []
    nested: list[tuple[str, list[Token]]] = [("", body)]
    definitions: Definitions = {}
    again: list[Token] = []
    for token in tokens:
        if token.type == "footnote_reference_open":
            nested.append((token.meta["label"], []))
        elif token.type == "footnote_reference_close":
            label, content = nested.pop()
            if definitions.setdefault(label, content) is not content:
                again += content
        else:
            nested[-1][1].append(token)
    return body, definitions, again


def _lines_of_references(tokens: list[Token], definitions: Definitions) -> dict[int, int]:
    """Line of the first reference to each footnote, by its number."""
    lines: dict[int, int] = {}
    streams = (tokens, *definitions.values())
    for inline in (token for stream in streams for token in stream if token.children and token.map):
        for child in inline.children or ():
            if child.type == "footnote_ref" and inline.map:
                line = inline.map[0] + inline.content.count("\n", 0, child.meta.get("at", 0))
                lines.setdefault(child.meta["id"], line)
    return lines


def _note(number: int, note: Mapping[str, Any], definitions: Definitions, line: int) -> Iterator[Token]:
    label = note.get("label")
    body = _inline(note, line) if "tokens" in note else definitions.get(str(label), [])
    last = body[-1:] if body and body[-1].type == "paragraph_close" else []
    yield Token("footnote_open", "", 1, meta={"id": number, "label": label}, map=[line, line + 1])
    yield from body[: len(body) - len(last)]
    for use in range(note.get("count") or 1):
        yield Token("footnote_anchor", "", 0, meta={"id": number, "subId": use, "label": label})
    yield from last
    yield Token("footnote_close", "", -1)


def _inline(note: Mapping[str, Any], line: int) -> list[Token]:
    """^[text] as a paragraph."""
    lines = [line, line + 1 + str(note["content"]).count("\n")]
    return [
        Token("paragraph_open", "p", 1, map=lines, block=True),
        Token("inline", "", 0, map=lines, level=1, children=note["tokens"], content=note["content"], block=True),
        Token("paragraph_close", "p", -1, block=True),
    ]


def _report(state: StateCore, left_out: list[Token]) -> None:
    for token in left_out:
        if token.type == "fence" and token.map:
            hint = "refer to the footnote once, or move the code out of it"
            message = "this code is in a footnote that nothing refers to, so it is on no page"
            notice(state.env, Finding(token.map[0], Code.ORPHAN_SNIPPET, message, hint))
