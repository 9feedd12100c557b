"""The files that the copy buttons of cards load."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath

import pytest

from greenbed.show.pages import codes
from greenbed.show.pages.cards import deck
from tests.show.rendering import press


def loaded(data: bytes) -> list[str]:
    """The snippets of a file."""
    start, text = data.decode().split("=", 1)
    assert start == "document.currentScript.codes"
    found = json.loads(text)
    assert isinstance(found, list)
    return found


def test_a_file_holds_the_whole_first_shown_snippet_of_each_note(tmp_path: Path) -> None:
    files = {
        "bits/a.md": "# A\n\n```python setup\nimport re\n```\n\n```python\n\nx = '</script>'\n\n```\n\n```python\ny = 2\n```\n",
        "bits/b.md": "# B\n\nNo code.\n",
        "bits/c.md": "# C\n\n```python\n>>> 1 + 1\n2\n```\n",
        "chapters/d.md": "# D\n\n```python\nz = 3\n```\n",
    }
    rendered = press(tmp_path, files)
    a, b, c = deck(rendered.garden).bits
    assert loaded(rendered.files[a.code_url[1:]]) == ["\nx = '</script>'\n", "1 + 1\n# 2\n"]
    assert (a.code_place, c.code_place) == (0, 1)
    assert a.code_url == c.code_url
    assert b.code_url == ""


def test_a_file_holds_no_more_snippets_in_a_larger_garden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "CODES_A_FILE", 2)
    garden = press(tmp_path, {f"bits/{name}.md": f"# A\n\n```python\n{name} = 1\n```\n" for name in "abcde"}).garden
    found = deck(garden)
    assert [loaded(file.content) for file in found.files] == [["a = 1\n", "b = 1\n"], ["c = 1\n", "d = 1\n"], ["e = 1\n"]]
    assert [(PurePosixPath(card.code_url).name[0], card.code_place) for card in found.bits] == [
        ("0", 0),
        ("0", 1),
        ("1", 0),
        ("1", 1),
        ("2", 0),
    ]


def test_the_name_of_a_file_changes_with_its_snippets(tmp_path: Path) -> None:
    one, other = (press(tmp_path / name, {"bits/a.md": f"# A\n\n```python\n{name} = 1\n```\n"}).garden for name in "xy")
    assert deck(one).files[0].path != deck(other).files[0].path
