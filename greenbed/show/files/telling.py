"""What a snippet gave and how that is known, in plain Markdown: under its code in `index.md` and llms-full.txt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from greenbed.model import Environment, Garden, Note, Role, Snippet, Status, Verdict
from greenbed.show.files.blocks import Block, fence
from greenbed.show.pages.env import counted
from greenbed.show.pages.output import outputs
from greenbed.show.pages.proof import ran_on
from greenbed.show.pages.verification import Proof, proofs


class Told:
    """The snippets of a garden in words; what is proven of a note is looked up once."""

    def __init__(self, garden: Garden) -> None:
        self.garden = garden
        self._proofs: dict[PurePosixPath, Mapping[int, Proof]] = {}

    def proof(self, note: Note, snippet: Snippet) -> Proof | None:
        """What stands behind a shown snippet or a fact's check; None where the note was not checked."""
        if note.path not in self._proofs:
            verdicts = self.garden.verification.by_path.get(note.path)
            found = proofs(note, verdicts) if verdicts else ()
            self._proofs[note.path] = {proof.snippet.index: proof for proof in found}
        return self._proofs[note.path].get(snippet.index)

    def block(self, block: Block) -> Block:
        """A block whose text is known."""
        return replace(block, text=self.text(*block.snippet)) if block.snippet else block

    def text(self, note: Note, snippet: Snippet) -> str:
        """The code, what it gave, and on what it ran; of a fact's check the last alone."""
        if snippet.role is Role.SETUP:
            return fence(snippet.code, "python setup")
        proof = self.proof(note, snippet)
        said = provenance(proof, self.garden.verification.environment) if proof else ""
        if snippet.role is Role.FACT:
            return said
        title = f' title="{snippet.options.title}"' if snippet.options.title else ""
        parts = [fence(snippet.code, f"python{title}"), *results(snippet, proof), said]
        return "\n\n".join(part for part in parts if part)


def results(snippet: Snippet, proof: Proof | None) -> Iterator[str]:
    """What it printed and gave, the error that it raised, and what its drawings show."""
    yield from (fence(one.text, "output") for one in outputs(snippet, proof.verdict if proof else None))
    if proof and proof.verdict.raised:
        yield fence(proof.verdict.raised, "error")
    for _, verdict in proof.parts if proof else ():
        yield from (f"*Figure: {' '.join(figure.alt.split())}*" for figure in verdict.figures)


def provenance(proof: Proof, environment: Environment) -> str:
    """ "> Verified: 3 checks held on torch 2.13.0, 2026-11-23." """
    verdicts = [verdict for _, verdict in proof.parts]
    if proof.status is Status.VERIFIED:
        return f"> Verified: {counted(proof.checks, 'check', 'checks')} held {_where(verdicts, environment)}."
    if proof.status is Status.RUNS:
        return f"> Ran {_where(verdicts, environment)}; it claims nothing."
    word = {Status.SKIPPED: "Skipped", Status.NOT_RUN: "Not run"}.get(proof.status, "Failed")
    reasons = (verdict.reason or next((failure.message for failure in verdict.failures), "") for verdict in verdicts)
    return f"> {word}: {' '.join(next(filter(None, reasons), 'no reason is known').split())}"


def _where(verdicts: Sequence[Verdict], environment: Environment) -> str:
    day = max((verdict.verified_on[:10] for verdict in verdicts), default="")
    return f"on {ran_on(environment)}{f', {day}' if day else ''}"
