"""From tokens back to lines and columns of the file."""

from __future__ import annotations

from functools import cached_property

from markdown_it.token import Token

from greenbed.model import Document


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
        start = inline.content.rfind("\n", 0, at) + 1
        end = inline.content.find("\n", at)
        content = inline.content[start : end if end >= 0 else None]
        found = self.written(line).find(content.rstrip())
        if found < 0:  # a table cell in which \\| became |
            begin = self.written(line).find(inline.content[at:].partition("|")[0])
            return line, max(begin, 0) + 1
        return line, found + at - start + 1
