"""Checked literals in whole gardens: in every place where one can stand, told truly and told wrongly."""

from __future__ import annotations

import re

from tests.conftest import Project

NOTE = """\
---
title: "Of 15<!-- = n --> kinds"
summary: "A layer of 131,328<!-- = weights --> weights."
tags: [layers]
created: 2026-01-31
---

```python setup
n = 15
y = 0.76449
```

## What 15<!-- = n --> means

A [gate 15<!-- = n --> (GT)]{.term} has `f = 15`<!-- = n --> and $\\hat y = 0.7645$<!-- = y -->, see [[bee]].

Here 15<!-- = n --> hold, **15**<!-- = n --> as well, and 3.0×<!-- = n / 5 --> 5.

```python
weights = 131_328
weights  # 131328
```

| a | b |
|---|---|
| x | 131,328<!-- = weights --> |

> [!note]- Just 15<!-- = n -->
> or 15<!-- = n -->

Term 15<!-- = n -->
: is 15<!-- = n -->

- over two
  lines −15<!-- = -n -->[^1]

[^1]: Of 15<!-- = n --> kinds.
"""
OTHER = """\
# Bee, 2<!-- = 1 + 1 -->

It takes 2<!-- = 1 + 1 --> to [[a]].

```python
1 + 1  # 2
```
"""
SHEET = """\
# Facts

```python setup
n = 15
```

:::fact {#kinds}
Of how many 15<!-- = n --> kinds?

= 30<!-- = twice -->
- 15<!-- = n -->

Twice 15<!-- = n --> is 30<!-- = twice -->.

```python check
twice = 2 * n
assert answer == twice
```
:::
"""
NOTES = {"bits/a.md": NOTE, "bits/bee.md": OTHER}
NUMBER = re.compile(r"(?P<number>−?[\d,.]*\d)(?=[`*$×]*<!-- = )")
TEXTS = {".html", ".xml", ".txt", ".json", ".py", ".md"}


def test_a_garden_that_says_what_is_computed_is_published_without_a_comment(project: Project) -> None:
    built = project.write({**NOTES, "cheatsheets/p/f.md": SHEET}).build("--strict")
    assert built.problems == []
    files = {file: file.read_text(encoding="utf-8") for file in project.site.rglob("*") if file.suffix in TEXTS}
    assert len(files) > 10
    for file, text in files.items():
        assert "<!-- =" not in text, file
        assert "&lt;!--" not in text, file
    page = files[project.site / "bits/a/index.html"]
    assert "<title>Of 15 kinds" in page
    assert 'content="A layer of 131,328 weights."' in page
    assert page.count('class="literal"') == NUMBER.subn("", NOTE.partition("\n---\n")[2])[1]
    assert 'id="what-15-means"' in page
    assert "<title>Bee, 2 " in files[project.site / "bits/bee/index.html"]
    assert "A layer of 131,328 weights." in files[project.site / "feed.xml"]
    glossary = files[project.site / "glossary-data.txt"]
    assert "term: gate 15\n" in glossary
    assert "A gate 15 (GT) has f = 15 and \\hat y = 0.7645, see bee." in glossary


def off(text: str) -> str:
    """The same note with each of its literals off by two units of the last digit."""
    return NUMBER.sub(lambda said: said[0][:-1] + str((int(said[0][-1]) + 2) % 10), text)


def test_each_number_that_is_wrong_is_reported_where_it_stands(project: Project) -> None:
    wrong = {path: off(text) for path, text in NOTES.items()}
    expected = [
        (path, line, found.start() + 1)
        for path, text in wrong.items()
        for line, written in enumerate(text.split("\n"), 1)
        for found in NUMBER.finditer(written)
    ]
    built = project.write(wrong).build()
    found = [(problem["path"], problem["line"], problem["column"]) for problem in built.report["problems"]]
    assert len(found) == 18
    assert found == expected
    assert {problem["code"] for problem in built.report["problems"]} == {"mismatch"}
    messages = [problem["message"] for problem in built.report["problems"]]
    assert "says 131,320, but weights is 131328: 131320 vs 131328, 0.0061 % off" in messages
    assert "says −17, but -n is -15: -17 vs -15, 13 % off" in messages


def test_the_facts_of_a_sheet_prove_their_numbers(project: Project) -> None:
    sheet = SHEET.replace("is 30<!--", "is 31<!--")
    built = project.write({"cheatsheets/p/f.md": sheet}).build()
    assert built.problems == [("cheatsheets/p/f.md", 13, "mismatch")]


def test_an_edited_number_is_checked_though_no_code_has_changed(project: Project) -> None:
    note = "# A\n\n```python\nn = 15\nassert n\n```\n\nOf 15<!-- = n -->.\n"
    assert project.write({"bits/a.md": note}).build().report["executed"] == 1
    assert project.write({"bits/a.md": note.replace("Of", "Of just")}).build().report["executed"] == 0
    built = project.write({"bits/a.md": note.replace("15<!--", "16<!--")}).build()
    assert built.problems == [("bits/a.md", 8, "mismatch")]


def test_a_note_whose_only_claims_are_in_its_prose_is_proven(project: Project) -> None:
    built = project.write({"bits/a.md": "# A\n\n```python\nn = 15\n```\n\nOf 15<!-- = n -->.\n"}).build("--strict")
    assert built.problems == []
    assert built.report["checks"] == 1
