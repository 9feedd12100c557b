"""The command without second seed and shapes, to measure what these cost. Arguments as of build.py.

Claims about shapes and the lens live in the processes that run the notes, so these get a worker of their own (plain_worker.py).
"""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager
from pathlib import Path

BENCH = Path(__file__).resolve().parent
sys.path[:0] = [str(BENCH.parent)]
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(BENCH), os.environ.get("PYTHONPATH"))))

from greenbed.check import pool, rounds  # noqa: E402 - below the path that they are found by
from greenbed.check.pool import Pool  # noqa: E402 - likewise


def borrowed(jobs: int, **options: bool | int) -> AbstractContextManager[Pool]:
    """Processes that look at no shapes."""
    return pool.borrowed(jobs, **options, worker="plain_worker")  # type: ignore[arg-type]  # passed on as they come


def main() -> int:
    """Build."""
    vars(rounds).update(borrowed=borrowed, hangs_on_seed=lambda record: False)
    import build

    return build.main()


if __name__ == "__main__":
    sys.exit(main())
