"""<part>.tsv beside a cheat sheet: its facts as a table, for spreadsheets, scripts and the import of Anki.

The first lines are headers that Anki reads (Manual, "Text Files", File Headers). Then one line a fact: id, question, answer,
distractors separated by " | ", explanation; UTF-8, cells with quotation marks are quoted as in CSV. All is plain text; formulas
are LaTeX between `\\(…\\)` or `\\[…\\]`, which Anki sets.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from markdown_it.token import Token

from greenbed.model import Choice, Fact, Garden, LinkKind, Note, Part
from greenbed.show.markup.plain import plain

COLUMNS = ("id", "question", "answer", "distractors", "explanation")
HEADER = ("#separator:tab", "#html:false", "#columns:" + "\t".join(COLUMNS))
BETWEEN = " | "

_FORMULAS = {"math_inline": r"\({}\)", "math_inline_double": r"\[{}\]", "math_block": r"\[{}\]"}
_CODE = frozenset({"fence", "code_block"})


def facts_table(part: Part, garden: Garden) -> str:
    """The facts of a part; empty where it has none."""
    rows = [row(fact, garden.notes[path], garden) for path in part.notes for fact in garden.notes[path].facts]
    if not rows:
        return ""
    out = StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(rows)
    return "\n".join([*HEADER, out.getvalue()])


def row(fact: Fact, note: Note, garden: Garden) -> tuple[str, ...]:
    """The cells of one fact, in the order of COLUMNS."""

    def option(choice: Choice) -> str:
        return plain(worded(choice.tokens, note, garden))

    return (
        fact.id,
        blocks_text(fact.question, note, garden),
        option(fact.answer),
        BETWEEN.join(map(option, fact.distractors)),
        blocks_text(fact.explanation, note, garden),
    )


def blocks_text(tokens: Sequence[Token], note: Note, garden: Garden) -> str:
    """Paragraphs, formulas and code on one line."""
    parts = []
    for token in tokens:
        if token.type == "inline":
            parts.append(plain(worded(token.children or (), note, garden)))
        elif token.type in _FORMULAS:
            parts.append(formula(token))
        elif token.type in _CODE:
            parts.append(token.content)
    return " ".join(" ".join(parts).split())


def worded(tokens: Iterable[Token], note: Note, garden: Garden) -> Iterator[Token]:
    """The same with text for formulas, and with the title of what a link without words leads to."""
    for token in tokens:
        if token.type in _FORMULAS:
            yield Token("text", "", 0, content=formula(token))
        elif token.type == "wikilink" and not token.meta.get("text"):
            target = garden.targets.get((note.path, LinkKind.WIKILINK, token.meta["target"], token.meta["fragment"]))
            yield Token("text", "", 0, content=target.title) if target else token
        else:
            yield token


def formula(token: Token) -> str:
    """LaTeX between the marks that MathJax looks for."""
    return _FORMULAS[token.type].format(token.content.strip())
