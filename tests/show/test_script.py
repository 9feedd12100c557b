"""A note's code as a script: it runs alone, and says what the page says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from greenbed.show.files.script import script
from tests.show.rendering import only, press


def made(folder: Path, body: str) -> str:
    """The script of a note with this body."""
    rendered = press(folder, {"a.md": f"---\ntitle: A note\n---\n\n{body}"})
    return script(only(rendered.garden), rendered.garden, "https://example.org/bits/a/")


def run(text: str) -> str:
    """What the script prints; it must end well."""
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=False, timeout=30)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_it_names_its_note_and_holds_setup_and_shown_code_in_order(tmp_path: Path) -> None:
    text = made(tmp_path, "```python setup\na = 1\n```\n\n```python\nb = a + 1\nprint(b)  # 2\n```\n")
    assert text == "# A note\n# https://example.org/bits/a/\n\na = 1\n\nb = a + 1\nprint(b)  # 2\n"
    assert run(text) == "2\n"


def test_checks_are_no_part_of_it(tmp_path: Path) -> None:
    text = made(tmp_path, "```python\nb = 2\n```\n\n```python check\nassert b == 2\n```\n\n```python\nprint(b)  # 2\n```\n")
    assert "assert" not in text
    assert run(text) == "2\n"


def test_a_skipped_snippet_is_commented_out_with_its_reason(tmp_path: Path) -> None:
    text = made(tmp_path, '```python skip="needs two GPUs"\nraise SystemExit(3)\n```\n\n```python\nprint("on")\n```\n')
    assert "# not run: needs two GPUs\n# raise SystemExit(3)" in text
    assert run(text) == "on\n"


def test_an_error_that_is_expected_does_not_end_the_script(tmp_path: Path) -> None:
    code = 'x = 1\nif x:\n    text = """a\nb"""\n    raise ValueError("no " + repr(text))'
    body = f'```python raises="ValueError: no"\n{code}\n```\n\n'
    text = made(tmp_path, body + "```python\nprint(x)\n```\n")
    assert run(text) == "ValueError: no 'a\\nb'\n1\n"


def test_code_that_cannot_even_be_read_is_commented_out(tmp_path: Path) -> None:
    text = made(tmp_path, '```python raises="SyntaxError"\nfor\n```\n')
    assert "\n# for\n" in text
    assert run(text) == ""


def test_a_session_becomes_plain_code(tmp_path: Path) -> None:
    text = made(tmp_path, "```python\n>>> for i in range(2):\n...     print(i)\n0\n1\n```\n")
    assert run(text) == "0\n1\n"
    assert "# 0\n# 1" in text


def test_imports_from_the_future_come_first(tmp_path: Path) -> None:
    text = made(tmp_path, "```python\nx = 1\n```\n\n```python\nfrom __future__ import annotations\n\nprint(x)\n```\n")
    assert run(text) == "1\n"
    assert text.count("__future__") == 1


def test_a_note_without_code_has_no_script(tmp_path: Path) -> None:
    assert made(tmp_path, "Only words.\n") == ""
