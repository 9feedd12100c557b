"""Decks for Anki: what is in them, and that equal content gives equal bytes."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest

from greenbed.show.files import anki, decks
from greenbed.show.files.anki import FIELDS
from tests.show.rendering import Rendered, press

SHEET = r"""---
title: Arrays
created: 2026-11-18
---

- Text.

```python setup
import math
```

:::fact {#axes}
How many axes has $x_1 < x_2$, see [[b]]?

= `2`
- *12*
- 24<!-- = 4 * 6 -->

Count `a < b` them, and ![two axes](axes.png)

$$
\frac{1}{2}
$$

```text
a < b
```

```python check
assert len((3, 4)) == answer
```
:::

:::fact {#name}
Who named it?

= NumPy
- MATLAB

source: https://numpy.org/doc/
:::
"""
FILES: Mapping[str, str | bytes] = {
    "cheatsheets/p/a.md": SHEET,
    "cheatsheets/p/axes.png": b"\x89PNG\r\n\x1a\n",
    "bits/b.md": "# The B note\n",
}


@dataclass(frozen=True)
class Opened:
    """The database of a deck."""

    notes: list[dict[str, str]]  # fields by name
    rows: list[tuple[str, int, str, int]]  # guid, day, tags, place among the new cards
    names: list[str]
    models: dict[str, dict[str, object]]


def opened(data: bytes) -> Opened:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.namelist() == ["collection.anki2", "media"]
        assert archive.read("media") == b"{}"
        database = archive.read("collection.anki2")
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(database)
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        rows = connection.execute(
            "select notes.flds, notes.guid, notes.mod, notes.tags, cards.due from notes join cards on cards.nid = notes.id"
            " order by cards.due"
        ).fetchall()
        models, found = connection.execute("select models, decks from col").fetchone()
    finally:
        connection.close()
    names = [deck["name"] for deck in json.loads(found).values() if deck["name"] != "Default"]
    notes = [dict(zip(FIELDS, row[0].split("\x1f"), strict=True)) for row in rows]
    return Opened(notes, [row[1:] for row in rows], names, json.loads(models))


def deck_of(rendered: Rendered) -> bytes:
    return rendered.files["cheatsheets/p/p.apkg"]


def test_a_fact_becomes_a_note_with_all_that_the_page_says(tmp_path: Path) -> None:
    deck = opened(deck_of(press(tmp_path, FILES)))
    assert deck.names == ["greenbed::P"]
    first, second = deck.notes
    assert first["Question"] == r"<p>How many axes has \(x_1 &lt; x_2\), see The B note?</p>"
    assert first["Options"] == '<ol type="a"><li><em>12</em></li><li><code>2</code></li><li>24</li></ol>'
    assert first["Answer"] == "<code>2</code>"
    assert first["Explanation"] == (
        "<p>Count <code>a &lt; b</code> them, and two axes</p>\n<p>\\[\\frac{1}{2}\\]</p>\n<pre><code>a &lt; b\n</code></pre>"
    )
    assert first["Proof"] == (
        "Verified: The check holds for the answer and fails for each of the 2 others. Ran on torch 2.13.0."
    )
    assert second["Proof"] == 'Source: <a href="https://numpy.org/doc/">https://numpy.org/doc/</a>'
    assert [note["Fact"] for note in deck.notes] == ["axes", "name"]


def test_the_front_asks_and_the_back_tells(tmp_path: Path) -> None:
    (model,) = (model for id, model in opened(deck_of(press(tmp_path, FILES))).models.items() if id == str(anki.MODEL))
    (template,) = model["tmpls"]  # type: ignore[misc]  # JSON
    assert "{{Question}}" in template["qfmt"]
    assert "{{Options}}" in template["qfmt"]
    assert not {"{{Answer}}", "{{Explanation}}", "{{Proof}}"} & set(template["qfmt"].split(">"))
    assert all(f"{{{{{name}}}}}" in template["afmt"] for name in ("Answer", "Explanation", "Proof"))


def test_cards_are_tagged_dated_and_in_order(tmp_path: Path) -> None:
    rows = opened(deck_of(press(tmp_path, FILES))).rows
    assert [(day, tags, place) for _, day, tags, place in rows] == [(1794960000, " p::a ", 1), (1794960000, " p::a ", 2)]


def test_a_note_is_known_by_its_facts_id_alone(tmp_path: Path) -> None:
    before = opened(deck_of(press(tmp_path / "a", FILES)))
    changed = SHEET.replace("How many axes", "Say how many axes").replace("Arrays", "Lists").replace("11-18", "11-20")
    after = opened(deck_of(press(tmp_path / "b", {**FILES, "cheatsheets/p/a.md": changed})))
    assert [row[0] for row in before.rows] == [row[0] for row in after.rows]
    assert len({row[0] for row in before.rows}) == 2
    assert before.models.keys() == after.models.keys()
    assert all(new[1] > old[1] for old, new in zip(before.rows, after.rows, strict=True))  # so that Anki takes the new text


def test_equal_content_gives_equal_bytes(tmp_path: Path) -> None:
    first = deck_of(press(tmp_path / "a", FILES))
    anki.packed.cache_clear()
    assert deck_of(press(tmp_path / "b", FILES)) == first
    with zipfile.ZipFile(BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {anki.EARLIEST}


def test_making_a_deck_leaves_no_file_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    anki.packed.cache_clear()
    assert deck_of(press(tmp_path / "garden", FILES))
    assert list(scratch.iterdir()) == []


def test_with_a_base_url_cards_lead_back_to_their_fact(tmp_path: Path) -> None:
    first = opened(deck_of(press(tmp_path, FILES, base_url="https://example.org/g"))).notes[0]
    assert first["Fact"] == '<a href="https://example.org/g/cheatsheets/p/#axes">axes</a>'
    assert '<a class="link" href="https://example.org/g/bits/b/index.html"><cite>The B note</cite></a>' in first["Question"]


def test_without_genanki_there_is_no_deck_and_no_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decks, "has_anki", lambda: False)
    rendered = press(tmp_path, FILES)
    assert rendered.problems == ()
    assert "cheatsheets/p/p.apkg" not in rendered.files
    assert "p.apkg" not in rendered.page("cheatsheets/p/index.html")
    assert "cheatsheets/p/p.tsv" in rendered.files
    assert 'href="p.tsv"' in rendered.page("cheatsheets/p/index.html")


def test_a_sheet_without_facts_offers_nothing_to_take_away(tmp_path: Path) -> None:
    rendered = press(tmp_path, {"cheatsheets/p/a.md": "# A\n\n- Text.\n"})
    assert not [path for path in rendered.files if path.endswith((".apkg", ".tsv"))]
    assert "download" not in rendered.main("cheatsheets/p/index.html")
