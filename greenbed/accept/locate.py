"""A failure → the lines of code that claim it, and the lines that would be true; then their place in the file.

Where a line does not say what was claimed there it is not looked for elsewhere: it cannot be amended.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from greenbed.accept.amend import Amendment
from greenbed.model import Failure, Note, Snippet

_FENCE = re.compile(r"[ \t>]*(?=(?:`{3,}|~{3,})[ \t]*$)")
_PROMPT = re.compile(r"\s*(?:>>>|\.\.\.)(?: |$)")


class NotFound(ValueError):
    """Why a claim cannot be amended where it stands."""


@dataclass(frozen=True, slots=True)
class Change:
    """Lines as Markdown gives them, without what a list or a quotation puts before them, and what they are to be."""

    line: int  # of the file
    old: tuple[str, ...]
    new: tuple[str, ...]


def change_of(note: Note, snippet: Snippet, failure: Failure) -> Change:
    """The lines that a failure of `snippet` is about; raises NotFound. Not for literals, which are no code."""
    line = snippet.line + failure.line - 1
    if failure.claim == "output":
        return Change(line, tuple(failure.written.split("\n")[:-1]), tuple(failure.mended.split("\n")[:-1]))
    if failure.claim == "example":
        return Change(line, tuple(failure.written.split("\n")), tuple(failure.mended.split("\n")))
    return _comment(note, line, failure)


def _comment(note: Note, line: int, failure: Failure) -> Change:
    """A comment behind code, and those below it in which it goes on: further ones are aligned with the first."""
    written, mended = failure.written.split("\n"), failure.mended.split("\n")
    old = _code(note, line, len(written))
    heads = [_without(code, f"#{text}") for code, text in zip(old, written, strict=True)]
    if len(mended) > len(heads):
        if _PROMPT.match(heads[0]):
            raise NotFound("what came takes more lines than a comment behind a prompt has")
        aligned = "".join(character if character == "\t" else " " for character in heads[0])
        heads += [aligned] * (len(mended) - len(heads))
    new = (f"{head}#{text}" for head, text in zip(heads, mended, strict=False))
    return Change(line, tuple(old), tuple(new))


def _code(note: Note, line: int, count: int) -> list[str]:
    """Lines of the snippet that a file line lies in: it may be another than the one that failed."""
    for snippet in note.snippets:
        lines = snippet.code.split("\n")[:-1]
        if snippet.line <= line < snippet.line + len(lines):
            found = lines[line - snippet.line :][:count]
            if len(found) == count:
                return found
    raise NotFound("its lines are not those of one snippet")


def _without(line: str, end: str) -> str:
    if not line.endswith(end):
        raise NotFound(f"the line does not end in {end!r}")
    return line.removesuffix(end)


def placed(change: Change, lines: Sequence[str]) -> Amendment:
    """A change in the lines of its file; raises NotFound."""
    prefixes = _prefixes(change, lines)
    usual = next((prefix for prefix, old in zip(prefixes, change.old, strict=False) if old.strip()), prefixes[0])
    new = [*change.new]
    for number in range(1, len(new)):
        prefix = prefixes[number] if number < len(change.old) else usual
        new[number] = prefix + new[number] if new[number] or number < len(change.old) else prefix.rstrip()
    old = [prefix * (number > 0) + text for number, (prefix, text) in enumerate(zip(prefixes, change.old, strict=False))]
    if change.old:
        return Amendment(change.line, len(prefixes[0]) + 1, "\n".join(old), "\n".join(new))
    return Amendment(change.line, 1, "", "".join(f"{line}\n" for line in [prefixes[0] + new[0], *new[1:]]))


def _prefixes(change: Change, lines: Sequence[str]) -> list[str]:
    """What stands before each old line in the file; before the end of the fence where there is none."""
    found = lines[change.line - 1 : change.line - 1 + max(len(change.old), 1)]
    if not change.old and found and (fence := _FENCE.match(found[0])):
        return [fence[0]]
    if not change.old or len(found) != len(change.old):
        raise NotFound("its lines are not where they were")
    return [_before(line, old) for line, old in zip(found, change.old, strict=True)]


def _before(line: str, old: str) -> str:
    if not line.endswith(old):
        raise NotFound(f"the file does not say {old!r} there")
    return line[: len(line) - len(old)]


def literal(snippet: Snippet, failure: Failure) -> Amendment:
    """A checked literal."""
    return Amendment(snippet.line + failure.line - 1, failure.column, failure.written, failure.mended)
