"""Checked literals: the value as written, and on demand the expression that the build has compared it with."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from greenbed.show.markup.rules.page import Env, Rule


def literal_open(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    """The start of the value."""
    expression = " ".join(str(tokens[idx].meta["expression"]).split())
    return f'<span class="literal" title="= {escape(expression)}">'


def literal_close(tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
    return "</span>"


RULES: dict[str, Rule] = {"literal_open": literal_open, "literal_close": literal_close}
