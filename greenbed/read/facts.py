"""Document → facts: a question, the answer that begins with "= ", the list of wrong options, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from greenbed.model import Choice, Code, Document, Fact, Role, Snippet
from greenbed.read.findings import Finding
from greenbed.read.places import Places
from greenbed.read.text import plain

ANSWER = "= "
ANSWER_LINE = re.compile(r"^= ", re.MULTILINE)
SOURCE = re.compile(r"source:[ \t]*(.*)", re.IGNORECASE)

Block = Sequence[Token]


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a fact: the answer first."""

    answer: Choice | None
    distractors: tuple[Choice, ...]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """All of them, or none where the answer is missing."""
        return (self.answer, *self.distractors) if self.answer else ()


def facts(
    document: Document, snippets: Sequence[Snippet], places: Places
) -> tuple[tuple[Fact, ...], Mapping[int, tuple[Choice, ...]], list[Finding]]:
    """Whole facts; the options by index of the snippet that decides between them; findings: bad-fact, bad-term."""
    by_line = {snippet.fence_line: snippet for snippet in snippets}
    whole: list[Fact] = []
    choices: dict[int, tuple[Choice, ...]] = {}
    findings: list[Finding] = []
    lines_by_id: dict[str, int] = {}
    for opening, blocks in _facts(document.tokens):
        reading = Reading(opening, blocks, by_line, places)
        fact = reading.fact()
        choices |= {check.index: reading.options.choices for check in reading.checks}
        findings += reading.findings
        first = lines_by_id.setdefault(reading.id, reading.line)
        if first != reading.line:
            message = f'two facts have the id "{reading.id}", the first on line {first}'
            findings.append(Finding(reading.line, Code.BAD_FACT, message, "give one of them another: :::fact {#…}"))
        elif fact:
            whole.append(fact)
    return tuple(whole), choices, findings


def _facts(tokens: Sequence[Token]) -> Iterator[tuple[Token, list[Block]]]:
    """Each fact's opening token and its blocks."""
    start = None
    for index, token in enumerate(tokens):
        if token.type == "fact_open":
            start = index
        elif token.type == "fact_close" and start is not None:
            yield tokens[start], list(_blocks(tokens[start + 1 : index]))
            start = None


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    start = depth = 0
    for index, token in enumerate(tokens):
        depth += token.nesting
        if depth == 0:
            yield tokens[start : index + 1]
            start = index + 1


def _paragraph(block: Block) -> str | None:
    """The content of a paragraph, None for another block."""
    return block[1].content if block[0].type == "paragraph_open" else None


