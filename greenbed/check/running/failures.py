"""Failures as they leave the child: plain text of bounded length, lines of the file until the record is made."""

from __future__ import annotations

from greenbed.check.compare import Difference
from greenbed.check.evidence.mend import Mending
from greenbed.check.protocol import FailureRecord
from greenbed.model import Code

_LONGEST = 4000  # characters of one field; a tensor printed in full helps nobody
_QUOTED = 80  # characters of a quotation inside a message


def failure(
    code: Code,
    line: int,
    message: str,
    *,
    hint: str = "",
    want: str = "",
    got: str = "",
    detail: str = "",
    claim: str = "",
    column: int = 1,
    written: str = "",
    mended: str = "",
    unmended: str = "",
) -> FailureRecord:
    """One reason for failure; `line` is of the file, `message` and `hint` become one line each."""
    return {
        "code": code.value,
        "line": line,
        "message": one_line(message),
        "hint": one_line(hint),
        "want": shortened(want),
        "got": shortened(got),
        "detail": detail,
        "claim": claim,
        "column": column,
        "written": written,
        "mended": mended,
        "unmended": unmended,
    }


def mismatch(
    line: int,
    want: str,
    got: str,
    difference: Difference,
    *,
    claim: str,
    place: str = "",
    column: int = 1,
    mending: Mending | None = None,
) -> FailureRecord:
    """What came is not what is written; `place` says where that is not plain from the line.

    `mending` is what --accept would write; a literal, whose `got` is already put as its author would, needs none.
    """
    message = f"{place}expected {quoted(want)}, got {quoted(got)}: {difference.message}"
    mending = mending or Mending(want, got if claim == "literal" else "")
    return failure(
        Code.MISMATCH,
        line,
        message,
        hint=_mismatch_hint(want, got),
        want=want,
        got=got,
        claim=claim,
        column=column,
        written=mending.written,
        mended=mending.mended,
        unmended=mending.reason,
    )


def _mismatch_hint(want: str, got: str) -> str:
    if " at 0x" in got:
        return "an address differs in every run: show something of the object that stays"
    if got.startswith("np.") and want in got:
        return f"numpy shows its scalars with their type: write {quoted(got)}, or convert with .item()"
    if got.startswith("tensor(") and not want.startswith("tensor("):
        return f"a tensor is shown as one: write {quoted(got)}, or take the number with .item()"
    return "if what came is right, python build.py --accept writes it there; else mend the code"


def quoted(text: str, longest: int = _QUOTED) -> str:
    """`text` in one line, cut; "nothing" where there is none."""
    return cut(one_line(text), longest) or "nothing"


def one_line(text: str) -> str:
    """White space, line ends too, as single spaces; lone surrogates replaced, so that it can be written as UTF-8."""
    return " ".join(writable(text).split())


def cut(text: str, longest: int) -> str:
    """At most `longest` characters and a mark that something is missing."""
    return text if len(text) <= longest else f"{text[:longest].rstrip()} …"


def shortened(text: str) -> str:
    """Evidence: line ends stay, what is too long loses its end."""
    return cut(writable(text).strip("\n"), _LONGEST)


def writable(text: str) -> str:
    """`text` without lone surrogates, which UTF-8 cannot hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
