"""Standard output and error of the child, caught below Python, so that C code and subprocesses are caught too, in order.

Both descriptors lead to a file in memory whose size is sealed at the limit: the kernel refuses what goes beyond, whoever
writes. What the snippet has written so far is the offset that all writers share.
"""

from __future__ import annotations

import ctypes
import errno
import io
import mmap
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_SEALS = 0x4 | 0x2  # F_SEAL_GROW | F_SEAL_SHRINK of linux/fcntl.h
_ADD_SEALS = 1033
_UNBUFFERED = 2  # _IONBF of stdio.h


class Flood(BaseException):
    """The snippet has written more than it may; no `except Exception` of the author's swallows it."""


class Stream:
    """One of the two descriptors, caught."""

    def __init__(self, descriptor: int, limit: int) -> None:
        self.limit = -(-max(limit, 1) // mmap.PAGESIZE) * mmap.PAGESIZE  # the kernel refuses by the page
        self._file = _sealed_file(self.limit)
        os.dup2(self._file, descriptor, inheritable=True)
        raw: Any = _Writer(descriptor, self)  # typed for buffers, but a raw stream will do, and keeps order with C code
        self.text = io.TextIOWrapper(raw, encoding="utf-8", line_buffering=True, write_through=True)

    def clear(self) -> None:
        """Begin again, for the next snippet."""
        os.lseek(self._file, 0, os.SEEK_SET)

    def rewind(self, position: int) -> None:
        """Forget what was written from `position` on."""
        os.lseek(self._file, position, os.SEEK_SET)

    def position(self) -> int:
        """Bytes written so far."""
        return os.lseek(self._file, 0, os.SEEK_CUR)

    @property
    def is_full(self) -> bool:
        """Whether the limit was reached, by whomever."""
        return self.position() >= self.limit

    def since(self, position: int) -> str:
        """What was written from `position` on."""
        written = os.pread(self._file, max(0, self.position() - position), position)
        return written.decode("utf-8", "replace").replace("\r\n", "\n")


class Capture:
    """Both streams; standard input is empty, since nobody types at build time."""

    def __init__(self, limit: int) -> None:
        _empty_stdin()
        self.out = Stream(1, limit)
        self.err = Stream(2, limit)
        streams = {"stdout": self.out.text, "stderr": self.err.text}
        vars(sys).update(streams, **{f"__{name}__": stream for name, stream in streams.items()})
        _unbuffer_c()

    def begin(self) -> None:
        """Forget what was written, for the next snippet."""
        self.settle()
        self.out.clear()
        self.err.clear()

    def settle(self) -> None:
        """Bring what is still held back in Python to the descriptors."""
        for stream in (sys.stdout, sys.stderr, self.out.text, self.err.text):
            try:
                stream.flush()
            except (AttributeError, OSError, ValueError, Flood):  # closed, None, or anything else the author put there
                continue

    @contextmanager
    def discarding(self) -> Iterator[None]:
        """What is written meanwhile is forgotten."""
        self.settle()
        positions = [stream.position() for stream in (self.out, self.err)]
        try:
            yield
        finally:
            self.settle()
            for stream, position in zip((self.out, self.err), positions, strict=True):
                stream.rewind(position)

    @property
    def is_full(self) -> bool:
        """Whether the snippet flooded either stream."""
        return self.out.is_full or self.err.is_full


class _Writer(io.RawIOBase):
    """What `sys.stdout` writes to: the descriptor, until it is full."""

    def __init__(self, descriptor: int, stream: Stream) -> None:
        self._descriptor = descriptor
        self._stream = stream

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._descriptor

    def write(self, data: object) -> int:
        view = memoryview(data).cast("B")  # type: ignore[arg-type]  # RawIOBase passes a buffer
        written = 0
        while written < len(view):
            written += self._write_some(view[written:])
        return written

    def _write_some(self, view: memoryview) -> int:
        try:
            count = os.write(self._descriptor, view)
        except OSError as error:
            if error.errno in (errno.EPERM, errno.EFBIG, errno.ENOSPC):
                raise Flood from None
            raise
        if count < len(view) and self._stream.is_full:
            raise Flood
        return count

    def close(self) -> None:
        """Stay open: a snippet that closes `sys.stdout` loses its own object only."""


def _sealed_file(size: int) -> int:
    """A descriptor of a file that exists in memory alone and cannot grow; where there is none, an unlinked one that can."""
    try:
        import fcntl

        descriptor = os.memfd_create("output", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        os.ftruncate(descriptor, size)
        fcntl.fcntl(descriptor, _ADD_SEALS, _SEALS)
    except (AttributeError, ImportError, OSError):  # not Linux, or a kernel without sealing
        with tempfile.TemporaryFile() as file:
            descriptor = os.dup(file.fileno())
    return descriptor


def _empty_stdin() -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0, inheritable=True)
    os.close(nothing)
    stream = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  # lives as long as the child
    vars(sys).update(stdin=stream, __stdin__=stream)


def _unbuffer_c() -> None:
    """C code's own buffer would put its output after everything that Python writes."""
    try:
        libc = ctypes.CDLL(None)
        for name in ("stdout", "stderr"):
            libc.setvbuf(ctypes.c_void_p.in_dll(libc, name), None, _UNBUFFERED, 0)
    except (AttributeError, OSError, ValueError, TypeError):  # a C library that names them otherwise
        return
