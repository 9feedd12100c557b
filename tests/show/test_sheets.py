"""Cheat sheets: parts of notes that are laid out elsewhere."""

from __future__ import annotations

from pathlib import Path

from greenbed.model import Code, Problem
from greenbed.show.markup.linked import Linked
from greenbed.show.pages import sheetviews
from greenbed.show.pages.assets import Assets
from greenbed.show.pages.env import Templates
from greenbed.show.pages.sheets import Layout, sheet_page, sheets_page
from greenbed.show.pages.snippets import Snippets
from greenbed.show.relate.mentions import mentions_of
from tests.show.rendering import Rendered, press

SHEET = """# Arrays

- A [stride]{.term} is a step.

:::fact {#axes}
How many axes has `(3, 4)`, see [[b]]?

= `2`
- *12*

Count $n$ them.

```python check
assert len((3, 4)) == answer
```
:::
"""


def sheet(rendered: Rendered) -> tuple[sheetviews.SheetPage, list[Problem]]:
    problems: list[Problem] = []
    snippets = Snippets(rendered.garden, Templates(rendered.config, Assets({}, ())))
    layout = Layout(
        rendered.garden,
        snippets,
        "../../",
        Linked(rendered.garden, mentions_of(rendered.garden.glossary), rendered.garden.parts[0].url),
    )
    return sheet_page(rendered.garden.parts[0], layout, problems.extend), problems


def test_a_sheet_has_its_chapters_with_their_facts(tmp_path: Path) -> None:
    rendered = press(tmp_path, {"cheatsheets/p/a.md": SHEET, "b.md": "# B\n"})
    page, problems = sheet(rendered)
    (chapter,) = page.chapters
    (fact,) = chapter.facts
    assert problems == []
    assert (page.title, page.facts, page.proven, chapter.title) == ("P", 1, 1, "Arrays")
    assert "stride" in chapter.glance_html
    assert "axes" not in chapter.glance_html
    # links would not work inside the summary, which opens the fact
    assert fact.question_html == "How many axes has <code>(3, 4)</code>, see B?"
    assert fact.answer_html == "<code>2</code>"
    assert fact.options == (sheetviews.Option("<em>12</em>"), sheetviews.Option("<code>2</code>", is_answer=True))
    assert fact.why_html.startswith("<p>Count <math>")
    assert fact.proof
    assert fact.source is None


def test_a_question_of_several_paragraphs_keeps_them(tmp_path: Path) -> None:
    text = SHEET.replace("How many", "Think.\n\nHow many")
    page, _ = sheet(press(tmp_path, {"cheatsheets/p/a.md": text, "b.md": "# B\n"}))
    assert page.chapters[0].facts[0].question_html.count("<p>") == 2


def test_a_fact_with_a_formula_wider_than_a_column_of_paper_says_so(tmp_path: Path) -> None:
    wide = SHEET.replace("$n$", "$" + " + ".join("abcdefghijklmn") + "$").replace("#axes", "#wide")
    chapters = {"cheatsheets/p/a.md": SHEET, "cheatsheets/p/w.md": wide, "b.md": "# B\n"}
    page, _ = sheet(press(tmp_path, chapters))
    assert [(fact.id, fact.is_wide) for chapter in page.chapters for fact in chapter.facts] == [("axes", False), ("wide", True)]
    assert not any(chapter.is_wide for chapter in page.chapters)


def test_bad_maths_in_a_fact_is_reported_once_with_its_line(tmp_path: Path) -> None:
    rendered = press(tmp_path, {"cheatsheets/p/a.md": SHEET.replace("$n$", r"$\nope$"), "b.md": "# B\n"})
    assert [(problem.path, problem.line, problem.code) for problem in rendered.problems] == [
        ("cheatsheets/p/a.md", 11, Code.BAD_MATH)
    ]


def test_the_list_of_sheets_counts_facts_and_names_them_for_the_readers_progress(tmp_path: Path) -> None:
    rendered = press(tmp_path, {"cheatsheets/p/a.md": SHEET, "b.md": "# B\n"})
    (link,) = sheets_page(rendered.garden).sheets
    assert (link.title, link.url, link.facts) == ("P", "/cheatsheets/p/", 1)
    assert link.chapters == (sheetviews.ChapterLink("Arrays", "/cheatsheets/p/#a", ("axes",)),)
