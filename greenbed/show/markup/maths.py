r"""LaTeX → MathML Core, by math-core (10 to 14 µs a formula).

A formula alone is converted once in a process and remembered. Equations with numbers depend on those before them, and
`\eqref` on those after, so a page's numbered formulas are converted together. A mistake comes back as a `Flaw` with the
character it is at; the caller knows where the formula stands and makes a Problem of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from math_core import LatexError, LatexToMathML

from greenbed.show.markup.latex import is_numbered, prepare, refusal
from greenbed.show.markup.mathstyles import with_classes

__all__ = ["Flaw", "convert", "convert_numbered", "is_numbered"]

_MACROS = {
    "substack": r"\begin{subarray}{c}#1\end{subarray}",
    "smash": "{#1}",
    "mathds": r"\mathbb{#1}",
    "mbox": r"\text{#1}",
}
_LABEL = re.compile(r"\\label\s*\{([^{}]*)\}")
_REFERENCE = re.compile(r"\\eqref\s*\{([^{}]*)\}")
_HINTS = (
    (
        re.compile(r"Unknown command"),
        "check its spelling; the commands of LaTeX and amsmath are known, those of other packages are not",
    ),
    (re.compile(r"Unknown environment"), "use one of amsmath's: aligned, cases, matrix, pmatrix, bmatrix, gathered, array"),
    (re.compile(r"Unknown color"), "use a colour that has a name in LaTeX, as in \\textcolor{red}{x}"),
    (re.compile(r"Expected argument"), "the command before this place takes one more argument, as in \\frac{1}{2}"),
    (re.compile(r"reached end of input"), "something opened here is not closed: count the braces, \\left and \\begin"),
    (re.compile(r"Unmatched closing"), "remove it, or write what it closes before it"),
    (re.compile(r'"&"'), "put it into an environment such as aligned or matrix, or write \\& for the sign"),
    (re.compile(r"Duplicate"), "group with braces what belongs together: {x^a}^b"),
    (re.compile(r"text mode"), "close the \\text{…} before it, or write \\& \\% \\# \\_ for the signs"),
    (re.compile(r"expanding to itself"), "a \\newcommand that uses itself never ends"),
    (re.compile(r"already defined"), "choose another name, or write \\renewcommand"),
    (re.compile(r'"\$"'), "a formula cannot hold another one: remove the dollar sign, or write \\$ for the sign"),
    (re.compile(r"parenthesis|delimiter"), "write a bracket after \\left, \\right and \\big; a dot where none is to be seen"),
)


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a formula."""

    offset: int  # of the character in the formula as written
    message: str
    hint: str


@lru_cache(maxsize=100_000)
def convert(latex: str, display: bool) -> str | Flaw:
    """A formula as MathML, alone: its numbers begin at 1."""
    if reason := refusal(latex):
        return Flaw(0, reason, "split it into smaller formulas")
    prepared = prepare(latex)
    try:
        return _cleaned(_converter("").convert_with_local_state(prepared.latex, displaystyle=display))
    except LatexError as error:
        offset, _, message = str(error).partition(": ")
        return Flaw(min(prepared.origin(int(offset)), len(latex)), _sentence(message), _hint(message))


def convert_numbered(formulas: Sequence[tuple[str, bool]], prefix: str) -> list[str | Flaw]:
    """The numbered formulas of one page, (LaTeX, display) in order; ids begin with `prefix` + "eq-"."""
    results = [convert(latex, display) for latex, display in formulas]
    flaws = _label_flaws([latex for latex, _ in formulas])
    sound = [index for index, result in enumerate(results) if isinstance(result, str)]
    batch = [(prepare(formulas[index][0]).latex, formulas[index][1]) for index in sound]
    for index, mathml in zip(sound, _converter(prefix).convert_all(batch), strict=True):
        results[index] = flaws.get(index) or _cleaned(mathml)
    return results


def _label_flaws(formulas: Sequence[str]) -> dict[int, Flaw]:
    """By the formula's position: labels given twice, references to labels that no equation has."""
    flaws: dict[int, Flaw] = {}
    known: set[str] = set()
    for index, latex in enumerate(formulas):
        for match in _LABEL.finditer(latex):
            if match[1] in known:
                flaws[index] = Flaw(match.start(), f'two equations have the label "{match[1]}"', "give each a label of its own")
            known.add(match[1])
    for index, latex in enumerate(formulas):
        for match in _REFERENCE.finditer(latex):
            if match[1] not in known:
                hint = f"write \\label{{{match[1]}}} in the equation that it means"
                flaws[index] = Flaw(match.start(), f'no equation of this page has the label "{match[1]}"', hint)
    return flaws


@cache
def _converter(prefix: str) -> LatexToMathML:
    return LatexToMathML(fancy_error=False, allow_unreliable_rendering=True, macros=_MACROS, id_prefix=f"{prefix}eq-")


def _cleaned(mathml: str) -> str:
    # The one entity that XML does not have.
    return with_classes(mathml.replace("&ApplyFunction;", "\u2061"))


def _sentence(message: str) -> str:
    text = message.strip().removesuffix(".")
    return text[:1].lower() + text[1:]


def _hint(message: str) -> str:
    return next((hint for pattern, hint in _HINTS if pattern.search(message)), "correct the formula at this place")
