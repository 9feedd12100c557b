"""The house: arrows between modules, sizes, types, lint, and one list of problem codes."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from greenbed.model import Code

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "greenbed"
MODULES = sorted(PACKAGE.rglob("*.py"))
STAGES = ("read", "check", "show", "serve")
BELOW_THE_PIPELINE = {"model", "problems", "config", "heatmap"}
HEAVY = {"torch", "numpy", "matplotlib"}


def name_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(file: Path) -> set[str]:
    """Modules that a file imports, also within functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def place(module: str) -> str | None:
    """The part of the house a module of ours lies in: "read", "model", …"""
    parts = module.split(".")
    return parts[1] if parts[0] == "greenbed" and len(parts) > 1 else None


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_the_arrows_between_modules(file: Path) -> None:
    here = place(name_of(file))
    others = {there for module in imports(file) if (there := place(module)) is not None} - {here, "__version__"}
    if here in ("model", "heatmap"):
        assert not others
    elif here in ("read", "check", "show"):
        assert others <= BELOW_THE_PIPELINE, f"{here} may not import {others - BELOW_THE_PIPELINE}"
    elif here == "accept":
        assert others <= BELOW_THE_PIPELINE
    elif here == "problems":
        assert others <= {"model"}


@pytest.mark.parametrize("file", [file for file in MODULES if place(name_of(file)) != "check"], ids=name_of)
def test_the_command_never_imports_torch(file: Path) -> None:
    assert not {module.split(".")[0] for module in imports(file)} & HEAVY


def test_the_pipeline_reads_read_check_show() -> None:
    text = (PACKAGE / "pipeline.py").read_text(encoding="utf-8")
    stages = re.findall(r"observer\.stage\(\"(\w+)\"\)", text)
    assert stages == ["read", "check", "link", "render", "publish"]


@pytest.mark.parametrize("file", [*MODULES, ROOT / "build.py"], ids=name_of)
def test_no_module_is_over_350_lines(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 350


@pytest.mark.parametrize("code", Code, ids=lambda code: code.value)
def test_every_problem_code_is_used_and_provoked(code: Code) -> None:
    engine = "\n".join(file.read_text(encoding="utf-8") for file in MODULES if file.name != "problem.py")
    assert f"Code.{code.name}" in engine, "no module reports it"
    tests = [file.read_text(encoding="utf-8") for file in (ROOT / "tests").rglob("*.py") if file != Path(__file__)]
    assert any(f"Code.{code.name}" in text or f'"{code.value}"' in text for text in tests), "no test provokes it"


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)


def test_types_are_strict() -> None:
    done = run("mypy")
    assert done.returncode == 0, done.stdout


def test_lint_is_clean() -> None:
    done = run("ruff", "check", ".")
    assert done.returncode == 0, done.stdout


def test_the_format_is_ruffs() -> None:
    done = run("ruff", "format", "--check", ".")
    assert done.returncode == 0, done.stdout


def test_the_project_speaks_of_itself_alone() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    machine = re.compile(r"(?<![\w.])/(?:root|home/\w+|work)/")
    texts = (ROOT / name for name in tracked if Path(name).suffix in {".py", ".md", ".toml", ".html", ".css", ".js", ""})
    named = [file for file in texts if file.is_file() and machine.search(file.read_text(encoding="utf-8", errors="replace"))]
    assert not [file for file in named if file != Path(__file__)]
