"""Whole small gardens, one folder for each way to fail: every problem at its line, nothing published, the old site untouched.

`problems.txt` of a garden lists `path:line: code` and optionally a text that message or hint must hold. Snippets are not the
matter here (tests/check/), so that most of these builds start no torch.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import Project

GARDENS = Path(__file__).parent / "gardens"


def expected(garden: Path) -> list[tuple[str, int, str, str]]:
    """(path, line, code, text) of each line of problems.txt."""
    lines = (garden / "problems.txt").read_text(encoding="utf-8").splitlines()
    parts = [(*line.split(":", 3), "")[:4] for line in lines]
    return [(path, int(line), code.strip(), text.strip()) for path, line, code, text in parts]


@pytest.mark.parametrize(
    "garden", sorted(file.parent for file in GARDENS.glob("*/problems.txt")), ids=lambda garden: garden.name
)
def test_every_problem_is_reported_and_nothing_is_published(garden: Path, project: Project) -> None:
    assert project.write({"index.md": "# Before\n"}).build().code == 0
    before = project.snapshot()
    shutil.rmtree(project.content)
    shutil.copytree(garden, project.content, ignore=shutil.ignore_patterns("problems.txt"))

    built = project.build("--strict")

    wanted = expected(garden)
    assert sorted(built.problems) == sorted(problem[:3] for problem in wanted)
    assert built.code == 1
    assert project.snapshot() == before
    assert "Traceback" not in built.stdout + built.stderr
    for path, line, code, text in wanted:
        told = [p for p in built.report["problems"] if (p["path"], p["line"], p["code"]) == (path, line, code)]
        assert any(text in problem["message"] + " " + problem["hint"] for problem in told)
        assert all(problem["message"] and problem["hint"] for problem in told)


def test_the_garden_of_lies_told_truly_is_published(project: Project) -> None:
    lies, truths = GARDENS / "lies", GARDENS / "truths"
    notes = [file.relative_to(truths) for file in truths.rglob("*.md")]
    assert sorted(notes) == sorted(file.relative_to(lies) for file in lies.rglob("*.md"))
    for note in notes:  # each lie is mended by few words: it is the lie that is reported, and nothing around it
        assert (lies / note).read_text(encoding="utf-8") != (truths / note).read_text(encoding="utf-8")
    shutil.copytree(truths, project.content, dirs_exist_ok=True)

    built = project.build("--strict")

    assert built.problems == []
    assert built.code == 0
    assert built.report["snippets"]["verified"] == built.report["snippets"]["found"]


def test_an_empty_content_folder_is_a_problem(project: Project) -> None:
    built = project.build()
    assert built.code == 1
    assert built.problems == [(".", 1, "empty-content")]
    assert not project.site.exists()


def test_a_missing_template_is_a_problem(project: Project) -> None:
    (project.folder / "templates").mkdir()
    built = project.write({"a.md": "# A\n"}).build("--templates", str(project.folder / "templates"))
    assert built.code == 1
    assert {code for _, _, code in built.problems} == {"template"}
    assert not project.site.exists()


def test_warnings_alone_do_not_stop_publication(project: Project) -> None:
    built = project.write({"bits/a.md": "---\ntitle: A\ntag: [x]\n---\n\nBody.\n"}).build()
    assert built.code == 0
    assert built.problem("unknown-key")["severity"] == "warning"
    assert "A" in built.page("bits/a/index.html")
