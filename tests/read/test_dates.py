"""Commit dates: real repositories, real git."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path, PurePosixPath

import pytest

from greenbed.read.dates import committed


def git(folder: Path, *arguments: str, day: str = "2025-01-01") -> None:
    moment = f"{day}T12:00:00Z"
    subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@b", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        env={**os.environ, "GIT_COMMITTER_DATE": moment, "GIT_AUTHOR_DATE": moment},
    )


def commit(folder: Path, day: str, **texts: str) -> None:
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "x", day=day)


def test_the_last_commit_of_each_file_counts(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    commit(tmp_path, "2024-05-06", a="1", b="1")
    commit(tmp_path, "2025-07-08", b="2")
    assert committed(tmp_path) == {PurePosixPath("a.md"): date(2024, 5, 6), PurePosixPath("b.md"): date(2025, 7, 8)}


def test_paths_are_below_the_folder_however_they_are_written(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    folder = tmp_path / "content" / "bits"
    folder.mkdir(parents=True)
    (tmp_path / "README.md").write_text("not content")
    commit(folder, "2024-05-06", **{'über "Softmax"': "1"})
    assert list(committed(tmp_path / "content")) == [PurePosixPath('bits/über "Softmax".md')]


def test_a_renamed_file_has_the_date_of_its_renaming(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    commit(tmp_path, "2024-05-06", a="1")
    (tmp_path / "a.md").rename(tmp_path / "b.md")
    commit(tmp_path, "2025-07-08")
    assert committed(tmp_path)[PurePosixPath("b.md")] == date(2025, 7, 8)


def test_outside_a_work_tree_there_are_no_dates(tmp_path: Path) -> None:
    assert committed(tmp_path) == {}


def test_a_repository_without_commits_has_no_dates(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    assert committed(tmp_path) == {}


def test_without_git_there_are_no_dates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(tmp_path, "init", "-q")
    commit(tmp_path, "2024-05-06", a="1")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert committed(tmp_path) == {}
