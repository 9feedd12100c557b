"""From tokens back to lines and columns of the file."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise

from markdown_it.token import Token

from greenbed.model import Document

CELLS = ("td_open", "th_open")


class Places:
    """Finds where a document's tokens were written."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def lines(self) -> list[str]:
        """The file's lines."""
        return self.document.source.text.split("\n")

    def line(self, token: Token) -> int:
        """File line of a block token; the body's first line where it has none."""
        return (token.map[0] if token.map else 0) + self.document.body_line

    def written(self, line: int) -> str:
        """The text of a file line."""
        return self.lines[line - 1] if line <= len(self.lines) else ""

    def inside(self, inline: Token, at: int) -> tuple[int, int]:
        """File line and column of the offset `at` in an inline token's content."""
        line = self.line(inline) + inline.content.count("\n", 0, at)
        if id(inline) in self._cells:
            return line, self._cells[id(inline)] + at + inline.content.count("|", 0, at) + 1
        start = inline.content.rfind("\n", 0, at) + 1
        end = inline.content.find("\n", at)
        content = inline.content[start : end if end >= 0 else None]
        return line, max(self.written(line).find(content.rstrip()), 0) + at - start + 1

    @cached_property
    def _cells(self) -> dict[int, int]:
        """Where the content of each table cell begins in its line, by the cell's identity; a bar in it is written \\|."""
        begins: dict[int, int] = {}
        for before, token in pairwise(self.document.tokens):
            if before.type == "tr_open":
                end = 0
            elif before.type in CELLS and token.content:
                written = token.content.replace("|", "\\|")
                begins[id(token)] = max(self.written(self.line(token)).find(written, end), end)
                end = begins[id(token)] + len(written)
        return begins
