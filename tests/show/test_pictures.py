"""The size of a picture, from the head of its file."""

import struct
from pathlib import Path

import pytest

from greenbed.show.markup.pictures import Size, size_of

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 640, 480)
JPEG = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc4\0\x03c\xff\xc2\0\x11\x08" + struct.pack(">HH", 480, 640) + b"\3"
LOSSLESS = b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f" + (639 | 479 << 14).to_bytes(4, "little")
EXTENDED = b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0" + (639).to_bytes(3, "little") + (479).to_bytes(3, "little")
LOSSY = b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 640, 480)


@pytest.mark.parametrize(
    ("head", "size"),
    [
        (PNG, (640, 480)),
        (b"GIF89a" + struct.pack("<HH", 640, 480), (640, 480)),
        (JPEG, (640, 480)),
        (LOSSLESS, (640, 480)),
        (EXTENDED, (640, 480)),
        (LOSSY, (640, 480)),
        (b'<?xml version="1.0"?>\n<svg width="640px" height="480" viewBox="0 0 4 3">', (640, 480)),
        (b'<svg xmlns="x" viewBox="0 0 640.2 480">', (640, 480)),
        (b'<svg width="100%" viewBox="0,0,640,480">', (640, 480)),
        (b"<svg>", None),
        (PNG[:20], None),
        (b"", None),
        (b"plain text", None),
        (b"\xff\xd8\xff", None),
    ],
)
def test_the_size_is_read_or_not_known(tmp_path: Path, head: bytes, size: Size | None) -> None:
    file = tmp_path / "picture"
    file.write_bytes(head)
    assert size_of(file) == size


def test_a_file_that_is_gone_has_no_size(tmp_path: Path) -> None:
    assert size_of(tmp_path / "gone.png") is None
