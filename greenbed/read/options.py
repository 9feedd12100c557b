"""The info string of a Python fence → Options.

After the language stand words (`setup`, `check`, `new`, `show`) and key=value pairs, the value bare or in quotes, in which a
backslash escapes a quote or a backslash. Fences brought from other tools keep their braces, and what is theirs in them is
passed over.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from greenbed.model import Code, Options, Raises
from greenbed.read.findings import suggestion

BARE = re.compile(r"\s*(?:python3?|py|pycon)(?=[\s{,:]|$)", re.IGNORECASE)
BRACED = re.compile(r"\s*\{\s*(?:code-cell\s*\}\s*(?:i?python3?|py)(?=\s|$)|\.?(?:python3?|py)(?=[\s,}]))", re.IGNORECASE)
PIECE = re.compile(
    r"""(?P<key>[\w-]+)=(?:(?P<quote>["'])(?P<quoted>(?:\\.|(?!(?P=quote))[^\\])*)(?P=quote)(?=\s|$)|(?P<bare>[^\s"']*)(?=\s|$))"""
    r"""|(?P<unclosed>[\w-]+)=["'][\s\S]*"""
    r"|(?P<word>[^\s=\"']+(?=\s|$))|(?P<other>\S+)"
)
ESCAPE = re.compile(r"""\\(["'\\])""")
RAISES = re.compile(r"([A-Za-z_][\w.]*)(?::\s*(.*))?")
REQUIREMENT = re.compile(r"[A-Za-z][\w.-]*(?:(?:[<>=!~]=|[<>])[\w.*+!-]+(?:,(?:[<>=!~]=|[<>])[\w.*+!-]+)*)?")
LINES = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")

WORDS = ("setup", "check", "new", "show")


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong in an info string."""

    at: int  # offset in the info string
    code: Code
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Info:
    """A Python fence's info string, read."""

    words: frozenset[str]
    options: Options
    complaints: tuple[Complaint, ...]


class Wrong(ValueError):
    """A value that its key cannot have; its text is a hint."""


def is_python(info: str) -> bool:
    """Whether a fence with this info string is executed."""
    return bool(BARE.match(info) or BRACED.match(info))


def read(info: str, *, lines_of_code: int = 10**6) -> Info:
    """The words and options of an info string for which `is_python` holds; complaints: unknown-option, bad-option."""
    return Reading(info, lines_of_code).info()


class Reading:
    """One info string while it is read."""

    def __init__(self, info: str, lines_of_code: int) -> None:
        self.lines_of_code = lines_of_code
        braced = BRACED.match(info)
        language = braced or BARE.match(info)
        self.start = language.end() if language else 0
        self.forgiving = braced is not None
        self.text = " ".join(info.rsplit("}", 1)) if self.forgiving else info
        self.words: dict[str, int] = {}
        self.values: dict[str, Any] = {}
        self.places: dict[str, int] = {}
        self.complaints: list[Complaint] = []

    def info(self) -> Info:
        """Read it all."""
        for piece in PIECE.finditer(self.text, self.start):
            self.piece(piece)
        self.combinations()
        options = Options(**self.values, new="new" in self.words, show="show" in self.words)
        return Info(frozenset(self.words), options, tuple(self.complaints))

    def piece(self, piece: re.Match[str]) -> None:
        """A word, or a key with its value."""
        if piece["key"]:
            quoted = piece["quoted"]
            self.pair(piece["key"], ESCAPE.sub(r"\1", quoted) if quoted is not None else piece["bare"], piece.start())
        elif piece["unclosed"] or piece["other"]:
            self.unreadable(piece)
        elif piece["word"] in WORDS:
            self.words.setdefault(piece["word"], piece.start())
        else:
            self.unknown(piece["word"], piece.start())

    def pair(self, key: str, value: str, at: int) -> None:
        """key=value."""
        if key in WORDS:
            self.complain(at, Code.BAD_OPTION, f'"{key}" takes no value', f"write {key} alone")
        elif key not in READERS:
            self.unknown(key, at)
        elif key in self.values and key not in LISTS:
            self.complain(at, Code.BAD_OPTION, f'"{key}" is given twice', "keep one of the two")
        else:
            self.places.setdefault(key, at)
            try:
                read = READERS[key](value, self.lines_of_code)
            except Wrong as wrong:
                self.complain(at, Code.BAD_OPTION, f'{key}="{value}" is no value for "{key}"', str(wrong))
                return
            self.values[key] = self.values.get(key, ()) + read if key in LISTS else read

    def unreadable(self, piece: re.Match[str]) -> None:
        """Something with a quote or an equals sign in the wrong place."""
        if piece["unclosed"] in READERS:
            message = f'the value of "{piece["unclosed"]}" does not end with its quote'
            hint = f'write {piece["unclosed"]}="…", and \\" for a quote inside'
            self.complain(piece.start(), Code.BAD_OPTION, message, hint)
        elif not self.forgiving:
            hint = "options are words and key=value, without spaces around the ="
            self.complain(piece.start(), Code.UNKNOWN_OPTION, f'cannot read "{piece[0]}" after the language', hint)

    def unknown(self, word: str, at: int) -> None:
        """A word or key that means nothing here."""
        if word in READERS:
            self.complain(at, Code.BAD_OPTION, f'"{word}" needs a value', f'write {word}="{EXAMPLES[word]}"')
        elif not self.forgiving:
            hint = suggestion(word.strip(",{}"), (*WORDS, *READERS))
            self.complain(at, Code.UNKNOWN_OPTION, f'unknown option "{word}"', hint)

    def combinations(self) -> None:
        """Options that exclude each other."""
        if "setup" in self.words and "check" in self.words:
            at = max(self.words["setup"], self.words["check"])
            self.complain(at, Code.BAD_OPTION, "a block cannot be both setup and check", "write two blocks")
        if "skip" in self.places and "raises" in self.places:
            at = max(self.places["skip"], self.places["raises"])
            hint = "keep skip= to leave it out, or raises= to run it"
            self.complain(at, Code.BAD_OPTION, "a block that is skipped raises nothing", hint)
        if "show" in self.words:
            self.showing(self.words["show"])

    def showing(self, at: int) -> None:
        """What has no value to show below it."""
        for word in ("setup", "check"):
            if word in self.words:
                self.complain(at, Code.BAD_OPTION, f"a {word} block is not shown, so it shows no value", "take show out")
        if "raises" in self.places:
            self.complain(at, Code.BAD_OPTION, "a block that raises has no value to show", "take show out")

    def complain(self, at: int, code: Code, message: str, hint: str) -> None:
        """Keep a complaint."""
        self.complaints.append(Complaint(at, code, message, hint))


def _raises(value: str, _: int) -> Raises:
    found = RAISES.fullmatch(value.strip())
    if not found:
        raise Wrong('write the type, and after a colon a part of the message: raises="RuntimeError: view size"')
    return Raises(found[1], (found[2] or "").strip())


def _text(value: str, _: int) -> str:
    if not value.strip():
        raise Wrong("write a text between the quotes")
    return value.strip()


def _positive(value: str, _: int) -> float:
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not (math.isfinite(number) and number > 0):
        raise Wrong("write a number above 0, such as 1e-3 or 20")
    return number


def _requirements(value: str, _: int) -> tuple[str, ...]:
    requirements = tuple(re.split(r"\s*,\s*(?![<>=!~])|\s+(?![<>=!~])", re.sub(r"\s*([<>=!~]=|[<>])\s*", r"\1", value.strip())))
    if not all(map(REQUIREMENT.fullmatch, requirements)):
        raise Wrong('write names, with a version if it matters: needs="torch>=2.5, cuda"')
    return requirements


def _names(value: str, _: int) -> tuple[str, ...]:
    names = tuple(name for name in re.split(r"[\s,]+", value) if name)
    if not names or not all(name.isidentifier() for name in names):
        raise Wrong('write the names of what changes: sets="default_dtype"')
    return names


def _lines(value: str, lines_of_code: int) -> tuple[int, ...]:
    return tuple(sorted({line for part in value.split(",") for line in _range(part.strip(), lines_of_code)}))


def _range(part: str, lines_of_code: int) -> Iterator[int]:
    found = LINES.fullmatch(part)
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not 1 <= first <= last <= lines_of_code:
        raise Wrong(f'write lines of this block, which has {lines_of_code}, such as lines="1" or lines="2,4-5"')
    yield from range(first, last + 1)


READERS: Mapping[str, Callable[[str, int], Any]] = {
    "raises": _raises,
    "skip": _text,
    "needs": _requirements,
    "tol": _positive,
    "timeout": _positive,
    "sets": _names,
    "title": _text,
    "alt": _text,
    "lines": _lines,
}
LISTS = frozenset({"needs", "sets"})
EXAMPLES = {
    "raises": "RuntimeError: view size",
    "skip": "needs two GPUs",
    "needs": "torch>=2.5",
    "tol": "1e-3",
    "timeout": "20",
    "sets": "default_dtype",
    "title": "…",
    "alt": "…",
    "lines": "3,5-7",
}
