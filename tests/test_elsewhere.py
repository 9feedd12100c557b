"""The garden's code away from the garden: without its checks, as scripts and as notebooks, each in a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import warnings
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from greenbed.model import Role
from greenbed.pipeline import read
from greenbed.read.discover import discover
from tests.conftest import ROOT, Built, Project, build_own_garden
from tests.show.growing import config_in

CONTENT = ROOT / "content"
NOTES = sorted(path.relative_to(CONTENT).with_suffix("").as_posix() for path in CONTENT.glob("[bc][ih][ta]*/*.md"))
SAMPLE = (
    "bits/contiguous-after-transpose",
    "bits/dataclass",
    "bits/kv-cache",
    "bits/seed-everything",
    "bits/rope-rotation",
    "chapters/backprop-by-hand",
)
LITERAL = re.compile(r"<!-- = .*? -->", re.DOTALL)
ALL = "GREENBED_ALL_SCRIPTS"  # set it to run the scripts and notebooks of all notes: minutes, since each imports torch
NOTEBOOKS = ("bits/dataclass", "bits/rope-rotation")  # of the sample: a kernel costs seconds


def without_checks(project: Project) -> Project:
    """The repository's content without its check fences, and without the literals of its prose, which may use their names."""
    for source in discover(config_in(ROOT))[0].sources:
        note, _ = read(source)
        lines = source.text.split("\n")
        for snippet in reversed(note.snippets):
            if snippet.role is Role.CHECK:
                del lines[snippet.fence_line - 1 : snippet.line + snippet.code.count("\n")]
        project.write({str(source.path): LITERAL.sub("", "\n".join(lines))})
    return project


def test_what_comments_claim_is_true_without_the_check_fences(project: Project) -> None:
    for file in CONTENT.rglob("*"):
        if file.is_file() and file.suffix != ".md":
            project.write({str(file.relative_to(CONTENT)): file.read_bytes()})
    done = without_checks(project).build("--check", seconds=300)
    errors = [problem for problem in done.report["problems"] if problem["severity"] == "error"]
    assert (done.code, errors) == (0, [])
    assert done.report["snippets"]["verified"] > 150


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The repository's own content, built into a folder of its own."""
    done = build_own_garden(tmp_path_factory.mktemp("elsewhere"))
    assert done.code == 0, done.stdout
    return done


def run(script: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a script in a fresh interpreter, in a folder where there is nothing else."""
    return subprocess.run(
        [sys.executable, "-I", str(script)], cwd=folder, capture_output=True, text=True, check=False, timeout=300
    )


@pytest.mark.parametrize("slug", NOTES)
def test_a_script_runs_alone(built: Built, tmp_path: Path, slug: str) -> None:
    if slug not in SAMPLE and ALL not in os.environ:
        pytest.skip(f"set {ALL} to run every script")
    script = built.site / slug / f"{slug.rpartition('/')[2]}.py"
    assert f"/{slug}/" in script.read_text(encoding="utf-8").split("\n")[1]
    done = run(script, tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("slug", NOTES)
def test_a_notebook_runs_as_it_is(built: Built, tmp_path: Path, slug: str) -> None:
    if slug not in NOTEBOOKS and ALL not in os.environ:
        pytest.skip(f"set {ALL} to run every notebook")
    notebook = nbformat.read(built.site / slug / f"{slug.rpartition('/')[2]}.ipynb", as_version=4)
    nbformat.validate(notebook)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the kernel's own packages
        NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}).execute()
    assert not [cell.source for cell in notebook.cells if "greenbed" in cell.source and cell.cell_type == "code"]


def test_every_notebook_of_the_garden_is_valid(built: Built) -> None:
    files = [file for slug in NOTES for file in (built.site / slug).glob("*.ipynb")]
    for file in files:
        nbformat.validate(nbformat.read(file, as_version=4))
    assert len(files) > 100


def test_the_sample_is_of_notes_that_exist() -> None:
    assert set(NOTEBOOKS) <= set(SAMPLE) <= set(NOTES)
