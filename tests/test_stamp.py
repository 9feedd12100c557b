"""The stamp: nothing changed means nothing to do, and anything changed is noticed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from greenbed import stamp
from greenbed.model import Artifact, Code, Config, Problem, Report, Severity
from greenbed.show.publish import publish

REPORT = Report(
    notes=1,
    chapters=0,
    facts=0,
    terms=0,
    pages=1,
    written=1,
    snippets={"found": 3, "verified": 2, "runs": 0, "skipped": 1, "not_run": 0, "failed": 0},
    checks=4,
    executed=2,
    cached=0,
    seconds={"read": 0.5},
    problems=(Problem("a.md", 1, Code.UNPROVEN, "no claim", severity=Severity.WARNING),),
    ok=True,
)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A garden that has just been built and stamped."""
    folders = {name: tmp_path / name for name in ("content", "templates", "static", "output", "cache")}
    for name in ("content", "templates", "static"):
        folders[name].mkdir()
    (folders["content"] / "a.md").write_text("hello")
    config = Config(root=tmp_path, **folders)
    publish([Artifact(PurePosixPath("index.html"), b"hello")], config)
    read = tmp_path / "read.csv"
    read.write_text("1,2")
    stamp.keep(config, REPORT, [str(read)], stamp.fingerprint(config))
    return config


def test_nothing_changed_gives_the_report_again_with_nothing_done(config: Config) -> None:
    report = stamp.unchanged(config)
    assert report is not None
    assert (report.written, report.executed, report.cached) == (0, 0, 2)
    assert (report.notes, report.checks, report.problems) == (1, 4, REPORT.problems)


@pytest.mark.parametrize(
    "path", ["content/a.md", "content/new.md", "templates/base.html", "static/css/a.css", "read.csv", "output/index.html"]
)
def test_a_changed_file_is_noticed(config: Config, path: str) -> None:
    file = config.root / path
    file.parent.mkdir(exist_ok=True)
    file.write_text("changed")
    assert stamp.unchanged(config) is None


@pytest.mark.parametrize("path", ["content/a.md", "read.csv", "output/index.html"])
def test_a_removed_file_is_noticed(config: Config, path: str) -> None:
    (config.root / path).unlink()
    assert stamp.unchanged(config) is None


def test_a_changed_setting_is_noticed(config: Config) -> None:
    assert stamp.unchanged(replace(config, title="other")) is None
    assert stamp.unchanged(replace(config, strict=True)) is None
    assert stamp.unchanged(replace(config, jobs=9)) is not None


def test_no_cache_and_only_look_at_everything(config: Config) -> None:
    assert stamp.unchanged(replace(config, use_cache=False)) is None
    assert stamp.unchanged(replace(config, only=("*",))) is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"inputs": 1}', '{"inputs": "", "reads": {}, "report": {"ok": true}}'])
def test_a_damaged_stamp_is_no_stamp(config: Config, text: str) -> None:
    stamp.stamp_file(config).write_text(text)
    assert stamp.unchanged(config) is None


def test_without_a_place_for_the_stamp_nothing_is_remembered(config: Config) -> None:
    blocked = replace(config, cache=config.content / "a.md")
    stamp.keep(blocked, REPORT, [], "x")
    assert stamp.unchanged(blocked) is None
