"""Memory gathered into huge pages: as much as the kernel says, and only there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1])
from greenbed.check.supervision.hugepages import gather

def huge():
    return next(int(line.split()[1]) for line in open("/proc/self/smaps_rollup") if line.startswith("AnonHugePages"))

kept = [bytes([number % 251]) * 1000 for number in range(64_000)]
before = huge()
gathered = gather()
print(gathered, huge() - before, kept == [bytes([number % 251]) * 1000 for number in range(64_000)])
"""


def test_what_is_gathered_is_huge_afterwards_and_holds_the_same() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM, str(ROOT)], capture_output=True, text=True, check=True)
    found = re.fullmatch(r"(\d+) (\d+) True\n", done.stdout)
    assert found is not None
    assert (int(found[1]) > 0) == (int(found[2]) > 0)
