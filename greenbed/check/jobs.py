"""A Note as a Job: what crosses to the process that runs it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from greenbed.check.protocol import Job, LiteralJob, SnippetJob
from greenbed.model import Config, Note, Snippet

SEED = 20260131
"""The ambient seed of random, numpy and torch."""
OTHER_SEED = 7331
"""The one under which a note that draws unseeded is run again."""

_ALL_LINKED = 64  # entries beside a note up to which all are linked; beyond, those whose names occur in the code
_WORD = re.compile(r"[\w-]+")
_LISTS_FOLDERS = re.compile(r"\b(?:glob|rglob|iterdir|listdir|scandir|walk)\b")

# What is imported only on first use, by what makes torch, or the note, do so: (measured) 0.5 s, 0.8 s and 1 s
_WANTS = {
    "symbolic": re.compile(r"\b(?:assert_close|gradcheck|gradgradcheck)\b"),
    "dynamo": re.compile(
        r"\b(?:optim|checkpoint|func|functorch|jacrev|jacfwd|hessian|vjp|jvp|profiler|compile|use_deterministic_algorithms)\b"
    ),
    "matplotlib": re.compile(r"\b(?:matplotlib|pyplot|plt|pylab|seaborn)\b"),
}


class Beside:
    """The garden's files that are no notes, by the folder from which a note can name them."""

    def __init__(self, files: Mapping[PurePosixPath, Path]) -> None:
        self._by_folder: dict[PurePosixPath, dict[str, str]] = {}
        for path, file in files.items():
            place = file
            for folder in path.parents:
                self._by_folder.setdefault(folder, {})[path.name] = str(place)
                path, place = folder, place.parent

    def of(self, note: Note) -> dict[str, str]:
        """Name → absolute path, of the files and folders beside a note: all of them, or those that its code may mean."""
        entries = self._by_folder.get(note.path.parent, {})
        if len(entries) <= _ALL_LINKED:
            return entries
        code = "\n".join(snippet.code for snippet in note.snippets)
        if _LISTS_FOLDERS.search(code):
            return entries
        words = set(_WORD.findall(code))
        return {name: place for name, place in entries.items() if words & {name, name.partition(".")[0]}}


def job_of(note: Note, config: Config, beside: Beside, *, seed: int = SEED) -> Job:
    """The whole note, ready to run."""
    return {
        "note": str(note.path),
        "file": str(note.file),
        "seed": seed,
        "snippets": [_snippet(snippet, note, config) for snippet in note.snippets],
        "beside": beside.of(note),
        "memory_bytes": config.memory_bytes,
        "output_bytes": config.output_bytes,
        "sights": True,
    }


def _snippet(snippet: Snippet, note: Note, config: Config) -> SnippetJob:
    options, expected = snippet.options, snippet.expected
    return {
        "index": snippet.index,
        "line": snippet.line,
        "code": snippet.code,
        "role": snippet.role.value,
        "raises": (options.raises.type, options.raises.text) if options.raises is not None else None,
        "skip": options.skip,
        "needs": options.needs,
        "tol": options.tol,
        "timeout": options.timeout or note.meta.timeout or config.timeout_seconds,
        "sets": options.sets,
        "new": options.new,
        "show": options.show,
        "alt": options.alt,
        "before": _literals(note, None) if snippet.index == 0 else [],
        "after": _literals(note, snippet.index),
        "expected": expected.text if expected is not None else None,
        "expected_line": expected.line - snippet.line + 1 if expected is not None else 0,
        "choices": [{"text": choice.text, "line": choice.line} for choice in snippet.choices],
    }


def _literals(note: Note, after: int | None) -> list[LiteralJob]:
    return [
        {"line": literal.line, "column": literal.column, "text": literal.text, "expression": literal.expression}
        for literal in note.literals
        if literal.after == after
    ]


def wants_of(note: Note) -> tuple[str, ...]:
    """What the zygote had better import before it forks for this note."""
    code = "\n".join(snippet.code for snippet in note.snippets)
    return tuple(want for want, pattern in _WANTS.items() if pattern.search(code))
