"""Snippets, other code and facts as the body asks for them: views, handed to their macros."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, cached_property

from greenbed.model import Fact, Garden, Note, Role, Snippet, Status
from greenbed.show.markup.highlight import escape, highlight
from greenbed.show.pages import views
from greenbed.show.pages.env import Templates
from greenbed.show.pages.proof import badge, explained
from greenbed.show.pages.verification import Proof, proofs
from greenbed.show.urls import is_external

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
    return views.Snippet(
        title=snippet.options.title or "",
        number=shown.index(snippet.index) + 1,
        badge=badge(proof.status) if proof else None,
        code_html=highlight(snippet.code, "python", marked=snippet.options.lines),
        output=snippet.expected.text.rstrip("\n") if snippet.expected else "",
        raised=proof.verdict.raised if proof else "",
        reason=reason_of(proof) if proof else "",
        proof=explained(proof, garden.verification.environment) if proof else None,
    )


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
        told = views.Proof(f"{decides(snippet, fact)} {told.sentence}", told.blocks)
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
    return views.Anchor(fact.source, fact.source if is_external(fact.source) else "")
