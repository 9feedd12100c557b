"""The drawings that snippets made, as parts of a page.

A drawing is SVG in the page itself, so that it takes the page's colours. The pictures in it, which the content security policy
refuses as data, become files of the site. Ids and addresses depend on the page, and are settled when it is whole (`placed`).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from xml.etree import ElementTree as ET

from greenbed.model import Artifact, Figure, Garden

FOLDER = "figures"
WIDE = 250
"""Pixels up to which a drawing has room on every screen."""

_SHRINKS = 320  # pixels down to which a drawing may become smaller
_NAMESPACE = "http://www.w3.org/2000/svg"
_DATA = "data:image/png;base64,"
_OPENING = '<svg class="figure__drawing'
_SETTLED = (
    ("data-figure-id=", "id="),
    ("data-figure-href=", "href="),
)  # an embed would take ids and ways to them for the note's
_ID = "figure-"  # what ids begin with; on a page a number follows


def drawing(figure: Figure) -> str:
    """The SVG element of a figure, for a page that goes through `placed`."""
    root = _read(figure.svg)
    said = {"class": f"figure__drawing{_form(root)}", "role": "img", "aria-label": figure.alt}
    attributes = {name: value for name, value in root.items() if name not in said}
    root.attrib.clear()
    root.attrib.update(said | attributes)
    for element in root.iter():
        _prepare(element)
    return ET.tostring(root, encoding="unicode")


def width_of(drawn: str) -> int:
    """Pixels that a drawing has where there is room."""
    return int(drawn.partition(' width="')[2].partition('"')[0] or 0)


def placed(html: str, root: str) -> str:
    """A whole page with the ids of its drawings unique, and their addresses relative to it by `root`."""
    before, *pieces = html.split(_OPENING)
    return before + "".join(_OPENING + _numbered(piece, number, root) for number, piece in enumerate(pieces, 1))


def pictures(garden: Garden) -> Iterator[Artifact]:
    """The files of all pictures in figures, each once."""
    figures = (figure for verdicts in garden.verification.by_path.values() for one in verdicts for figure in one.figures)
    contents = {_content(href) for figure in figures if _DATA in figure.svg for href in _hrefs(figure.svg)}
    for content in sorted(contents):
        yield Artifact(PurePosixPath(_name(content)), content)


def _read(svg: str) -> ET.Element:
    root = ET.fromstring(svg)
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{_NAMESPACE}}}")
    return root


def _form(root: ET.Element) -> str:
    """How it behaves where there is less room: with numbers in it, it keeps its size; else it becomes smaller."""
    if root.get("class") == "fixed":
        return " figure__drawing--fixed"
    form = " figure__drawing--wide" if int(root.get("width", 0)) > _SHRINKS else ""
    return f"{form} figure__drawing--cells" if root.get("class") == "cells" else form


def _prepare(element: ET.Element) -> None:
    """What it is called, and refers to, with marks that `placed` finds."""
    for name, value in list(element.items()):
        if name == "id" or (name == "href" and value.startswith("#")):
            del element.attrib[name]
            element.set(f"data-figure-{name}", f"#{_ID}{value[1:]}" if name == "href" else _ID + value)
        elif name == "href" and value.startswith(_DATA):
            element.set(name, f"/{_name(_content(value))}")
        elif "url(#" in value:
            element.set(name, value.replace("url(#", f"url(#{_ID}"))


def _numbered(piece: str, number: int, root: str) -> str:
    """What follows a drawing's opening, up to the next one."""
    drawn, end, rest = piece.partition("</svg>")
    for name, settled in _SETTLED:
        drawn = drawn.replace(name, settled)
    for before in ('id="', 'href="#', "url(#"):
        drawn = drawn.replace(before + _ID, f"{before}{_ID}{number}-")
    return drawn.replace(f'href="/{FOLDER}/', f'href="{root}{FOLDER}/') + end + rest


def _hrefs(svg: str) -> Iterator[str]:
    for element in _read(svg).iter("image"):
        yield element.get("href", "")


def _content(href: str) -> bytes:
    return base64.b64decode(href.removeprefix(_DATA))


def _name(content: bytes) -> str:
    return f"{FOLDER}/{hashlib.sha256(content).hexdigest()[:16]}.png"
