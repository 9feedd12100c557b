"""What a snippet printed, gave and warned of, as a reader is to see it: without control codes, and not twice.

A line that stands in a comment behind its `print` already is not shown again; whoever reads the code has read it, and checking
has compared it. Only where every line that was printed can be read there, word for word, is the output left out.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from greenbed.model import Snippet, Verdict, Warned
from greenbed.show.pages import views

MANY_LINES = 20  # more are folded away
MOST_LINES = 400  # more of what was captured is cut; what an author wrote never is
MOST_CHARACTERS = 40_000
_CODES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[ -/]*[0-~]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_ARROW = re.compile(r"(?:→|->)\s*")
_PROMPTS = (">>>", "...")


def outputs(snippet: Snippet, verdict: Verdict | None) -> tuple[views.Printed, ...]:
    """What stands under a shown snippet: what was promised and came, else its output and the value that it asks to show."""
    if snippet.expected:  # of both, where both come
        found = [printed("Output", snippet.expected.text.rstrip("\n"))]
    elif verdict:
        stdout = "" if is_told(snippet.code, readable(verdict.stdout)) else verdict.stdout
        found = [captured("Output", stdout), captured("Value", verdict.shown)]
    else:
        found = []
    return tuple(one for one in found if one.text)


def told_elsewhere(snippet: Snippet, verdict: Verdict) -> str:
    """What a shown snippet printed where that is not shown under it; else nothing."""
    return verdict.stdout if not snippet.expected and is_told(snippet.code, readable(verdict.stdout)) else ""


def printed(label: str, text: str) -> views.Printed:
    """Output, folded where it is long."""
    lines = text.count("\n") + 1
    return views.Printed(label, text, lines if lines > MANY_LINES else 0)


def captured(label: str, text: str) -> views.Printed:
    """Output as a process wrote it: made readable, and cut where it would fill the page."""
    return printed(label, cut(readable(text)))


def readable(text: str) -> str:
    r"""The text as a terminal would leave it: no codes, and of a line that is written over only what was last.

    >>> readable("\x1b[1mbold\x1b[0m\n 10 %\r100 %\n")
    'bold\n100 %'
    """
    lines = _CODES.sub("", text).replace("\r\n", "\n").split("\n")
    return "\n".join(_CONTROLS.sub("", line.rstrip("\r").rpartition("\r")[2]) for line in lines).rstrip()


def cut(text: str) -> str:
    """The beginning of a long text, and how much is left out."""
    lines = text.split("\n")
    kept = lines[:MOST_LINES]
    if len("\n".join(kept)) > MOST_CHARACTERS:
        kept = "\n".join(kept)[:MOST_CHARACTERS].split("\n")
        return "\n".join([*kept, f"… cut: it printed {len(text):,} characters"])
    return text if len(lines) == len(kept) else "\n".join([*kept, f"… cut: it printed {len(lines):,} lines"])


@lru_cache(maxsize=10_000)  # asked for the page, for its text and for the proof
def is_told(code: str, text: str) -> bool:
    """Whether every printed line can be read in the code: behind its print, or below its prompt."""
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    if not lines:
        return False
    if code.lstrip().startswith(">>>"):
        session = {" ".join(line.split()) for line in code.split("\n") if not line.lstrip().startswith(_PROMPTS)}
        return session.issuperset(lines)
    comments = list(print_comments(code))
    return len(comments) == len(lines) and all(map(says, comments, lines))


def says(comment: str, line: str) -> bool:
    """Whether a comment begins with a printed line, and goes on as prose if at all."""
    said = " ".join(_ARROW.sub("", comment.lstrip("# "), count=1).split())
    return said == line or (said.startswith(line) and said[len(line)] in " ,;:")


def print_comments(code: str) -> Iterator[str]:
    """The comment at the end of each statement that begins with `print(`; empty where it has none."""
    try:
        statements = list(logical_lines(code))
    except (tokenize.TokenError, SyntaxError):
        return
    for statement in statements:
        words = [token.string for token in statement if token.type == tokenize.NAME]
        if "print" in words:
            yield next((token.string for token in reversed(statement) if token.type == tokenize.COMMENT), "")


def logical_lines(code: str) -> Iterator[list[tokenize.TokenInfo]]:
    """The tokens of each statement; raises TokenError and SyntaxError."""
    line: list[tokenize.TokenInfo] = []
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        line.append(token)
        if token.type == tokenize.NEWLINE:
            yield line
            line = []


def warnings(found: Iterable[Warned]) -> tuple[str, ...]:
    """Each warning once, in words."""
    return tuple(dict.fromkeys(map(warning, found)))


def warning(found: Warned) -> str:
    """A warning, and what it means where something will be gone.

    >>> warning(Warned("FutureWarning", "use\\nthat.", 1, "torch"))
    'FutureWarning: use that. torch deprecates this; a later version will break it.'
    """
    said = " ".join(readable(found.message).split())
    said = f"{found.category}: {said if len(said) <= 400 else said[:399] + '…'}"
    if not found.deprecates:
        return said
    stop = "" if said.endswith((".", "!", "?", "…")) else "."
    return f"{said}{stop} {found.deprecates} deprecates this; a later version will break it."


def deprecated(verdicts: Sequence[Verdict]) -> int:
    """How many different calls these snippets make that a package will drop."""
    return len({(one.category, one.message) for verdict in verdicts for one in verdict.warnings if one.deprecates})
