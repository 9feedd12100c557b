"""The scratch folder is put back, whatever an attempt did to it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from greenbed.check.teeth.folder import Folder


def seen(place: Path) -> dict[str, str]:
    """Every entry: what a link leads to, what a file holds."""
    return {
        str(entry.relative_to(place)): str(entry.readlink())
        if entry.is_symlink()
        else entry.read_text()
        if entry.is_file()
        else "folder"
        for entry in sorted(place.rglob("*"))
    }


@pytest.fixture
def place(tmp_path: Path) -> Path:
    place = tmp_path / "work"
    (place / "folder").mkdir(parents=True)
    (place / "folder" / "deep.txt").write_text("deep")
    (place / "a.txt").write_text("a")
    (tmp_path / "author.csv").write_text("1,2")
    (place / "author.csv").symlink_to(tmp_path / "author.csv")
    return place


@pytest.mark.parametrize(
    "act",
    [
        lambda place: (place / "a.txt").write_text("bb"),
        lambda place: (place / "a.txt").unlink(),
        lambda place: (place / "new").mkdir(),
        lambda place: (place / "new.txt").write_text("new"),
        lambda place: shutil.rmtree(place / "folder"),
        lambda place: (place / "author.csv").unlink(),
        lambda place: (place / "a.txt").rename(place / "b.txt"),
        lambda place: None,
    ],
)
def test_what_an_attempt_did_is_undone(tmp_path: Path, place: Path, act: Callable[[Path], object]) -> None:
    before = seen(place)
    folder = Folder(place, store=tmp_path)
    act(place)
    folder.restore()
    assert seen(place) == before
    folder.forget()
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["author.csv", "work"]
    assert (tmp_path / "author.csv").read_text() == "1,2"


def test_an_empty_folder_is_empty_again(tmp_path: Path) -> None:
    place = tmp_path / "work"
    place.mkdir()
    folder = Folder(place, store=tmp_path)
    (place / "x").write_text("x")
    folder.restore()
    assert seen(place) == {}
