"""The command as a user runs it: exit codes, the report, what is rewritten, any folder of Markdown."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import Built, Project

GARDEN = {
    "bits/mean.md": """\
---
title: The mean
tags: [statistics]
created: 2026-01-02
---

The [arithmetic mean (AM)]{.term} is the sum divided by the count. See [[sum|the sum]].

```python
import torch

x = torch.tensor([1.0, 2.0, 6.0])
x.mean()  # tensor(3.)
```

```python check
assert x.numel() == 3
```

```python skip="needs two GPUs"
x.to("cuda:1")
```
""",
    "bits/sum.md": "# The sum\n\n$\\sum_i x_i$\n\n```python\nprint(1 + 2)\n```\n\n```output\n3\n```\n",
    "chapters/first.md": "# First\n\n```python\nimport torch\ntorch.ones(2).sum()  # tensor(2.)\n```\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Built]:
    """A garden that has been built once; tests that change it copy it first."""
    project = Project(tmp_path_factory.mktemp("garden")).write(GARDEN)
    return project, project.build()


@pytest.fixture
def project_again(built: tuple[Project, Built], tmp_path: Path) -> Project:
    """A copy of the built garden with its site, cache and times."""
    shutil.copytree(built[0].folder, tmp_path / "copy", copy_function=shutil.copy2)
    return Project(tmp_path / "copy")


def test_a_clean_garden_is_published_and_every_snippet_accounted_for(built: tuple[Project, Built]) -> None:
    project, first = built
    report = first.report
    assert (first.code, report["ok"], report["problems"]) == (0, True, [])
    assert report["snippets"] == {"found": 5, "verified": 4, "runs": 0, "skipped": 1, "not_run": 0, "failed": 0}
    assert (report["notes"], report["chapters"], report["terms"], report["checks"]) == (3, 1, 1, 4)
    assert (report["executed"], report["cached"]) == (4, 0)
    assert report["written"] == len(project.snapshot()) - 1
    for page in (
        "index",
        "bits/mean/index",
        "bits/sum/index",
        "chapters/first/index",
        "glossary/index",
        "verified/index",
        "404",
    ):
        assert "<h1" in first.page(f"{page}.html")


def test_the_report_has_exactly_the_members_that_scripts_rely_on(built: tuple[Project, Built]) -> None:
    report = built[1].report
    assert list(report) == [
        *("ok", "notes", "chapters", "facts", "terms", "pages", "written"),
        *("snippets", "checks", "executed", "cached", "seconds", "problems"),
    ]
    assert set(report["seconds"]) == {"read", "check", "link", "render", "publish"}


def test_the_second_build_runs_nothing_and_writes_nothing(project_again: Project) -> None:
    first = project_again.build()
    before = project_again.snapshot()
    second = project_again.build()
    for again in (first, second):
        assert (again.code, again.report["executed"], again.report["cached"]) == (0, 0, 4)
    assert second.report["written"] == 0
    assert project_again.snapshot() == before


def test_prose_changed_runs_nothing_and_rewrites_only_what_differs(project_again: Project) -> None:
    project_again.build()
    before = project_again.snapshot()
    project_again.write({"bits/sum.md": GARDEN["bits/sum.md"] + "\nMore prose.\n"})
    built = project_again.build()
    after = project_again.snapshot()
    changed = {path for path in after if after[path] != before.get(path)}
    assert built.report["executed"] == 0
    assert "bits/sum/index.html" in changed
    assert "chapters/first/index.html" not in changed
    removed = before.keys() - after.keys()  # search files of other content
    assert built.report["written"] == len((changed | removed) - {".greenbed-manifest.json"})


def test_a_wrong_expected_value_stops_publication(project_again: Project) -> None:
    before = project_again.snapshot()
    project_again.write({"bits/mean.md": GARDEN["bits/mean.md"].replace("tensor(3.)", "tensor(4.)")})
    built = project_again.build(form="text")
    assert built.code == 1
    assert "content/bits/mean.md:13" in built.stdout
    assert re.search(r"want\W+tensor\(4\.\)", built.stdout)
    assert re.search(r"got\W+tensor\(3\.\)", built.stdout)
    assert project_again.snapshot() == before


def test_check_runs_everything_and_writes_nothing(project: Project) -> None:
    built = project.write({"a.md": "```python\n1 + 1  # 2\n```\n"}).build("--check")
    assert (built.code, built.report["snippets"]["verified"], built.report["written"]) == (0, 1, 0)
    assert not project.site.exists()


def test_only_runs_those_notes_and_never_publishes(project: Project) -> None:
    project.write({"a.md": "```python\n1 + 1  # 2\n```\n", "b.md": "```python\n1 + 1  # 3\n```\n"})
    built = project.build("--only", "a.md")
    assert (built.code, built.report["executed"]) == (0, 1)
    assert built.report["snippets"] == {"found": 2, "verified": 1, "runs": 0, "skipped": 0, "not_run": 1, "failed": 0}
    assert not project.site.exists()


def test_only_a_note_that_does_not_exist_is_wrong_use(project: Project) -> None:
    done = project.write({"a.md": "# A\n"}).build("--only", "b.md")
    assert done.code == 2
    assert '--only "b.md" matches no note' in done.stderr


def test_a_file_that_a_snippet_read_is_looked_at_again(project: Project, tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("7")
    project.write({"a.md": f"```python\nopen({str(outside)!r}).read()  # '7'\n```\n"})
    assert project.build().report["executed"] == 1
    assert project.build().report["executed"] == 0
    outside.write_text("8")
    changed = project.build()
    assert (changed.code, changed.problems) == (1, [("a.md", 2, "mismatch")])


def test_any_folder_of_markdown_is_a_garden(project: Project) -> None:
    project.write(
        {
            "README.md": "Hello **there**.\n\n```sh\nrm -rf nothing\n```\n",
            "deep/er/notes.md": "# Notes one\n\n[up](../../README.md)\n",
            "deep/notes.md": "# Notes two\n\n- a\n\n  ~~~py\n  print(6 * 7)  # 42\n  ~~~\n",
            "notes.md": "no heading at all\n",
            "chapters/notes.md": "# Notes four\n",
        }
    )
    built = project.build()
    assert (built.code, built.report["notes"], built.report["snippets"]["verified"]) == (0, 5, 1)


def test_equal_inputs_give_equal_bytes(project: Project, tmp_path: Path) -> None:
    project.write(GARDEN).build()
    other = Project(tmp_path / "other")
    shutil.copytree(project.content, other.content)
    built = other.build("--cache", str(project.cache))
    assert built.report["executed"] == 0
    pages = {path: content for path, (content, _) in project.snapshot().items() if path != ".greenbed-manifest.json"}
    assert pages == {path: content for path, (content, _) in other.snapshot().items() if path != ".greenbed-manifest.json"}


def test_two_cold_builds_differ_in_nothing_but_seconds_and_date(project: Project, tmp_path: Path) -> None:
    project.write(GARDEN).build("--no-cache", env={"SOURCE_DATE_EPOCH": "1700000000"})
    other = Project(tmp_path / "other")
    shutil.copytree(project.content, other.content)
    other.build("--no-cache", env={"SOURCE_DATE_EPOCH": "1700000000"})

    def timeless(site: dict[str, tuple[bytes, int]]) -> dict[str, str]:
        texts = {path: content.decode("latin-1") for path, (content, _) in site.items() if path != ".greenbed-manifest.json"}
        measured = re.compile(r"(?:&lt; )?\d+(?:\.\d+)? s\b|\"seconds\": [\d.e-]+|(?<=>)\d+\.\d{3}(?=</td>)")
        return {path: measured.sub("T", text) for path, text in texts.items()}

    assert "2023-11-14" in project.snapshot()["verification.json"][0].decode()
    assert timeless(project.snapshot()) == timeless(other.snapshot())


def test_wrong_use_is_exit_code_2(project: Project) -> None:
    assert project.build("--nonsense").code == 2
    assert project.build("--content", str(project.folder / "nowhere")).code == 2
    project.site.mkdir()
    (project.site / "thesis.txt").write_text("mine")
    refused = project.write(GARDEN).build()
    assert refused.code == 2
    assert "holds files that greenbed did not make" in refused.stderr
    assert [file.name for file in project.site.iterdir()] == ["thesis.txt"]


def test_a_package_that_is_not_installed_is_named(project: Project) -> None:
    project.write({"a.md": "# A\n"})
    done = subprocess.run([sys.executable, "-S", *project.command()[1:]], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert re.fullmatch(r'build\.py: the package "\w+" is not installed: python -m pip install -e \.\n', done.stderr)


def test_ctrl_c_ends_at_once_and_leaves_nothing(project_again: Project) -> None:
    before = project_again.snapshot()
    project_again.write({"slow.md": "```python\nimport time\nopen('started', 'w')\ntime.sleep(60)\n1  # 1\n```\n"})
    running = subprocess.Popen(
        project_again.command(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=project_again.environment()
    )
    time.sleep(5)
    sent = time.monotonic()
    running.send_signal(signal.SIGINT)
    _, stderr = running.communicate(timeout=30)
    assert running.returncode == 130
    assert time.monotonic() - sent < 3
    assert "interrupted" in stderr
    assert "Traceback" not in stderr
    assert project_again.survivors() == []
    assert project_again.snapshot() == before


def test_a_killed_build_leaves_the_site_and_no_process(project_again: Project) -> None:
    before = project_again.snapshot()
    project_again.write({"slow.md": "```python\nimport time\ntime.sleep(60)\n1  # 1\n```\n"})
    running = subprocess.Popen(project_again.command(), stdout=subprocess.DEVNULL, env=project_again.environment())
    time.sleep(5)
    running.kill()
    running.wait()
    assert project_again.survivors() == []
    assert project_again.snapshot() == before


def test_two_builds_at_once_share_the_cache(project: Project) -> None:
    project.write({f"note{n}.md": f"```python\n{n} + 1  # {n + 1}\n```\n" for n in range(12)})
    command = [*project.command("--format", "json"), "--output"]
    running = [
        subprocess.Popen([*command, str(project.folder / f"site{n}")], stdout=subprocess.PIPE, text=True) for n in range(2)
    ]
    reports = [json.loads(process.communicate(timeout=120)[0]) for process in running]
    assert [report["ok"] for report in reports] == [True, True]
    assert project.build().report["executed"] == 0


def test_a_damaged_cache_costs_time_and_nothing_else(project: Project) -> None:
    project.write({"a.md": "```python\n1 + 1  # 2\n```\n"}).build()
    for file in project.cache.rglob("*"):
        if file.is_file():
            file.write_bytes(b"garbage" * 100)
    built = project.build()
    assert (built.code, built.report["executed"]) == (0, 1)
    assert {code for _, _, code in built.problems} <= {"cache-damaged"}


def test_output_in_colour_only_where_it_is_wanted(project: Project) -> None:
    project.write({"a.md": "[[nowhere]]\n"})
    assert "\033[" not in project.build(form="text").stdout
    assert "\033[" in project.build(form="text", env={"FORCE_COLOR": "1"}).stdout
    assert "\033[" not in project.build(form="text", env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).stdout


def test_github_annotations_name_file_and_line(project: Project) -> None:
    built = project.write({"a.md": "# A\n\n[[nowhere]]\n"}).build(form="github")
    assert re.search(r"^::error file=.*content/a\.md,line=3,col=1,title=dead-link::", built.stdout, flags=re.MULTILINE)
