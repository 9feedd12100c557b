r"""LaTeX as authors write it → LaTeX that math-core reads, with the way back for the places of its errors.

math-core 0.9 prints `\\[6pt]` as text, refuses `$…$` inside `\text{…}` and a `\tag` outside a numbered environment, and does
not know `split`. All are rewritten here in one pass over the control sequences. It also overflows its stack, which would
kill the process, on thousands of nested groups: such formulas are refused before it sees them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

MAX_LENGTH = 20_000  # characters
MAX_DEPTH = 200  # groups, environments and \left inside each other

_LENGTH = r"\[\s*-?(?:\d+\.?\d*|\.\d+)\s*(?:pt|em|ex|mu|mm|cm|in|pc|bp|sp)\s*\]"
# A control sequence is taken whole, so that the second half of `\\` never begins another one.
_SPECIAL = re.compile(
    rf"(?P<row>\\\\\*?){_LENGTH}"
    r"|(?P<split>\\(?:begin|end)\{split\})"
    r"|(?P<text>\\(?:text(?:rm|bf|it|sf|tt|normal|md|up)?|mbox)\s*\{)"
    r"|\\[a-zA-Z]+|\\."
)
_IN_TEXT = re.compile(r"\\.|[${}]", re.DOTALL)
_NESTING = re.compile(r"\\(?:begin|end|left|right)(?![a-zA-Z])|\\.|[{}]", re.DOTALL)
_DEEPER = {"{": 1, "}": -1, r"\begin": 1, r"\end": -1, r"\left": 1, r"\right": -1}
_CHAIN = re.compile(rf"(?:\\[a-zA-Z]+\s*){{{MAX_DEPTH + 1}}}")
_NUMBERED = re.compile(r"\\(?:begin\{(?:equation|align|gather|multline)\}|tag\b|label\b|eqref\b)")
_NEEDS_EQUATION = re.compile(r"\\(?:tag|label)\b")
_HAS_EQUATION = re.compile(r"\\begin\{(?:equation|align|gather|multline)\*?\}")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A formula rewritten for math-core."""

    latex: str
    starts: tuple[int, ...]  # where each piece starts in `latex`
    origins: tuple[int, ...]  # where that piece starts in what the author wrote

    def origin(self, offset: int) -> int:
        """The author's character for a character of `latex`."""
        piece = bisect_right(self.starts, offset) - 1
        return self.origins[piece] + offset - self.starts[piece]


def refusal(latex: str) -> str:
    """Why a formula must not be converted at all; empty when it may."""
    if len(latex) > MAX_LENGTH:
        return f"the formula has {len(latex):,} characters, more than {MAX_LENGTH:,}"
    if _depth(latex) > MAX_DEPTH or _CHAIN.search(latex):
        return f"the formula nests deeper than {MAX_DEPTH} levels"
    return ""


def is_numbered(latex: str) -> bool:
    """Whether its output depends on the other equations of the page."""
    return "\\" in latex and _NUMBERED.search(latex) is not None


def prepare(latex: str) -> Prepared:
    r"""The formula in math-core's LaTeX.

    >>> prepare(r"a \\[6pt] b").latex
    'a \\\\ b'
    >>> prepare(r"\text{if $x>0$}").latex
    '{\\text{if }x>0\\text{}}'
    >>> prepare(r"x = 1 \tag{3}").latex
    '\\begin{equation}x = 1 \\tag{3}\\end{equation}'
    """
    pieces = _Pieces()
    wrap = _NEEDS_EQUATION.search(latex) and not _HAS_EQUATION.search(latex)
    if wrap:
        pieces.put(r"\begin{equation}", 0)
    _rewrite(latex, pieces)
    if wrap:
        pieces.put(r"\end{equation}", len(latex))
    return pieces.prepared()


class _Pieces:
    """Collects the rewritten formula, each piece with the place it stands for."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.starts: list[int] = []
        self.origins: list[int] = []
        self.length = 0

    def put(self, text: str, origin: int) -> None:
        self.texts.append(text)
        self.starts.append(self.length)
        self.origins.append(origin)
        self.length += len(text)

    def prepared(self) -> Prepared:
        return Prepared("".join(self.texts), tuple(self.starts), tuple(self.origins))


def _rewrite(latex: str, pieces: _Pieces) -> None:
    done = 0
    while match := _SPECIAL.search(latex, done):
        pieces.put(latex[done : match.start()], done)
        done = match.end()
        if match["row"]:
            pieces.put(r"\\", match.start())
        elif match["split"]:
            pieces.put(match["split"].replace("split", "aligned"), match.start())
        elif match["text"]:
            done = _text(latex, match.start(), done, pieces)
        else:
            pieces.put(match[0], match.start())
    pieces.put(latex[done:], done)


def _text(latex: str, start: int, body: int, pieces: _Pieces) -> int:
    r"""Put `\text{…}` with its `$…$` moved out of it; where it ends."""
    end, dollars = _group(latex, body)
    if not dollars or len(dollars) % 2:
        pieces.put(latex[start:end], start)
        return end
    command, done = latex[start:body], body
    pieces.put("{" + command, start)
    for number, dollar in enumerate(dollars):
        pieces.put(latex[done:dollar], done)
        pieces.put(command if number % 2 else "}", dollar)
        done = dollar + 1
    pieces.put(latex[done:end], done)
    pieces.put("}", end - 1)
    return end


def _group(latex: str, body: int) -> tuple[int, list[int]]:
    """Where the group ends whose first character is at `body`, and its dollar signs."""
    depth, dollars = 1, []
    for match in _IN_TEXT.finditer(latex, body):
        if match[0] == "$":
            dollars += [match.start()] if depth == 1 else []
        elif match[0] in "{}":
            depth += _DEEPER[match[0]]
            if depth == 0:
                return match.end(), dollars
    return len(latex), []


def _depth(latex: str) -> int:
    depth = deepest = 0
    for match in _NESTING.finditer(latex):
        depth += _DEEPER.get(match[0], 0)
        deepest = max(deepest, depth)
    return deepest
