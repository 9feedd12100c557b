"""Numbers as an author writes them: `131,328`, `−3.2`, `1.2 × 10⁻⁸`, `131{,}328` in LaTeX; and values in the same manner."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = {raised: plain for plain, raised in _RAISED.items()}
_TEN = r"10(?:\s*\^\s*(?:\{\s*(?P<braced>[+-]?\d+)\s*\}|(?P<bare>\d))|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+))"
_NUMBER = re.compile(
    r"(?P<sign>[+\-−]?)"
    rf"(?:{_TEN}"
    r"|(?P<whole>\d{1,3}(?:(?P<separator>,|\{,\}|\\,|[\u2009\u202f])\d{3}(?:(?P=separator)\d{3})*)|\d*)"
    r"(?P<fraction>\.\d*)?"
    rf"(?:(?P<e>[eE])(?P<exponent>[+\-−]?\d+)|(?P<times>\s*(?:\\times|\\cdot|[×·⋅])\s*){_TEN.replace('?P<', '?P<t_')})?)"
)
_LEADING = 4  # digits that are given of a number that was written too coarsely
_COARSEST = 1e-4  # smaller numbers are given with an exponent
_FINEST = 1e15


@dataclass(frozen=True, slots=True)
class Written:
    """A number in a text, and the manner in which it is written."""

    number: str  # as Python writes it: "131328", "-3.2", "1.2e-8"
    sign: str  # "−" where a typographic minus is used, "+" where the sign is always given
    separator: str  # between thousands; empty where there is none
    decimals: int
    is_float: bool  # with digits behind the point, or an exponent
    power: str  # what stands before the exponent: "e", " × 10", "\\times 10^"; empty where there is none

    def rewritten(self, value: complex) -> str:
        """`value` in this manner; in Python's where the manner cannot hold it."""
        if isinstance(value, complex) or (isinstance(value, float) and not math.isfinite(value)):
            return repr(value)
        if isinstance(value, bool):
            return repr(value)
        if isinstance(value, int):
            return self._signed(str(abs(value)), negative=value < 0)
        return self._signed(self._of_float(abs(value)), negative=math.copysign(1.0, value) < 0)

    def _of_float(self, value: float) -> str:
        if self.power:
            is_exact = self.decimals > 0 or float(f"{value:.0e}") == value
            return f"{value:.{self.decimals if is_exact else 1}e}"  # of `1e-5` not even the last digit is rounded
        text = f"{value:.{self.decimals}f}"
        if not self.is_float or (value and not float(text)) or value >= _FINEST:
            return _leading(value)
        return text

    def _signed(self, digits: str, *, negative: bool) -> str:
        mantissa, _, exponent = digits.partition("e")
        whole, point, fraction = mantissa.partition(".")
        if self.separator and len(whole) > 3:
            whole = f"{int(whole):,}".replace(",", self.separator)
        minus = "−" if self.sign == "−" else "-"
        sign = minus if negative else "+" if self.sign == "+" else ""
        return sign + whole + point + fraction + (self._exponent(int(exponent)) if exponent else "")

    def _exponent(self, exponent: int) -> str:
        power = self.power or "e"
        if power.endswith("^"):
            return f"{power}{{{exponent}}}"
        return power + (str(exponent) if power in ("e", "E") else str(exponent).translate(_RAISED))


def written(text: str) -> Written | None:
    r"""How a number is written; None where `text` is none.

    >>> written("−131,328").number, written(r"1.2 \times 10^{-8}").number, written("torch")
    ('-131328', '1.2e-8', None)
    """
    found = _NUMBER.fullmatch(text.strip())
    if found is None or not any(character.isdigit() for character in text):
        return None
    exponent, power = _power(found)
    separator = found["separator"] or ""
    whole = (found["whole"] or "").replace(separator, "") if separator else found["whole"]
    mantissa = (whole or "") + (found["fraction"] or "") if whole is not None else "1"
    minus = "-" if found["sign"] in ("-", "−") else ""
    return Written(
        number=minus + mantissa + (f"e{exponent}" if exponent else ""),
        sign=found["sign"],
        separator=separator,
        decimals=max(len(found["fraction"] or "") - 1, 0),
        is_float=bool(exponent or (found["fraction"] or "").strip(".")),
        power=power,
    )


def _power(found: re.Match[str]) -> tuple[str, str]:
    """The exponent as Python writes it, and what stands before it."""
    if found["e"]:
        return found["exponent"].replace("−", "-"), found["e"]
    prefix = "t_" if found["times"] else ""
    raised = found[f"{prefix}raised"]
    tex = found[f"{prefix}braced"] or found[f"{prefix}bare"]
    if raised:
        return raised.translate(_LOWERED), (found["times"] or " × ") + "10"
    return (tex, (found["times"] or r" \times ") + "10^") if tex else ("", "")


def _leading(value: float) -> str:
    """The first digits of a number, always as a float.

    >>> _leading(15.0), _leading(0.01234567), _leading(131327.6), _leading(1.5e-9)
    ('15.0', '0.01235', '131327.6', '1.5e-09')
    """
    if value and not _COARSEST <= value < _FINEST:
        return f"{value:.{_LEADING - 1}e}" if float(f"{value:.1e}") != value else f"{value:.1e}"
    digits = 1 if value == 0 else max(1, _LEADING - 1 - math.floor(math.log10(value)))
    text = f"{value:.{digits}f}".rstrip("0")
    return f"{text}0" if text.endswith(".") else text
