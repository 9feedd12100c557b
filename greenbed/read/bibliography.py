"""content/references.yaml → the bibliography: a mapping from key to title, authors, year, and perhaps venue, url and note.

An author is a family name, "Family, Given" or an organisation; "et al." may end the list. What is wrong is reported, and an
entry that is not whole is left out. Read from YAML nodes, which know their lines, like front matter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode

from greenbed.model import Code, Reference, Severity
from greenbed.read.citations import KEY
from greenbed.read.findings import Finding, excerpt, suggestion
from greenbed.read.frontmatter import LOADER, is_too_deep, position
from greenbed.read.values import Values

BIBLIOGRAPHY = PurePosixPath("references.yaml")
OTHERS = "et al."
HINT = 'write key: {title: "…", authors: ["…"], year: 2017, url: "https://…"}'
WEB = re.compile(r"https?://\S+")

Findings = tuple[Finding, ...]


@lru_cache(maxsize=2)
def bibliography(text: str) -> tuple[Mapping[str, Reference], Findings]:
    """The entries by key, as ordered in the file, labelled; findings: bad-reference, unknown-key.

    >>> [reference.label for reference in bibliography("a1: {title: T, authors: [Ba, Kiros], year: 2016}")[0].values()]
    ['Ba and Kiros, 2016']
    """
    try:
        node = None if (too_deep := is_too_deep(text)) else yaml.compose(text, LOADER)
    except yaml.YAMLError as error:
        return {}, (_broken(text, error),)
    if too_deep:
        return {}, (Finding(1, Code.BAD_REFERENCE, "the bibliography is nested too deeply", HINT),)
    if node is None:
        return {}, ()
    values = Values(text, first_line=1, code=Code.BAD_REFERENCE)
    if not isinstance(node, MappingNode):
        values.wrong("references.yaml", node, "made of keys and their works", HINT)
        return {}, tuple(values.findings)
    entries = tuple(_entries(values, node))
    return {entry.key: entry for entry in labelled(entries)}, tuple(values.findings)


def labelled(entries: tuple[Reference, ...]) -> Iterator[Reference]:
    """Entries of the same people in the same year are told apart by a letter, in the order of the file."""
    shared = Counter(entry.label for entry in entries)
    seen: Counter[str] = Counter()
    for entry in entries:
        seen[entry.label] += 1
        letter = _letter(seen[entry.label]) if shared[entry.label] > 1 else ""
        yield replace(entry, label=entry.label + letter)


def _letter(number: int) -> str:
    """1 → "a", 26 → "z", 27 → "aa"."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def label(authors: tuple[str, ...], year: int) -> str:
    """How a work is named in a sentence.

    >>> label(("Vaswani, Ashish", "Shazeer, Noam", "Parmar, Niki"), 2017), label(("Gemma Team",), 2024)
    ('Vaswani et al., 2017', 'Gemma Team, 2024')
    """
    families = [author.partition(",")[0].strip() for author in authors]
    if len(families) > 2 or families[-1] == OTHERS:
        return f"{families[0]} et al., {year}"
    return f"{' and '.join(families)}, {year}"


def _entries(values: Values, node: MappingNode) -> Iterator[Reference]:
    lines: dict[str, int] = {}
    for (key, value), (key_node, _) in zip(values.items(node), node.value, strict=True):
        line, column = values.place(key_node)
        if key in lines:
            message = f'"{excerpt(key)}" is written twice, first on line {lines[key]}'
            values.findings.append(Finding(line, Code.BAD_REFERENCE, message, "keep one of the two", column))
        elif not KEY.fullmatch(key):
            message = f'"{excerpt(key)}" is no key for a citation'
            hint = "begin with a letter, and go on with letters, digits, - and _: vaswani2017"
            values.findings.append(Finding(line, Code.BAD_REFERENCE, message, hint, column))
        elif not isinstance(value, MappingNode):
            values.wrong(key, value, "a mapping", HINT)
        elif entry := _entry(values, key, value, line):
            yield entry
        lines.setdefault(key, line)


def _entry(values: Values, key: str, node: MappingNode, line: int) -> Reference | None:
    fields: dict[str, Any] = {}
    written: set[str] = set()
    before = len(values.findings)
    for (name, value), (name_node, _) in zip(values.items(node), node.value, strict=True):
        if name not in READERS:
            values.findings.append(_unknown(key, name, *values.place(name_node)))
        elif name in written:
            message = f'"{name}" is written twice in "{key}"'
            values.findings.append(Finding(values.place(name_node)[0], Code.BAD_REFERENCE, message, "keep one of the two"))
        elif (read := READERS[name](values, name, value)) is not None:
            fields[name] = read
        written.add(name)
    if missing := [name for name in ("title", "authors", "year") if name not in written]:
        message = f'"{key}" has no {" and no ".join(missing)}'
        values.findings.append(Finding(line, Code.BAD_REFERENCE, message, HINT))
    if any(finding.severity is Severity.ERROR for finding in values.findings[before:]):
        return None
    return Reference(key=key, line=line, label=label(fields["authors"], fields["year"]), **fields)


def _authors(values: Values, name: str, node: Node) -> tuple[str, ...] | None:
    before = len(values.findings)
    authors = values.texts(name, node)
    if authors is not None and len(values.findings) == before and (not authors or authors[0] == OTHERS):
        values.wrong(name, node, "a list with one author or more", f"write {name}: [Vaswani, Shazeer]")
        return None
    return authors


def _year(values: Values, name: str, node: Node) -> int | None:
    if isinstance(node, ScalarNode) and node.tag.endswith(":int") and re.fullmatch(r"[12]\d{3}", node.value):
        return int(node.value)
    values.wrong(name, node, "a year", f"write {name}: 2017, without quotes")
    return None


def _address(values: Values, name: str, node: Node) -> str | None:
    if isinstance(node, ScalarNode) and WEB.fullmatch(node.value):
        return str(node.value)
    values.wrong(name, node, "an address", f'write {name}: "https://arxiv.org/abs/1706.03762"')
    return None


READERS: Mapping[str, Callable[[Values, str, Node], object]] = {
    "title": Values.text,
    "authors": _authors,
    "year": _year,
    "venue": Values.text,
    "url": _address,
    "note": Values.text,
}


def _unknown(key: str, name: str, line: int, column: int) -> Finding:
    message = f'"{key}" has an unknown field "{excerpt(name)}"'
    return Finding(line, Code.UNKNOWN_KEY, message, suggestion(name, READERS), column, Severity.WARNING)


def _broken(text: str, error: yaml.YAMLError) -> Finding:
    at = position(text, error)
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "not YAML"
    wrote = excerpt(text.split("\n")[line - 1])
    message = f"the bibliography is not YAML: {problem}" + (f": {wrote}" if wrote else "")
    return Finding(line, Code.BAD_REFERENCE, message, "put a value that holds : # [ { or quotes in quotes", column)
