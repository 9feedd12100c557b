"""static/ → artifacts whose names carry a hash of their content, with the references between them rewritten.

`css/style.css` names the style sheets of all pages in the order of the cascade (`@import "x.css" layer(y);`) and becomes one
file with them, `css/page-note.css` those that the pages of one kind need beside it. The scripts of `js/` become one for all
pages, but for theme.js, which has to run before the page is painted; those of a folder `js/note/` become `js/note.js`, for the
pages that ask for it. Python files and names that begin with a dot are not published; text files (licences) keep their names.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from greenbed.model import Artifact, Code, Config, Problem

FOLDER = "static"
STYLE = "css/style.css"
BLOCKING = "js/theme.js"

_IMPORT = re.compile(r'@import\s+"([^":]+)"\s*(?:layer\(([\w.-]+)\))?\s*;[^\n]*\n?')
_COMMENT = re.compile(r"""("[^"\n]*"|'[^'\n]*')|/\*.*?\*/""", re.DOTALL)
_SPACE = re.compile(r"\s*\n\s*")
_URL = re.compile(r"""url\(\s*(["']?)(?![a-z]+:|/|#)([^"')?#]+)([^"')]*)\1\s*\)""")
_PAGE_STYLE = re.compile(r"css/page-[^/]+\.css")
_OWN_LINES = re.compile(r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/[ \t]*|//[^\n]*)\n", re.DOTALL | re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_SCRIPT = re.compile(r"js/(?:([^/]+)/)?[^/]+\.js")
_KEEP_NAMES = frozenset({".txt", ".md", ".html", ".webmanifest"})


@dataclass(frozen=True, slots=True)
class Assets:
    """The static files of a site."""

    urls: Mapping[str, str]  # "css/style.css" → "/static/css/style.0123abcd.css"
    artifacts: tuple[Artifact, ...]


def load_assets(config: Config) -> tuple[Assets, tuple[Problem, ...]]:
    """Read the static folder; TEMPLATE where a file names one that does not exist."""
    files, unread = read_files(config.static)
    problems = [unreadable(path, error, config) for path, error in unread]
    sheets = {path for path in files if path.startswith("css/") and path.endswith(".css")}
    scripts = bundles(files)
    bundled = {path for paths in scripts.values() for path in paths}
    named = {path: name_of(path, data) for path, data in files.items() if path not in sheets and path not in bundled}
    out = {named[path]: files[path] for path in named}

    def add(path: str, text: str) -> None:
        named[path] = name_of(path, text.encode())
        out[named[path]] = text.encode()

    bundle = Bundle(files, named, lambda path, message: problems.append(broken(path, message, config)))
    whole = [path for path in (STYLE, *sorted(filter(_PAGE_STYLE.fullmatch, sheets))) if path in files]
    for path in whole:
        add(path, without_comments(bundle.whole(path)))
    for path in sorted(sheets - bundle.used - set(whole)):
        add(path, bundle.rewritten(path))
    for path, parts in scripts.items():
        add(path, "\n".join(lean(files[part].decode("utf-8", "replace")) for part in parts))
    artifacts = tuple(Artifact(PurePosixPath(FOLDER, name), data) for name, data in sorted(out.items()))
    return Assets({path: f"/{FOLDER}/{name}" for path, name in named.items()}, artifacts), tuple(problems)


def bundles(paths: Iterable[str]) -> dict[str, list[str]]:
    """The scripts that become one file, by its path.

    >>> bundles(["js/b.js", "js/note/toc.js", "js/a.js", "js/theme.js"])
    {'js/script.js': ['js/a.js', 'js/b.js'], 'js/note.js': ['js/note/toc.js']}
    """
    found: dict[str, list[str]] = {}
    for path in sorted(paths):
        if path != BLOCKING and (script := _SCRIPT.fullmatch(path)):
            found.setdefault(f"js/{script[1] or 'script'}.js", []).append(path)
    return found


class Bundle:
    """The style sheets as one text."""

    def __init__(self, files: Mapping[str, bytes], named: Mapping[str, str], report: Callable[[str, str], None]) -> None:
        self.files = files
        self.named = named
        self.report = report
        self.used: set[str] = set()
        self.here: set[str] = set()  # in the style sheet that is being put together

    def whole(self, path: str) -> str:
        """A style sheet that pages ask for. What is in it may be in that of other pages as well."""
        self.here = set()
        text = self.style(path)
        self.used |= self.here
        return text

    def style(self, path: str) -> str:
        """A style sheet with each sheet that it imports in the place of the import."""
        return _IMPORT.sub(lambda found: self.imported(path, found[1], found[2]), self.rewritten(path))

    def imported(self, path: str, name: str, layer: str | None) -> str:
        """The text that stands for one import."""
        other = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
        if other not in self.files:
            self.report(path, f'imports "{name}", which does not exist')
            return ""
        if other in self.here:
            return ""
        self.here.add(other)
        text = self.style(other)
        return f"@layer {layer} {{\n{text}}}\n" if layer else text

    def rewritten(self, path: str) -> str:
        """A style sheet whose url(…) name the files as they are published, seen from css/style.css."""
        text = self.files[path].decode("utf-8", "replace")
        return _URL.sub(lambda found: self.address(path, found[0], found[2], found[3]), text)

    def address(self, path: str, written: str, name: str, rest: str) -> str:
        """One url(…), rewritten."""
        other = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
        if other not in self.named:
            self.report(path, f'names "{name}", which does not exist')
            return written
        return f'url("{posixpath.relpath(self.named[other], posixpath.dirname(STYLE))}{rest}")'


def without_comments(text: str) -> str:
    """A style sheet without comments and indentation."""
    return _SPACE.sub("\n", _COMMENT.sub(lambda found: found[1] or "", text)).strip() + "\n"


def lean(script: str) -> str:
    """A script without indentation, and without the comments that have lines of their own: a fifth less on the wire.

    One with a string of several lines is left as it is, since what looks like either may be text there.

    >>> lean("{\\n  /* why */\\n  act();\\n}")
    '{\\nact();\\n}'
    """
    if any(line.count("`") % 2 for line in script.split("\n")):
        return script
    return _INDENT.sub("", _OWN_LINES.sub("", script))


def read_files(folder: Path) -> tuple[dict[str, bytes], list[tuple[str, OSError]]]:
    """Every file to publish below a folder, by path; and what could not be read."""
    files: dict[str, bytes] = {}
    unread: list[tuple[str, OSError]] = []
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder)
        if file.suffix in (".py", ".pyc") or any(part.startswith(".") for part in path.parts) or not file.is_file():
            continue
        try:
            files[path.as_posix()] = file.read_bytes()
        except OSError as error:
            unread.append((path.as_posix(), error))
    return files, unread


def name_of(path: str, data: bytes) -> str:
    """ "css/style.css" → "css/style.0123abcd.css", so that a browser may keep it for ever."""
    stem, suffix = posixpath.splitext(path)
    return path if suffix in _KEEP_NAMES else f"{stem}.{hashlib.sha256(data).hexdigest()[:8]}{suffix}"


def broken(path: str, message: str, config: Config) -> Problem:
    """A static file that names one that is not there."""
    hint = f"add it to {config.static.name}/, or take the name out"
    return Problem(f"{config.static.name}/{path}", 1, Code.TEMPLATE, f"{config.static.name}/{path} {message}", hint)


def unreadable(path: str, error: OSError, config: Config) -> Problem:
    """A static file that cannot be read."""
    message = f"cannot read {config.static.name}/{path}: {error.strerror or error}"
    return Problem(f"{config.static.name}/{path}", 1, Code.UNREADABLE, message, "give permission to read it, or move it away")
