"""The `---` block at the top of a file → FrontMatter, and where the body begins.

A file may also begin with a rule, which is written the same: a block counts as front matter if its first paragraph has a line
that looks like `key: value`. What is wrong with it is reported, and the note goes on with the defaults.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import yaml
from yaml.events import CollectionEndEvent, CollectionStartEvent
from yaml.nodes import MappingNode, Node

from greenbed.model import Code, FrontMatter, Severity
from greenbed.read.findings import Finding, excerpt, suggestion
from greenbed.read.values import BLOCK_LINE, Values

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
OPENING = re.compile(r"---[ \t]*\n")
CLOSING = re.compile(r"^---[ \t]*$", re.MULTILINE)
KEY_LINE = re.compile(r"""^[ \t]*(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*:(?:[ \t]|$)""", re.MULTILINE)
BLANK_LINE = re.compile(r"\n[ \t]*(?=\n|\Z)")

DEEPEST = 100

Reader = Callable[[Values, str, Node], object]

READERS: Mapping[str, Reader] = {
    "title": Values.prose,
    "tags": Values.texts,
    "category": Values.text,
    "summary": Values.summary,
    "status": Values.status,
    "draft": Values.flag,
    "created": Values.day,
    "updated": Values.day,
    "aliases": Values.texts,
    "slug": Values.slug,
    "order": Values.number,
    "part": Values.text,
    "sources": Values.citations,
    "timeout": Values.seconds,
    "equivalent": Values.equivalents,
}


@dataclass(frozen=True, slots=True)
class Front:
    """A file split in two."""

    meta: FrontMatter
    body: str
    body_line: int  # file line of the body's first line
    findings: tuple[Finding, ...] = ()


def read(text: str) -> Front:
    """Split a file; findings: front-matter, front-matter-type, unknown-key, bad-literal."""
    opening = OPENING.match(text)
    if not opening:
        return Front(FrontMatter(), text, 1)
    rest = text[opening.end() :]
    closing = CLOSING.search(rest)
    if not closing:
        return _never_closed(text, rest)
    block, body = rest[: closing.start()], rest[closing.end() + 1 :]
    if block.strip() and not KEY_LINE.search(_first_paragraph(block.lstrip())):
        return Front(FrontMatter(), text, 1)
    meta, findings = _meta(block)
    return Front(meta, body, BLOCK_LINE + block.count("\n") + 1, findings)


def _first_paragraph(block: str) -> str:
    blank = BLANK_LINE.search(block)
    return block[: blank.start()] if blank else block


def _never_closed(text: str, rest: str) -> Front:
    block = "" if rest.startswith("\n") else _first_paragraph(rest)
    if not KEY_LINE.search(block):
        return Front(FrontMatter(), text, 1)
    hint = "write --- on a line of its own below the last key"
    finding = Finding(1, Code.FRONT_MATTER, "the front matter is never closed", hint)
    return Front(FrontMatter(), rest[len(block) :], BLOCK_LINE + block.count("\n"), (finding,))


def is_too_deep(block: str) -> bool:
    """Whether composing it could overflow the C stack: 100,000 "[" kill the process."""
    if sum(map(block.count, "[{-?:")) <= DEEPEST:
        return False
    steps = (
        isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent) for event in yaml.parse(block, LOADER)
    )
    return any(depth > DEEPEST for depth in accumulate(steps))


def _meta(block: str) -> tuple[FrontMatter, tuple[Finding, ...]]:
    try:
        node = None if (too_deep := is_too_deep(block)) else yaml.compose(block, LOADER)
    except yaml.YAMLError as error:
        return FrontMatter(), (_broken(block, error),)
    if too_deep:
        hint = "front matter has keys with texts, numbers, dates and lists"
        return FrontMatter(), (Finding(BLOCK_LINE, Code.FRONT_MATTER, "the front matter is nested too deeply", hint),)
    if node is None:
        return FrontMatter(), ()
    values = Values(block)
    if not isinstance(node, MappingNode):
        line, column = values.place(node)
        message = f"the front matter is not made of keys and values: {values.written(node)}"
        return FrontMatter(), (Finding(line, Code.FRONT_MATTER, message, "write lines such as title: My note", column),)
    meta = _fields(values, node)
    return meta, tuple(values.findings)


def _fields(values: Values, node: MappingNode) -> FrontMatter:
    fields: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for (name, value), (key_node, _) in zip(values.items(node), node.value, strict=True):
        line, column = values.place(key_node)
        if name in lines:
            message = f'"{name}" is written twice, first on line {lines[name]}'
            values.findings.append(Finding(line, Code.FRONT_MATTER, message, "keep one of the two", column))
            continue
        lines[name] = line
        if name not in READERS:
            values.findings.append(_unknown(name, line, column))
        elif (read := READERS[name](values, name, value)) is not None:
            fields[name] = read
    known = {name: line for name, line in lines.items() if name in READERS}
    return FrontMatter(**fields, literals=tuple(values.literals), lines=known)


def _unknown(name: str, line: int, column: int) -> Finding:
    message = f'unknown front-matter key "{excerpt(name)}"'
    return Finding(line, Code.UNKNOWN_KEY, message, suggestion(name, READERS), column, Severity.WARNING)


def _broken(block: str, error: yaml.YAMLError) -> Finding:
    at = position(block, error)
    line, column = block.count("\n", 0, at) + BLOCK_LINE, at - block.rfind("\n", 0, at)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "not YAML"
    wrote = excerpt(block.split("\n")[line - BLOCK_LINE])
    message = f"the front matter is not YAML: {problem}" + (f": {wrote}" if wrote else "")
    return Finding(line, Code.FRONT_MATTER, message, "put a value that holds : # [ { or quotes in quotes", column)


def position(block: str, error: yaml.YAMLError) -> int:
    """Offset of the mistake; where the end of the block came too soon, of what was not finished."""
    if isinstance(error, yaml.MarkedYAMLError):
        problem, context = error.problem_mark, error.context_mark
        mark = context if problem is None or (context and problem.index >= len(block.rstrip())) else problem
        return min(mark.index, len(block)) if mark else 0
    position = getattr(error, "position", 0)  # of a character that YAML forbids
    return min(position, len(block)) if isinstance(position, int) else 0
