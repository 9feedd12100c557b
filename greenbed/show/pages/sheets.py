"""The views of cheat sheets: tokens of notes that are laid out elsewhere than in the note's body."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from markdown_it.token import Token

from greenbed.model import Choice, Fact, Garden, Note, Part, Problem
from greenbed.show.files.decks import deck_names
from greenbed.show.markup.body import render_blocks, render_body, render_inline
from greenbed.show.markup.linked import Linked
from greenbed.show.pages import sheetviews, views
from greenbed.show.pages.assemble import SHEETS
from greenbed.show.pages.snippets import Snippets, code_html, fact_proof, source_of
from greenbed.show.relate.anchors import page_of
from greenbed.show.relate.choices import shuffled

SIGNS_IN_A_COLUMN = 26  # measured: 28 fill the third part of an A4 page where each other one is a plus

_FORMULA = re.compile(r"<math\b.*?</math>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Layout:
    """What rendering the parts of a note needs."""

    garden: Garden
    snippets: Snippets
    root: str
    linked: Linked  # what the chapters lead to


def sheet_page(part: Part, layout: Layout, report: Callable[[Sequence[Problem]], None]) -> sheetviews.SheetPage:
    """A cheat sheet with its chapters; the bodies' problems go to `report`."""
    chapters = tuple(sheet_chapter(layout.garden.notes[path], layout, report) for path in part.notes)
    facts = [fact for chapter in chapters for fact in chapter.facts]
    return sheetviews.SheetPage(
        crumbs=(SHEETS,),
        title=part.title,
        chapters=chapters,
        facts=len(facts),
        proven=sum(fact.badge is not None for fact in facts),
        files=tuple(file_link(name) for name in deck_names(part, layout.garden)),
    )


def sheet_chapter(note: Note, layout: Layout, report: Callable[[Sequence[Problem]], None]) -> sheetviews.SheetChapter:
    """A chapter at a glance, and its facts."""
    glance, problems = render_body(
        note, layout.garden, root=layout.root, snippet_html=layout.snippets.html, code_html=code_html, linked=layout.linked
    )
    report(problems)
    return sheetviews.SheetChapter(
        title=note.title,
        id=note.url.partition("#")[2],
        is_draft=note.meta.draft,
        glance_html=glance.strip(),
        facts=tuple(fact_view(fact, note, layout) for fact in note.facts),
        is_wide=is_wide(glance),
    )


def fact_view(fact: Fact, note: Note, layout: Layout) -> sheetviews.Fact:
    """A question with its answer, and how that is known."""
    badge, proof = fact_proof(fact, note, layout.garden)
    asked, why = question(fact.question, note, layout), blocks(fact.explanation, note, layout)
    answer, choices = option(fact.answer, note, layout), options(fact, note, layout) if fact.distractors else ()
    return sheetviews.Fact(
        id=fact.id,
        question_html=asked,
        answer_html=answer,
        why_html=why,
        options=choices,
        badge=badge,
        proof=proof,
        source=source_of(fact),
        is_wide=is_wide(asked, answer, why, *(choice.html for choice in choices)),
    )


def is_wide(*htmls: str) -> bool:
    """Whether a formula is wider than a column of paper. Its signs are counted, as if nothing stood above something else."""
    formulas = (formula for html in htmls if "<math" in html for formula in _FORMULA.findall(html))
    return any(len(_TAG.sub("", formula)) > SIGNS_IN_A_COLUMN for formula in formulas)


def file_link(name: str) -> views.Anchor:
    """A file beside the page, named for what it is."""
    return views.Anchor({".apkg": "Anki deck", ".tsv": "Table (TSV)"}[PurePosixPath(name).suffix], name)


def question(tokens: Sequence[Token], note: Note, layout: Layout) -> str:
    """A question of one paragraph without its `<p>`, since it stands in a `<summary>`."""
    if len(tokens) == 3 and tokens[0].type == "paragraph_open":
        return render_inline(tokens[1].children or (), note, layout.garden, root=layout.root, links=False)
    return blocks(tokens, note, layout)


def option(choice: Choice, note: Note, layout: Layout) -> str:
    """The answer or a distractor."""
    return render_inline(choice.tokens, note, layout.garden, root=layout.root, links=False)


def options(fact: Fact, note: Note, layout: Layout) -> tuple[sheetviews.Option, ...]:
    """What a reader chooses from."""
    return tuple(sheetviews.Option(option(choice, note, layout), choice is fact.answer) for choice in shuffled(fact))


def blocks(tokens: Sequence[Token], note: Note, layout: Layout) -> str:
    """Some blocks of a fact."""
    return render_blocks(
        tokens, note, layout.garden, root=layout.root, snippet_html=layout.snippets.html, code_html=code_html
    ).strip()


def sheets_page(garden: Garden) -> sheetviews.SheetsPage:
    """All cheat sheets."""
    return sheetviews.SheetsPage(tuple(sheet_link(part, garden) for part in garden.parts))


def sheet_link(part: Part, garden: Garden) -> sheetviews.SheetLink:
    """A cheat sheet in the list of them."""
    notes = [garden.notes[path] for path in part.notes]
    chapters = tuple(sheetviews.ChapterLink(note.title, note.url, tuple(fact.id for fact in note.facts)) for note in notes)
    return sheetviews.SheetLink(part.title, part.url or page_of(notes[0]), chapters)
