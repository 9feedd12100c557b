"""What --accept would write in the place of a claim that did not hold.

Where what came is built like what is written, only the numbers, words and strings that differ are put in, in the layout and
with as many decimals as the author chose, and an ellipsis stays. Else it is what came, as it came. What is proposed has been
read and compared once more: it holds, or nothing is proposed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from greenbed.check.compare import compare
from greenbed.check.evidence.alignment import aligned
from greenbed.check.evidence.brackets import is_only_ellipsis
from greenbed.check.evidence.claims import Claim, parted, read_comment
from greenbed.check.evidence.tokens import RELATIVE, Token, same, tokenize
from greenbed.check.evidence.values import open_brackets

_LONGEST = 20_000  # characters; what is longer is no expectation that anybody reads
_ENOUGH = 2  # digits that rounding has to leave
_LARGEST = 1e6  # up to which what came with an exponent may be written without
_ARROW = " → "


@dataclass(frozen=True, slots=True)
class Mending:
    """A claim as it stands in the note, and what would be true there, or why nothing can be put there."""

    written: str
    mended: str = ""
    reason: str = ""


def unmended(written: str, got: str) -> Mending:
    """Of a claim for which no proposal held."""
    if not got.strip():
        return Mending(written, reason="nothing came, and a claim is not taken away")
    if len(got) > _LONGEST:
        return Mending(written, reason=f"what came is longer than {_LONGEST:,} characters")
    return Mending(written, reason="what came would not be read in the same way if it were written there")


def mended_output(want: str, got: str, tol: float | None) -> Mending:
    """Of printed text on lines of its own. What prints nothing any more is not mended: no claim is ever taken away."""
    came = got.strip("\n")
    spliced = spliced_text(want, want, got, came, tol)
    for proposal in filter(None, (spliced, came)):
        lines = proposal if proposal.endswith("\n") else f"{proposal}\n"
        if got.strip() and holds(lines, got, tol):
            return Mending(want, lines)
    return unmended(want, got)


def holds(want: str, got: str, tol: float | None) -> bool:
    """Whether an expectation can be written down: it says something, it is not too long, and it is met."""
    return len(want) <= _LONGEST and not is_only_ellipsis(want) and compare(want, got, tol=tol) is None


def mended_comment(claim: Claim, got: str, tol: float | None) -> Mending:
    """Of the comment behind an expression. A value that goes on keeps its brackets open at the end of each line."""
    for proposal in _comments(claim, got, tol):
        comment = "\n".join(line.rstrip() for line in proposal.split("\n"))
        want = read_comment(comment, claim.kind) if _is_read_whole(comment) else None
        if want is not None and holds(want, got, tol):
            return Mending(claim.written, comment)
    return unmended(claim.written, got)


def _comments(claim: Claim, got: str, tol: float | None) -> Iterator[str]:
    """What may be written, the best first; the last resort is an arrow, behind which everything is a value."""
    lead, value = parted(claim.written)
    came = _wrapped(got, lead)
    spliced = spliced_text(value, claim.want, got, came, tol)
    if spliced is not None:
        yield lead + spliced
    yield lead + came
    if not lead.strip():
        yield _ARROW + _wrapped(got, _ARROW)


def _wrapped(got: str, lead: str) -> str:
    """What came, on as many lines as its brackets stay open, all of them below the first."""
    text, depth = "", 0
    for line in got.strip("\n").split("\n"):
        text += (f"\n{' ' * len(lead)}{line}" if depth > 0 else f" {line.strip()}") if text else line
        depth += open_brackets(line)
    return text


def _is_read_whole(comment: str) -> bool:
    """Whether a reader who goes on while brackets are open takes in all of it, and no line more."""
    *before, last = accumulate(map(open_brackets, comment.split("\n")))
    return all(depth > 0 for depth in before) and last <= 0


def spliced_text(written: str, want: str, got: str, came: str, tol: float | None) -> str | None:
    """`written`, whose value is `want`, with what is different in `got` put in; None where the two are built differently.

    `came` is `got` as it would be written. Where numbers have another width, so that columns would no longer be aligned, it
    serves instead if it differs in nothing but space.
    """
    text = _spliced(written, want, got, tol)
    if text is None or len(text) == len(written):
        return text
    is_aligned_anew = text.split() == came.split() and text.strip("\n").count("\n") == came.count("\n")
    return came if is_aligned_anew else text


def _spliced(written: str, want: str, got: str, tol: float | None) -> str | None:
    pairs = aligned(tokenize(want), tokenize(got))
    places = _places(tokenize(written), tokenize(want))
    if pairs is None or places is None:
        return None
    relative = max(RELATIVE, tol or 0.0)
    parts, end = [], 0
    for wanted, came in sorted(pairs, key=lambda pair: pair[0].start):
        token = places.get(wanted.start)
        if token is not None and not same(wanted, came, relative):
            stop = _end(written, token)
            parts += [written[end : token.start], _renewed(written[token.start : stop], came)]
            end = stop
    return "".join([*parts, written[end:]])


def _places(written: Sequence[Token], wanted: Sequence[Token]) -> dict[int, Token] | None:
    """Where each wanted token stands in the note. What is read as a tuple may be written without its parentheses."""
    inner = wanted[1:-1] if len(wanted) == len(written) + 2 else wanted
    if [token.kind for token in inner] != [token.kind for token in written]:
        return None
    return {wanted.start: token for wanted, token in zip(inner, written, strict=True)}


def _end(text: str, token: Token) -> int:
    """Where a token ends; an integer may be written with separators between its digits."""
    end = token.start
    for character in token.text:
        while text[end] != character:
            end += 1
        end += 1
    return end


def _renewed(old: str, came: Token) -> str:
    """The token that came, written as the one in its place was."""
    separator = next((mark for mark in ",_" if mark in old), "")
    if separator and came.kind == "integer":
        return f"{int(came.text):{'+' if came.text[0] == '+' else ''}{separator}}"
    if came.kind == "float" and _is_rounded(old) and came.text.strip("+-")[0].isdigit():  # neither nan nor inf
        return _with_decimals(old, came.text)
    if came.kind == "float" and old.endswith(".") and (whole := came.text.rstrip("0")).endswith("."):
        return whole
    return came.text


def _is_rounded(number: str) -> bool:
    """Whether it is written as digits, a point, and digits: neither `15.` nor `1e-5` says how exact it is."""
    whole, point, decimals = number.lstrip("+-").partition(".")
    return bool(point) and (whole + decimals).isdecimal() and bool(decimals)


def _with_decimals(old: str, new: str) -> str:
    """`new` with as many decimals as `old`, where it has more and enough of it is left; a zero says nothing of decimals."""
    written = len(old.partition(".")[2])
    decimals = written if _significant(old) > _ENOUGH else max(written, _ENOUGH)  # 0.5 may have been exact, 23.3 hardly
    has_exponent = "e" in new.lower()  # any that a text can hold, where a Decimal cannot
    if abs(float(new)) > _LARGEST if has_exponent else len(new.partition(".")[2]) <= decimals:
        return new
    number = Decimal(float(new)) if has_exponent else Decimal(new)
    rounded = f"{number:{'+' if new[0] == '+' else ''}.{decimals}f}"
    return rounded if 0 < min(_significant(old), _ENOUGH) <= _significant(rounded) else new


def _significant(number: str) -> int:
    """How many digits count."""
    return len(number.lstrip("+-0.").replace(".", ""))
