"""Each Markdown rule by its fixtures: tests/markdown/<rule>.md, title / input / expected outline."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown_it.utils import read_fixture_file

from tests.read.outline import outline

FOLDER = Path(__file__).parent.parent / "markdown"
RULES = Path(__file__).parent.parent.parent / "greenbed" / "read" / "markdown"
INFRASTRUCTURE = {"__init__", "block", "garden", "inline", "noticing"}
CASES = [
    pytest.param(text, expected, id=f"{file.stem}:{line} {title}")
    for file in sorted(FOLDER.glob("*.md"))
    for line, title, text, expected in read_fixture_file(file)
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_outline_is_as_written(text: str, expected: str) -> None:
    assert outline(text) == expected.rstrip("\n")


def test_every_rule_has_fixtures() -> None:
    rules = {file.stem for file in RULES.glob("*.py")} - INFRASTRUCTURE
    assert rules == {file.stem for file in FOLDER.glob("*.md")}
