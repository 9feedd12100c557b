"""Document → citations: every place where a note names an entry of the bibliography by its key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from greenbed.model import Cited, Document, Fact
from greenbed.read.places import Places

KEY = re.compile(r"[^\W\d_][\w-]*")
"""What a key looks like. The source of a fact that looks otherwise is an address or free words."""


def citations(document: Document, facts: Sequence[Fact], places: Places) -> tuple[Cited, ...]:
    """Those in prose, then the sources of facts, then the entries of `sources`."""
    return (*_in_prose(document, places), *_in_facts(facts, places), *_in_front_matter(document, places))


def _in_prose(document: Document, places: Places) -> Iterator[Cited]:
    for inline in document.tokens:
        if inline.children and "[@" in inline.content:
            for token in inline.children:
                for key, _, at in token.meta["items"] if token.type == "citation" else ():
                    yield Cited(key, *places.inside(inline, token.meta["at"] + at))


def _in_facts(facts: Sequence[Fact], places: Places) -> Iterator[Cited]:
    for fact in facts:
        if fact.source and KEY.fullmatch(fact.source):
            yield _on_line(fact.source, fact.source_line, places)


def _in_front_matter(document: Document, places: Places) -> Iterator[Cited]:
    for source in document.meta.sources:
        if source.key:
            yield _on_line(source.key, source.line, places)


def _on_line(key: str, line: int, places: Places) -> Cited:
    return Cited(key, line, max(places.written(line).rfind(key) + 1, 1))
