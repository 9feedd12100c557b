"""A small driver: make a garden in a folder from {path: text}, run the real command on it, look at what came out."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # a shell lets what it starts in the background ignore Ctrl-C, and so would every command that is tested
    signal.signal(signal.SIGINT, signal.default_int_handler)


@dataclass
class Built:
    """One run of the command."""

    code: int
    stdout: str
    stderr: str
    site: Path

    @cached_property
    def report(self) -> dict[str, Any]:
        """The JSON document on stdout; the whole of it is one."""
        document = json.loads(self.stdout)
        assert isinstance(document, dict)
        return document

    @property
    def problems(self) -> list[tuple[str, int, str]]:
        """(path, line, code) of each problem."""
        return [(problem["path"], problem["line"], problem["code"]) for problem in self.report["problems"]]

    def problem(self, code: str) -> dict[str, Any]:
        """The only problem with this code."""
        (found,) = (problem for problem in self.report["problems"] if problem["code"] == code)
        assert isinstance(found, dict)
        return found

    def page(self, path: str) -> str:
        """The text of a file of the site."""
        return (self.site / path).read_text(encoding="utf-8")


@dataclass
class Project:
    """A garden in a folder of its own, built with the repository's command, templates and static files."""

    folder: Path
    options: list[str] = field(default_factory=list)
    mark: str = field(default_factory=lambda: uuid.uuid4().hex)
    """Inherited by every process that a build starts: what still carries it later was left behind."""

    @property
    def content(self) -> Path:
        return self.folder / "content"

    @property
    def site(self) -> Path:
        return self.folder / "site"

    @property
    def cache(self) -> Path:
        return self.folder / "cache"

    def write(self, files: Mapping[str, str | bytes]) -> Project:
        """Add or replace files below content."""
        for path, text in files.items():
            file = self.content / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return self

    def command(self, *arguments: str) -> list[str]:
        """The command line of a build."""
        places = ["--content", str(self.content), "--output", str(self.site), "--cache", str(self.cache)]
        return [sys.executable, str(ROOT / "build.py"), *places, *self.options, *arguments]

    def build(self, *arguments: str, form: str = "json", env: Mapping[str, str] | None = None, seconds: float = 120) -> Built:
        """Run the command to its end."""
        done = subprocess.run(
            self.command("--format", form, *arguments),
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds,
            env=self.environment(env),
            cwd=self.folder,
        )
        return Built(done.returncode, done.stdout, done.stderr, self.site)

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """The environment of a build, with the mark."""
        return {**os.environ, "GREENBED_TEST_MARK": self.mark, **(more or {})}

    def survivors(self, seconds: float = 1.0) -> list[str]:
        """Command lines of processes that builds of this garden started and that are still there after a moment."""
        until = time.monotonic() + seconds
        while True:
            found = [command for place in Path("/proc").iterdir() if (command := marked(place, self.mark.encode())) is not None]
            if not found or time.monotonic() > until:
                return found
            time.sleep(0.02)

    def snapshot(self) -> dict[str, tuple[bytes, int]]:
        """Every file of the site: bytes and time of change."""
        files = (file for file in sorted(self.site.rglob("*")) if file.is_file())
        return {str(file.relative_to(self.site)): (file.read_bytes(), file.stat().st_mtime_ns) for file in files}


def marked(place: Path, mark: bytes) -> str | None:
    """The command line of a process whose environment carries the mark; zombies have none."""
    try:
        if place.name.isdigit() and mark in (place / "environ").read_bytes():
            return (place / "cmdline").read_text(errors="replace").replace("\0", " ")
    except OSError:
        pass
    return None


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty garden."""
    (tmp_path / "content").mkdir()
    return Project(tmp_path)


def build_own_garden(folder: Path, *arguments: str) -> Built:
    """The repository's own content in a folder of its own, with the verdicts that are known to it already."""
    known = ("--content", str(ROOT / "content"), "--cache", str(ROOT / ".cache"))
    return Project(folder).build(*known, *arguments, seconds=300)
