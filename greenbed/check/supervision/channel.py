"""JSON lines over pipes and sockets, never blocking, so that both ends of a pair may write at once and neither waits."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

Message = dict[str, Any]

_CHUNK = 2**18


class Channel:
    """One end of a line: messages come in on `reading` and go out on `writing` (the same descriptor, for a socket)."""

    def __init__(self, reading: int, writing: int) -> None:
        self.reading = reading
        self.writing = writing
        self.ended = False
        """The other side has closed; what it had sent before is still received."""
        self._incoming = bytearray()
        self._outgoing = bytearray()
        os.set_blocking(reading, False)
        os.set_blocking(writing, False)

    @property
    def backlog(self) -> bool:
        """Whether there is something left to `flush`."""
        return bool(self._outgoing)

    def receive(self) -> list[Message]:
        """Every whole message that has arrived; a line that is no JSON object is passed over."""
        self._read()
        cut = self._incoming.rfind(b"\n") + 1
        lines = bytes(self._incoming[:cut]).splitlines()
        del self._incoming[:cut]
        return [message for message in map(_parsed, lines) if message is not None]

    def _read(self) -> None:
        while not self.ended:
            try:
                chunk = os.read(self.reading, _CHUNK)
            except BlockingIOError:
                return
            except OSError:
                chunk = b""
            self.ended = not chunk
            self._incoming += chunk

    def send(self, message: Mapping[str, object]) -> None:
        """Queue a message and write as much as goes."""
        self._outgoing += json.dumps(message).encode() + b"\n"
        self.flush()

    def flush(self) -> None:
        """Write as much of the backlog as the other side takes now."""
        while self._outgoing:
            try:
                written = os.write(self.writing, self._outgoing[:_CHUNK])
            except BlockingIOError:
                return
            except OSError:  # nobody is there to read it; the end of the incoming stream says so, too
                self._outgoing.clear()
                return
            del self._outgoing[:written]


def _parsed(line: bytes) -> Message | None:
    try:
        message = json.loads(line)
    except ValueError:
        return None
    return message if isinstance(message, dict) else None
