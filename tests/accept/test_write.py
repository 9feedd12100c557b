"""A note is replaced whole, or stays as it is."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from hashlib import sha256
from pathlib import Path, PurePosixPath

import pytest

from greenbed.accept.propose import Proposal
from greenbed.accept.write import write


def proposal(file: Path, after: str) -> Proposal:
    content = file.read_bytes()
    return Proposal(PurePosixPath("a.md"), file, sha256(content).hexdigest(), content.decode(), after, 1)


def test_the_text_is_written_as_it_is_and_the_mode_stays(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"a\r\n")
    file.chmod(0o640)
    assert write(proposal(file, "\ufeffb\r\nc")) is None
    assert file.read_bytes() == b"\xef\xbb\xbfb\r\nc"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    target = tmp_path / "elsewhere" / "b.md"
    target.write_text("a\n")
    link = tmp_path / "a.md"
    link.symlink_to(target)
    assert write(proposal(link, "b\n")) is None
    assert link.is_symlink()
    assert target.read_text() == "b\n"


def test_a_file_that_has_changed_or_gone_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("a\n")
    stale = replace(proposal(file, "b\n"), sha256="0" * 64)
    refusal = write(stale)
    assert refusal is not None
    assert "has changed since its snippets ran" in refusal.reason
    assert file.read_text() == "a\n"
    file.unlink()
    assert write(stale) is not None
    assert not file.exists()


def test_a_write_that_fails_leaves_the_note_and_nothing_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.md"
    file.write_text("a\n")
    given = proposal(file, "b\n")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    refusal = write(given)
    assert refusal is not None
    assert refusal.reason == "the file cannot be written: No space left on device"
    assert (file.read_text(), list(tmp_path.iterdir())) == ("a\n", [file])
