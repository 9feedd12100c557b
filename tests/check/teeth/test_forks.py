"""One attempt in a fork: only one that ends well holds, and each is ended in time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from greenbed.check.teeth.forks import Patience

ROOT = Path(__file__).parents[3]

PROGRAM = """
import ctypes, os, signal, subprocess, sys, time
from greenbed.check.teeth.forks import Patience, held
from greenbed.check.walls import kernel

def raises(): raise ValueError("no")
def exits(): os._exit(0)
def leaves(): sys.exit(0)
def crashes(): ctypes.string_at(0)
def computes():
    while True: pass
def waits(): time.sleep(100)
def starts(): return subprocess.Popen(["sleep", "100"]).pid > 0
def kills(): os.kill(os.getpid(), signal.SIGKILL)

kernel.adopt_orphans()
started = time.monotonic()
answer = held({attempt}, Patience({patience}))
children = open(f"/proc/self/task/{{os.getpid()}}/children").read()
print(answer, time.monotonic() - started < 10, children == "")
"""


@pytest.mark.parametrize(
    ("attempt", "patience", "holds"),
    [
        ("lambda: True", "9, 9", True),
        ("lambda: False", "9, 9", False),
        ("raises", "9, 9", False),
        ("exits", "9, 9", False),
        ("leaves", "9, 9", False),
        ("crashes", "9, 9", False),
        ("kills", "9, 9", False),
        ("starts", "9, 9", True),
        ("computes", "1, 90", False),
        ("waits", "90, 1", False),
    ],
)
def test_only_what_ends_well_holds_and_nothing_stays(attempt: str, patience: str, holds: bool) -> None:
    program = PROGRAM.format(attempt=attempt, patience=patience)
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == f"{holds} True True\n", done.stderr


def test_a_mutant_may_take_longer_than_the_note() -> None:
    assert Patience.with_one_that_took(1.0) == Patience(5.0, 15.0)
