"""Snippets, other code and facts as the body asks for them: views, handed to their macros."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, cached_property

from greenbed.model import Fact, Garden, Note, Role, Snippet, Status
from greenbed.show.files.script import tries
from greenbed.show.markup.figures import WIDE, drawing, width_of
from greenbed.show.markup.highlight import escape, highlight
from greenbed.show.pages import views
from greenbed.show.pages.env import Templates
from greenbed.show.pages.output import outputs, warnings
from greenbed.show.pages.proof import badge, explained
from greenbed.show.pages.sights import beside
from greenbed.show.pages.verification import Proof, proofs
from greenbed.show.urls import is_external

NOTHING_RAN = (Status.SKIPPED, Status.NOT_RUN)
_NAMES_ANSWER = re.compile(r"\banswer\b")


class Snippets:
    """The snippets of a garden as HTML; one that is embedded elsewhere is rendered once."""

    def __init__(self, garden: Garden, templates: Templates) -> None:
        self.garden = garden
        self.templates = templates
        self._rendered: dict[tuple[str, int], str] = {}

    @cached_property
    def macro(self) -> Callable[..., str]:
        """The macro, compiled when the first snippet asks for it; raises TemplateMistake."""
        return self.templates.macro("snippet")

    def html(self, note: Note, snippet: Snippet) -> str:
        """The figure of a shown snippet."""
        key = (note.path.as_posix(), snippet.index)
        if key not in self._rendered:
            self._rendered[key] = self.macro(snippet_view(note, snippet, self.garden))
        return self._rendered[key]


def snippet_view(note: Note, snippet: Snippet, garden: Garden) -> views.Snippet:
    """A shown snippet with its verdict."""
    shown = [one.index for one in note.snippets if one.role is Role.SHOWN]
    proof = proof_at(note, snippet, garden)
    verdict = proof.verdict if proof else None
    told = explained(proof, garden.verification.environment) if proof else None
    words = beside(snippet.code, told.shapes) if told else {}
    return views.Snippet(
        title=snippet.options.title or "",
        number=shown.index(snippet.index) + 1,
        badge=badge(proof.status) if proof else None,
        code_html=highlight(snippet.code, "python", marked=snippet.options.lines, beside=words),
        outputs=outputs(snippet, verdict),
        raised=verdict.raised if verdict else "",
        reason=reason_of(proof) if proof else "",
        proof=told,
        warnings=warnings(verdict.warnings) if verdict else (),
        place=f"{note.path.with_suffix('')} {snippet.index}" if told else "",
        is_fresh=is_fresh(note, snippet, shown),
        figures=figures_of(proof) if proof else (),
        tries="0" if proof and proof.verdict.status in NOTHING_RAN else tries(snippet),
    )


def is_fresh(note: Note, snippet: Snippet, shown: Sequence[int]) -> bool:
    """Whether a namespace begins with this snippet or its setup: nothing above is in reach."""
    before = max((index for index in shown if index < snippet.index), default=-1)
    return any(one.options.new for one in note.snippets[before + 1 : snippet.index + 1])


def figures_of(proof: Proof) -> tuple[views.Figure, ...]:
    """What the snippet and its checks drew, in order."""
    drawn = [drawing(figure) for _, verdict in proof.parts for figure in verdict.figures]
    return tuple(views.Figure(svg, is_wide=width_of(svg) > WIDE) for svg in drawn)


def proof_at(note: Note, snippet: Snippet, garden: Garden) -> Proof | None:
    """What stands behind a snippet; None where the note was not checked."""
    verdicts = garden.verification.by_path.get(note.path)
    if not verdicts:
        return None
    return next(proof for proof in proofs(note, verdicts) if proof.snippet.index == snippet.index)


def reason_of(proof: Proof) -> str:
    """Why it was skipped, was not run, or failed: the first reason there is; empty where all is well."""
    if proof.status in (Status.VERIFIED, Status.RUNS):
        return ""
    verdicts = [verdict for _, verdict in proof.parts]
    reasons = [verdict.reason or next((failure.message for failure in verdict.failures), "") for verdict in verdicts]
    return next(filter(None, reasons), "")


@cache
def code_html(code: str, language: str) -> str:
    """Code that is not run."""
    name = f"{language} code" if language else "Preformatted text"
    return (
        f'<pre class="code" tabindex="0" role="group" aria-label="{escape(name).replace(chr(34), "&quot;")}">'
        f"<code>{highlight(code, language)}</code></pre>\n"
    )


def fact_proof(fact: Fact, note: Note, garden: Garden) -> tuple[views.Badge | None, views.Proof | None]:
    """The level of a fact's check, and how it decides."""
    if fact.check is None:
        return None, None
    snippet = note.snippets[fact.check]
    proof = proof_at(note, snippet, garden)
    if proof is None:
        return None, None
    told = explained(proof, garden.verification.environment)
    if told and proof.status is Status.VERIFIED:
        told = replace(told, sentence=f"{decides(snippet, fact)} {told.sentence}")
    return badge(proof.status), told


def decides(snippet: Snippet, fact: Fact) -> str:
    """What the check of a fact decides."""
    others = len(fact.distractors)
    if not _NAMES_ANSWER.search(snippet.code):
        return "The check proves the explanation."
    if not others:
        return "The check holds for the answer."
    return (
        f"The check holds for the answer and fails for {'the other option' if others == 1 else f'each of the {others} others'}."
    )


def source_of(fact: Fact) -> views.Anchor | None:
    """Where a fact that code cannot decide is taken from."""
    if not fact.source:
        return None
    return views.Anchor(fact.source_title or fact.source, fact.source if is_external(fact.source) else "")
