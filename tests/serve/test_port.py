"""The preview's port: the one asked for or the next free one."""

from __future__ import annotations

import socket

import pytest

from greenbed.config import UsageError
from greenbed.serve.port import FIRST, TRIES, listen


def test_a_given_port_that_is_busy_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"port {port} is busy: name another with --port"):
            listen("127.0.0.1", port)


def test_without_a_port_the_next_free_one_is_taken() -> None:
    with listen("127.0.0.1", None) as first, listen("127.0.0.1", None) as second:
        ports = first.getsockname()[1], second.getsockname()[1]
    assert ports[0] != ports[1]
    assert all(FIRST <= port < FIRST + TRIES for port in ports)


def test_a_host_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="cannot listen on"):
        listen("no such host.invalid", 8123)
