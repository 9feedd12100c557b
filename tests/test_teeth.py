"""--teeth as a user runs it, and what it prints."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath

from greenbed import teeth
from greenbed.model import Config, Survivor, Teeth
from tests.conftest import Project

FOUND = {
    PurePosixPath("bits/weak.md"): Teeth(
        4, 3, (Survivor(7, "y = a + b", "y = a - b"), Survivor(9, "x = x.T", "x = x", "it is symmetric"))
    ),
    PurePosixPath("bits/threads.md"): Teeth(0, 0, untried=2, hindrance="3 threads are running"),
    PurePosixPath("bits/words.md"): Teeth(0, 0),
}

WEAK = """\
---
title: Weak
---

A function.

```python
def double(x):
    return 2 * x


double(0)  # 0
```
"""
STRONG = """\
---
title: Strong
---

A function.

```python
def double(x):
    return 2 * x


double(4)  # 8
```
"""


def config(root: Path) -> Config:
    folders = {name: root / name for name in ("content", "templates", "static", "output", "cache")}
    return Config(root=root, **folders)


def test_the_text_has_a_line_for_each_note_and_every_survivor(tmp_path: Path) -> None:
    place = tmp_path / "content" / "bits" / "weak.md"
    assert teeth.as_text(FOUND, config(tmp_path)) == (
        "  bits/weak.md       3 of   4    75%\n"
        "  bits/threads.md    0 of   0         2 untried: 3 threads are running\n\n"
        f"{place}:7: survived\n"
        "      y = a + b\n"
        "    → y = a - b\n\n"
        f"{place}:9: equivalent\n"
        "      x = x.T\n"
        "    → x = x\n"
        "      since it is symmetric\n\n"
        "3 of 4 mutants noticed, 75.0%"
    )


def test_a_garden_without_mutants_has_no_share(tmp_path: Path) -> None:
    assert teeth.as_text({}, config(tmp_path)) == "no mutants"
    assert teeth.as_json({})["share"] is None


def test_an_annotation_is_a_notice_for_each_survivor_that_is_not_declared(tmp_path: Path) -> None:
    assert list(teeth.notices(FOUND, config(tmp_path))) == [
        "::notice file=content/bits/weak.md,line=7,title=survivor::no check notices: y = a + b → y = a - b"
    ]


def test_survivors_are_reported_and_do_not_fail_the_build(project: Project) -> None:
    built = project.write({"bits/weak.md": WEAK, "bits/strong.md": STRONG}).build("--teeth")
    assert built.code == 0
    found = built.report["teeth"]
    weak, strong = sorted(found["notes"], key=lambda note: -len(note["survivors"]))
    assert (weak["path"], strong["path"], strong["survivors"]) == ("bits/weak.md", "bits/strong.md", [])
    assert {"line": 9, "source": "return 2 * x", "mutant": "return 3 * x", "reason": ""} in weak["survivors"]
    assert found["mutants"] == weak["mutants"] + strong["mutants"]
    assert found["noticed"] == found["mutants"] - len(weak["survivors"])
    assert found["share"] == round(found["noticed"] / found["mutants"], 4)
    assert project.survivors() == []


def test_the_site_carries_the_score_from_then_on(project: Project) -> None:
    project.write({"bits/weak.md": WEAK})
    assert "teeth" not in project.build().report
    assert json.loads(project.build().page("verification.json"))["totals"]["teeth"] is None
    first = project.build("--teeth")
    written = first.page("verification.json")
    document = json.loads(written)
    (note,) = document["notes"]
    assert document["totals"]["teeth"] == {name: first.report["teeth"][name] for name in ("mutants", "noticed")}
    assert note["teeth"]["survivors"] == first.report["teeth"]["notes"][0]["survivors"]
    again = project.build("--teeth")
    assert (again.report["executed"], again.report["written"], again.report["teeth"]) == (0, 0, first.report["teeth"])
    project.write({"bits/weak.md": WEAK.replace("A function.", "Another text.")}).build()
    assert json.loads(project.build().page("verification.json"))["totals"] == document["totals"]


def test_a_score_that_was_found_without_publishing_is_published_later(project: Project) -> None:
    project.write({"bits/weak.md": WEAK}).build()
    project.build("--teeth", "--check")
    built = project.build()
    assert json.loads(built.page("verification.json"))["totals"]["teeth"]["mutants"] > 0


def test_only_what_is_selected_is_tried_and_told(project: Project) -> None:
    built = project.write({"bits/weak.md": WEAK, "bits/strong.md": STRONG}).build("--teeth", "--only", "bits/strong.md")
    assert [note["path"] for note in built.report["teeth"]["notes"]] == ["bits/strong.md"]
    assert not project.site.exists()


def test_the_text_of_a_build_ends_with_the_share(project: Project) -> None:
    built = project.write({"bits/strong.md": STRONG}).build("--teeth", form="text")
    *_, table, share = built.stdout.rstrip().split("\n\n")
    assert table.startswith("  bits/strong.md")
    assert share.endswith("mutants noticed, 100.0%")


def test_a_declared_mutant_is_told_with_its_reason(project: Project) -> None:
    entries = '  - mutant: "return 3 * x"\n    reason: nobody looks\n  - mutant: return x\n    reason: it was removed\n'
    declared = f"title: Weak\nequivalent:\n{entries}"
    built = project.write({"bits/weak.md": WEAK.replace("title: Weak\n", declared)}).build("--teeth")
    (note,) = built.report["teeth"]["notes"]
    assert {one["reason"] for one in note["survivors"] if one["mutant"] == "return 3 * x"} == {"nobody looks"}
    assert built.problems == [("bits/weak.md", 6, "idle-equivalent")]
    assert built.code == 0


def test_a_preview_tries_no_mutants(project: Project) -> None:
    built = project.write({"bits/weak.md": WEAK}).build("--teeth", "--serve", form="text")
    assert (built.code, "leave --teeth out" in built.stderr) == (2, True)
