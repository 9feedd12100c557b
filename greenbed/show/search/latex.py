r"""LaTeX as one reads it aloud or types it into a search field: `\frac{QK^\top}{\sqrt{d_k}}` → `QKᵀ/√d_k`.

An approximation for passages, never for pages: what it does not know loses its backslash and braces and stays a word.
"""

from __future__ import annotations

import re
import unicodedata

_GROUP = r"\s*\{((?:[^{}]|\{[^{}]*\})*)\}"  # with one level of braces inside
_FRACTION = re.compile(rf"\\[dt]?frac{_GROUP}{_GROUP}")
_SILENT = re.compile(
    r"\\(?:left|right|[bB]igg?[lr]?|displaystyle|limits|nolimits|quad|qquad|begin\{\w+\*?\}|end\{\w+\*?\}"
    r"|(?:math|text)[a-z]*|operatorname\*?|label\{[^}]*\}|hat|bar|tilde|vec|dot|[,;:!> ])(?![a-zA-Z])"
)
_COMMAND = re.compile(r"\\([a-zA-Z]+)|\\(.)")
_SIGNS = {
    "sqrt": "√", "sum": "∑", "prod": "∏", "int": "∫", "cdot": "·", "times": "×", "odot": "⊙", "oplus": "⊕", "otimes": "⊗",
    "in": "∈", "approx": "≈", "sim": "∼", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "ll": "≪",
    "gg": "≫", "pm": "±", "to": "→", "rightarrow": "→", "mapsto": "↦", "infty": "∞", "partial": "∂", "nabla": "∇",
    "top": "ᵀ", "ldots": "…", "dots": "…", "cdots": "…", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉",
    "mid": "|", "equiv": "≡", "propto": "∝", "ell": "ℓ", "lVert": "‖", "rVert": "‖", "epsilon": "ε", "varepsilon": "ε",
    "phi": "φ", "varphi": "φ",
}  # fmt: skip


def readable(latex: str) -> str:
    r"""A formula as a line of text.

    >>> readable(r"\frac{QK^\top}{\sqrt{d_k}}"), readable(r"\alpha \le 0{,}5"), readable(r"\operatorname{softmax}(x)")
    ('QKᵀ/√d_k', 'α ≤ 0,5', 'softmax(x)')
    """
    if "\\" not in latex:
        return latex.translate(_BRACES)
    text = _SILENT.sub(" ", latex).replace("\\\\", " ").replace("^\\top", "ᵀ")
    text = _COMMAND.sub(_sign, _FRACTION.sub(r"{\1}/{\2}", _FRACTION.sub(r"{\1}/{\2}", text)))
    return " ".join(text.translate(_BRACES).split())


def _sign(command: re.Match[str]) -> str:
    name = command[1]
    if name is None:
        return command[2]
    if sign := _SIGNS.get(name):
        return sign
    try:
        size = "CAPITAL" if name[0].isupper() else "SMALL"
        return unicodedata.lookup(f"GREEK {size} LETTER {name.upper()}")
    except KeyError:
        return f"{name} " if command.string.startswith("{", command.end()) else name


_BRACES = str.maketrans("", "", "{}$")
