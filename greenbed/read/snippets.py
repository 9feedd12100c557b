"""Document → snippets, in the order of the file, and what belongs to what.

A setup belongs to the next shown snippet or fact, a check and an output fence to the shown snippet before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markdown_it.token import Token

from greenbed.model import Code, Document, Expected, Role, Severity, Snippet
from greenbed.read import options
from greenbed.read.findings import Finding
from greenbed.read.places import Places

OUTPUT = re.compile(r"\s*output(?:\s+(.*\S))?\s*", re.DOTALL)
HIDDEN_FENCE = re.compile(r"^[ \t>]*(?:`{3,}|~{3,})[ \t]*\{?\.?(?:python3?|py|pycon|code-cell)\b", re.MULTILINE | re.IGNORECASE)
RAW_HTML = re.compile(r"\s*<(?:!--|pre\b|script\b|style\b|textarea\b)", re.IGNORECASE)
HIDING = {
    "html_block": (
        "this code is a part of the HTML block above it, so it is not run",
        "leave an empty line between the HTML and the fence",
    ),
    "code_block": (
        "this fence is indented too far to be one, so its code is not run",
        "indent it like the text above it; to show a fence, put it into a longer one",
    ),
    "inline": (
        "this fence is a part of the paragraph, so its code is not run",
        "write ``` and the language on a line of their own, indented like the text above",
    ),
}


@dataclass(frozen=True, slots=True)
class Fence:
    """A fence and where it stands."""

    token: Token
    line: int  # file line of its opening
    in_fact: bool


def snippets(document: Document, places: Places) -> tuple[tuple[Snippet, ...], list[Finding]]:
    """All executable fences; findings: unknown-option, bad-option, orphan-snippet."""
    collector = Collector(places)
    for fence in sorted(_fences(document.tokens, places), key=lambda fence: fence.line):  # footnotes stand last in the stream
        collector.add(fence)
    collector.end()
    collector.findings += _hidden(document.tokens, places)
    return tuple(collector.snippets), collector.findings


def _fences(tokens: Sequence[Token], places: Places) -> Iterator[Fence]:
    facts = 0
    for token in tokens:
        if token.type == "fence":
            yield Fence(token, places.line(token), facts > 0)
        elif token.type in ("fact_open", "fact_close"):
            facts += token.nesting


def _hidden(tokens: Sequence[Token], places: Places) -> Iterator[Finding]:
    """Fences that Markdown takes for something else, so that they would be left out without a word."""
    for token in tokens:
        if token.type in HIDING and ("```" in token.content or "~~~" in token.content):
            if token.type == "html_block" and RAW_HTML.match(token.content):
                continue
            for fence in HIDDEN_FENCE.finditer(token.content):
                line = places.line(token) + token.content.count("\n", 0, fence.start())
                if token.type != "code_block":
                    yield Finding(line, Code.ORPHAN_SNIPPET, *HIDING[token.type])
                elif fence.start() == 0:  # further down the author shows an example; here it may be either, so it is only said
                    yield Finding(line, Code.ORPHAN_SNIPPET, *HIDING[token.type], severity=Severity.WARNING)


class Collector:
    """Takes one fence after the other."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.snippets: list[Snippet] = []
        self.findings: list[Finding] = []
        self.setups: list[int] = []  # waiting for their owner
        self.shown: int | None = None  # the last shown snippet

    def add(self, fence: Fence) -> None:
        """A fence of any language."""
        if options.is_python(fence.token.info):
            self.python(fence)
        elif output := OUTPUT.fullmatch(fence.token.info):
            self.output(fence, output[1])

    def python(self, fence: Fence) -> None:
        """An executable fence."""
        code = fence.token.content
        info = options.read(fence.token.info, lines_of_code=code.count("\n"))
        self.findings += self.complaints(fence, info)
        index, role = len(self.snippets), _role(info.words, fence)
        owner = self.shown if role is Role.CHECK and self.shown is not None else index
        indent = self.indent(fence)
        self.snippets.append(Snippet(index, fence.line, fence.line + 1, code, role, info.options, owner, indent=indent))
        if role is Role.SETUP:
            self.setups.append(index)
        elif role is Role.CHECK and self.shown is None:
            self.orphan(fence.line, "this check has no shown snippet before it", "write it below the snippet that it checks")
        elif role in (Role.SHOWN, Role.FACT):
            self.own(index, role)

    def own(self, index: int, role: Role) -> None:
        """Give the waiting setups to a snippet."""
        for setup in self.setups:
            self.snippets[setup] = replace(self.snippets[setup], owner=index)
        self.setups = []
        if role is Role.SHOWN:
            self.shown = index

    def output(self, fence: Fence, more: str | None) -> None:
        """What the shown snippet before it prints."""
        if more:
            hint = "an output fence takes no options"
            self.findings.append(Finding(fence.line, Code.UNKNOWN_OPTION, f'unknown option "{more}"', hint, self.column(fence)))
        if self.shown is None or fence.in_fact:
            hint = "write it below the snippet whose output it is"
            self.orphan(fence.line, "this output has no shown snippet before it", hint)
        elif self.snippets[self.shown].expected:
            first = self.snippets[self.shown].expected
            message = f"the snippet above has its output already, on line {first.fence_line if first else 0}"
            self.orphan(fence.line, message, "put the two outputs into one fence")
        else:
            expected = Expected(fence.token.content, fence.line + 1, fence.line)
            self.snippets[self.shown] = replace(self.snippets[self.shown], expected=expected)

    def end(self) -> None:
        """Nothing follows."""
        for setup in self.setups:
            hint = "write it above the snippet that needs it, or remove it"
            self.orphan(self.snippets[setup].fence_line, "this setup has no shown snippet after it", hint)

    def orphan(self, line: int, message: str, hint: str) -> None:
        """Report a fence that belongs to nothing."""
        self.findings.append(Finding(line, Code.ORPHAN_SNIPPET, message, hint))

    def complaints(self, fence: Fence, info: options.Info) -> Iterator[Finding]:
        """What is wrong with the info string, at its place in the file."""
        for complaint in info.complaints:
            column = self.column(fence) + complaint.at
            yield Finding(fence.line, complaint.code, complaint.message, complaint.hint, column)

    def indent(self, fence: Fence) -> int:
        """What stands before the code, by its first line that is not empty."""
        for offset, code in enumerate(fence.token.content.split("\n"), 1):
            if bare := code.strip():
                return max(self.places.written(fence.line + offset).find(bare) - code.find(bare), 0)
        return 0

    def column(self, fence: Fence) -> int:
        """Where the info string begins."""
        return self.places.written(fence.line).find(fence.token.markup) + len(fence.token.markup) + 1


def _role(words: frozenset[str], fence: Fence) -> Role:
    if fence.in_fact and "check" in words:
        return Role.FACT
    if "setup" in words:
        return Role.SETUP
    return Role.CHECK if "check" in words else Role.SHOWN
