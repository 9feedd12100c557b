"""A note as a notebook: valid, the same bytes each time, and it runs from top to bottom as it is."""

from __future__ import annotations

import asyncio
import base64
import json
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
import pytest

from greenbed.config import UsageError, read_setting
from greenbed.model import Figure, Status, Verdict
from tests.show.growing import grow
from tests.show.rendering import ROOT, Rendered, press, pressed

NAME = "bits/a/a.ipynb"
MASKS = {"bits/masks.md": "---\ntitle: Masks\n---\n\nText.\n"}


def site(folder: Path, body: str, *verdicts: Verdict, **settings: str) -> Rendered:
    """A garden of a note with this body; its snippets hold where no verdicts are given."""
    files = {**MASKS, "bits/a.md": f"---\ntitle: A note\nsummary: What it is.\n---\n\n{body}"}
    if not verdicts:
        return press(folder, files, **settings)
    grown = grow(folder, files, **settings)
    return pressed(grown, {grown.note("bits/a.md").path: verdicts}, templates=ROOT / "templates", static=ROOT / "static")


def cells(rendered: Rendered) -> list[dict[str, Any]]:
    """The cells of the notebook, which is valid."""
    found = json.loads(rendered.page(NAME))
    nbformat.validate(found)
    assert isinstance(found["cells"], list)
    return found["cells"]


def sources(rendered: Rendered) -> list[str]:
    return [cell["source"] for cell in cells(rendered)]


def executed(text: str) -> list[dict[str, Any]]:
    """The cells after a real kernel has run them all."""
    from nbclient import NotebookClient

    notebook = nbformat.reads(text, as_version=4)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of tornado and zmq, which are not ours
        client = NotebookClient(notebook, timeout=120, kernel_name="python3")
        with ThreadPoolExecutor(1) as pool:  # this thread may have a loop already, that of a browser
            pool.submit(lambda: asyncio.run(client.async_execute())).result()
    return [dict(cell) for cell in notebook.cells]


SESSION = """\
Before, see [[masks]].

```python setup
import math
```

1. First,

   ```python title="root.py"
   root = math.sqrt(4)
   print(root)  # 2.0
   ```

   and then

2. second.

```python check
assert root == 2
```

```python raises="ValueError: math domain error"
print("on the way")
math.sqrt(-1)
```

```python show
root + 1
```

After.
"""
VERDICTS = (
    Verdict(0, Status.RUNS),
    Verdict(1, Status.VERIFIED, checks=1, stdout="2.0\n"),
    Verdict(2, Status.VERIFIED, checks=1),
    Verdict(3, Status.VERIFIED, checks=1, stdout="on the way\n", raised="builtins.ValueError: math domain error"),
    Verdict(4, Status.VERIFIED, checks=1, shown="3.0"),
)


def test_it_holds_text_setup_and_shown_code_in_order_and_no_checks(tmp_path: Path) -> None:
    found = cells(site(tmp_path, SESSION, *VERDICTS))
    assert [cell["cell_type"][0] for cell in found] == list("mmcmcmccm")
    assert found[0]["source"].startswith("# A note\n\n> What it is.\n\nFrom greenbed · 3 of 3 snippets verified")
    assert found[1]["source"] == "Before, see [Masks](../../bits/masks/index.html)."
    assert found[2] == {**found[2], "source": "import math", "metadata": {"tags": ["setup"]}, "outputs": []}
    assert [cell["source"] for cell in found[3:6]] == [
        "1. First,",
        "# root.py\nroot = math.sqrt(4)\nprint(root)  # 2.0",
        "and then\n\n2. second.",
    ]
    assert "assert" not in "".join(cell["source"] for cell in found)


def test_its_outputs_are_those_of_the_build(tmp_path: Path) -> None:
    found = [cell["outputs"] for cell in cells(site(tmp_path, SESSION, *VERDICTS)) if cell["cell_type"] == "code"]
    error = "on the way\nValueError: math domain error\n"
    value = {"data": {"text/plain": "3.0"}, "execution_count": 4, "metadata": {}, "output_type": "execute_result"}
    assert found == [
        [],
        [{"name": "stdout", "output_type": "stream", "text": "2.0\n"}],
        [{"name": "stdout", "output_type": "stream", "text": error}],
        [value],
    ]


def test_a_kernel_gives_what_the_notebook_holds(tmp_path: Path) -> None:
    text = site(tmp_path, SESSION, *VERDICTS).page(NAME)
    held = [cell.get("outputs") for cell in json.loads(text)["cells"]]
    assert [cell.get("outputs") for cell in executed(text)] == held


