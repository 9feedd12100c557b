"""The command's arguments."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenbed import __version__
from greenbed.accept.leave import refuse_without_leave
from greenbed.config import FOLDERS, UsageError, load_config
from greenbed.model import Config


@dataclass(frozen=True, slots=True)
class Command:
    """What the user asked for."""

    config: Config
    format: str  # text, json or github
    serve: bool
    host: str
    port: int | None  # None: 8000, or the next free one
    open: bool
    accept: bool
    yes: bool  # write what is to be accepted without asking


def positive(text: str) -> int:
    """A whole number of at least 1."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not at least 1")
    return number


def parser() -> argparse.ArgumentParser:
    """The arguments of design and README."""
    parser = argparse.ArgumentParser(
        prog="build.py",
        description="Run every snippet of the notes and publish the garden to site/.",
        argument_default=argparse.SUPPRESS,
    )
    parser.add_argument("--version", action="version", version=f"greenbed {__version__}")
    preview = parser.add_argument_group("preview")
    preview.add_argument("--serve", action="store_true", help="preview with live reload; drafts are shown")
    preview.add_argument("--port", type=positive, help="port of the preview (8000, or the next free one)")
    preview.add_argument("--host", help="address of the preview (127.0.0.1)")
    preview.add_argument("--open", action="store_true", help="open the preview in a browser")
    places = parser.add_argument_group("places")
    for name, default in FOLDERS.items():
        places.add_argument(f"--{name}", metavar="DIR", help=f"{name} folder ({default}/)")
    places.add_argument("--base-url", metavar="URL", help="address that the site will have")
    work = parser.add_argument_group("what is done")
    work.add_argument("--jobs", type=positive, metavar="N", help="notes that are run at once (processors)")
    work.add_argument("--only", action="extend", nargs="+", metavar="GLOB", help="run these notes alone; nothing is published")
    work.add_argument("--drafts", action="store_true", help="publish drafts too")
    work.add_argument("--strict", action="store_true", help="warnings are errors")
    work.add_argument("--accept", action="store_true", help="write what came into the notes, after showing the difference")
    work.add_argument("--yes", action="store_true", help="accept without asking")
    work.add_argument("--teeth", action="store_true", help="make small mistakes in the snippets and list what no check notices")
    work.add_argument("--check", action="store_true", help="run everything, write nothing")
    work.add_argument("--no-cache", dest="use_cache", action="store_false", help="run every snippet anew")
    work.add_argument("--format", choices=("text", "json", "github"), help="of problems and summary (text)")
    return parser


def parse_arguments(root: Path, argv: Sequence[str]) -> Command:
    """What `argv` asks for in the project folder `root`. Raises UsageError; argparse itself exits with code 2."""
    given: dict[str, Any] = vars(parser().parse_args(argv))
    refuse_without_leave(given)
    for name in FOLDERS:
        if name in given:
            given[name] = Path(given[name]).absolute()
    if "only" in given:
        given["only"] = tuple(given["only"])
    serve = given.get("serve", False)
    if serve:
        if given.get("teeth", False):
            raise UsageError("--serve tries no mutants: leave --teeth out")
        given |= {"live": True, "drafts": True, "check": False}
        if given.get("format", "text") != "text":
            raise UsageError("--serve prints text only: leave --format out")
    config = load_config(root, given)
    if not config.content.is_dir():
        raise UsageError(f"there is no content folder {config.content}: make it, or name another with --content")
    return Command(
        config=config,
        format=given.get("format", "text"),
        serve=serve,
        host=given.get("host", "127.0.0.1"),
        port=given.get("port"),
        open=given.get("open", False),
        accept=given.get("accept", False),
        yes=given.get("yes", False),
    )
