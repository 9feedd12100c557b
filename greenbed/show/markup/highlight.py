"""Source code → HTML with seven classes, one string a line.

Pygments' lexers, but not its formatter: names stay unstyled and neighbours of one class share a span, which makes a third of
the bytes. A span never crosses the end of a line, so that any line can be taken alone (a highlighted line, a card's excerpt).

Highlighting costs more than anything else in showing, so each text is done once in a process, and what a build has used is kept
in the cache folder for the next: a damaged file, or one of another version, is as good as none.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import pygments
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
QUOTE = '"'
VERSION = f"1 {pygments.__version__}"  # of what is kept; the number grows with every change to this module's output

_used: dict[str, str] = {}  # by hash: what the build has asked for
_kept: dict[str, str] = {}  # by hash: what earlier builds asked for
_on_disk: dict[Path, frozenset[str]] = {}  # by file: the hashes in it, once this process has read or written it


@contextlib.contextmanager
def remembering(folder: Path | None) -> Iterator[None]:
    """Take what earlier builds kept in a cache folder, and leave it there what this one used; None: neither."""
    file = folder / "highlighted.json" if folder else None
    _kept.update(_used)
    _used.clear()
    if file and file not in _on_disk:
        found = read_kept(file)
        _kept.update(found)
        _on_disk[file] = frozenset(found)
    yield
    _kept.clear()
    if file and _used.keys() != _on_disk[file]:
        keep(file, _used)
        _on_disk[file] = frozenset(_used)


def read_kept(file: Path) -> dict[str, str]:
    """What is kept in a file; nothing where it cannot be read, is damaged, or is of another version."""
    try:
        document = json.loads(file.read_bytes())
        if document["version"] != VERSION:
            return {}
        return {str(key): str(html) for key, html in document["html"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def keep(file: Path, made: dict[str, str]) -> None:
    """Replace the file at once; where it cannot be written the next build is slower, and that is all."""
    fresh = file.with_suffix(f".{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps({"version": VERSION, "html": made}), encoding="utf-8")
        fresh.replace(file)
    except OSError:
        return


def highlight(code: str, language: str, *, marked: Collection[int] = (), beside: Mapping[int, str] | None = None) -> str:
    """Trusted HTML for the inside of `<code>`; lines are numbered from 1.

    A `marked` line is wrapped, with its newline, in `<span class="hl">`; one that has words `beside` it carries them in
    `data-shape`, where the style sheet finds them and neither selecting nor copying does.

    >>> highlight("x = 1", "python")
    'x = <span class="n">1</span>'
    >>> highlight("x = y", "python", beside={1: "(2, 3)"})
    '<span data-shape="(2, 3)">x = y</span>'
    """
    lines = highlight_lines(code, language)
    for number, words in (beside or {}).items():
        if lines[number - 1 : number]:
            lines[number - 1] = f'<span data-shape="{escape(words).replace(QUOTE, "&quot;")}">{lines[number - 1]}</span>'
    if not marked:
        return "\n".join(lines)
    # The newline belongs to the marked line: a block box of its own would otherwise be followed by an empty line.
    return "".join(
        f'<span class="hl">{line}\n</span>' if number in marked else line + "\n" for number, line in enumerate(lines, start=1)
    )


def highlight_lines(code: str, language: str) -> list[str]:
    """The same, one string for each line, without newlines; an unknown language is escaped text."""
    key = hashlib.blake2b(f"{language}\0{code}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    if key not in _used:
        _used[key] = _kept.get(key) or markup(code.removesuffix("\n"), language)
    return _used[key].split("\n")


def markup(code: str, language: str) -> str:
    """The highlighted code, made anew."""
    lexer = find_lexer("pycon" if language in ("python", "py", "python3") and code.startswith(PROMPT) else language)
    if lexer is None:
        return escape(code)
    return joined(classed(lexer, code))


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
