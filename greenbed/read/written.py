"""Which part of what stands before a comment `<!-- = … -->` is the literal that it speaks of.

In plain text it is the longest ending that reads as a value; in a code span, an emphasised one or a formula it is all of it
where that reads as one value, else its last number. What no reader would take for a number is none: the digits of a name
(`conv1d`), of an index or exponent in a formula, of a version (2.13.0).
"""

from __future__ import annotations

import ast
import re
import warnings

Range = tuple[int, int]
"""Where the literal begins and ends in the text."""

_GROUPS = r"\d{1,3}(?:[,\u2009\u202f]\d{3})+(?!\d)"
_DECIMAL = rf"(?:(?:{_GROUPS}|\d+)(?:\.\d+)?|\.\d+)"
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"
_TEN = rf"10[⁺⁻]?[{_RAISED[:10]}]+"
_NUMBER = (
    r"(?:(?<![\w)\]}%.])[+\-−])?(?<![\w.])(?<!\d[,\u2009\u202f])"
    rf"(?:{_TEN}|{_DECIMAL}(?:[eE][+\-−]?\d+|\s?[×·⋅]\s?{_TEN})?)(?![{_RAISED}]|\.?\d)"
)
NUMBER = re.compile(_NUMBER)
LAST_NUMBER = re.compile(rf"({_NUMBER})(?![^\W\d]+\d)")
ENDING_NUMBER = re.compile(rf"({_NUMBER})[^\s\d]*\Z")  # units and closing marks may be glued to it

_TEX_GROUPS = r"\d{1,3}(?:(?:,|\{,\}|\\,)\d{3})+(?!\d)"
_TEX_TEN = r"10\s*\^\s*(?:\{\s*[+\-−]?\d+\s*\}|\d)"
_TEX_NUMBER = (
    rf"(?<![\d.])(?:{_TEX_TEN}|(?:(?:{_TEX_GROUPS}|\d+)(?:\.\d+)?|\.\d+)"
    rf"(?:[eE][+\-−]?\d+|\s*(?:\\times|\\cdot|×|·)\s*{_TEX_TEN})?)"
)
TEX_NUMBER = re.compile(rf"[+\-−]?{_TEX_NUMBER}")
TEX_PIECE = re.compile(
    rf"(?P<number>{_TEX_NUMBER})"
    r"|[_^]\s*(?:\{(?:[^{}]|\{[^{}]*\})*\}|\\[A-Za-z]+|\S)"  # an index or exponent is no number of the formula
    r"|\\(?:[A-Za-z]+|.)",
    re.DOTALL,
)
_TEX_COMMA = re.compile(r"(?<=\d)(?:\{,\}|\\,)(?=\d{3})")
_UNARY = re.compile(
    r"(?:\A|[=<>(\[{,|:;&/~]"
    r"|\\(?:approx|sim|simeq|cong|equiv|l[et]q?|g[et]q?|neq?|to|rightarrow|longrightarrow|mapsto|in|times|cdot|quad|qquad))\s*\Z"
)

_DTYPE = re.compile(
    r"(?:torch\.)?(?:b?float\d+\w*|u?int\d+|qu?int\d+x?\d*|complex\d+)"
    r"|torch\.(?:float|double|half|short|int|long|bool|strided|sparse_\w+|\w+_format)"
)
_CONSTRUCTORS = frozenset({"tensor", "array", "torch.Size", "device", "dtype", "range", "slice", "set", "frozenset", "complex"})
_WORD = re.compile(rf"(?<![\w.])(?:True|False|None|[+\-−]?(?:nan|inf)|{_DTYPE.pattern})\Z")
_LEADING_ZERO = re.compile(r",0\d")  # `(1,000)` is a number in parentheses
_PUNCTUATION = ".,;:!?…"
_OPENINGS = {")": "(", "]": "[", "}": "{"}
_QUOTES = {'"': '"', "'": "'", "”": "“", "’": "‘"}
_CONSTRUCTOR = re.compile(r"[A-Za-z_][\w.]*\Z")
_INVALID = (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError)


def at_end(text: str) -> Range | None:
    """The value that a text ends with; punctuation and units may follow it.

    >>> text = "a tensor of (2, 3)"
    >>> text[slice(*at_end(text))]
    '(2, 3)'
    >>> text = "about 3.2×"
    >>> text[slice(*at_end(text))]
    '3.2'
    """
    bare = text.rstrip(_PUNCTUATION)
    if text[-1:].isspace() or not bare:
        return None
    if found := _ending_bracket(bare) or _ending_string(bare) or _WORD.search(bare):
        return (found.start(), found.end()) if isinstance(found, re.Match) else found
    number = ENDING_NUMBER.search(text)
    return number.span(1) if number else None


