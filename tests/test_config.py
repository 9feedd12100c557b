"""Settings: what may stand in [tool.greenbed], and how the command's arguments overlay it."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenbed.config import UsageError, load_config


def pyproject(folder: Path, text: str) -> Path:
    (folder / "pyproject.toml").write_text(f"[tool.greenbed]\n{text}\n", encoding="utf-8")
    return folder


def test_without_a_pyproject_the_defaults_hold(tmp_path: Path) -> None:
    config = load_config(tmp_path, {})
    assert (config.content, config.output) == (tmp_path / "content", tmp_path / "site")
    assert config.jobs >= 1


def test_settings_are_read_in_their_units(tmp_path: Path) -> None:
    config = load_config(pyproject(tmp_path, 'title = "Bits"\nmemory = 0.5\ntimeout = 5\noutput = "public"'), {})
    assert (config.title, config.memory_bytes, config.timeout_seconds) == ("Bits", 2**29, 5)
    assert config.output == tmp_path / "public"


def test_a_share_of_mutants_can_be_demanded(tmp_path: Path) -> None:
    config = load_config(pyproject(tmp_path, "teeth = 0.9"), {"teeth": True})
    assert (config.least_teeth, config.teeth) == (0.9, True)


def test_an_argument_wins_over_a_setting(tmp_path: Path) -> None:
    assert load_config(pyproject(tmp_path, "jobs = 3"), {"jobs": 7}).jobs == 7


def test_the_vocabulary_goes_with_the_content_of_the_settings(tmp_path: Path) -> None:
    folder = pyproject(tmp_path, 'tags = ["shapes"]')
    assert load_config(folder, {"content": tmp_path / "content"}).tags == ("shapes",)
    assert load_config(folder, {"content": tmp_path / "other"}).tags == ()


def test_an_unknown_setting_is_refused_with_the_near_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match='no setting "titel": did you mean "title"'):
        load_config(pyproject(tmp_path, 'titel = "x"'), {})


@pytest.mark.parametrize(
    "line",
    [
        "title = 3",
        "jobs = true",
        "jobs = 0",
        'timeout = "soon"',
        "memory = -1",
        "strict = 1",
        "teeth = 0",
        "teeth = 1.5",
        "teeth = true",
        'tags = "shapes"',
        "tags = [3]",
        'categories = ["torch-api", " "]',
    ],
)
def test_a_mistyped_setting_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(UsageError, match=line.split(" ", maxsplit=1)[0]):
        load_config(pyproject(tmp_path, line), {})


def test_broken_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="line 2"):
        load_config(pyproject(tmp_path, "title ="), {})


@pytest.mark.parametrize("output", [".", "content", "content/site", "templates", ".cache", ".."])
def test_an_output_that_would_swallow_sources_is_refused(tmp_path: Path, output: str) -> None:
    with pytest.raises(UsageError, match="choose another --output"):
        load_config(tmp_path, {"output": (tmp_path / output).resolve()})
