"""A listening socket for the preview: the port that was asked for, or the next free one."""

from __future__ import annotations

import errno
import socket

from greenbed.config import UsageError

FIRST = 8000
TRIES = 50


def listen(host: str, port: int | None) -> socket.socket:
    """A bound socket. With `port` None the first free one from 8000 on; a given port that is busy raises UsageError."""
    if port is not None:
        return bound(host, port)
    for candidate in range(FIRST, FIRST + TRIES):
        try:
            return bound(host, candidate)
        except Busy:
            continue
    raise UsageError(f"the ports {FIRST} to {FIRST + TRIES - 1} are all busy: name a free one with --port")


class Busy(UsageError):
    """Somebody else listens on that port."""


def bound(host: str, port: int) -> socket.socket:
    """A socket bound to this address, or UsageError."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (socket.gaierror, OverflowError) as error:
        raise UsageError(f"cannot listen on {host}:{port}: {error}") from error
    opened = socket.socket(family, kind, protocol)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
        opened.listen()
    except OSError as error:
        opened.close()
        if error.errno == errno.EADDRINUSE:
            raise Busy(f"port {port} is busy: name another with --port, or leave it out for the next free one") from error
        raise UsageError(f"cannot listen on {host}:{port}: {error.strerror}") from error
    return opened
