"""Whether what came out is what the author wrote, and if not, in what they differ.

White space and line wrapping are free, floats are equal within one unit of the last written digit or 1.3e-6, and everything
else is exact: never looser than what is written, except by `tol`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from greenbed.check.evidence.brackets import fits, has_ellipsis, is_only_ellipsis
from greenbed.check.evidence.tokens import RELATIVE, Token, same, tokenize

__all__ = ["Difference", "compare", "is_only_ellipsis"]


@dataclass(frozen=True, slots=True)
class Difference:
    """In what two texts differ, for people: "1 of 3 numbers: 0.6952 vs 0.6652, 4.5 % off; shape and dtype agree"."""

    message: str


def compare(want: str, got: str, *, tol: float | None) -> Difference | None:
    """None where `got` is what `want` says; `tol` widens the relative tolerance of floats."""
    if want == got:
        return None
    relative = max(RELATIVE, tol or 0.0)
    wanted, found = tokenize(want), tokenize(got)
    if has_ellipsis(wanted):
        return None if fits(want, wanted, got, found, relative) else _around_ellipsis(wanted, found, relative)
    wrong = [pair for pair in zip(wanted, found, strict=False) if not same(*pair, relative)]
    return _describe(wanted, found, wrong) if wrong or len(wanted) != len(found) else None


def _around_ellipsis(wanted: Sequence[Token], found: Sequence[Token], relative: float) -> Difference:
    before = next(i for i, token in enumerate(wanted) if token.kind == "ellipsis")
    for want, got in zip(wanted[:before], found, strict=False):
        if not same(want, got, relative):
            return Difference(_pair(want, got))
    return Difference('nothing that "..." may stand for makes the two agree')


def _describe(wanted: Sequence[Token], found: Sequence[Token], wrong: Sequence[tuple[Token, Token]]) -> Difference:
    if len(wanted) == len(found) and all(_are_numbers(*pair) for pair in wrong):
        return Difference(_numbers(wanted, wrong))
    shapes = _shape(wanted), _shape(found)
    if shapes[0] != shapes[1] and all(shapes):
        return Difference(f"shape {shapes[0]} expected, {shapes[1]} came")
    if wrong and not _is_cut_short(wrong[0], wanted, found):
        return Difference(_pair(*wrong[0]))
    return Difference(_tail(wanted, found, wanted.index(wrong[0][0]) if wrong else min(len(wanted), len(found))))


_NUMBERS = frozenset({"float", "integer", "imaginary"})


def _are_numbers(want: Token, got: Token) -> bool:
    return want.kind in _NUMBERS and want.kind == got.kind


def _numbers(wanted: Sequence[Token], wrong: Sequence[tuple[Token, Token]]) -> str:
    """How many numbers are off, the worst of them, and what agrees."""
    count = sum(token.kind in _NUMBERS for token in wanted)
    want, got = max(wrong, key=lambda pair: _off(*pair))
    first = f"{want.text} vs {got.text}{_percent(_off(want, got))}"
    text = first if count == 1 else f"{len(wrong)} of {count} numbers{', the worst' if len(wrong) > 1 else ''}: {first}"
    is_array = any(token.text in ("tensor", "array") for token in wanted)
    return f"{text}; shape and dtype agree" if is_array else text


def _off(want: Token, got: Token) -> float:
    """How far a number is off relative to what came; infinite where that has no meaning."""
    try:
        came = Decimal(got.text.rstrip("j"))
        return float(abs(came - Decimal(want.text.rstrip("j"))) / abs(came))
    except ArithmeticError:
        return float("inf")


def _percent(off: float) -> str:
    if not off < 10:  # also for nan
        return ""
    return f", {100 * off:.0f} % off" if off >= 1 else f", {100 * off:.2g} % off"


def _pair(want: Token, got: Token) -> str:
    kinds = {want.kind, got.kind}
    if kinds == {"integer", "float"}:
        names = {"integer": "an integer", "float": "a float"}
        return f"{want.text} is {names[want.kind]}, {got.text} is {names[got.kind]}"
    if kinds == {"word"} and want.text.startswith("torch.") and got.text.startswith("torch."):
        return f"dtype {want.text} expected, {got.text} came"
    return f"{_joined([want])} expected, {_joined([got])} came"


def _is_cut_short(pair: tuple[Token, Token], wanted: Sequence[Token], found: Sequence[Token]) -> bool:
    """Whether one side merely has something more at this place, such as `, dtype=torch.float64`."""
    return len(wanted) != len(found) and {pair[0].text, pair[1].text} <= {",", ")", "]", "}"}


def _tail(wanted: Sequence[Token], found: Sequence[Token], at: int) -> str:
    if len(wanted) > len(found):
        return f"{_joined(_surplus(wanted, found, at))} expected, but it did not come"
    return f"{_joined(_surplus(found, wanted, at))} came, but it is not expected"


def _surplus(longer: Sequence[Token], shorter: Sequence[Token], at: int) -> Sequence[Token]:
    return longer[at : at + len(longer) - len(shorter)]


def _joined(tokens: Sequence[Token]) -> str:
    """Tokens as one would write them, cut after forty characters."""
    text = ""
    for previous, token in zip([None, *tokens], tokens, strict=False):
        touches = previous is None or token.start == previous.start + len(previous.text)
        text += token.text if touches else f" {token.text}"
        if len(text) > 40:
            return f"{text[:40]} …"
    return text.strip(" ,") or text


def _shape(tokens: Sequence[Token]) -> tuple[int, ...] | None:
    """Lengths of the nested brackets of the first tensor or array; None where there is none."""
    rest = iter(tokens)
    if not any(token.text in ("tensor", "array") for token in rest):
        return None
    return _lengths(token.text for token in rest if token.kind == "mark")


def _lengths(marks: Iterator[str]) -> tuple[int, ...] | None:
    """Counted along the first element of each level: its commas, and one."""
    lengths: list[int] = []
    closed: set[int] = set()
    depth = 0
    for mark in marks:
        if mark == "[":
            depth += 1
            lengths += [1] * (depth - len(lengths))
        elif mark == "," and depth and depth not in closed:
            lengths[depth - 1] += 1
        elif mark == "]":
            closed.add(depth)
            depth -= 1
        if depth <= 0 and mark in ")]":
            return tuple(lengths)
    return None
