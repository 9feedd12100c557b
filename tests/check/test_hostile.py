"""Notes that misbehave, each for real: what they did is named at its line, nothing is left of them, the others are verified."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

from greenbed.model import Code, Problem, Status, Verification
from tests.check.verifying import FIRST_LINE, MARK, checked, config, note, places, snippet, statuses, survivors

OUTSIDE = Path("/tmp") / f"greenbed-outside-{uuid.uuid4().hex}"

# name → code, the line of it that is to blame, and what for
MISDEEDS: dict[str, tuple[str, int, Code]] = {
    "hangs in Python": ("x = 1\nwhile True: pass", 2, Code.TIMEOUT),
    "hangs in C with the lock held": ("import re\nre.match('(a+)+$', 'a' * 50 + 'b')", 2, Code.TIMEOUT),
    "hangs in C without it": ("import ctypes\nctypes.CDLL(None).pause()", 2, Code.TIMEOUT),
    "hangs in a function": ("def wait():\n    import time\n    time.sleep(999)\nwait()", 3, Code.TIMEOUT),
    "blocks every signal": (
        "import signal, time\nsignal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())\ntime.sleep(999)",
        1,
        Code.TIMEOUT,
    ),
    "replaces every handler": (
        "import signal\nfor s in signal.valid_signals() - {9, 19}:\n    signal.signal(s, lambda *_: None)\nwhile True: pass",
        1,
        Code.TIMEOUT,
    ),
    "stops itself": ("import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)", 2, Code.TIMEOUT),
    "waits for a child for ever": ("import subprocess\nsubprocess.run(['sleep', '999'])", 2, Code.TIMEOUT),
    "segfaults": ("import ctypes\n\nctypes.string_at(0)", 3, Code.CRASHED),
    "aborts": ("import os\nos.abort()", 2, Code.CRASHED),
    "overflows the C stack": (
        "import sys\nsys.setrecursionlimit(10**8)\ndef f():\n    return list(map(lambda _: f(), [1]))\nf()",
        4,
        Code.CRASHED,
    ),
    "recurses": ("def f():\n    return f()\nf()", 2, Code.FAILED),
    "exits hard with 0": ("import os\n\nos._exit(0)", 3, Code.EXITED),
    "exits hard with 3": ("import os\nos._exit(3)", 2, Code.EXITED),
    "exits": ("import sys\nsys.exit()", 2, Code.EXITED),
    "becomes another program": ("import os\nos.execv('/bin/true', ['true'])", 1, Code.EXITED),
    "leaves a hundred children": (
        "import subprocess\nfor _ in range(100):\n    subprocess.Popen(['sleep', '999'])",
        3,
        Code.LEFT_PROCESSES,
    ),
    "leaves a child in its own session": (
        "import subprocess\nsubprocess.Popen(['sleep', '999'], start_new_session=True)",
        2,
        Code.LEFT_PROCESSES,
    ),
    "leaves a daemon": (
        "import os\nif os.fork() == 0:\n    os.fork() or os.execlp('sleep', 'sleep', '9')\n    os._exit(0)\nos.wait()",
        2,
        Code.LEFT_PROCESSES,
    ),
    "takes 1 TB in Python": ("x = 1\nbytearray(2**40)", 2, Code.MEMORY),
    "takes 1 TB in torch": ("import torch\ntorch.empty(2**40, dtype=torch.uint8)", 2, Code.MEMORY),
    "takes memory until there is none": ("hoard = []\nwhile True:\n    hoard.append(bytearray(2**24))", 3, Code.MEMORY),
    "prints 1 GB": ("for _ in range(2**20):\n    print('x' * 1023)", 2, Code.FLOOD),
    "writes 1 GB to the descriptor": ("import os\nfor _ in range(2**10):\n    os.write(1, b'x' * 2**20)", 3, Code.FLOOD),
    "lets a child write 1 GB": ("import subprocess\n_ = subprocess.run('yes | head -c 1G', shell=True)", 1, Code.FLOOD),
    "reads stdin": ("x = 1\ninput()", 2, Code.FAILED),
    "connects": ("import socket\nsocket.create_connection(('192.0.2.1', 80), timeout=3)", 2, Code.FORBIDDEN),
    "fetches": ("import urllib.request\nurllib.request.urlopen('http://example.org')", 2, Code.FORBIDDEN),
    "lets a child fetch": (
        "import subprocess\n_ = subprocess.run(['bash', '-c', 'exec 3<>/dev/tcp/192.0.2.1/80'], check=True)",
        2,
        Code.FAILED,
    ),
    "writes outside": (f"x = 1\nopen('{OUTSIDE}', 'w')", 2, Code.FORBIDDEN),
    "makes a folder outside": (f"import os\nos.mkdir('{OUTSIDE}')", 2, Code.FORBIDDEN),
    "lets a child write outside": (
        f"import subprocess\n_ = subprocess.run('echo > {OUTSIDE}', shell=True, check=True)",
        2,
        Code.FAILED,
    ),
    "lets C code write outside": (f"import torch\ntorch.save(torch.ones(1), '{OUTSIDE}')", 2, Code.FORBIDDEN),
    "changes rights outside": (
        "import subprocess\n_ = subprocess.run('chmod 777 /tmp', shell=True, check=True)",
        2,
        Code.FAILED,
    ),
    "kills its group": ("import os\nos.kill(0, 9)", 2, Code.CRASHED),
    "kills everybody": ("import os\nos.kill(-1, 9)", 2, Code.FAILED),
    "kills its parent": ("import os\n\nos.kill(os.getppid(), 9)", 3, Code.CRASHED),
    "kills itself": ("import os, signal\nos.kill(os.getpid(), signal.SIGTERM)", 2, Code.CRASHED),
    "closes every file": ("import os\nos.closerange(0, 65536)", 1, Code.CRASHED),
    "forks without end": ("import os\nwhile True:\n    os.fork()", 3, Code.LEFT_PROCESSES),
}

HARMLESS = {
    "an exit handler that raises": "import atexit\n_ = atexit.register(lambda: 1 / 0)",
    "a thread that never ends": "import threading, time\nthreading.Thread(target=time.sleep, args=(999,)).start()",
    "a daemon thread that never ends": "import threading as t\nt.Thread(target=t.Event().wait, daemon=True).start()",
    "a child that runs on into the harness": "import os\n_ = os.fork()",
    "workers that end with the interpreter": (
        "import torch.utils.data as d\nloader = d.DataLoader(list(range(4)), num_workers=2, persistent_workers=True)\n"
        "numbers = [int(n) for n in loader]"
    ),
    "a child that is waited for": "import subprocess\n_ = subprocess.run(['true'], check=True)",
    "a file in its folder": "open('mine', 'w').write('x')\nimport os\nos.rename('mine', 'yours')\nos.remove('yours')",
    "temporary files": "import tempfile\nwith tempfile.NamedTemporaryFile() as f:\n    _ = f.write(b'x')",
    "shared memory": "from multiprocessing import shared_memory as s\nm = s.SharedMemory('m', True, 9)\nm.unlink()",
    "talking to itself": (
        "import socket\nserver = socket.create_server(('127.0.0.1', 0))\n"
        "socket.create_connection(server.getsockname()).close()\nserver.close()"
    ),
}

Checked = tuple[Verification, tuple[Problem, ...], str]


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checked]:
    """All of them in one garden, four at once, and an ordinary note for each."""
    mark = uuid.uuid4().hex
    settings = config(tmp_path_factory.mktemp("garden"), jobs=4, memory_bytes=2**29, live=False)
    bad = [
        note(f"bits/{name}.md", "before = 1\nbefore  # 1", code, "before  # 1", timeout=1.5 if kind is Code.TIMEOUT else 30)
        for name, (code, _, kind) in MISDEEDS.items()
    ]
    odd = [note(f"bits/{name}.md", snippet(code), "1 + 1  # 2") for name, code in HARMLESS.items()]
    good = [note(f"bits/good-{number}.md", f"{number} + 1  # {number + 1}") for number in range(20)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(MARK, mark)
        verification, problems = checked(settings, *bad, *odd, *good)
    yield verification, problems, mark
    OUTSIDE.unlink(missing_ok=True)


@pytest.mark.parametrize("name", MISDEEDS)
def test_the_misdeed_is_named_at_its_line(done: Checked, name: str) -> None:
    _, line, code = MISDEEDS[name]
    found = [problem for problem in done[1] if problem.path == f"bits/{name}.md" and problem.code is not Code.UNPROVEN]
    second = FIRST_LINE + 2 + 9
    assert [(problem.line - second + 1, problem.code) for problem in found] == [(line, code)], found
    assert found[0].message
    assert found[0].hint or code is Code.FAILED


@pytest.mark.parametrize("name", MISDEEDS)
def test_every_snippet_of_a_note_that_misbehaves_is_accounted_for(done: Checked, name: str) -> None:
    first, second, third = statuses(done[0], f"bits/{name}.md")
    assert (first, second) == (Status.VERIFIED, Status.FAILED)
    ended = MISDEEDS[name][2] in (Code.TIMEOUT, Code.CRASHED, Code.EXITED) and name != "exits"
    assert third is (Status.NOT_RUN if ended or "without end" in name else Status.VERIFIED)


def test_the_snippets_after_a_hang_say_which_line_did_not_finish(done: Checked) -> None:
    verdicts = done[0].by_path[PurePosixPath("bits/hangs in Python.md")]
    assert verdicts[2].reason == f"line {FIRST_LINE + 2 + 9 + 1} did not finish"


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_odd_but_harmless_passes(done: Checked, name: str) -> None:
    mine = tuple(problem for problem in done[1] if problem.path == f"bits/{name}.md" and problem.code is not Code.UNPROVEN)
    assert places(mine) == []
    assert statuses(done[0], f"bits/{name}.md")[1] is Status.VERIFIED


def test_the_other_notes_are_verified(done: Checked) -> None:
    assert all(statuses(done[0], f"bits/good-{number}.md") == [Status.VERIFIED] for number in range(20))


def test_nothing_is_left(done: Checked) -> None:
    assert survivors(done[2]) == []
    assert not OUTSIDE.exists()


def test_everything_that_was_found_is_counted(done: Checked) -> None:
    verdicts = [verdict for each in done[0].by_path.values() for verdict in each]
    assert len(verdicts) == 3 * len(MISDEEDS) + 2 * len(HARMLESS) + 20
    assert done[0].executed == sum(verdict.status not in (Status.NOT_RUN, Status.SKIPPED) for verdict in verdicts)
