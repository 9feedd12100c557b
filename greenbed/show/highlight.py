"""Source code → HTML with seven classes, one string a line.

Pygments' lexers, but not its formatter: names stay unstyled and neighbours of one class share a span, which makes a third of
the bytes. A span never crosses the end of a line, so that any line can be taken alone (a highlighted line, a card's excerpt).
Highlighting costs more than anything else in showing, so each text is done once in a process.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Generic, Keyword, Name, Number, Operator, String, _TokenType
from pygments.util import ClassNotFound

CLASSES = {
    Keyword: "k",
    Keyword.Type: "t",
    Operator.Word: "k",
    Name.Function: "f",
    Name.Class: "f",
    Name.Tag: "f",
    Name.Builtin: "t",
    Name.Exception: "t",
    Name.Attribute: "t",
    Name.Decorator: "d",
    String: "s",
    Number: "n",
    Comment: "c",
    Generic.Prompt: "c",
    Generic.Deleted: "k",
    Generic.Inserted: "s",
    Generic.Heading: "f",
    Generic.Subheading: "f",
}
"""Keyword, type, function, decorator, string, number, comment: what the style sheet colours. Subtypes inherit."""

PROMPT = ">>> "


def highlight(code: str, language: str, *, marked: Collection[int] = ()) -> str:
    """Trusted HTML for the inside of `<code>`; `marked` lines (from 1) are wrapped, with their newline, in `<span class="hl">`.

    >>> highlight("x = 1", "python")
    'x = <span class="n">1</span>'
    """
    lines = highlight_lines(code, language)
    if not marked:
        return "\n".join(lines)
    # The newline belongs to the marked line: a block box of its own would otherwise be followed by an empty line.
    return "".join(
        f'<span class="hl">{line}\n</span>' if number in marked else line + "\n" for number, line in enumerate(lines, start=1)
    )


@lru_cache(maxsize=16384)
def highlight_lines(code: str, language: str) -> tuple[str, ...]:
    """The same, one string for each line, without newlines; an unknown language is escaped text."""
    code = code.removesuffix("\n")
    lexer = find_lexer("pycon" if language in ("python", "py", "python3") and code.startswith(PROMPT) else language)
    if lexer is None:
        return tuple(escape(code).split("\n"))
    return tuple(joined(classed(lexer, code)).split("\n"))


@lru_cache(maxsize=256)
def find_lexer(language: str) -> Lexer | None:
    """Pygments' lexer of that name, which leaves the text as it is."""
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


def classed(lexer: Lexer, code: str) -> Iterable[tuple[str, str]]:
    """(class, text) of each token; the class is empty for what stays unstyled."""
    for _, token, text in lexer.get_tokens_unprocessed(code):
        yield class_of(token), text


@lru_cache(maxsize=1024)
def class_of(token: _TokenType) -> str:
    """The class of a token type, or of the nearest type above it that has one."""
    if token in CLASSES or token.parent is None:
        return CLASSES.get(token, "")
    return class_of(token.parent)


def joined(tokens: Iterable[tuple[str, str]]) -> str:
    """One span for each run of tokens of one class, closed at every newline; space between two equal ones joins them."""
    out: list[str] = []
    current, run, space = "", "", ""
    for name, text in tokens:
        if not text.strip(" "):
            space += text
        elif name == current:
            run += space + text
            space = ""
        else:
            out += (span(current, run), space)
            current, run, space = name, text, ""
    out += (span(current, run), space)
    return "".join(out)


def span(name: str, text: str) -> str:
    """The escaped text, in a span for each of its lines if it has a class."""
    text = escape(text)
    if not name:
        return text
    opening = f'<span class="{name}">'
    return "\n".join(f"{opening}{line}</span>" if line else "" for line in text.split("\n"))


def escape(text: str) -> str:
    """Text of an element; quotes may stay."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
