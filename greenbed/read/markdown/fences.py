"""Fences that nobody closed: in CommonMark they run on to the end of the quote, list item or file; no author means that."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from greenbed.model import Code
from greenbed.read.findings import Finding
from greenbed.read.markdown.noticing import notice


def use_fences(md: MarkdownIt) -> None:
    """Problem unclosed-fence."""
    md.core.ruler.after("block", "unclosed_fence", unclosed_fences)


def unclosed_fences(state: StateCore) -> None:
    """Report each fence whose lines are all content."""
    for token in state.tokens:
        if token.type == "fence" and token.map and not _is_closed(token, token.map):
            message = f'the fence "{token.markup}{token.info.rstrip()}" is never closed'
            hint = f"write {token.markup} below the code, indented like the opening line"
            notice(state.env, Finding(token.map[0], Code.UNCLOSED_FENCE, message, hint))


def _is_closed(token: Token, lines: list[int]) -> bool:
    """Whether the fence has a line more than its opening and its content, each line of which ends with a newline."""
    return lines[1] - lines[0] == token.content.count("\n") + 2
