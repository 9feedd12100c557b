"""Which comments read as a value: the difference between a claim and prose.

A comment is a claim where the whole of it is something that Python, torch or numpy prints for a value: `torch.Size([3, 2])`,
`tensor([nan, 0.25])`, `[0.1 0.9]`, `-0.25`, `{'a': 1}`, `torch.float32`. Names of one's own (`(B, T)`, `softmax(x)`) and
units (`0.25 s`, `50 %`) make it prose.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from greenbed.check.evidence.tokens import Token, tokenize

_CONSTANTS = frozenset({"True", "False", "None", "np.True_", "np.False_"})
_DTYPE = re.compile(
    r"(?:torch\.)?(?:b?float\d\w*|u?int\d+|q?u?int\d+x?\d*|complex\d+)"
    r"|torch\.(?:float|double|half|short|int|long|bool|strided|sparse_\w+|\w+_format)"
)
_CONSTRUCTOR = re.compile(
    r"tensor|array|torch\.Size|device|dtype|torch\.return_types\.\w+|np\.\w+|range|slice|complex|set|frozenset|bytearray"
    r"|Fraction|Decimal|Counter|OrderedDict|defaultdict|deque|dict_keys|dict_values|dict_items"
)
_CLOSING = {"(": ")", "[": "]", "{": "}", "<": ">"}
_DEEPEST = 50


def reads_as_value(text: str) -> bool:
    """Whether all of `text` is one value, or several with commas or spaces between them, as `print` and tuples give."""
    reader = _Reader(tokenize(text))
    if not reader.takes_value():
        return False
    while not reader.at_end:
        reader.takes(",")
        if not reader.takes_value():
            return False
    return True


def reads_as_shape(text: str) -> bool:
    """Whether `text` is integers in parentheses: beside a tensor it speaks of the shape, elsewhere it is a tuple."""
    return re.fullmatch(r"\(\s*(?:\d+\s*(?:,\s*\d+\s*)*,?\s*)?\)", text.strip()) is not None


def opens_brackets(text: str) -> bool:
    """Whether more brackets are opened than closed, so that a comment goes on in the next line."""
    return open_brackets(text) > 0


def open_brackets(text: str) -> int:
    """How many more brackets are opened than closed; of several lines it is the sum."""
    marks = [token.text for token in tokenize(text) if token.kind == "mark"]
    return sum(mark in "([{" for mark in marks) - sum(mark in ")]}" for mark in marks)


def requoted(text: str) -> str:
    """The same with strings quoted as `repr` does, since `# "cpu"` means the value that Python shows as 'cpu'."""
    parts, end = [], 0
    for token in tokenize(text):
        if token.kind == "string" and token.text[0] == '"':
            parts += [text[end : token.start], _repr(token.text)]
            end = token.start + len(token.text)
    return "".join([*parts, text[end:]])


def _repr(literal: str) -> str:
    try:
        return repr(ast.literal_eval(literal))
    except (SyntaxError, ValueError):
        return literal


class _Reader:
    """Recursive descent over tokens; each `takes_…` advances only where it says True."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._next = 0
        self._depth = 0

    @property
    def at_end(self) -> bool:
        return self._next >= len(self._tokens)

    def takes(self, text: str) -> bool:
        if self.at_end or self._tokens[self._next].text != text or self._tokens[self._next].kind == "string":
            return False
        self._next += 1
        return True

    def takes_value(self) -> bool:
        if self.at_end:
            return False
        token = self._tokens[self._next]
        self._next += 1
        if token.kind in ("float", "integer", "imaginary"):
            return self._ends_number()
        if token.kind == "word":
            return self._ends_word(token.text)
        return token.kind == "string" or (token.text in ("(", "[", "{") and self._ends_bracket(token.text))

    def _ends_number(self) -> bool:
        """`1.5+2.0j` goes on with an imaginary part that touches it; `1.5x` is no value."""
        if self.at_end:
            return True
        token, following = self._tokens[self._next - 1], self._tokens[self._next]
        if following.start > token.start + len(token.text):
            return True
        if following.kind == "imaginary":
            self._next += 1
            return True
        return following.text in (",", ")", "]", "}", ":")

    def _ends_word(self, word: str) -> bool:
        if not self.at_end and self._tokens[self._next].text == "(":
            self._next += 1
            return _CONSTRUCTOR.fullmatch(word) is not None and self._ends_bracket("(")
        return word in _CONSTANTS or _DTYPE.fullmatch(word) is not None

    def _ends_bracket(self, opening: str) -> bool:
        """Elements up to the closing bracket: values, `name=value`, `key: value`, an ellipsis."""
        self._depth += 1
        closing = _CLOSING[opening]
        while self._depth < _DEEPEST and not self.takes(closing):
            if not self._takes_element():
                return False
            if not self.takes(",") and not self.takes(":") and opening != "[" and not self._is_next(closing):
                return False  # only lists have elements with spaces between them, as numpy prints them
        self._depth -= 1
        return self._depth < _DEEPEST - 1

    def _is_next(self, text: str) -> bool:
        return not self.at_end and self._tokens[self._next].text == text

    def _takes_element(self) -> bool:
        if self.takes("..."):
            return True
        if self.takes("<"):
            return self._ends_angle()
        if self._is_keyword():
            self._next += 2
            return self._takes_argument()
        return self.takes_value()

    def _takes_argument(self) -> bool:
        """What follows `dtype=`: an element, or any one word."""
        start = self._next
        if self._takes_element():
            return True
        self._next = start + 1
        return start < len(self._tokens) and self._tokens[start].kind == "word"

    def _is_keyword(self) -> bool:
        pair = self._tokens[self._next : self._next + 2]
        return len(pair) == 2 and pair[0].kind == "word" and pair[1].text == "="

    def _ends_angle(self) -> bool:
        """`<AddBackward0>`, `<class 'int'>`: up to the `>`."""
        while not self.at_end:
            self._next += 1
            if self._tokens[self._next - 1].text == ">":
                return True
        return False
