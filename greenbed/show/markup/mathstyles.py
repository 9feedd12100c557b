"""The style attributes that math-core writes → classes, since the pages' policy (`style-src 'self'`) drops inline styles.

`CLASSES` is the whole set, each with the declarations that the stylesheet has to give it. Colours become one of eight that are
legible on both grounds; a backward space becomes the nearest of a few.
"""

from __future__ import annotations

import re

_MU = 1 / 18  # of an em
_BACK = (1, 2, 3, 4, 5, 6, 9, 12, 18, 36)  # in mu
_COLOURS = {
    "red": (0xC6, 0x28, 0x28),
    "orange": (0xEF, 0x6C, 0x00),
    "green": (0x2E, 0x9D, 0x3A),
    "teal": (0x00, 0x9A, 0x9A),
    "blue": (0x1E, 0x55, 0xD6),
    "purple": (0x8E, 0x24, 0xAA),
    "grey": (0x80, 0x80, 0x80),
    "ink": (0x00, 0x00, 0x00),
}
_SIZES = (50, 60, 70, 80, 90, 120, 140, 170, 200, 250)  # per cent

_DECLARATIONS = {
    "text-align:left": "m-left",
    "text-align:right": "m-right",
    "justify-items:start": "",  # goes with text-align
    "justify-items:end": "",
    "width:100%": "m-wide",
    "width:50%": "m-half",
    "width:7.5%": "m-narrow",
    "padding-left:0": "m-flush-left",
    "padding-right:0": "m-flush-right",
    "padding-top:0": "m-flush-rows",
    "padding-bottom:0": "",  # goes with padding-top
    "padding-left:1em": "m-case",
    "padding-left:0.1em": "m-rule",
    "padding-right:0.1em": "",  # goes with padding-left
    "padding-right:0.2778em": "m-thick-right",
    "padding-right:0.1667em": "m-thin-right",
    "padding-left:0.2778em": "m-thick-left",
    "padding-left:0.2222em": "m-medium-left",
    "padding-right:0.2222em": "m-medium-right",
    "padding-left:0.1667em": "m-thin-left",
    "padding-top:0.1667em": "m-cfrac",
    "font-variant-caps:small-caps": "m-small-caps",
    "math-shift:compact": "m-compact",
    "font-size:100%": "",
    **{
        f"border-{side}:0.05em {line} currentcolor": f"m-{line}-{side}"
        for side in ("left", "right", "top", "bottom")
        for line in ("solid", "dashed")
    },
    **{f"font-size:{size}%": f"m-size-{size}" for size in _SIZES},
}

CLASSES: dict[str, str] = {
    **{name: rule for rule, name in _DECLARATIONS.items() if name},
    "m-left": "text-align: left; justify-items: start",
    "m-right": "text-align: right; justify-items: end",
    "m-flush-rows": "padding-block: 0",
    "m-rule": "padding-inline: 0.1em",
    **{f"m-back-{mu}": f"margin-inline-start: {-mu * _MU:.4f}em" for mu in _BACK},
    **{f"m-{name}": "color of that name" for name in _COLOURS},
}
"""Every class that a formula may have, and what the stylesheet must say of it."""

_STYLE = re.compile(r' style="([^"]*)"')
_REM = re.compile(r'="(-?[\d.]+)rem"')
_BACKWARD = re.compile(r"margin-left:-([\d.]+)r?em")
_HEX = re.compile(r"color:#([0-9A-Fa-f]{6})")
_SPACE = re.compile(r"\s*([:;])\s*")


def with_classes(mathml: str) -> str:
    """The formula without style attributes; rem, which stands for 10 pt there, becomes em."""
    if "rem" in mathml:
        mathml = _REM.sub(r'="\1em"', mathml)
    if " style=" not in mathml:
        return mathml
    return _STYLE.sub(_class_attribute, mathml)


def _class_attribute(style: re.Match[str]) -> str:
    declarations = _SPACE.sub(r"\1", style[1]).strip("; ").split(";")
    names = dict.fromkeys(name for rule in declarations if (name := _class_of(rule.strip())))
    return f' class="{" ".join(names)}"' if names else ""


def _class_of(rule: str) -> str:
    if (name := _DECLARATIONS.get(rule)) is not None:
        return name
    if match := _BACKWARD.fullmatch(rule):
        mu = float(match[1]) / _MU
        return f"m-back-{min(_BACK, key=lambda step: abs(step - mu))}"
    if match := _HEX.fullmatch(rule):
        return f"m-{_nearest_colour(bytes.fromhex(match[1]))}"
    return ""


def _nearest_colour(rgb: bytes) -> str:
    return min(_COLOURS, key=lambda name: sum((a - b) ** 2 for a, b in zip(_COLOURS[name], rgb, strict=True)))