class Reading:
    """One fact while it is read."""

    def __init__(self, opening: Token, blocks: list[Block], by_line: Mapping[int, Snippet], places: Places) -> None:
        self.places = places
        self.findings: list[Finding] = []
        self.id: str = opening.meta["id"]
        self.line = places.line(opening)
        fences = (token for block in blocks for token in block if token.type == "fence")
        self.snippets = [by_line[line] for token in fences if (line := places.line(token)) in by_line]
        self.checks = [snippet for snippet in self.snippets if snippet.role is Role.FACT]
        at = next((index for index, block in enumerate(blocks) if (_paragraph(block) or "").startswith(ANSWER)), len(blocks))
        self.question, self.answer, rest = blocks[:at], blocks[at : at + 1], blocks[at + 1 :]
        is_list = bool(rest) and rest[0][0].type == "bullet_list_open"
        self.wrong_options, self.rest = (rest[0], rest[1:]) if is_list else ((), rest)
        self.options = Options(self.read_answer(), tuple(self.read_distractors()))

    def complain(self, line: int, message: str, hint: str) -> None:
        """Report what is wrong with the fact."""
        self.findings.append(Finding(line, Code.BAD_FACT, message, hint))

    def fact(self) -> Fact | None:
        """The fact, if it is whole."""
        self.judge_options()
        explanation, sources = self.read_explanation()
        if self.answer:  # without it, what follows it is not known
            self.judge_proof(sources)
        answer, distractors = self.options.answer, self.options.distractors
        if self.findings or not answer:
            return None
        question = tuple(token for block in self.question for token in block)
        check = self.checks[0].index if self.checks else None
        line, source = sources[0] if sources else (0, None)
        return Fact(self.id, self.line, question, answer, distractors, tuple(explanation), check, source, line)

    def read_answer(self) -> Choice | None:
        """The paragraph that begins with "= "."""
        if not self.question:
            self.complain(self.line, "this fact has no question", "write it below :::fact, above the answer")
        if not self.answer:
            self.no_answer(self.answer_line(self.question))
            return None
        return self.choice(self.answer[0][1], len(ANSWER))

    def no_answer(self, within: int) -> None:
        """Say that there is none, or that it stands on the line `within` of the question."""
        if within:
            self.complain(within, "the answer is a part of the question", "leave an empty line above it")
        else:
            self.complain(self.line, "this fact has no answer", 'write a paragraph that begins with "= "')

    def read_distractors(self) -> Iterator[Choice]:
        """The list right below the answer."""
        for item in _blocks(self.wrong_options[1:-1]):
            if [token.type for token in item[1:-1]] == ["paragraph_open", "inline", "paragraph_close"]:
                yield self.choice(item[2], 0)
            else:
                hint = "write it on one line after the -"
                self.complain(self.places.line(item[0]), "a wrong option must be a single paragraph", hint)

    def choice(self, inline: Token, marker: int) -> Choice:
        """An option without its marker."""
        tokens = list(inline.children or ())
        if marker:
            tokens = [tokens[0].copy(content=tokens[0].content[marker:]), *tokens[1:]] if tokens[0].type == "text" else tokens
        line = self.places.line(inline)
        if any(token.type == "term_open" for token in tokens):
            hint = "introduce it in the explanation or in a note"
            self.findings.append(Finding(line, Code.BAD_TERM, "a term is introduced in an option of a fact", hint))
        return Choice(plain(tokens).strip(), line, tuple(tokens))

    def judge_options(self) -> None:
        """One answer, at least one wrong option, all of them different."""
        again = self.answer_line(self.answer, start=1) or self.answer_line(self.rest)
        if self.answer and again:
            self.complain(again, "this fact has two answers", 'keep one line that begins with "= "')
        if self.answer and not self.wrong_options:
            line = self.options.answer.line if self.options.answer else self.line
            self.complain(line, "this fact has no wrong options", 'write them right below the answer, as a list with "- "')
        seen: set[str] = set()
        for choice in self.options.choices:
            if not choice.text:
                self.complain(choice.line, "an option is empty", "write it, or remove the line")
            elif choice.text in seen:
                self.complain(
                    choice.line, f'the option "{choice.text}" occurs twice', "options must differ, and one of them be right"
                )
            seen.add(choice.text)

    def answer_line(self, blocks: Sequence[Block], start: int = 0) -> int:
        """File line of the first paragraph line that begins with "= ", from `start` on in its paragraph; 0 without one."""
        for block in blocks:
            content = _paragraph(block) or ""
            if found := ANSWER_LINE.search(content, start):
                return self.places.line(block[1]) + content.count("\n", 0, found.start())
        return 0

    def read_explanation(self) -> tuple[list[Token], list[tuple[int, str]]]:
        """What is said below the options without the check, and the sources: file line and text."""
        kept: list[Token] = []
        sources: list[tuple[int, str]] = []
        check_lines = {check.fence_line for check in self.checks}
        for block in self.rest:
            content = _paragraph(block)
            named = SOURCE.fullmatch((content or "").rpartition("\n")[2])
            if named and content is not None:
                sources.append((self.places.line(block[1]) + content.count("\n"), named[1].strip("<> ")))
                kept += _without_last_line(block)
            elif block[0].type != "fence" or self.places.line(block[0]) not in check_lines:
                kept += block
        return kept, sources

    def judge_proof(self, sources: list[tuple[int, str]]) -> None:
        """Either one check or one source."""
        for snippet in self.snippets:
            if snippet.role is not Role.FACT:
                self.complain(snippet.fence_line, "code in a fact must be its check", "write ```python check")
        for check in self.checks[1:]:
            self.complain(check.fence_line, "this fact has two checks", "put them into one block")
        for line, _ in sources[1:]:
            self.complain(line, "this fact has two sources", "name one, the other in the explanation")
        if self.checks and sources:
            self.complain(
                sources[0][0],
                "this fact has both a check and a source",
                "keep the check, and name the source in the explanation",
            )
        elif not self.checks and not sources:
            self.complain(
                self.line, "nothing proves this fact", "add a ```python check block, or a line source: with a key or URL"
            )
        elif sources and not sources[0][1]:
            self.complain(sources[0][0], "the source is empty", "name a citation key or a URL")


def _without_last_line(block: Block) -> list[Token]:
    """A paragraph without its last line; nothing where it has only one."""
    children = block[1].children or []
    breaks = [index for index, token in enumerate(children) if token.type in ("softbreak", "hardbreak") and token.level == 0]
    if not breaks:
        return []
    return [block[0], block[1].copy(children=children[: breaks[-1]]), *block[2:]]
