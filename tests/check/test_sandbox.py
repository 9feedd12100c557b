"""What a note's process may do: walls of the kernel where it grants them, Python's refusals where it does not."""

from __future__ import annotations

import os
import pickle
import resource
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from greenbed.check.walls import kernel, landlock, limits, namespaces
from greenbed.check.walls.audit import Guard, writable_places
from greenbed.model import Status
from tests.check.verifying import FIRST_LINE, checked, config, note, places, snippet, statuses

ROOT = Path(__file__).parents[2]

LEVEL = namespaces.best_level()
needs_namespaces = pytest.mark.skipif(LEVEL is None, reason="the kernel grants no namespaces here")
needs_landlock = pytest.mark.skipif(not landlock.version(), reason="the kernel has no Landlock here")


def in_a_child(act: Callable[[], Any]) -> Any:
    """What `act` gives, or the type and text of what it raises, in a forked process that nothing else depends on."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            answer = act()
        except BaseException as error:
            answer = f"{type(error).__name__}: {error}"
        os.write(writing, pickle.dumps(answer))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answers:
        answer = pickle.loads(answers.read())
    os.waitpid(pid, 0)
    return answer


def guard(writable: Path, noted: list[int] | None = None) -> Guard:
    """One that lets `writable` be written and knows this file as the note."""
    lines = noted if noted is not None else []
    return Guard(writable=(str(writable),), file=__file__, note=lines.append)


@needs_landlock
def test_landlock_lets_a_process_write_in_one_folder_alone(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (outside / "text").write_text("as before")

    def act() -> tuple[int, str]:
        kernel.drop_privileges()
        landlock.allow_writes_only_below(writable_places(str(inside)))
        (inside / "mine").write_text("x")
        Path("/dev/null").write_text("x")
        bad = f"echo > {outside}/new; rm {outside}/text; mv {outside}/text {inside}; mkdir {outside}/folder"
        shell = f"{bad}; echo x > {inside}/yours"
        return subprocess.run(shell, shell=True, stderr=subprocess.DEVNULL).returncode, (outside / "text").read_text()

    assert in_a_child(act) == (0, "as before")
    assert [path.name for path in outside.iterdir()] == ["text"]
    assert sorted(path.name for path in inside.iterdir()) == ["mine", "yours"]


def test_limits_hold_for_memory_and_files(tmp_path: Path) -> None:
    def act() -> list[str]:
        limits.apply(2**28, alone=False)
        refused = []
        for too_much in (lambda: bytearray(2**30), lambda: os.truncate(tmp_path / "file", 2**31)):
            try:
                too_much()
            except (MemoryError, OSError) as error:
                refused.append(type(error).__name__)
        return [*refused, str(resource.getrlimit(resource.RLIMIT_CORE))]

    (tmp_path / "file").touch()
    assert in_a_child(act) == ["MemoryError", "OSError", "(1, 1)"]


@needs_namespaces
def test_a_note_sees_only_its_own_processes_and_no_network(tmp_path: Path) -> None:
    code = (
        "import os, socket\n"
        "sorted(int(name) for name in os.listdir('/proc') if name.isdigit()) == [1, os.getpid()]  # True\n"
        "[name for _, name in socket.if_nameindex()]  # ['lo']\n"
        "os.listdir('/dev/shm')  # []\n"
    )
    verification, problems = checked(config(tmp_path), note("a.md", code))
    assert places(problems) == []
    assert verification.environment.isolation == "process namespaces, network namespace, Landlock"


@needs_namespaces
def test_a_note_has_no_capabilities_and_gets_none_from_a_program(tmp_path: Path) -> None:
    code = "import subprocess as s\nprint(s.check_output(['grep', '-E', 'Cap(Eff|Bnd)', '/proc/self/status']))\n"
    verification, _ = checked(config(tmp_path), note("a.md", code))
    said = verification.by_path[PurePosixPath("a.md")][0].stdout
    assert said.count("0000000000000000") == 2


def test_who_we_are_stays(tmp_path: Path) -> None:
    code = f"import os\n(os.getuid(), os.getgid())  # ({os.getuid()}, {os.getgid()})\n"
    assert places(checked(config(tmp_path), note("a.md", code))[1]) == []


def test_homes_and_caches_lie_in_the_scratch_folder_and_are_gone_afterwards(tmp_path: Path) -> None:
    code = (
        "import os, pathlib, tempfile\n"
        "names = ('HOME', 'TMPDIR', 'MPLCONFIGDIR', 'TORCHINDUCTOR_CACHE_DIR')\n"
        "below = pathlib.Path.cwd().parent\n"
        "all(pathlib.Path(os.environ[name]).is_relative_to(below) for name in names)  # True\n"
        "pathlib.Path(tempfile.gettempdir()).is_relative_to(below)  # True\n"
        "pathlib.Path('stays').mkdir(mode=0)\n"
        "print(below)\n"
    )
    verification, problems = checked(config(tmp_path, live=False), note("a.md", code))
    assert places(problems) == []
    folder = Path(verification.by_path[PurePosixPath("a.md")][0].stdout.strip())
    assert folder.parent.name.startswith("greenbed-")
    assert not folder.exists()


def test_files_beside_the_note_are_read_under_their_names_and_cannot_be_changed(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "bits"
    (folder / "data").mkdir(parents=True)
    (folder / "table.csv").write_text("1,2\n")
    (folder / "data" / "deep.txt").write_text("deep")
    (folder / "tool.py").write_text("answer = 42\n")
    files = {PurePosixPath(f"bits/{name}"): folder / name for name in ("table.csv", "data/deep.txt", "tool.py")}
    reading = "open('table.csv').read()  # '1,2\\n'\nopen('data/deep.txt').read()  # 'deep'\nimport tool\ntool.answer  # 42\n"
    writing = "open('table.csv', 'w')\n"
    _, problems = checked(config(tmp_path), note("bits/a.md", reading, writing), files=files)
    assert places(problems) == [("bits/a.md", FIRST_LINE + 4 + 9, "forbidden")]
    assert (folder / "table.csv").read_text() == "1,2\n"


def test_the_hook_refuses_writes_outside_in_words(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "text").write_text("x")
    (inside / "link").symlink_to(tmp_path / "text")

    def act() -> list[str]:
        os.chdir(inside)
        guard(inside).install()
        Path("mine").write_text("x")
        Path("mine").rename("yours")
        attempts: list[Callable[[], object]] = [
            lambda: Path("../new").write_text("x"),
            lambda: Path("link").write_text("x"),
            lambda: Path("link").chmod(0),
            lambda: Path("yours").rename("../yours"),
            lambda: Path("../text").unlink(),
            lambda: Path("../folder").mkdir(),
            lambda: Path("../yours").symlink_to("yours"),
            lambda: os.truncate("link", 0),
            lambda: os.open("../new", os.O_CREAT | os.O_WRONLY),
            lambda: os.mkdir("folder", dir_fd=os.open("..", os.O_RDONLY)),
        ]
        return [str(refusal(attempt)) for attempt in attempts]

    refusals = in_a_child(act)
    assert len(refusals) == 10
    assert all(said.startswith("no writing outside the scratch folder: ") for said in refusals), refusals
    assert sorted(path.name for path in tmp_path.iterdir()) == ["inside", "text"]


def refusal(attempt: Callable[[], object]) -> BaseException | None:
    """What an attempt raises."""
    try:
        attempt()
    except OSError as error:
        return error
    return None


def test_the_hook_knows_loopback_from_the_network(tmp_path: Path) -> None:
    def act() -> list[str]:
        guard(tmp_path).install()
        with socket.create_server(("127.0.0.1", 0)) as server:
            socket.create_connection(server.getsockname()).close()
            socket.create_connection(("localhost", server.getsockname()[1])).close()
        datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        attempts: list[Callable[[], object]] = [
            lambda: socket.create_connection(("192.0.2.1", 80)),
            lambda: socket.getaddrinfo("example.org", 80),
            lambda: datagrams.sendto(b"", ("192.0.2.1", 80)),
            lambda: socket.socket(socket.AF_UNIX).connect("/run/docker.sock"),
        ]
        return [str(refusal(attempt)).partition(":")[0] for attempt in attempts]

    refused = "no network while snippets are checked"
    assert in_a_child(act) == [refused, refused, refused, "no sockets of other programs"]


def test_the_hook_notes_the_line_that_starts_a_process(tmp_path: Path) -> None:
    def act() -> tuple[list[int], int]:
        noted: list[int] = []
        guard(tmp_path, noted).install()
        line = sys._getframe().f_lineno + 1
        subprocess.run(["true"])
        return noted, line

    noted, line = in_a_child(act)
    assert set(noted) == {line}


@needs_landlock
@needs_namespaces
def test_where_the_kernel_grants_no_namespaces_the_report_says_so_and_the_rest_holds(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "tests.check.walled", "-m", "tests.check.test_sandbox", str(tmp_path)]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.stdout.splitlines() == [
        "Landlock",
        ". 1 no-isolation warning",
        f"children.md {FIRST_LINE + 1} left-processes error",
        f"connects.md {FIRST_LINE + 1} forbidden error",
        f"daemon.md {FIRST_LINE + 1} left-processes error",
        f"exits.md {FIRST_LINE + 1} exited error",
        f"hangs.md {FIRST_LINE} timeout error",
        f"kills.md {FIRST_LINE + 1} forbidden error",
        f"segfaults.md {FIRST_LINE + 1} crashed error",
        f"writes.md {FIRST_LINE} forbidden error",
        "good.md verified",
    ], done.stderr


WITHOUT_WALLS = {
    "children": "import subprocess\nfor _ in range(9): subprocess.Popen(['sleep', '999'])",
    "connects": "import socket\nsocket.create_connection(('192.0.2.1', 80))",
    "daemon": "import os\nos.system('setsid sleep 999 & true')",
    "exits": "import os\nos._exit(0)",
    "hangs": "while True: pass",
    "kills": "import os\nos.kill(os.getppid(), 9)",
    "segfaults": "import ctypes\nctypes.string_at(0)",
    "writes": "open('/tmp/greenbed-was-here', 'w')",
}


def main() -> None:
    """What the test above runs behind walls."""
    notes = [note(f"{name}.md", code) for name, code in WITHOUT_WALLS.items()]
    settings = config(Path(sys.argv[1]), timeout_seconds=2.0, live=False)
    verification, problems = checked(settings, *notes, note("good.md", snippet("1 + 1  # 2")))
    print(verification.environment.isolation)
    print(*sorted(f"{problem.path} {problem.line} {problem.code} {problem.severity}" for problem in problems), sep="\n")
    good = statuses(verification, "good.md") == [Status.VERIFIED]
    print("good.md verified" if good else "good.md is not verified")


if __name__ == "__main__":
    main()
