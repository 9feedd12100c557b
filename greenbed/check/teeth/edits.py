"""Edits of source text by the places of syntax-tree nodes.

Mutants are made in the text, never by unparsing: claims live in comments, and every line has to stay where it is.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """What an edit does; a snippet's mutants are spread over these."""

    OPERATOR = "operator"
    COMPARISON = "comparison"
    SIGN = "sign"  # a minus, a not or a ~ dropped
    CONSTANT = "constant"
    AXIS = "axis"
    STRING = "string"
    PAIR = "pair"  # sum for mean, zeros for ones, float16 for bfloat16
    TRANSPOSE = "transpose"  # dropped
    ARGUMENTS = "arguments"  # two neighbours swapped
    KEYWORD = "keyword"  # an argument dropped
    SLICE = "slice"
    CONDITION = "condition"  # negated
    STATEMENT = "statement"  # dropped
    RETURN = "return"  # of None
    DECORATOR = "decorator"  # dropped


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` where characters `start` to `end` are."""

    kind: Kind
    start: int
    end: int
    text: str


_SKIPPED = re.compile(r"#[^\n]*")


class Text:
    """Source text that knows where the nodes of its syntax tree lie."""

    def __init__(self, source: str) -> None:
        self.source = source

    @cached_property
    def _lines(self) -> list[str]:
        return self.source.split("\n")  # as Python counts lines: not at form feeds and the like

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        for line in self._lines:
            starts.append(starts[-1] + len(line) + 1)
        return starts

    def _offset(self, line: int, column: int) -> int:
        """Of a line, from 1, and a column in bytes of UTF-8, as the syntax tree counts them."""
        text = self._lines[line - 1]
        return self._starts[line - 1] + (column if text.isascii() else len(text.encode()[:column].decode()))

    def span(self, node: ast.expr | ast.stmt | ast.keyword) -> tuple[int, int]:
        """Where a node begins and ends; parentheses around it do not belong to it."""
        start = self._offset(node.lineno, node.col_offset)
        return start, self._offset(node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)

    def of(self, node: ast.expr | ast.stmt | ast.keyword) -> str:
        """The text of a node."""
        start, end = self.span(node)
        return self.source[start:end]

    def line(self, offset: int) -> int:
        """The line, from 1, that a character is on."""
        return self.source.count("\n", 0, offset) + 1

    def find(self, pattern: re.Pattern[str], start: int, end: int) -> tuple[int, int] | None:
        """The first match between two places that is not in a comment."""
        while start < end:
            comment = _SKIPPED.search(self.source, start, end)
            match = pattern.search(self.source, start, comment.start() if comment else end)
            if match is not None or comment is None:
                return match.span() if match is not None else None
            start = comment.end()
        return None

    def edited(self, edit: Edit) -> str:
        """The text with `edit` made, as many lines long as it was."""
        lost = self.source.count("\n", edit.start, edit.end) - edit.text.count("\n")
        return self.source[: edit.start] + edit.text + " \\\n" * lost + self.source[edit.end :]
