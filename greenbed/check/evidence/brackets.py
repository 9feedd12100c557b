"""Expectations with an ellipsis: `...` inside brackets stands for any run of tokens, as a whole line for any lines.

Brackets become groups, so that a run can never end inside a bracket that it did not open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from greenbed.check.evidence.tokens import Token, same

_PAIRS = {"(": ")", "[": "]", "{": "}"}
_DEEPEST = 60  # groups are matched by recursion; brackets below this depth are ordinary marks


@dataclass(frozen=True, slots=True)
class Group:
    """A pair of brackets and what is between them."""

    opening: Token
    items: list[Token | Group]


Item = Token | Group


def has_ellipsis(tokens: Sequence[Token]) -> bool:
    """Whether anything is left out in the expectation; only then are brackets of interest."""
    return any(token.kind == "ellipsis" for token in tokens)


def fits(want_text: str, want: Sequence[Token], got_text: str, got: Sequence[Token], relative: float) -> bool:
    """Whether `got` is `want` with something put in for each ellipsis."""
    wanted, found = grouped(want), grouped(got)
    stars = [is_star(item) and _is_whole_line(want_text, item) for item in wanted]
    stops = [_begins_line(got_text, item) for item in found]
    return _match(wanted, found, stars, [*stops, True], relative)


def is_only_ellipsis(text: str) -> bool:
    """Whether an expectation says nothing, so that anything would meet it."""
    return "..." in text and not text.replace("...", "").strip()


def is_star(item: Item) -> bool:
    """Whether it is an ellipsis."""
    return isinstance(item, Token) and item.kind == "ellipsis"


def _begins_line(text: str, item: Item) -> bool:
    start = (item.opening if isinstance(item, Group) else item).start
    return not text[text.rfind("\n", 0, start) + 1 : start].strip()


def _is_whole_line(text: str, item: Item) -> bool:
    if isinstance(item, Group) or not _begins_line(text, item):
        return False
    end = text.find("\n", item.start)
    return text[item.start : end if end >= 0 else None].strip() == "..."


def _match(want: Sequence[Item], got: Sequence[Item], stars: Sequence[bool], stops: Sequence[bool], relative: float) -> bool:
    """Wildcard matching with one memory: the last star takes as little as possible, then more, up to the next stop."""
    w = g = mark = 0
    last_star = -1
    while g < len(got):
        if w < len(want) and stars[w] and stops[g]:
            last_star, mark, w = w, g, w + 1
        elif w < len(want) and not stars[w] and _agree(want[w], got[g], relative):
            w, g = w + 1, g + 1
        elif last_star >= 0:
            mark = next(i for i in range(mark + 1, len(stops)) if stops[i])
            w, g = last_star + 1, mark
        else:
            return False
    return all(stars[w:])


def _agree(want: Item, got: Item, relative: float) -> bool:
    if isinstance(want, Token) or isinstance(got, Token):
        return isinstance(want, Token) and isinstance(got, Token) and same(want, got, relative)
    if want.opening.text != got.opening.text:
        return False
    stars = [is_star(item) for item in want.items]
    return _match(want.items, got.items, stars, [True] * (len(got.items) + 1), relative)


def grouped(tokens: Sequence[Token]) -> list[Item]:
    """Tokens with each pair of brackets as one item; a bracket without a partner stays an ordinary mark."""
    stack: list[Group] = [Group(Token("mark", "", 0), [])]
    for token in tokens:
        if token.kind == "mark" and token.text in _PAIRS and len(stack) < _DEEPEST:
            stack.append(Group(token, []))
        elif token.kind == "mark" and token.text in ")]}":
            _close(stack, token)
        else:
            stack[-1].items.append(token)
    while len(stack) > 1:
        _release(stack)
    return stack[0].items


def _close(stack: list[Group], token: Token) -> None:
    if not any(_PAIRS.get(group.opening.text) == token.text for group in stack):
        stack[-1].items.append(token)
        return
    while _PAIRS.get(stack[-1].opening.text) != token.text:
        _release(stack)
    group = stack.pop()
    stack[-1].items.append(group)


def _release(stack: list[Group]) -> None:
    """Take the last bracket for an ordinary mark, since nothing closes it."""
    group = stack.pop()
    stack[-1].items.extend([group.opening, *group.items])
