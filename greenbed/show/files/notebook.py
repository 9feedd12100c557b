"""`<slug>.ipynb` beside a note: its text, its code with what it gave, and its setup; it runs from top to bottom as it is.

Written as nbformat 4.5 (nbformat.readthedocs.io/en/latest/format_description.html), the same bytes each time. The rules for
code are those of script.py: checks stay out, the statement that has to raise is caught, so that every tool runs all cells, and
what is skipped stands as text with its reason. A drawing that a snippet makes is output of its cell; one that only its checks
make would be lost when the cell is run again, and stands below it as a picture of its own.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from greenbed.model import Figure, Note, Role, Snippet, Verdict
from greenbed.show.files.blocks import Block, Container, fence, joined
from greenbed.show.files.colours import Colours, standalone
from greenbed.show.files.inlines import settled
from greenbed.show.files.script import catching, raising_lines, skipped, without_prompts
from greenbed.show.files.telling import Told
from greenbed.show.files.texts import Address, joined_parts, sources
from greenbed.show.pages.output import cut, readable

Cell = dict[str, Any]

SETUP = "setup"
"""The tag of a cell that the page keeps folded away."""

_MODULE = re.compile(r"\A(?:\w+\.)+(?=\w+(?::|\Z))")
_SVG = "image/svg+xml"
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
}


def notebook(note: Note, blocks: Sequence[Block], told: Told, *, opening: str, address: Address, colours: Colours) -> str:
    """The notebook as JSON, a cell a line; empty where the note shows no code. `opening` stands below its title."""
    if not any(snippet.role is Role.SHOWN for snippet in note.snippets):
        return ""
    writer = Writer(note, told, colours)
    first = joined_parts([f"# {note.title}", f"> {note.meta.summary}" if note.meta.summary else "", opening])
    writer.text(first.rstrip("\n"))
    for run in runs(blocks):
        writer.add(run)
    writer.text("\n\n".join(sources(note)))
    return document([settled_cell(cell, address) for cell in writer.cells], note.title)


def document(cells: Iterable[Cell], title: str) -> str:
    """Compact JSON, but a line for each cell: json is ten times as slow where it indents."""
    lines = ",\n".join(json.dumps(cell, ensure_ascii=False) for cell in named(cells))
    metadata = json.dumps({**_METADATA, "title": title}, ensure_ascii=False)
    return f'{{"cells": [\n{lines}\n],\n"metadata": {metadata},\n"nbformat": 4,\n"nbformat_minor": 5}}\n'


def named(cells: Iterable[Cell]) -> Iterator[Cell]:
    """The cells with ids that stay as they are while other cells change."""
    used: set[str] = set()
    for cell in cells:
        id = hashlib.sha256(f"{cell['cell_type']}\n{cell['source']}".encode()).hexdigest()[:12]
        number = sum(one.startswith(id) for one in used)
        used.add(id := f"{id}-{number + 1}" if number else id)
        yield {"id": id, **cell}


def settled_cell(cell: Cell, address: Address) -> Cell:
    """A cell of text with its addresses."""
    return {**cell, "source": settled(cell["source"], address)} if cell["cell_type"] == "markdown" else cell


def runs(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Text up to the next snippet of the note, and that snippet alone."""
    run: list[Block] = []
    for block in blocks:
        if block.snippet and not block.is_embedded:
            if run:
                yield run
            yield [block]
            run = []
        else:
            run.append(block)
    if run:
        yield run


@dataclass(slots=True)
class Writer:
    """Collects cells."""

    note: Note
    told: Told
    colours: Colours
    cells: list[Cell] = field(default_factory=list)
    begun: set[Container] = field(default_factory=set)  # items of lists whose first words stand in an earlier cell
    count: int = 0  # cells of code

    def add(self, run: Sequence[Block]) -> None:
        """A run of text, or a snippet."""
        snippet = run[0].snippet[1] if run[0].snippet and not run[0].is_embedded else None
        if snippet is None:
            self.text(joined(map(self.told.block, run), self.begun))
        else:
            self.snippet(snippet)

    def text(self, text: str, attachments: dict[str, dict[str, str]] | None = None) -> None:
        """A cell of Markdown."""
        if text.strip():
            attached = {"attachments": attachments} if attachments else {}
            self.cells.append({"cell_type": "markdown", "metadata": {}, **attached, "source": text})

    def snippet(self, snippet: Snippet) -> None:
        """A cell of code with what it gave, and the drawings of its checks."""
        verdicts = self.told.garden.verification.by_path.get(self.note.path, ())
        reason = skipped(snippet, verdicts)
        if reason is not None:
            self.text(f"> Not run: {' '.join(reason.split())}\n\n{fence(snippet.code, 'python')}")
            return
        verdict = verdicts[snippet.index] if snippet.index < len(verdicts) else None
        self.count += 1
        metadata = {"tags": [SETUP]} if snippet.role is Role.SETUP else {}
        self.cells.append(
            {
                "cell_type": "code",
                "execution_count": self.count,
                "metadata": metadata,
                "outputs": list(self.outputs(snippet, verdict)) if verdict and snippet.role is Role.SHOWN else [],
                "source": source(snippet, verdict),
            }
        )
        self.drawn_by_checks(snippet)

    def outputs(self, snippet: Snippet, verdict: Verdict) -> Iterator[Cell]:
        """What it printed, drew and gave."""
        is_caught = verdict.raised and raising_lines(without_prompts(snippet.code.strip("\n")))
        caught = _MODULE.sub("", verdict.raised) if is_caught else ""  # the cell prints the type's name alone
        is_session = snippet.code.lstrip().startswith(">>>")  # what it gave stands in the code, as comments
        stdout = "" if is_session else cut(readable(verdict.stdout))
        if printed := "\n".join(filter(None, [stdout, caught])):
            yield {"name": "stdout", "output_type": "stream", "text": f"{printed}\n"}
        for figure in verdict.figures:
            data = {_SVG: standalone(figure.svg, self.colours), "text/plain": figure.alt or "A figure"}
            yield {"data": data, "metadata": {}, "output_type": "display_data"}
        if verdict.shown:
            data = {"text/plain": verdict.shown}
            yield {"data": data, "execution_count": self.count, "metadata": {}, "output_type": "execute_result"}

    def drawn_by_checks(self, snippet: Snippet) -> None:
        """Pictures below the cell."""
        proof = self.told.proof(self.note, snippet)
        parts = proof.parts if proof else ()
        for figure in (figure for part, verdict in parts if part is not snippet for figure in verdict.figures):
            self.figure(figure)

    def figure(self, figure: Figure) -> None:
        """A drawing, attached to a cell of Markdown."""
        svg = standalone(figure.svg, self.colours)
        name = f"{hashlib.sha256(svg.encode()).hexdigest()[:12]}.svg"
        alt = " ".join(figure.alt.split()).replace("[", "\\[").replace("]", "\\]")
        self.text(f"![{alt}](attachment:{name})", {name: {_SVG: base64.b64encode(svg.encode()).decode()}})


def source(snippet: Snippet, verdict: Verdict | None) -> str:
    """The code of a cell."""
    code = without_prompts(snippet.code.strip("\n"))
    if snippet.options.raises:
        unreadable = raising_lines(code) is None
        code = catching(code)
        code += f"\n# {verdict.raised}" if unreadable and verdict and verdict.raised else ""
    return f"# {snippet.options.title}\n{code}" if snippet.options.title else code
