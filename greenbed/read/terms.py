"""Document → terms, where the note introduces them."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.token import Token

from greenbed.model import Code, Document, Term
from greenbed.read.findings import Finding
from greenbed.read.places import Places
from greenbed.read.sentences import Sentences


def terms(document: Document, places: Places) -> tuple[tuple[Term, ...], list[Finding]]:
    """All terms with their sentences; findings: bad-term."""
    found: dict[str, Term] = {}
    findings: list[Finding] = []
    for before, inline in _inlines(document.tokens):
        for index, token in _openings(inline):
            line, column = places.inside(inline, token.meta["at"])
            complaint = _complaint(token, before, inline, index, found)
            if complaint:
                findings.append(Finding(line, Code.BAD_TERM, *complaint, column))
            else:
                found[token.meta["id"]] = _term(inline.children or [], index, line)
    return tuple(found.values()), findings


def _inlines(tokens: tuple[Token, ...]) -> Iterator[tuple[Token, Token]]:
    for index, token in enumerate(tokens):
        if token.children:
            yield tokens[index - 1], token


def _openings(inline: Token) -> Iterator[tuple[int, Token]]:
    for index, token in enumerate(inline.children or ()):
        if token.type == "term_open":
            yield index, token


def _complaint(token: Token, before: Token, inline: Token, index: int, found: dict[str, Term]) -> tuple[str, str] | None:
    """What is wrong with a term, and how to mend it."""
    name = token.meta["name"]
    if not name:
        return "a term without a name", "write the term between the brackets: [gradient]{.term}"
    if before.type == "heading_open":
        return f'the term "{name}" is introduced in a heading', "mark it in the sentence that says what it is"
    if any(other.type == "term_open" and other.level < token.level for other in (inline.children or [])[:index]):
        return f'the term "{name}" is introduced inside another term', "mark one of the two"
    if token.meta["id"] in found:
        first = found[token.meta["id"]].line
        return f'the term "{name}" is introduced a second time, first on line {first}', "mark it only where it is explained"
    return None


def _term(children: list[Token], index: int, line: int) -> Term:
    meta, level = children[index].meta, children[index].level
    last = next(at for at in range(index + 1, len(children)) if children[at].nesting < 0 and children[at].level == level)
    sentences = Sentences(children)
    tokens = sentences.written(index, last)
    return Term(meta["name"], meta["short"], meta["aliases"], meta["id"], line, sentences.said(index, last), tokens)
