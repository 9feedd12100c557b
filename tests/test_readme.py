"""The README's examples do what it says."""

from __future__ import annotations

import re

from tests.conftest import ROOT, Project

README = (ROOT / "README.md").read_text(encoding="utf-8")
NOTE, FACT = re.findall(r"^````markdown\n(.*?)^````$", README, flags=re.MULTILINE | re.DOTALL)


def garden(project: Project) -> Project:
    return project.write(
        {
            "bits/mean.md": NOTE,
            "bits/covariance-matrix.md": "# Covariance\n",
            "cheatsheets/shapes/strides.md": "# Strides\n\n" + FACT,
        }
    )


def test_the_note_and_the_fact_are_verified_as_they_stand(project: Project) -> None:
    built = garden(project).build("--strict")
    assert (built.code, built.report["problems"]) == (0, [])
    assert built.report["snippets"]["verified"] == built.report["snippets"]["found"] == 4
    assert (built.report["facts"], built.report["terms"]) == (1, 1)


def test_the_problem_is_said_as_shown(project: Project) -> None:
    shown = re.search(r"^```text\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)
    assert shown is not None
    garden(project).write({"bits/mean.md": NOTE.replace("# tensor(3.)", "# tensor(4.)")})
    told = project.build(form="text").stdout
    for line in shown[1].splitlines():
        assert line in told
