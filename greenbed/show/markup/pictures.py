"""Width and height of a picture, from the first bytes of its file, so that a page can keep the room for it."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

_HEAD = 1 << 16  # bytes that are read; a JPEG may carry a thumbnail before its size
_SVG = re.compile(rb"<svg\b[^>]*>")
_SVG_SIDE = re.compile(rb'\s(width|height)\s*=\s*["\']\s*([\d.]+)(?:px)?\s*["\']')
_SVG_BOX = re.compile(rb'\sviewBox\s*=\s*["\']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)')
_NO_FRAME = frozenset({0xC4, 0xC8, 0xCC})  # JPEG markers among the frame headers that are none

Size = tuple[int, int]


def size_of(file: Path) -> Size | None:
    """Pixels of a PNG, GIF, JPEG, WebP or SVG; None where the head of the file does not tell."""
    try:
        stat = file.stat()
    except OSError:
        return None
    return _size_of(file, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=10_000)
def _size_of(file: Path, mtime_ns: int, length: int) -> Size | None:
    try:
        with file.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        return None
    try:
        size = next((read(head) for magic, read in _FORMATS if magic in head[:16]), None) or _svg(head)
    except (struct.error, IndexError):  # cut short
        return None
    return size if size and all(size) else None


def _png(head: bytes) -> Size:
    width, height = struct.unpack(">II", head[16:24])
    return width, height


def _gif(head: bytes) -> Size:
    width, height = struct.unpack("<HH", head[6:10])
    return width, height


def _jpeg(head: bytes) -> Size | None:
    at = 2
    while at + 9 <= len(head) and head[at] == 0xFF:
        marker = head[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in _NO_FRAME:
            height, width = struct.unpack(">HH", head[at + 5 : at + 9])
            return width, height
        at += 2 + int(struct.unpack(">H", head[at + 2 : at + 4])[0])
    return None


def _webp(head: bytes) -> Size | None:
    kind = head[12:16]
    if kind == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", head[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None


def _svg(head: bytes) -> Size | None:
    root = _SVG.search(head)
    if not root:
        return None
    sides = {name: float(value) for name, value in _SVG_SIDE.findall(root[0])}
    if box := _SVG_BOX.search(root[0]):
        sides = {b"width": float(box[1]), b"height": float(box[2])} | (sides if len(sides) == 2 else {})
    return (round(sides[b"width"]), round(sides[b"height"])) if len(sides) == 2 else None


_FORMATS: tuple[tuple[bytes, Callable[[bytes], Size | None]], ...] = (
    (b"\x89PNG\r\n\x1a\n", _png),
    (b"GIF8", _gif),
    (b"\xff\xd8\xff", _jpeg),
    (b"WEBP", _webp),
)
