"""The part of a note that an embed shows: the whole, a section, a fact, or the block in which a term is introduced.

Of a fact it shows the question, the answer and the explanation; the options that are wrong belong to the quiz.
"""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token

from greenbed.model import Fact, Note


def section(note: Note, fragment: str) -> tuple[Token, ...]:
    """The block tokens below a note-local id; all but the footnotes when it is empty, none when nothing has it."""
    tokens = _without_footnotes(note.tokens)
    if not fragment:
        return tokens
    if fact := next((fact for fact in note.facts if fact.id == fragment), None):
        return (*fact.question, *_answer(fact), *fact.explanation)
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and token.attrs.get("id") == fragment:
            return tokens[index : _section_end(tokens, index)]
        if token.type == "inline" and _introduces(token, fragment):
            start = max(i for i in range(index + 1) if tokens[i].level == 0 and tokens[i].nesting == 1)
            return tokens[start : _close_of(tokens, start) + 1]
    return ()


def _without_footnotes(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    at = next((index for index, token in enumerate(tokens) if token.type == "footnote_block_open"), len(tokens))
    return tokens[:at]


def _answer(fact: Fact) -> tuple[Token, ...]:
    """The answer as a paragraph."""
    inline = Token("inline", "", 0, content=fact.answer.text, children=list(fact.answer.tokens), level=1, block=True)
    return Token("paragraph_open", "p", 1, block=True), inline, Token("paragraph_close", "p", -1, block=True)


def _section_end(tokens: Sequence[Token], start: int) -> int:
    """Where the next heading of the same rank or a higher one begins, or the container ends in which the heading stands."""
    heading = tokens[start]
    for index in range(start + 1, len(tokens)):
        token = tokens[index]
        if token.level < heading.level or (token.type == "heading_open" and token.tag <= heading.tag):
            return index
    return len(tokens)


def _close_of(tokens: Sequence[Token], start: int) -> int:
    depth = 0
    for index in range(start, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return len(tokens)


def _introduces(inline: Token, term: str) -> bool:
    return any(child.type == "term_open" and child.meta.get("id") == term for child in inline.children or ())
