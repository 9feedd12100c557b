"""How problems are said: terminal, JSON, annotations."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from greenbed import problems
from greenbed.model import Code, Config, Problem, Severity


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content/bits").mkdir(parents=True)
    (tmp_path / "content/bits/relu.md").write_text("---\ntitle: ReLU\n\ttag: x\n---\n", encoding="utf-8")
    folders = {name: tmp_path / name for name in ("content", "templates", "static", "output", "cache")}
    return Config(root=tmp_path, **folders)


PROBLEM = Problem(
    path="bits/relu.md", line=3, column=2, code=Code.UNKNOWN_KEY, message='unknown key "tag"', hint='write "tags"'
)


def test_the_terminal_shows_place_source_line_caret_and_hint(config: Config) -> None:
    assert problems.describe(PROBLEM, config).splitlines() == [
        'content/bits/relu.md:3:2: error: unknown key "tag" [unknown-key]',
        "    3 | \ttag: x",
        "      | \t^",
        '      hint: write "tags"',
    ]


def test_a_line_that_does_not_exist_has_no_excerpt(config: Config) -> None:
    assert len(problems.describe(replace(PROBLEM, line=99), config).splitlines()) == 2


def test_without_a_column_the_caret_stands_under_the_first_character(config: Config) -> None:
    assert problems.describe(replace(PROBLEM, column=1), config).splitlines()[2] == "      | \t^"


def test_evidence_stands_between_excerpt_and_hint(config: Config) -> None:
    told = problems.describe(replace(PROBLEM, detail="want 1\ngot  2"), config).splitlines()
    assert told[3:5] == ["      want 1", "      got  2"]


def test_an_annotation_is_one_line_with_escapes(config: Config) -> None:
    told = problems.annotation(replace(PROBLEM, message="50 %: a,b", detail="x\ny", severity=Severity.WARNING), config)
    assert told == (
        '::warning file=content/bits/relu.md,line=3,col=2,title=unknown-key::50 %25: a,b%0Ax%0Ay%0Ahint: write "tags"'
    )


def test_problems_are_sorted_by_file_and_line_and_said_once() -> None:
    late, early = replace(PROBLEM, line=9), replace(PROBLEM, line=2)
    other = replace(PROBLEM, path="bits/a.md", line=50)
    assert problems.arrange([late, early, late, other], strict=False) == (other, early, late)


def test_strict_makes_warnings_errors() -> None:
    warning = replace(PROBLEM, severity=Severity.WARNING)
    assert not problems.has_errors(problems.arrange([warning], strict=False))
    assert problems.has_errors(problems.arrange([warning], strict=True))


def test_strict_leaves_notes_to_the_author_alone(config: Config) -> None:
    note = replace(PROBLEM, severity=Severity.NOTE)
    assert problems.arrange([note], strict=True) == (note,)
    assert not problems.has_errors([note])
    assert problems.annotation(note, config).startswith("::notice file=content/bits/relu.md,line=3,")


def test_json_and_back() -> None:
    assert problems.from_json(problems.as_json(PROBLEM)) == PROBLEM
