"""Names that are easily taken for one another: sum and mean, triu and tril, float16 and bfloat16."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from greenbed.check.teeth.edits import Edit, Kind, Text

_BOTH_WAYS = (
    ("all", "any"),
    ("amax", "amin"),
    ("argmax", "argmin"),
    ("max", "min"),
    ("maximum", "minimum"),
    ("cummax", "cummin"),
    ("nanmean", "nansum"),
    ("sum", "mean"),
    ("std", "var"),
    ("cumsum", "cumprod"),
    ("exp", "log"),
    ("log_softmax", "softmax"),
    ("logsigmoid", "sigmoid"),
    ("sin", "cos"),
    ("floor", "ceil"),
    ("zeros", "ones"),
    ("zeros_like", "ones_like"),
    ("new_zeros", "new_ones"),
    ("triu", "tril"),
    ("hstack", "vstack"),
    ("cat", "stack"),
    ("squeeze", "unsqueeze"),
    ("repeat", "repeat_interleave"),
    ("expm1", "log1p"),
    ("add_", "sub_"),
    ("mul_", "div_"),
    ("zeros_", "ones_"),
    ("l1_loss", "mse_loss"),
    ("bisect_left", "bisect_right"),
    ("appendleft", "append"),
    ("pop", "popleft"),
    ("lgamma", "digamma"),
    ("values", "indices"),
    ("float16", "bfloat16"),
    ("float32", "float64"),
    ("float", "double"),
    ("int32", "int64"),
)
_ONE_WAY = {
    "sqrt": "square",
    "square": "abs",
    "rsqrt": "sqrt",
    "logsumexp": "amax",
    "tanh": "sigmoid",
    "relu": "abs",
    "gelu": "relu",
    "silu": "relu",
    "median": "mean",
    "norm": "sum",
    "log2": "log",
    "log10": "log",
    "prod": "sum",
    "popleft": "pop",
    "full": "empty",
}
_ATTRIBUTES = {one: other for pair in _BOTH_WAYS for one, other in (pair, pair[::-1])} | _ONE_WAY
_BUILTINS = {
    "all": "any",
    "any": "all",
    "max": "min",
    "min": "max",
    "bisect_left": "bisect_right",
    "bisect_right": "bisect_left",
}
"""Bare names may be the author's own, so these are few."""


def attribute(node: ast.Attribute, text: Text) -> Iterator[Edit]:
    """x.sum → x.mean, torch.float16 → torch.bfloat16."""
    _, end = text.span(node)
    start = end - len(node.attr)
    other = _ATTRIBUTES.get(node.attr)
    if other is not None and isinstance(node.ctx, ast.Load) and text.source[start:end] == node.attr:
        yield Edit(Kind.PAIR, start, end, other)


def name(node: ast.Name, text: Text) -> Iterator[Edit]:
    """max → min, where it is called."""
    start, end = text.span(node)
    other = _BUILTINS.get(node.id)
    if other is not None and isinstance(node.ctx, ast.Load) and text.source[end : end + 1] == "(":
        yield Edit(Kind.PAIR, start, end, other)
