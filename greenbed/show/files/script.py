"""A note's code as one script that runs alone: what is shown and its setup, from top to bottom.

Check fences are left out: they are the proof, not the code, and what a comment claims is true without them. A skipped snippet
is commented out. The last statement of a snippet that has to raise is caught, since a script would end there. Sessions with
prompts become plain code; what the session printed stays as a comment. Copying from a page (static/js/note/copy.js)
follows the same rules.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Sequence

from greenbed.model import Garden, Note, Role, Snippet, Status, Verdict

_FUTURE = re.compile(r"^from __future__ import [^\n(]+$\n?", re.MULTILINE)


def script(note: Note, garden: Garden, address: str) -> str:
    """The script; empty where the note shows no code. `address` is where its page is found."""
    if not any(snippet.role is Role.SHOWN for snippet in note.snippets):
        return ""
    verdicts = garden.verification.by_path.get(note.path, ())
    parts = [part(snippet, verdicts) for snippet in note.snippets if snippet.role in (Role.SETUP, Role.SHOWN)]
    code = "\n\n".join(parts)
    futures = list(dict.fromkeys(line.strip() for line in _FUTURE.findall(code)))
    head = [f"# {note.title}", f"# {address}"]
    return "\n".join([*head, "", *futures, *([""] if futures else []), _FUTURE.sub("", code).strip("\n"), ""])


def part(snippet: Snippet, verdicts: Sequence[Verdict]) -> str:
    """One fence."""
    code = without_prompts(snippet.code.strip("\n"))
    reason = skipped(snippet, verdicts)
    if reason is not None:
        return "\n".join([f"# not run: {reason}", *(f"# {line}".rstrip() for line in code.split("\n"))])
    if snippet.options.raises:
        code = catching(code)
    return f"# {snippet.options.title}\n{code}" if snippet.options.title else code


def skipped(snippet: Snippet, verdicts: Sequence[Verdict]) -> str | None:
    """Why the fence is not to run; None where it is."""
    if snippet.options.skip is not None:
        return snippet.options.skip
    if snippet.index < len(verdicts) and verdicts[snippet.index].status is Status.SKIPPED:
        return verdicts[snippet.index].reason
    return None


def without_prompts(code: str) -> str:
    """A session's input; what it printed becomes comments.

    >>> print(without_prompts(">>> 1 + 1\\n2"))
    1 + 1
    # 2
    """
    if not code.lstrip().startswith(">>>"):
        return code
    lines = []
    for line in code.split("\n"):
        if line.startswith((">>>", "...")):
            lines.append(line[4:])
        else:
            lines.append(f"# {line}" if line.strip() else "")
    return "\n".join(lines)


def catching(code: str) -> str:
    """The code with its last statement caught and its error printed."""
    raising = raising_lines(code)
    if raising is None:
        return "\n".join(f"# {line}".rstrip() for line in code.split("\n"))
    first, fixed = raising
    if not first:
        return code
    lines = code.split("\n")
    body = [line if number in fixed or not line else f"    {line}" for number, line in enumerate(lines, start=1)]
    caught = ["except Exception as error:", '    print(f"{type(error).__name__}: {error}")']
    return "\n".join([*lines[: first - 1], "try:", *body[first - 1 :], *caught])


def raising_lines(code: str) -> tuple[int, Collection[int]] | None:
    """The line where the last statement begins (0 without any), and those of its lines that must not be indented.

    None where the code does not parse, and that is the error.
    """
    try:
        statements = ast.parse(code).body
    except SyntaxError:
        return None
    if not statements:
        return 0, ()
    last = statements[-1]
    first = min([last.lineno, *(node.lineno for node in getattr(last, "decorator_list", []))])
    return first, sorted(lines_inside_strings(last))


def tries(snippet: Snippet) -> str:
    """The same for a page: "4 6 7"; "0" where all is to be commented out, "" where nothing has to be caught."""
    if not snippet.options.raises:
        return ""
    raising = raising_lines(without_prompts(snippet.code.strip("\n")))
    if raising is None:
        return "0"
    first, fixed = raising
    return " ".join(map(str, [first, *fixed])) if first else ""


def lines_inside_strings(statement: ast.stmt) -> set[int]:
    """Lines that begin inside a string, where indentation would change a value."""
    inside: set[int] = set()
    for node in ast.walk(statement):
        if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)):
            inside.update(range(node.lineno + 1, (node.end_lineno or node.lineno) + 1))
    return inside