def test_it_is_the_same_bytes_each_time_and_ids_outlive_an_edit_elsewhere(tmp_path: Path) -> None:
    first, again = (site(tmp_path / name, SESSION, *VERDICTS).page(NAME) for name in ("one", "two"))
    assert first == again
    other = cells(site(tmp_path / "three", SESSION.replace("After.", "Later."), *VERDICTS))
    assert [cell["id"] for cell in other[:-1]] == [cell["id"] for cell in json.loads(first)["cells"][:-1]]


def test_equal_cells_have_different_ids(tmp_path: Path) -> None:
    found = cells(site(tmp_path, "```python\nx = 1\n```\n\nAgain.\n\n```python\nx = 1\n```\n\nAgain.\n"))
    assert len({cell["id"] for cell in found}) == len(found) == 5


def test_a_skipped_snippet_is_text_with_its_reason(tmp_path: Path) -> None:
    found = cells(site(tmp_path, '```python skip="needs two GPUs"\nx.cuda(1)\n```\n\n```python\nx = 1\n```\n'))
    assert found[1]["cell_type"] == "markdown"
    assert found[1]["source"] == "> Not run: needs two GPUs\n\n```python\nx.cuda(1)\n```"


def test_code_that_cannot_be_read_is_commented_out_with_its_error(tmp_path: Path) -> None:
    verdict = Verdict(0, Status.VERIFIED, checks=1, raised="SyntaxError: invalid syntax")
    found = cells(site(tmp_path, '```python raises="SyntaxError"\nfor\n```\n', verdict))
    assert (found[1]["source"], found[1]["outputs"]) == ("# for\n# SyntaxError: invalid syntax", [])


def test_what_a_session_gave_stands_in_its_code_alone(tmp_path: Path) -> None:
    verdict = Verdict(0, Status.VERIFIED, checks=1, stdout="2\n")
    found = cells(site(tmp_path, "```python\n>>> 1 + 1\n2\n```\n", verdict))
    assert (found[1]["source"], found[1]["outputs"]) == ("1 + 1\n# 2", [])


DRAWING = (
    '<svg viewBox="0 0 9 9" fill="currentColor"><path stroke="var(--control, #857e73)" fill="var(--heat-99, #123456)"/></svg>'
)


def test_a_drawing_is_output_and_one_of_a_check_stays_when_cells_are_run_again(tmp_path: Path) -> None:
    figure = Figure(DRAWING, "A [small] drawing")
    verdicts = (Verdict(0, Status.VERIFIED, figures=(figure,)), Verdict(1, Status.VERIFIED, checks=1, figures=(figure,)))
    body = '```python alt="A drawing"\ndraw()\n```\n\n```python check alt="A drawing"\ndraw()\n```\n'
    _, code, picture = cells(site(tmp_path, body, *verdicts))
    data = code["outputs"][0]["data"]
    assert data["text/plain"] == "A [small] drawing"
    assert "var(" not in data["image/svg+xml"]
    assert 'xmlns="http://www.w3.org/2000/svg"' in data["image/svg+xml"]
    assert "#123456" in data["image/svg+xml"]
    ((name, attached),) = picture["attachments"].items()
    assert picture["source"] == f"![A \\[small\\] drawing](attachment:{name})"
    assert base64.b64decode(attached["image/svg+xml"]).decode() == data["image/svg+xml"]


def test_a_note_without_shown_code_has_no_notebook(tmp_path: Path) -> None:
    found = site(tmp_path, "Only words.\n")
    assert NAME not in found.files
    assert "Notebook" not in found.main("bits/a/index.html")


def test_its_links_are_whole_where_the_address_of_the_site_is_known(tmp_path: Path) -> None:
    found = site(tmp_path, "See [[masks]].\n\n```python\nx = 1\n```\n", base_url="https://example.org/g")
    assert sources(found)[1] == "See [Masks](https://example.org/g/bits/masks/)."
    assert "From [A note, greenbed](https://example.org/g/bits/a/)" in sources(found)[0]


def test_the_page_offers_it_and_colab_only_where_that_can_work(tmp_path: Path) -> None:
    body = "```python\nx = 1\n```\n"
    colab = "https://colab.research.google.com/github/ada/notes/blob/gh-pages/docs/bits/a/a.ipynb"
    without, with_one = site(tmp_path / "a", body), site(tmp_path / "b", body, colab="ada/notes/blob/gh-pages/docs/")
    assert '<a href="a.ipynb" download>Notebook</a>' in without.main("bits/a/index.html")
    assert "colab" not in without.page("bits/a/index.html")
    assert f'<a href="{colab}" rel="noopener external">Open in Colab</a>' in with_one.main("bits/a/index.html")


def test_a_place_that_colab_cannot_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="colab = 'ada/notes' is not where GitHub has the site"):
        read_setting(tmp_path, "colab", "ada/notes")
    assert read_setting(tmp_path, "colab", "ada/notes/blob/gh-pages") == ("colab", "ada/notes/blob/gh-pages")
