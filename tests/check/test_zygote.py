"""The processes that check snippets: one thread, torch loaded once, and nobody left however the command ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

import pytest

from greenbed.check.jobs import Beside, job_of
from greenbed.check.pool import Died, Done, Pool
from greenbed.check.protocol import Record
from greenbed.check.supervision import processes
from greenbed.check.verify import start_ahead, stop, verify
from greenbed.model import Note, Problem, Status, Verification
from tests.check.verifying import FIRST_LINE, MARK, checked, config, note, places, snippet, statuses, survivors, within

ROOT = Path(__file__).parents[2]


@pytest.fixture
def mark(monkeypatch: pytest.MonkeyPatch) -> str:
    """What every process that is started from now on carries in its environment."""
    mark = uuid.uuid4().hex
    monkeypatch.setenv(MARK, mark)
    return mark


def run_in(started: Pool, *notes: Note, folder: Path) -> list[tuple[Record, ...]]:
    """The records of these notes."""
    for ticket, each in enumerate(notes):
        started.submit(ticket, job_of(each, config(folder), Beside({})), ())
    done: dict[int, tuple[Record, ...]] = {}
    while not started.idle:
        done |= {event.ticket: event.records for event in started.wait() if isinstance(event, Done)}
    return [done[ticket] for ticket in sorted(done)]


HANGING = """
import sys
from pathlib import Path
from tests.check.verifying import checked, config, note
print("started", flush=True)
folder = Path(sys.argv[1])
code = "import subprocess, time\\nsubprocess.Popen(['sleep', '999'])\\ntime.sleep(999)"
checked(config(folder, timeout_seconds=100.0, live=False), note("a.md", code), note("b.md", code), note("c.md", code))
"""


@pytest.fixture
def hanging(tmp_path: Path, mark: str) -> Iterator[subprocess.Popen[str]]:
    """A command of which two notes hang, each with a child."""
    command = [sys.executable, "-c", HANGING, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert within(60, lambda: sum(line.startswith("sleep") for line in survivors(mark)) == 2)
        yield process
        process.kill()


def scratch_folders(mark: str) -> list[Path]:
    """Base folders that processes with the mark were started with."""
    words = [word for line in survivors(mark) for word in line.split()]
    return sorted({Path(word) for word in words if "/greenbed-" in word})


def test_nothing_outlives_a_command_that_is_killed(hanging: subprocess.Popen[str], mark: str) -> None:
    (scratch,) = scratch_folders(mark)
    hanging.kill()
    assert within(1.0, lambda: survivors(mark) == [])
    assert not scratch.exists()


def test_ctrl_c_ends_everything_at_once(hanging: subprocess.Popen[str], mark: str) -> None:
    (scratch,) = scratch_folders(mark)
    groups = {os.getpgid(pid) for pid in processes.descendants(hanging.pid)}
    assert os.getpgid(hanging.pid) not in groups  # a terminal sends it to the command's group, and so to the command alone
    hanging.send_signal(signal.SIGINT)
    hanging.wait(5)
    assert survivors(mark) == []
    assert not scratch.exists()
    assert hanging.stderr is not None
    assert hanging.stderr.read().rstrip().endswith("KeyboardInterrupt")


def test_a_note_has_one_thread_and_parallel_operations_do_not_hang(tmp_path: Path) -> None:
    code = "import os, torch\n(torch.get_num_threads(), os.environ['OMP_NUM_THREADS'])  # (1, '1')\n"
    parallel = "torch.ones(2000, 2000).sin().sum() > 0  # tensor(True)\nlen(os.listdir('/proc/self/task'))  # 1\n"
    assert places(checked(config(tmp_path), note("a.md", code, parallel))[1]) == []


def test_torch_is_imported_once(tmp_path: Path) -> None:
    code = "import sys\n'torch' in sys.modules  # True\n"
    assert places(checked(config(tmp_path), note("a.md", code))[1]) == []


def test_without_torch_plain_python_is_checked_and_the_import_fails_as_it_does_for_a_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\nclass Missing:\n    def find_spec(self, name, *_):\n        if name.partition('.')[0] == 'torch':\n"
        "            raise ModuleNotFoundError(\"No module named 'torch'\", name='torch')\nsys.meta_path.insert(0, Missing())\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    _, problems = checked(config(tmp_path, live=False), note("a.md", "1 + 1  # 2", "import torch"))
    assert places(problems) == [("a.md", FIRST_LINE + 1 + 9, "failed")]
    assert problems[0].message == "ModuleNotFoundError: No module named 'torch'"


def test_a_zygote_with_a_second_thread_refuses_to_fork(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "torch.py").write_text(
        "import threading, time\nthreading.Thread(target=time.sleep, args=(99,), daemon=True).start()\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(Died, match="2 threads"), Pool(1) as started:
        run_in(started, note("a.md", "1  # 1"), folder=tmp_path)


def test_a_worker_that_cannot_be_imported_is_our_own_error_and_says_why(tmp_path: Path) -> None:
    with pytest.raises(Died, match="No module named 'nowhere'"), Pool(1, worker="nowhere") as started:
        run_in(started, note("a.md", "1  # 1"), folder=tmp_path)


def test_modules_in_the_working_directory_are_not_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("json", "random", "socket", "greenbed"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('the wrong module')\n")
    monkeypatch.chdir(tmp_path)
    assert places(checked(config(tmp_path, live=False), note("a.md", "import json, random, socket\n1  # 1"))[1]) == []


def test_snippets_see_the_environment_of_the_command_without_what_greenbed_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAVOURITE", "violet")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    code = (
        "import os, sys\nos.environ['FAVOURITE']  # 'violet'\n'GREENBED_ROOT' in os.environ  # False\n"
        f"os.environ['PYTHONPATH'] == {str(tmp_path)!r}  # True\n"
        f"{str(ROOT)!r} in sys.path  # False\n"
    )
    assert places(checked(config(tmp_path, live=False), note("a.md", code))[1]) == []


def test_a_preview_keeps_its_processes_for_the_next_build(tmp_path: Path, mark: str) -> None:
    settings = config(tmp_path, jobs=1)
    try:
        start_ahead(settings)
        before = pids(mark)
        checked(settings, note("a.md", "1  # 1"))
        checked(settings, note("a.md", "2  # 2"))
        assert before
        assert before <= pids(mark)
    finally:
        stop()
    assert survivors(mark) == []


def test_a_preview_whose_processes_were_killed_starts_others(tmp_path: Path, mark: str) -> None:
    settings = config(tmp_path, jobs=1)
    try:
        start_ahead(settings)
        for pid in pids(mark):
            os.kill(pid, signal.SIGKILL)
        assert within(5, lambda: not pids(mark))
        verification, problems = checked(settings, note("a.md", "1  # 1"))
        assert places(problems) == []
        assert statuses(verification, "a.md") == [Status.VERIFIED]
    finally:
        stop()


def pids(mark: str) -> set[int]:
    """Launchers among our children that carry the mark."""
    return {pid for pid in processes.children(os.getpid()) if mark.encode() in environment(pid)}


def environment(pid: int) -> bytes:
    """Of a process; nothing once it has ended."""
    try:
        return Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return b""


@pytest.mark.parametrize(("deaths", "expected"), [(1, []), (2, [("long.md", FIRST_LINE, "crashed")])])
def test_when_the_processes_around_a_note_die_it_is_run_again_alone_and_blamed_the_second_time(
    tmp_path: Path, mark: str, deaths: int, expected: list[tuple[str, int, str]]
) -> None:
    left = deaths
    notes = [
        note("long.md", snippet("import time\ntime.sleep(1.5)\n1  # 1")),
        *[note(f"{n}.md", f"{n}  # {n}") for n in range(6)],
    ]

    def kill_when_the_long_one_is_all_there_is(done: int, total: int, cached: int) -> None:
        nonlocal left
        if left and done == total - 1:
            left -= 1
            for pid in pids(mark):
                os.kill(pid, signal.SIGKILL)

    verification, problems = verified(tmp_path, notes, kill_when_the_long_one_is_all_there_is)
    assert places(problems) == expected
    assert all(statuses(verification, f"{n}.md") == [Status.VERIFIED] for n in range(6))
    assert survivors(mark) == []
    if expected:
        assert verification.by_path[PurePosixPath("long.md")][0].status is Status.FAILED


def verified(
    folder: Path, notes: list[Note], progress: Callable[[int, int, int], None]
) -> tuple[Verification, tuple[Problem, ...]]:
    """`verify` with somebody who listens."""
    return verify(notes, config(folder, timeout_seconds=20.0, live=False), {}, progress=progress)


def test_a_platform_without_fork_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    verification, problems = checked(config(tmp_path, live=False), note("a.md", "1  # 1"))
    assert places(problems) == [(".", 1, "no-isolation")]
    assert statuses(verification, "a.md") == [Status.NOT_RUN]
