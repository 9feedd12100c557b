"""Terms that a chapter uses before they are introduced in reading order."""

from __future__ import annotations

from pathlib import Path

from greenbed.model import Code, Problem, Severity
from tests.show.growing import grow

LATER = {"chapters/2-later.md": "# Later\n\nA [gate]{.term} is a factor.\n"}


def early(folder: Path, text: str, **more: str) -> list[Problem]:
    """The notes to the author about a chapter with this text, before the one that introduces "gate"."""
    grown = grow(folder, {**LATER, "chapters/1-sooner.md": text, **more})
    assert all(problem.code is Code.USED_BEFORE_DEFINED for problem in grown.problems)
    return list(grown.problems)


def test_the_first_use_is_told_with_its_line_and_where_the_term_is_introduced(tmp_path: Path) -> None:
    text = "---\ntags: [a]\n---\n\n# Sooner\n\n## A gate\n\nThe code `gate` and\n*two*\nGates, then a gate.\n\nA gate.\n"
    assert early(tmp_path, text) == [
        Problem(
            "chapters/1-sooner.md",
            11,
            Code.USED_BEFORE_DEFINED,
            '"Gates" is used here, but introduced later in reading order: chapters/2-later.md:3',
            "introduce it here or earlier with [gate]{.term}, or link to the note that does",
            severity=Severity.NOTE,
        )
    ]


def test_each_chapter_and_each_term_is_told_once(tmp_path: Path) -> None:
    sheet = {"cheatsheets/p/a.md": "# A\n\nA [logit]{.term} is a score.\n", "chapters/1-then.md": "# Then\n\nGates.\n"}
    found = early(tmp_path, "# Sooner\n\nA gate of logits. A gate. A logit.\n", **sheet)
    assert [(problem.path, problem.message.split('"')[1]) for problem in found] == [
        ("chapters/1-sooner.md", "gate"),
        ("chapters/1-sooner.md", "logits"),
        ("chapters/1-then.md", "Gates"),
    ]


def test_a_link_to_the_introduction_shows_the_way(tmp_path: Path) -> None:
    assert early(tmp_path, "# Sooner\n\nA [gate](2-later.md) is a gate.\n") == []
    assert early(tmp_path, "# Sooner\n\nSee [[2-later]].\n\nA gate.\n") == []
    assert [problem.line for problem in early(tmp_path, "# Sooner\n\nA gate.\n\nSee [[2-later]].\n")] == [3]


def test_bits_come_first_and_may_use_any_term(tmp_path: Path) -> None:
    assert early(tmp_path, "# Sooner\n\nA gate.\n", **{"bits/a.md": "# A\n\nA [gate]{.term} is.\n"}) == []
    assert early(tmp_path, "# Sooner\n\nNothing.\n", **{"bits/a.md": "# A\n\nThe gate.\n"}) == []


def test_a_term_may_be_used_in_the_chapter_that_introduces_it(tmp_path: Path) -> None:
    assert early(tmp_path, "# Sooner\n\nA logit. A [logit]{.term} is.\n") == []
