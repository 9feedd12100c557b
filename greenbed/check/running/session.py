"""Doctest prompts: a fence that is a session, and the examples in docstrings of what a snippet defines."""

from __future__ import annotations

import ast
import doctest
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

_PROMPT = ">>>"
_PARSER = doctest.DocTestParser()


@dataclass(frozen=True, slots=True)
class Example:
    """One prompt and what is to follow."""

    source: str
    want: str  # expected output; empty where there is to be none
    exception: str | None  # "ValueError: no" where a traceback is expected
    offset: int  # lines above it, in the text that it was found in
    block: tuple[str, ...] = field(default=(), compare=False)  # the lines of the prompt and of its output, as written
    prompts: int = field(default=0, compare=False)  # how many of them are prompts


@dataclass(frozen=True, slots=True)
class Docstring:
    """A docstring with examples."""

    text: str
    line: int  # file line on which it begins


def is_session(code: str) -> bool:
    """Whether the first line that is neither blank nor a comment is a prompt."""
    for line in code.splitlines():
        stripped = line.strip()
        if stripped and not stripped.startswith("#"):
            return stripped.startswith(_PROMPT)
    return False


def session_examples(code: str) -> list[Example]:
    """All of a fence: what stands between two prompts is output, across blank lines too. May raise ValueError."""
    examples: list[Example] = []
    for part in _PARSER.parse(code):
        if isinstance(part, doctest.Example):
            examples.append(_example(part))
        elif examples and (more := _output(part)):
            examples[-1] = _continued(examples[-1], more)
    ends = [example.offset for example in examples[1:]] + [code.count("\n") + 1]
    return [_with_block(example, code.split("\n")[:end]) for example, end in zip(examples, ends, strict=True)]


def docstring_examples(docstring: Docstring) -> list[Example]:
    """The examples in a docstring, where a blank line ends the output. May raise ValueError."""
    lines = docstring.text.split("\n")
    return [
        _with_block(_example(part), lines[: part.lineno + part.source.count("\n") + part.want.count("\n")])
        for part in _PARSER.get_examples(docstring.text)
    ]


def reread(block: str) -> Example | None:
    """The example that lines are, if they are one and nothing else."""
    try:
        examples = session_examples(block)
    except ValueError:
        return None
    return examples[0] if len(examples) == 1 and examples[0].exception is None else None


def docstrings(tree: ast.AST) -> Iterator[Docstring]:
    """Those of the functions and classes that `tree` defines, methods too, as far as they have prompts."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield from _with_prompts(node.body[0])
        if isinstance(node, ast.stmt) and not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from docstrings(node)


def _with_prompts(first: ast.stmt) -> Iterator[Docstring]:
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        text = first.value.value
        if _PROMPT in text:
            yield Docstring(text, first.lineno)


def _example(part: doctest.Example) -> Example:
    return Example(part.source, _without_marks(part.want), part.exc_msg, part.lineno)


def _with_block(example: Example, lines: Sequence[str]) -> Example:
    """With its own lines, the last of those that it may end in; blank lines and comments after its output are not its own."""
    block = list(lines[example.offset :])
    prompts = example.source.count("\n")
    while len(block) > prompts and (not block[-1].strip() or block[-1].lstrip().startswith("#")):
        block.pop()
    return replace(example, block=tuple(block), prompts=prompts)


def _continued(example: Example, more: str) -> Example:
    if example.exception is not None:
        return Example(example.source, example.want, example.exception + more, example.offset)
    return Example(example.source, example.want + more, None, example.offset)


def _output(between: str) -> str:
    lines = [line for line in between.splitlines(keepends=True) if line.strip() and not line.lstrip().startswith("#")]
    return _without_marks("".join(lines))


def _without_marks(text: str) -> str:
    """Blank lines mean nothing in a comparison, so neither does what doctest writes for one."""
    return text.replace("<BLANKLINE>", "")
