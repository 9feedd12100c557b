"""The views of cheat sheets: tokens of notes that are laid out elsewhere than in the note's body."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from greenbed.model import Choice, Fact, Garden, Note, Part, Problem
from greenbed.show.markup.body import render_blocks, render_body, render_inline
from greenbed.show.markup.linked import Linked
from greenbed.show.pages import pageviews, views
from greenbed.show.pages.assemble import SHEETS
from greenbed.show.pages.snippets import Snippets, code_html, fact_proof, source_of
from greenbed.show.relate.anchors import page_of


@dataclass(frozen=True, slots=True)
class Layout:
    """What rendering the parts of a note needs."""

    garden: Garden
    snippets: Snippets
    root: str
    linked: Linked  # what the chapters lead to


def sheet_page(part: Part, layout: Layout, report: Callable[[Sequence[Problem]], None]) -> pageviews.SheetPage:
    """A cheat sheet with its chapters; the bodies' problems go to `report`."""
    chapters = tuple(sheet_chapter(layout.garden.notes[path], layout, report) for path in part.notes)
    facts = [fact for chapter in chapters for fact in chapter.facts]
    return pageviews.SheetPage((SHEETS,), part.title, chapters, len(facts), sum(fact.badge is not None for fact in facts))


def sheet_chapter(note: Note, layout: Layout, report: Callable[[Sequence[Problem]], None]) -> views.SheetChapter:
    """A chapter at a glance, and its facts."""
    glance, problems = render_body(
        note, layout.garden, root=layout.root, snippet_html=layout.snippets.html, code_html=code_html, linked=layout.linked
    )
    report(problems)
    return views.SheetChapter(
        title=note.title,
        id=note.url.partition("#")[2],
        is_draft=note.meta.draft,
        glance_html=glance.strip(),
        facts=tuple(fact_view(fact, note, layout) for fact in note.facts),
    )


def fact_view(fact: Fact, note: Note, layout: Layout) -> views.Fact:
    """A question with its answer, and how that is known."""
    badge, proof = fact_proof(fact, note, layout.garden)
    return views.Fact(
        id=fact.id,
        question_html=question(fact.question, note, layout),
        answer_html=option(fact.answer, note, layout),
        why_html=blocks(fact.explanation, note, layout),
        distractors_html=tuple(option(choice, note, layout) for choice in fact.distractors),
        badge=badge,
        proof=proof,
        source=source_of(fact),
    )


def question(tokens: Sequence[Token], note: Note, layout: Layout) -> str:
    """A question of one paragraph without its `<p>`, since it stands in a `<summary>`."""
    if len(tokens) == 3 and tokens[0].type == "paragraph_open":
        return render_inline(tokens[1].children or (), note, layout.garden, root=layout.root, links=False)
    return blocks(tokens, note, layout)


def option(choice: Choice, note: Note, layout: Layout) -> str:
    """The answer or a distractor."""
    return render_inline(choice.tokens, note, layout.garden, root=layout.root, links=False)


def blocks(tokens: Sequence[Token], note: Note, layout: Layout) -> str:
    """Some blocks of a fact."""
    return render_blocks(
        tokens, note, layout.garden, root=layout.root, snippet_html=layout.snippets.html, code_html=code_html
    ).strip()


def sheets_page(garden: Garden) -> pageviews.SheetsPage:
    """All cheat sheets."""
    return pageviews.SheetsPage(tuple(sheet_link(part, garden) for part in garden.parts))


def sheet_link(part: Part, garden: Garden) -> views.SheetLink:
    """A cheat sheet in the list of them."""
    notes = [garden.notes[path] for path in part.notes]
    chapters = tuple(views.Anchor(note.title, note.url) for note in notes)
    return views.SheetLink(part.title, part.url or page_of(notes[0]), chapters, sum(len(note.facts) for note in notes))
