"""JSON lines that never block."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator

import pytest

from greenbed.check.supervision.channel import Channel


@pytest.fixture
def pair() -> Iterator[tuple[Channel, Channel]]:
    ends = socket.socketpair()
    yield Channel(ends[0].fileno(), ends[0].fileno()), Channel(ends[1].fileno(), ends[1].fileno())
    for end in ends:
        end.close()


def test_messages_arrive_whole_and_in_order(pair: tuple[Channel, Channel]) -> None:
    one, other = pair
    one.send({"a": 1})
    one.send({"b": "two\nlines, ü"})
    assert other.receive() == [{"a": 1}, {"b": "two\nlines, ü"}]
    assert other.receive() == []


def test_two_that_send_more_than_the_line_holds_do_not_wait_for_each_other(pair: tuple[Channel, Channel]) -> None:
    one, other = pair
    long = "x" * 3_000_000
    one.send({"from": "one", "text": long})
    other.send({"from": "other", "text": long})
    assert one.backlog
    got: list[object] = []
    while len(got) < 2:
        got += [message["from"] for end in pair for message in end.receive()]
        one.flush()
        other.flush()
    assert sorted(map(str, got)) == ["one", "other"]
    assert not one.backlog


def test_a_half_message_waits_for_its_end_and_noise_is_passed_over() -> None:
    reading, writing = os.pipe()
    channel = Channel(reading, writing)
    os.write(writing, b'{"a": ')
    assert channel.receive() == []
    os.write(writing, b'1}\nno json\n[1, 2]\n\xff\xfe\n{"b": 2}\n')
    assert channel.receive() == [{"a": 1}, {"b": 2}]
    os.close(writing)
    assert channel.receive() == []
    assert channel.ended
    os.close(reading)


def test_sending_to_nobody_is_no_error(pair: tuple[Channel, Channel]) -> None:
    one, other = pair
    with socket.socket(fileno=os.dup(other.reading)) as end:
        end.shutdown(socket.SHUT_RDWR)
    one.send({"a": "x" * 1000})
    assert not one.backlog
    one.receive()
    assert one.ended
