"""Document → Note: everything that later stages ask of a note. Pure."""

from __future__ import annotations

from dataclasses import replace

from greenbed.model import Document, Note, Problem
from greenbed.read.citations import citations
from greenbed.read.facts import facts
from greenbed.read.findings import problems
from greenbed.read.links import links
from greenbed.read.literals import literals
from greenbed.read.place import place
from greenbed.read.places import Places
from greenbed.read.prose import excerpt, words
from greenbed.read.snippets import snippets
from greenbed.read.terms import terms
from greenbed.read.titles import headings, titled


def extract(document: Document) -> tuple[Note, tuple[Problem, ...]]:
    """The note; problems: unknown-option, bad-option, orphan-snippet, bad-term, bad-fact, bad-literal."""
    source, meta, places = document.source, document.meta, Places(document)
    stands = place(source.path, meta.slug)
    name = titled(document, places)
    found, unclear_code = snippets(document, places)
    whole, choices, unclear_facts = facts(document, found, places)
    introduced, unclear_terms = terms(document, places)
    checked, unclear_literals = literals(document, found, places)
    note = Note(
        path=source.path,
        file=source.file,
        sha256=source.sha256,
        kind=stands.kind,
        slug=stands.slug,
        url=stands.url,
        title=name.title,
        title_line=name.line,
        meta=meta,
        created=meta.created,
        updated=meta.updated or source.committed,
        tokens=name.tokens,
        body_line=document.body_line,
        headings=tuple(headings(name.tokens, places)),
        snippets=tuple(replace(at, choices=choices[at.index]) if at.index in choices else at for at in found),
        links=tuple(links(document, places)),
        terms=introduced,
        facts=whole,
        words=words(name.tokens),
        excerpt=excerpt(name.tokens),
        literals=checked,
        citations=citations(document, whole, places),
    )
    return note, problems(source.path, [*unclear_code, *unclear_facts, *unclear_terms, *unclear_literals])
