"""Containers: `:::fact {#id}` … `:::` on lines of their own; `:::example` shows its source beside what becomes of it.

The end is found by parsing, not by looking ahead, so that a `:::` inside a fence or a deeper list ends nothing. Other names are
reported, and their content is treated as if the container were not there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from greenbed.model import Code
from greenbed.read.findings import Finding, excerpt
from greenbed.read.markdown.noticing import notice
from greenbed.read.slug import slugify
from greenbed.read.text import plain

OPENING = re.compile(r"(:{3,})[ \t]*([^\s:]\S*)[ \t]*(.*)")
CLOSING = re.compile(r"(:{3,})[ \t]*")
IDENTIFIER = re.compile(r"(\{[ \t]*#([\w.:-]+)[ \t]*\})?[ \t]*")
INTERRUPTS = ["paragraph", "reference", "blockquote", "list"]
FACT = "fact"
EXAMPLE = "example"
ANSWER = "= "


@dataclass(slots=True)
class Open:
    """A container that is being parsed."""

    name: str
    colons: int
    level: int  # of the tokens directly inside
    indent: int
    closed_at: int = -1


def use_containers(md: MarkdownIt) -> None:
    """Tokens fact_open and fact_close: meta id; example_open and example_close: meta source, the Markdown between them."""
    md.block.ruler.before("fence", "container", container, {"alt": INTERRUPTS})
    md.core.ruler.after("inline", "fact_ids", fact_ids)


def container(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line that begins with three colons."""
    begin = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(":::", begin) or state.is_code_block(start):
        return False
    line = state.src[begin : state.eMarks[start]].rstrip()
    closing, opening = CLOSING.fullmatch(line), OPENING.fullmatch(line)
    if silent or not (closing or opening):
        return bool(closing or opening)
    if closing:
        _close(state, start, end, len(closing[1]))
    elif opening:
        _open(state, start, end, opening)
    return True


def _close(state: StateBlock, line: int, end: int, colons: int) -> None:
    """End the innermost container if it is open just here: nothing below is parsed as its content."""
    innermost = next(iter(_stack(state)[-1:]), None)
    here = (state.level, state.blkIndent)
    if innermost and here == (innermost.level, innermost.indent) and colons >= innermost.colons:
        innermost.closed_at, state.line = line, end
        return
    state.line = line + 1
    hint = "remove it, or write :::fact above the lines that belong together"
    notice(state.env, Finding(line, Code.UNCLOSED_CONTAINER, f'"{":" * colons}" closes nothing', hint))


def _open(state: StateBlock, start: int, end: int, opening: re.Match[str]) -> None:
    name = opening[2]
    token = _begin(state, start, end, opening)
    state.line = _content(state, start, end, opening)
    if token:
        token.map = [start, state.line]
        _push(state, f"{name}_close", -1)
    if token and name == EXAMPLE:
        token.meta = {"source": _source(state, start + 1, state.line)}


def _begin(state: StateBlock, start: int, end: int, opening: re.Match[str]) -> Token | None:
    """The opening token; None for a container that is not known."""
    name = opening[2]
    if name not in (FACT, EXAMPLE):
        message = f'unknown container "{excerpt(name)}"'
        hint = "there are :::fact and :::example; for a note or a warning write > [!note]"
        notice(state.env, Finding(start, Code.UNKNOWN_CONTAINER, message, hint))
        return None
    if name == FACT and any(outer.name == FACT for outer in _stack(state)):
        hint = "close the one above with ::: first"
        notice(state.env, Finding(start, Code.BAD_FACT, "this fact stands inside another", hint))
    token = _push(state, f"{name}_open", 1)
    token.map = [start, end]
    token.meta = {"id": _identifier(state, start, opening[3])} if name == FACT else {}
    return token


def _source(state: StateBlock, start: int, end: int) -> str:
    """The lines of a container as they are written, without the line that closes it."""
    lines = state.getLines(start, end, state.blkIndent, True).splitlines(keepends=True)
    if lines and CLOSING.fullmatch(lines[-1].strip()):
        lines.pop()
    return "".join(lines)


def _content(state: StateBlock, start: int, end: int, opening: re.Match[str]) -> int:
    """Parse what is inside; the line after the container."""
    own = Open(opening[2], len(opening[1]), state.level, state.blkIndent)
    stack = _stack(state)
    stack.append(own)
    parent, state.parentType = state.parentType, "container"
    state.line = start + 1
    state.md.block.tokenize(state, start + 1, end)
    state.parentType = parent
    stack.pop()
    if own.closed_at >= 0:
        return own.closed_at + 1
    hint = f"write {opening[1]} on a line of its own where it ends"
    notice(state.env, Finding(start, Code.UNCLOSED_CONTAINER, "this container is never closed", hint))
    return max(state.line, start + 1)


def _stack(state: StateBlock) -> list[Open]:
    stack: list[Open] = state.env.setdefault("containers", [])
    return stack


def _push(state: StateBlock, kind: str, nesting: int) -> Token:
    return state.push(kind, "section", 1 if nesting > 0 else -1)


def _identifier(state: StateBlock, line: int, written: str) -> str:
    found = IDENTIFIER.fullmatch(written)
    if not found:
        message = f'":::fact" is followed by "{excerpt(written)}"'
        notice(state.env, Finding(line, Code.BAD_FACT, message, "write an id as {#strides-of-a-transpose}, or nothing"))
    return found[2] or "" if found else ""


def fact_ids(state: StateCore) -> None:
    """A fact without an id is named after its question."""
    for index, token in enumerate(state.tokens if "containers" in state.env else ()):
        if token.type == "fact_open" and not token.meta["id"]:
            token.meta["id"] = slugify(_question(state.tokens, index + 1)) or "fact"


def _question(tokens: list[Token], start: int) -> str:
    texts = []
    for token in tokens[start:]:
        if token.type == "fact_close" or token.content.startswith(ANSWER):
            break
        texts.append(plain(token.children or ()))
    return " ".join(texts)