def in_words(text: str) -> Range | None:
    """All of a text where it is one value, else the last number in it.

    >>> in_words("12 of 128"), in_words("[1, 2]"), in_words("conv1d")
    ((6, 9), (0, 6), None)
    """
    if _is_one_value(text.strip()):
        return _stripped(text)
    numbers = list(LAST_NUMBER.finditer(text))
    return numbers[-1].span(1) if numbers else None


def in_code(code: str) -> Range | None:
    """The same, else all of the code, as a text: `relu`."""
    return in_words(code) or (_stripped(code) if code.strip() else None)


def in_formula(latex: str) -> Range | None:
    r"""All of a formula where it is one value, else the last number in it that is no index and no exponent.

    >>> in_formula(r"\hat y_1 = 0.7645"), in_formula("131{,}328"), in_formula("x^2")
    ((11, 17), (0, 9), None)
    """
    whole = latex.strip()
    if TEX_NUMBER.fullmatch(whole) or (whole[:1] in ("(", "[") and _is_one_value(_TEX_COMMA.sub("", whole))):
        return _stripped(latex)
    numbers = [piece for piece in TEX_PIECE.finditer(latex) if piece["number"]]
    if not numbers:
        return None
    start, end = numbers[-1].span()
    has_sign = latex[start - 1 : start] in ("+", "-", "−") and _UNARY.search(latex[: start - 1])
    return start - bool(has_sign), end


def _stripped(text: str) -> Range:
    return len(text) - len(text.lstrip()), len(text.rstrip())


def _ending_bracket(text: str) -> Range | None:
    """(1, 6), [1, 2], torch.Size([2])."""
    if text[-1] not in _OPENINGS:
        return None
    start = _opening(text)
    name = _CONSTRUCTOR.search(text[:start]) if start >= 0 else None
    begin = name.start() if name else start
    return (begin, len(text)) if start >= 0 and _is_one_value(text[begin:]) else None


def _opening(text: str) -> int:
    """Where the bracket opens that the last character closes; -1 where none does."""
    waiting: list[str] = []
    for at in range(len(text) - 1, -1, -1):
        if text[at] in _OPENINGS:
            waiting.append(_OPENINGS[text[at]])
        elif text[at] in "([{" and text[at] != waiting.pop():
            return -1
        if not waiting:
            return at
    return -1


def _ending_string(text: str) -> Range | None:
    """A text in quotes of any kind."""
    if text[-1] not in _QUOTES:
        return None
    start = text.rfind(_QUOTES[text[-1]], 0, len(text) - 1)
    return (start, len(text)) if start >= 0 and not text[start - 1 : start].isalnum() and text[start + 1 : -1].strip() else None


def _is_one_value(text: str) -> bool:
    if NUMBER.fullmatch(text):
        return True
    node = None if _LEADING_ZERO.search(text) else parsed(text.replace("−", "-"))
    if node is None or isinstance(node, ast.Tuple) != text.startswith("("):  # no bare `1, 2`, no number in parentheses
        return False
    return _is_value(node)


def parsed(text: str) -> ast.expr | None:
    """`text` as a Python expression; None where it is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of invalid escapes in strings
            return ast.parse(text, mode="eval").body
    except _INVALID:
        return None


def _is_value(node: ast.expr) -> bool:
    """Whether an expression is what Python, torch or numpy print for a value."""
    match node:
        case ast.Constant():
            return True
        case ast.Tuple() | ast.List() | ast.Set():
            return all(map(_is_value, node.elts))
        case ast.Dict():
            return all(key is not None and _is_value(key) for key in node.keys) and all(map(_is_value, node.values))
        case ast.UnaryOp(op=ast.USub() | ast.UAdd()):
            return _is_number(node.operand)
        case ast.BinOp(op=ast.Add() | ast.Sub(), right=ast.Constant(value=complex())):
            return _is_value(node.left) and (_is_number(node.left) or isinstance(node.left, ast.UnaryOp))
        case ast.Call():
            arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
            return _dotted(node.func) in _CONSTRUCTORS and all(map(_is_value, arguments))
    return _DTYPE.fullmatch(_dotted(node)) is not None or _dotted(node) in ("nan", "inf")


def _is_number(node: ast.expr) -> bool:
    is_number = isinstance(node, ast.Constant) and isinstance(node.value, int | float | complex)
    return is_number or _dotted(node) in ("nan", "inf")


def _dotted(node: ast.expr) -> str:
    """ "torch.float32", where the expression is nothing but names; else nothing."""
    return ast.unparse(node) if isinstance(node, ast.Name | ast.Attribute) else ""
