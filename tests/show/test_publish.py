"""Publishing: all or nothing, only our own files, equal bytes untouched."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path, PurePosixPath

import pytest

from greenbed.model import Artifact, Code, Config
from greenbed.show.manifest import NAME, read_manifest
from greenbed.show.publish import publish


def config(folder: Path) -> Config:
    return Config(
        root=folder,
        content=folder / "content",
        templates=folder / "templates",
        static=folder / "static",
        output=folder / "site",
        cache=folder / "cache",
    )


def artifacts(**files: str) -> list[Artifact]:
    return [Artifact(PurePosixPath(name.replace("__", "/") + ".html"), text.encode()) for name, text in files.items()]


def content(site: Path) -> dict[str, str]:
    files = (file for file in site.rglob("*") if file.is_file() and file.name != NAME)
    return {str(file.relative_to(site)): file.read_text() for file in files}


def test_a_new_site_appears_with_its_manifest(tmp_path: Path) -> None:
    written, problems = publish(artifacts(index="one", bits__x="two"), config(tmp_path))
    assert (written, problems) == (2, ())
    assert content(tmp_path / "site") == {"index.html": "one", "bits/x.html": "two"}
    manifest = read_manifest(tmp_path / "site")
    assert manifest is not None
    assert set(map(str, manifest)) == {"index.html", "bits/x.html"}


def test_equal_bytes_are_not_rewritten(tmp_path: Path) -> None:
    publish(artifacts(index="one", other="two"), config(tmp_path))
    before = (tmp_path / "site/index.html").stat()
    written, _ = publish(artifacts(index="one", other="changed"), config(tmp_path))
    after = (tmp_path / "site/index.html").stat()
    assert written == 1
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert content(tmp_path / "site")["other.html"] == "changed"


def test_the_same_site_again_touches_nothing(tmp_path: Path) -> None:
    publish(artifacts(index="one"), config(tmp_path))
    folder = (tmp_path / "site").stat()
    assert publish(artifacts(index="one"), config(tmp_path)) == (0, ())
    assert (tmp_path / "site").stat().st_ino == folder.st_ino


def test_a_page_that_is_gone_is_removed_with_its_folder(tmp_path: Path) -> None:
    publish(artifacts(index="one", bits__old__index="old"), config(tmp_path))
    written, _ = publish(artifacts(index="one"), config(tmp_path))
    assert written == 1
    assert content(tmp_path / "site") == {"index.html": "one"}
    assert not (tmp_path / "site/bits").exists()


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/thesis.txt").write_text("mine")
    written, (problem,) = publish(artifacts(index="one"), config(tmp_path))
    assert written == 0
    assert problem.code is Code.WRITE_FAILED
    assert "none of them is greenbed's" in problem.message
    assert content(tmp_path / "site") == {"thesis.txt": "mine"}


def test_files_added_by_hand_stay_and_ours_still_change(tmp_path: Path) -> None:
    publish(artifacts(index="one", old="x"), config(tmp_path))
    (tmp_path / "site/CNAME").write_text("notes.example")
    written, _ = publish(artifacts(index="two"), config(tmp_path))
    assert written == 2
    assert content(tmp_path / "site") == {"index.html": "two", "CNAME": "notes.example"}


def test_a_file_changed_by_hand_is_made_good(tmp_path: Path) -> None:
    publish(artifacts(index="one"), config(tmp_path))
    (tmp_path / "site/index.html").write_text("defaced")
    written, _ = publish(artifacts(index="one"), config(tmp_path))
    assert written == 1
    assert content(tmp_path / "site") == {"index.html": "one"}


def test_a_damaged_manifest_is_no_reason_to_lose_files(tmp_path: Path) -> None:
    publish(artifacts(index="one", old="x"), config(tmp_path))
    (tmp_path / "site" / NAME).write_text("{")
    publish(artifacts(index="two"), config(tmp_path))
    assert content(tmp_path / "site") == {"index.html": "two", "old.html": "x"}


def test_what_a_killed_build_left_beside_the_site_is_swept(tmp_path: Path) -> None:
    (tmp_path / ".site.next-1").mkdir()
    (tmp_path / ".site.next-1/half.html").write_text("half")
    publish(artifacts(index="one"), config(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_link_as_output_keeps_being_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "elsewhere")
    publish(artifacts(index="one"), config(tmp_path))
    publish(artifacts(index="two"), config(tmp_path))
    assert (tmp_path / "site").is_symlink()
    assert content(tmp_path / "elsewhere") == {"index.html": "two"}


REPOSITORY = Path(__file__).resolve().parents[2]
PRELUDE = f"""
import os, subprocess, sys
sys.path.insert(0, {str(REPOSITORY)!r})
sys.dont_write_bytecode = True
from pathlib import Path
from greenbed.show.publish import publish
from tests.show.test_publish import artifacts, config, content
folder = Path(sys.argv[1])
"""


def run(script: str, folder: Path, *wrapper: str) -> str:
    """What a script prints; a process of its own, since it drops rights or mounts."""
    command = [*wrapper, sys.executable, "-c", PRELUDE + script, str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd="/").stdout


def test_a_folder_without_write_permission_is_a_problem() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        publish(artifacts(index="one"), config(folder))
        for locked in (folder / "site", folder):
            locked.chmod(0o555)
        drop = "os.getuid() or (os.setgid(65534), os.setuid(65534))\n"
        told = run(drop + "print(publish(artifacts(index='two'), config(folder)))", folder)
        assert content(folder / "site") == {"index.html": "one"}
    assert "Permission denied" in told


def test_a_full_disk_is_a_problem_and_the_old_site_stays(tmp_path: Path) -> None:
    script = """
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128k", "none", folder], check=True)
publish(artifacts(index="one"), config(folder))
print(publish(artifacts(index="two", big="x" * 1_000_000), config(folder)))
print(content(folder / "site"), [path.name for path in folder.iterdir()])
"""
    problem, found = run(script, tmp_path, "unshare", "--user", "--map-root-user", "--mount").splitlines()
    assert "No space left on device" in problem
    assert found == "{'index.html': 'one'} ['site']"


PUBLISHER = """
print("ready", flush=True)
word = 0
while True:
    word += 1
    publish(artifacts(**{f"page{number}": str(word) for number in range(40)}), config(folder))
"""


@pytest.mark.parametrize("milliseconds", [3, 11, 23, 41, 67, 89])
def test_a_kill_at_any_moment_leaves_a_whole_site(tmp_path: Path, milliseconds: int) -> None:
    command = [sys.executable, "-c", PRELUDE + PUBLISHER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "ready\n"
        while not (tmp_path / "site").exists():
            time.sleep(0.001)
        time.sleep(milliseconds / 1000)
        running.send_signal(signal.SIGKILL)
    pages = content(tmp_path / "site")
    assert len(pages) == 40
    assert len(set(pages.values())) == 1, "pages of two builds side by side"
    publish(artifacts(index="after"), config(tmp_path))
    assert content(tmp_path / "site") == {"index.html": "after"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
