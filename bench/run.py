"""Measure greenbed against its peers, in paired runs. `python bench/run.py [--notes 1000] [--pairs 3]`

Machines are noisy and differ: what counts is the ratio within a pair, run one right after the other, and the median of the
ratios. Seconds are printed for orientation only. Whole processes are timed: CPU is user + system of the process and all its
children, wall is from start to exit.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from notes import write_notes

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Run:
    """One timed process."""

    wall: float  # seconds
    cpu: float  # seconds, children included


def timed(command: Sequence[str | Path], folder: Path, packages: Path | None = None) -> Run:
    """Run a command to its end, with a folder of packages before the installed ones; one that fails ends the benchmark."""
    environment = {**os.environ, **({"PYTHONPATH": str(packages)} if packages else {})}
    before, started = os.times(), time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)
    wall, after = time.perf_counter() - started, os.times()
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    cpu = after.children_user - before.children_user + after.children_system - before.children_system
    return Run(wall, cpu)


def build(folder: Path, *more: str) -> list[str | Path]:
    """The command that builds the notes of a folder."""
    places = ["--content", folder / "content", "--output", folder / "site", "--cache", folder / "cache"]
    return [sys.executable, ROOT / "build.py", *places, *more]


def forget(folder: Path, *, verdicts: bool) -> None:
    """Make the next build cold: no site, no stamp, and no verdicts either if asked."""
    shutil.rmtree(folder / "site", ignore_errors=True)
    for file in (folder / "cache").glob("*" if verdicts else "stamp-*"):
        shutil.rmtree(file) if file.is_dir() else file.unlink()


def median(values: Sequence[float]) -> str:
    """Median with the range."""
    return f"{statistics.median(values):.3g} ({min(values):.3g} to {max(values):.3g})"


def compare(title: str, pairs: int, one: Callable[[], Run], other: Callable[[], Run], *, cpu: bool = True) -> None:
    """Print the ratios of two commands that are run in turn."""
    runs = [(one(), other()) for _ in range(pairs)]
    print(f"\n{title}")
    for name in ("wall", "cpu") if cpu else ("wall",):
        ours, theirs = ([getattr(run[side], name) for run in runs] for side in (0, 1))
        ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
        print(f"  {name}: ratio {median(ratios)}; {median(ours)} s against {median(theirs)} s")


def cold(folder: Path, notes: int, pairs: int) -> None:
    """A cold build with the snippets cached, against a bare loop over the same notes."""
    write_notes(folder / "content", notes)
    sizes = [file.stat().st_size for file in (folder / "content").rglob("*.md")]
    print(f"{notes} notes of {statistics.mean(sizes) / 1000:.1f} KB, 2 snippets, 5 formulas; {os.cpu_count()} processors")
    first = timed(build(folder), folder)
    print(f"  first build, all snippets executed: {first.wall:.2f} s wall")

    def ours() -> Run:
        forget(folder, verdicts=False)
        return timed(build(folder), folder)

    def bare() -> Run:
        shutil.rmtree(folder / "bare", ignore_errors=True)
        return timed([sys.executable, ROOT / "bench/bare.py", folder / "content", folder / "bare"], folder)

    compare("cold build, snippets cached, against a bare loop", pairs, ours, bare)


def nothing_changed(folder: Path, pairs: int) -> None:
    """A build after which nothing has changed, against starting the interpreter."""
    timed(build(folder), folder)

    def ours() -> Run:
        return timed(build(folder), folder)

    compare("nothing changed, against `python -c pass`", pairs, ours, lambda: timed([sys.executable, "-c", "pass"], folder))


def growth(folder: Path, notes: int) -> None:
    """Ten times the notes, snippets cached, against the same notes once: the ratio is 10 when the build is linear."""
    runs = {}
    for count in (notes, 10 * notes):
        garden = folder / f"growth-{count}"
        write_notes(garden / "content", count, snippets=0)
        runs[count] = timed(build(garden), garden)
    small, large = runs.values()
    print(f"\ngrowth from {notes} to {10 * notes} notes without snippets: {large.wall / small.wall:.2f} times the wall time")


def executed(folder: Path, pairs: int) -> None:
    """600 snippets in 200 notes, cold, against pytest-markdown-docs on the same notes, which isolates nothing."""
    write_notes(folder / "content", 200, snippets=3)
    packages = folder / "packages"  # apart from ours: it asks for an older markdown-it-py
    timed([sys.executable, "-m", "pip", "install", "-q", "--target", packages, "pytest-markdown-docs"], folder)
    peer = [sys.executable, "-m", "pytest", "--markdown-docs", "-q", "-p", "no:cacheprovider", folder / "content"]

    def ours() -> Run:
        forget(folder, verdicts=True)
        return timed(build(folder, "--check"), folder)

    # The processes of notes are ended by the kernel with their namespace, and nobody is told what CPU time they took.
    title = "600 snippets in 200 notes, against pytest-markdown-docs"
    compare(title, pairs, ours, lambda: timed(peer, folder, packages), cpu=False)


def proven(folder: Path, pairs: int) -> None:
    """This repository's own garden, cold, against the same without second seed and shapes."""

    def garden(command: Path) -> Run:
        forget(folder, verdicts=True)
        places = ["--output", folder / "site", "--cache", folder / "cache"]
        return timed([sys.executable, command, *places], ROOT)

    title = "the garden, cold, against the same without second seed and shapes"
    compare(title, pairs, lambda: garden(ROOT / "build.py"), lambda: garden(ROOT / "bench/plain.py"), cpu=False)


def main() -> None:
    """Run the chosen measurements in a temporary folder."""
    parser = argparse.ArgumentParser(description="Measure greenbed against its peers, in paired runs.")
    parser.add_argument("--notes", type=int, default=1000)
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--growth", action="store_true", help="also build ten times as many notes")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="greenbed-bench-") as name:
        folder = Path(name)
        cold(folder / "cold", options.notes, options.pairs)
        nothing_changed(folder / "cold", options.pairs)
        executed(folder / "executed", options.pairs)
        proven(folder / "proven", options.pairs)
        if options.growth:
            growth(folder, options.notes)


if __name__ == "__main__":
    main()
