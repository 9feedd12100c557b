"""Snippets that misbehave, each for real: the right line is named, the others are verified, no process is left."""

from __future__ import annotations

import pytest

from tests.conftest import Built, Project

HOSTILE: dict[str, tuple[str, str]] = {
    "hang-in-c": ("import ctypes\nctypes.CDLL(None).pause()", "timeout"),
    "hang-in-python": ("while True:\n    pass", "timeout"),
    "segfault": ("import ctypes\nctypes.string_at(0)", "crashed"),
    "os-exit": ("import os\nos._exit(0)", "exited"),
    "sys-exit": ("import sys\nsys.exit()", "exited"),
    "children": (
        "import subprocess\nleft = [subprocess.Popen(['sleep', '300']) for _ in range(100)]\nlen(left)  # 100",
        "left-processes",
    ),
    "daemon": (
        "import subprocess\nsubprocess.Popen(['setsid', 'sleep', '300'], start_new_session=True)\n1 + 1  # 2",
        "left-processes",
    ),
    "memory": ("import torch\ntorch.empty(2**40, dtype=torch.uint8)", "memory"),
    "flood": ("for _ in range(2**20):\n    print('x' * 1023)", "flood"),
    "flood-by-fd": ("import os\nfor _ in range(2**10):\n    os.write(1, b'x' * 2**20)", "flood"),
    "stdin": ("input()", "failed"),
    "socket": ("import socket\nsocket.create_connection(('192.0.2.1', 80), timeout=5)", "forbidden"),
    "write-outside": ("open('/tmp/greenbed-was-here', 'w')", "forbidden"),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Built, dict[str, tuple[bytes, int]]]:
    """One garden with all of them, built over a good site."""
    project = Project(tmp_path_factory.mktemp("hostile")).write({"good.md": "```python\n1 + 1  # 2\n```\n"})
    assert project.build().code == 0
    before = project.snapshot()
    for name, (code, _) in HOSTILE.items():
        project.write({f"{name}.md": f"# {name}\n\n```python\n0 + 1  # 1\n```\n\n```python timeout=3\n{code}\n```\n"})
    return project, project.build("--jobs", "4"), before


def test_the_command_says_so_and_the_old_site_stays(built: tuple[Project, Built, dict[str, tuple[bytes, int]]]) -> None:
    project, done, before = built
    assert done.code == 1
    assert project.snapshot() == before
    assert "Traceback" not in done.stderr
    assert len(done.report["problems"]) == len(HOSTILE)


def test_no_process_is_left(built: tuple[Project, Built, dict[str, tuple[bytes, int]]]) -> None:
    assert built[0].survivors() == []


def test_every_snippet_is_accounted_for(built: tuple[Project, Built, dict[str, tuple[bytes, int]]]) -> None:
    count = built[1].report["snippets"]
    assert count["found"] == 2 * len(HOSTILE) + 1 == sum(number for level, number in count.items() if level != "found")
    assert count["failed"] == len(HOSTILE)
    assert count["verified"] == len(HOSTILE) + 1


@pytest.mark.parametrize("name", HOSTILE)
def test_the_misdeed_is_named_at_its_line(built: tuple[Project, Built, dict[str, tuple[bytes, int]]], name: str) -> None:
    (problem,) = [one for one in built[1].report["problems"] if one["path"] == f"{name}.md"]
    assert problem["code"] == HOSTILE[name][1]
    assert 8 <= problem["line"] <= 10
    assert problem["message"]
    assert problem["hint"]
