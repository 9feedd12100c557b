"""Which processes are there: one that forks and ends while it is looked at hides nothing."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator

import pytest

from greenbed.check.supervision import processes


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(["sleep", "60"])
    yield process
    process.kill()
    process.wait()


def ended() -> subprocess.Popen[bytes]:
    """A process that has ended and whose parent has not noticed: a zombie."""
    process = subprocess.Popen(["true"])
    while processes.is_alive(process.pid):
        time.sleep(0.001)
    return process


def test_a_child_forked_between_the_listing_and_the_look_is_found(sleeper: subprocess.Popen[bytes]) -> None:
    parent = ended()
    listings = iter([[parent.pid], [parent.pid, sleeper.pid]])
    assert processes.alive_among(lambda: next(listings)) == [sleeper.pid]
    parent.wait()


def test_only_processes_that_have_ended_are_none() -> None:
    parent = ended()
    assert processes.alive_among(lambda: [parent.pid]) == []
    assert processes.alive_among(list) == []
    parent.wait()
