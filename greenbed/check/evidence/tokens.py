"""Printed values as tokens: what a comparison may treat as equal, and what it may not.

Every character of a text belongs to one token or to the white space between tokens, so nothing is overlooked. The expression is
written with possessive quantifiers and tokens that end with the line: its running time is linear for any text.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple


class Token(NamedTuple):
    """One word, number, string or mark."""

    kind: str  # string, ellipsis, word, imaginary, float, integer, mark
    text: str
    start: int  # offset in the text


_FLOAT = r"(?:\d++(?!\.\.\.)\.\d*+|\.\d++)(?:[eE][+-]?\d++)?|\d++[eE][+-]?\d++"
_SIGN = r"(?:(?<![\w)\]}])[+-])?"
_TOKEN = re.compile(
    rf"""
    (?P<string>(?<!\w)[bBrRuU]{{0,2}}(?:'(?:[^'\\\n]|\\.)*+(?:'|(?=\n|\Z)|\\)|"(?:[^"\\\n]|\\.)*+(?:"|(?=\n|\Z)|\\)))
  | (?P<ellipsis>\.\.\.)
  | (?P<word>0[xXbBoO][0-9a-fA-F]++(?!\w)|\d++(?:\.\d++){{2,}}[\w.+]*+|(?!(?:nan|inf)j?(?!\w))[^\W\d]\w*+(?:\.\w++)*+)
  | (?P<imaginary>(?:[+-][ \t]*+)?(?:{_FLOAT}|nan|inf|\d++)j(?!\w))
  | (?P<float>{_SIGN}(?:{_FLOAT}|(?:nan|inf)(?!\w)))
  | (?P<grouped>{_SIGN}\d{{1,3}}(?:,\d{{3}})++(?!\d)|{_SIGN}\d++(?:_\d++)++)
  | (?P<integer>{_SIGN}\d++)
  | (?P<mark>\S)
    """,
    re.VERBOSE,
)
_OPENING = frozenset("([{")
_CLOSING = frozenset(")]}")


def tokenize(text: str) -> list[Token]:
    """The tokens of `text` in order. `131,328` is one integer, but two inside brackets, where the comma separates."""
    tokens: list[Token] = []
    depth = 0
    for match in _TOKEN.finditer(text):
        kind, word, start = match.lastgroup or "mark", match.group(), match.start()
        if kind == "grouped":
            tokens.extend(_grouped(word, start, inside=depth > 0))
            continue
        if kind == "mark":
            depth += (word in _OPENING) - (word in _CLOSING and depth > 0)
        elif kind == "string":
            word = word.rstrip()
        tokens.append(Token(kind, word, start))
    return tokens


def _grouped(word: str, start: int, *, inside: bool) -> list[Token]:
    """`1,024` and `1_024`: one integer without its separators, or the elements of a list that is written tightly."""
    if not inside or "_" in word:
        return [Token("integer", word.replace(",", "").replace("_", ""), start)]
    tokens = []
    for match in re.finditer(r"[+-]?\d+|,", word):
        tokens.append(Token("mark" if match.group() == "," else "integer", match.group(), start + match.start()))
    return tokens


RELATIVE = 1.3e-6
"""Relative noise of float32, as in torch.testing.assert_close."""

_PARTS = re.compile(r"[+-]?\d*\.?(\d*)(?:[eE]([+-]?\d+))?")
_EXACT_ZERO = re.compile(r"[+-]?0\.0?")


def same(want: Token, got: Token, relative: float) -> bool:
    """Whether `got` is what is written: equal text, or floats within the last written digit or the relative tolerance."""
    if want.kind != got.kind:
        return False
    if want.text == got.text:
        return True
    if want.kind == "float":
        return _is_close(want.text, got.text, relative)
    if want.kind == "imaginary":
        return _are_imaginary_close(_compact(want.text[:-1]), _compact(got.text[:-1]), relative)
    return False


def _compact(text: str) -> str:
    return "".join(text.split())


def _are_imaginary_close(want: str, got: str, relative: float) -> bool:
    """Without the j, and without what may stand between the sign and the number: "1 + 2j" is "1+2j"."""
    if want == got:
        return True
    if (want[0] in "+-") != (got[0] in "+-"):
        return False  # "1 2j" is no complex number
    floats = [bool(re.search(r"[.einf]", part)) for part in (want, got)]
    return all(floats) and _is_close(want.removeprefix("+"), got.removeprefix("+"), relative)


def _is_close(want: str, got: str, relative: float) -> bool:
    """One unit of the last digit that is written after the point in `want`, or `relative`.

    A float without such digits (`15.`, `1e-5`) has not been rounded, so one unit of its last digit is no noise.
    """
    if want.startswith("+") != got.startswith("+") and not got.startswith("-") and not want.startswith("-"):
        return False
    if "n" in want or "n" in got:
        return False  # nan and inf are equal to themselves alone, and equal texts do not come here
    try:
        return _are_near(want, got, relative)
    except ArithmeticError:  # an exponent beyond what a Decimal holds
        return False


def _are_near(want: str, got: str, relative: float) -> bool:
    expected = Decimal(want)
    off = abs(expected - Decimal(got))
    if not off:
        # torch, numpy and Python write "-0." for a negative zero alone, where "-0.0000" may be a rounded number
        return want[0] == got[0] or not (_EXACT_ZERO.fullmatch(want) and _EXACT_ZERO.fullmatch(got))
    return off <= abs(expected) * Decimal(relative) or off <= _unit(want)


def _unit(number: str) -> Decimal:
    """One unit of the last written digit; 0 where nothing is written after the point."""
    match = _PARTS.fullmatch(number)
    if match is None or not match[1]:
        return Decimal(0)
    return Decimal(1).scaleb(int(match[2] or 0) - len(match[1]))
