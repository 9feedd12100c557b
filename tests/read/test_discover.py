"""content/ → Sources: what is found, and everything that can be wrong with a file before it is parsed."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePosixPath

import pytest

from greenbed.model import Code, Config, Discovery, Problem
from greenbed.read.discover import discover


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    return folder


def config(content: Path) -> Config:
    root = content.parent
    return Config(
        root=root, content=content, templates=root / "t", static=root / "s", output=root / "site", cache=root / "cache"
    )


def write(content: Path, files: dict[str, bytes]) -> None:
    for name, text in files.items():
        file = content / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text)


def found(content: Path) -> tuple[Discovery, tuple[Problem, ...]]:
    return discover(config(content))


def only_problem(content: Path) -> Problem:
    _, (problem,) = found(content)
    return problem


def test_notes_come_sorted_and_everything_else_beside_them(content: Path) -> None:
    names = ["bits/b.md", "bits/a.markdown", "bits/a/z.md", "top.MD", "bits/plot.png", "data.csv"]
    write(content, dict.fromkeys(names, b"text"))
    discovery, problems = found(content)
    assert problems == ()
    assert [str(source.path) for source in discovery.sources] == ["bits/a/z.md", "bits/a.markdown", "bits/b.md", "top.MD"]
    assert discovery.files == {
        PurePosixPath("bits/plot.png"): content / "bits/plot.png",
        PurePosixPath("data.csv"): content / "data.csv",
    }


def test_names_that_begin_with_a_dot_are_ignored(content: Path) -> None:
    write(content, {"a.md": b"a", ".hidden.md": b"b", ".obsidian/c.md": b"c", "bits/.git/d.md": b"d"})
    discovery, _ = found(content)
    assert [str(source.path) for source in discovery.sources] == ["a.md"]
    assert discovery.files == {}


def test_a_source_has_its_text_its_place_and_its_hash(content: Path) -> None:
    write(content, {"bits/a.md": "é\n".encode()})
    ((source,), _) = found(content)[0].sources, None
    assert (source.text, source.file, source.sha256) == ("é\n", content / "bits/a.md", sha256("é\n".encode()).hexdigest())
    assert source.file.is_absolute()


@pytest.mark.parametrize("written", [b"a\r\nb\r\n", b"a\rb\r", b"a\nb\n", b"\xef\xbb\xbfa\r\nb\n"])
def test_line_ends_are_lf_and_the_bom_is_gone(content: Path, written: bytes) -> None:
    write(content, {"a.md": written})
    (source,) = found(content)[0].sources
    assert source.text == "a\nb\n"
    assert source.sha256 == sha256(written).hexdigest()


def test_a_content_folder_without_notes_is_a_problem(content: Path) -> None:
    write(content, {"picture.png": b"x"})
    problem = only_problem(content)
    assert (problem.path, problem.line, problem.code) == (".", 1, Code.EMPTY_CONTENT)
    assert problem.message == 'no notes in "content"'
    assert "Markdown file" in problem.hint


def test_a_content_folder_that_does_not_exist_is_a_problem(tmp_path: Path) -> None:
    problem = only_problem(tmp_path / "contnet")
    assert (problem.code, problem.message) == (Code.EMPTY_CONTENT, 'there is no folder "contnet"')


@pytest.mark.parametrize("written", [b"", b" \n\t\r\n", b"\xef\xbb\xbf"])
def test_an_empty_note_is_a_problem(content: Path, written: bytes) -> None:
    write(content, {"bits/a.md": written, "bits/b.md": b"b"})
    discovery, (problem,) = found(content)
    assert (problem.path, problem.line, problem.code) == ("bits/a.md", 1, Code.EMPTY_NOTE)
    assert problem.hint
    assert [str(source.path) for source in discovery.sources] == ["bits/b.md"]


def test_a_byte_that_is_not_utf8_is_named_with_its_line_and_column(content: Path) -> None:
    write(content, {"bits/a.md": b"one\r\n\xc3\xbcb caf\xe9\n"})
    discovery, (problem,) = found(content)
    assert discovery.sources == ()
    assert (problem.path, problem.line, problem.column, problem.code) == ("bits/a.md", 2, 7, Code.NOT_UTF8)
    assert problem.message == "byte 0xe9 is not UTF-8"
    assert problem.hint == 'save the file as UTF-8 (in Windows-1252 this byte is "é")'


def test_a_file_in_utf16_is_recognised(content: Path) -> None:
    write(content, {"a.md": "# Übung\n".encode("utf-16")})
    problem = only_problem(content)
    assert (problem.line, problem.column, problem.code) == (1, 1, Code.NOT_UTF8)
    assert problem.hint == "this looks like UTF-16: save the file as UTF-8"


def test_a_link_to_a_file_that_is_gone_is_unreadable(content: Path) -> None:
    write(content, {"b.md": b"b"})
    (content / "a.md").symlink_to("gone.md")
    discovery, (problem,) = found(content)
    assert (problem.path, problem.line, problem.code) == ("a.md", 1, Code.UNREADABLE)
    assert problem.message == 'cannot read "a.md": No such file or directory'
    assert problem.hint == "mend the link, or remove it"
    assert len(discovery.sources) == 1


def test_a_link_to_itself_is_unreadable(content: Path) -> None:
    (content / "a.md").symlink_to("a.md")
    problem = only_problem(content)
    assert (problem.path, problem.code) == ("a.md", Code.UNREADABLE)
    assert "symbolic links" in problem.message


def test_a_pipe_is_not_waited_for(content: Path) -> None:
    os.mkfifo(content / "a.md")
    assert only_problem(content).message == 'cannot read "a.md": not a regular file'


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Without the rights of root, who may read everything."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


def test_files_and_folders_without_permission_are_unreadable() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        write(folder, {"a.md": b"a", "locked/b.md": b"b"})
        (folder / "a.md").chmod(0)
        (folder / "locked").chmod(0)
        with ordinary_user():
            _, problems = found(folder)
        (folder / "locked").chmod(0o755)
    places = [(problem.path, problem.line, problem.code) for problem in problems]
    assert places == [("a.md", 1, Code.UNREADABLE), ("locked", 1, Code.UNREADABLE)]
    assert all("Permission denied" in problem.message for problem in problems)
    assert all(problem.hint == "let the user who builds the garden read it" for problem in problems)


def test_loops_of_links_end_and_linked_folders_are_read(content: Path, tmp_path: Path) -> None:
    write(content, {"bits/a.md": b"a"})
    write(tmp_path, {"elsewhere/b.md": b"b"})
    (content / "bits/loop").symlink_to(content)
    (content / "linked").symlink_to(tmp_path / "elsewhere")
    discovery, problems = found(content)
    assert problems == ()
    assert [str(source.path) for source in discovery.sources] == ["bits/a.md", "linked/b.md"]


def test_a_note_knows_when_it_was_last_committed(content: Path) -> None:
    write(content, {"bits/a.md": b"a", "bits/new.md": b"new"})
    for command in (["init", "-q"], ["add", "content/bits/a.md"]):
        subprocess.run(["git", *command], cwd=content.parent, check=True, capture_output=True)
    identity = {"GIT_COMMITTER_DATE": "2025-03-04T23:30:00+0100", "GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z"}
    subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a"],
        cwd=content.parent,
        check=True,
        env={**os.environ, **identity},
    )
    first, new = found(content)[0].sources
    assert (first.committed, new.committed) == (date(2025, 3, 4), None)
