"""Runs snippets for tests as the check stage does: in a forked child of a process that has imported torch.

The process is started once, when the first test needs it; each call forks it, so that tests share nothing.
"""

from __future__ import annotations

import atexit
import functools
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from greenbed.check.protocol import Job, Record, SnippetJob

ROOT = Path(__file__).parents[2]
NOTE = "bits/note.md"


def snippet(code: str, **wishes: Any) -> SnippetJob:
    """A shown snippet without options; its first line is file line 10, unless `line` says otherwise."""
    defaults: dict[str, Any] = {
        "index": 0, "line": 10, "code": code, "role": "shown", "raises": None, "skip": None, "needs": (), "tol": None,
        "timeout": 30.0, "sets": (), "new": False, "show": False, "alt": None, "before": [], "after": [], "expected": None,
        "expected_line": 0, "choices": [],
    }  # fmt: skip
    return {**defaults, **wishes}  # type: ignore[typeddict-item]  # all keys are in `defaults`


def fact(code: str, answer: str, *distractors: str, **wishes: Any) -> SnippetJob:
    """The check of a fact, whose answer stands on file line 1 and its distractors below."""
    choices = [{"text": text, "line": line} for line, text in enumerate((answer, *distractors), 1)]
    return snippet(code, role="fact", choices=choices, **wishes)


def job(*snippets: SnippetJob | str, **changes: Any) -> Job:
    """A note of these snippets, each on lines of its own; a text is a snippet without options."""
    placed: list[SnippetJob] = []
    line = 10
    for index, given in enumerate(snippets):
        one = snippet(given) if isinstance(given, str) else given
        placed.append({**one, "index": index, "line": line})
        line += one["code"].count("\n") + 10
    defaults: dict[str, Any] = {
        "note": NOTE, "file": f"/nowhere/content/{NOTE}", "seed": 20, "snippets": placed, "beside": {},
        "memory_bytes": 2**32, "output_bytes": 2**16, "sights": True,
    }  # fmt: skip
    return {**defaults, **changes}  # type: ignore[typeddict-item]  # mypy cannot merge typed dicts


def records(*snippets: SnippetJob | str, **changes: Any) -> list[Record]:
    """What the snippets of one note leave, a record for each that came to its end."""
    messages = run(job(*snippets, **changes))
    return [message for message in messages if "start" not in message]


def record(code: SnippetJob | str, **changes: Any) -> Record:
    """The record of a note of one snippet."""
    (only,) = records(code, **changes)
    return only


def failures(code: SnippetJob | str, **changes: Any) -> list[tuple[str, int, str]]:
    """Code, line and message of each failure of a note of one snippet."""
    return [(failed["code"], failed["line"], failed["message"]) for failed in record(code, **changes)["failures"]]


def run(given: Job, scratch: str | None = None) -> list[Any]:
    """Everything that is emitted, in order."""
    process = _process()
    assert process.stdin is not None
    assert process.stdout is not None
    with tempfile.TemporaryDirectory() as folder:
        process.stdin.write(json.dumps({"job": given, "scratch": scratch or folder}) + "\n")
        process.stdin.flush()
        answer = process.stdout.readline()
    messages: list[Any] = json.loads(answer)
    return messages


@functools.cache
def _process() -> subprocess.Popen[str]:
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT
    )
    atexit.register(_end, process)
    return process


def _end(process: subprocess.Popen[str]) -> None:
    process.communicate()


def _serve() -> None:
    """Fork for each line on standard input and answer with a line."""
    import torch  # noqa: F401  # the children inherit it

    from greenbed.check import worker

    for line in sys.stdin:
        order = json.loads(line)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                os.close(reading)
                os.chdir(order["scratch"])
                sys.path.insert(0, order["scratch"])
                worker.run(order["job"], functools.partial(_send, writing))
            finally:
                os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            messages: Sequence[Any] = [json.loads(text) for text in pipe]
        os.waitpid(child, 0)
        print(json.dumps(messages), flush=True)


def _send(descriptor: int, message: object) -> None:
    rest = json.dumps(message).encode() + b"\n"
    while rest:
        rest = rest[os.write(descriptor, rest) :]


if __name__ == "__main__":
    _serve()
