"""Installed distributions by the names of their folders."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

import pytest

from greenbed.check.installed import Installed


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on the import path, before all others."""
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def test_it_agrees_with_the_standard_library() -> None:
    installed = Installed()
    for name in ("torch", "numpy", "pytest", "PyYAML", "markdown-it-py", "typing_extensions"):
        assert installed.version(name) == importlib.metadata.version(name)


def test_what_is_not_installed_has_no_version() -> None:
    assert Installed().version("nothing-of-this-name") == ""


def test_names_are_the_same_however_they_are_written(place: Path) -> None:
    (place / "Some_Thing.Odd-1.2.3.dist-info").mkdir()
    assert {Installed().version(name) for name in ("some-thing-odd", "Some.Thing_Odd", "SOME--THING-ODD")} == {"1.2.3"}


def test_the_first_on_the_import_path_counts(place: Path) -> None:
    (place / "numpy-0.0.1.dist-info").mkdir()
    assert Installed().version("numpy") == "0.0.1"


def test_a_module_is_traced_to_the_distribution_that_brings_it(place: Path) -> None:
    (place / "scikit_rarity-1.0.dist-info").mkdir()
    (place / "scikit_rarity-1.0.dist-info" / "RECORD").write_text("skrare/__init__.py,sha256=x,1\nskrare_tool.py,,\n")
    (place / "old_one-2.0-py3.11.egg-info").mkdir()
    (place / "old_one-2.0-py3.11.egg-info" / "top_level.txt").write_text("oldie\n")
    installed = Installed()
    modules = ("skrare", "skrare_tool", "oldie", "numpy", "unheard_of")
    assert [installed.distribution_of(module) for module in modules] == [
        "scikit-rarity",
        "scikit-rarity",
        "old-one",
        "numpy",
        "unheard-of",
    ]
    assert installed.version("old-one") == "2.0"
