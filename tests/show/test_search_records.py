"""What can be found: notes with their sections, terms, facts; and how much each word says about them."""

from __future__ import annotations

from pathlib import Path

from greenbed.show.search.documents import Group, Record, records
from greenbed.show.search.impacts import STEPS, impacts
from tests.show.growing import grow

CHAPTER = """---
title: A chapter on `masks`
tags: [attention]
summary: In short.
---
Before all. See [[other]] and $\\frac{1}{\\sqrt{d_k}}$.

## The sum

First[^f] **line**
and its end.

| name | value |
|------|-------|
| rows | 3     |

```python setup
hidden_setup = 1
```

```python
from torch.nn import functional as F
y = F.gelu(x.grad)  # a remark
```

```output
printed
```

[^f]: A footnote.
"""
SHEET = """---
title: Arrays
---
- A [stride]{.term aka="step"} is a distance.

## Views

Text.

:::fact {#strides}
Which strides?

= one
- two

Because.

source: somewhere
:::
"""


def found_in(folder: Path) -> list[Record]:
    files = {"chapters/a.md": CHAPTER, "bits/other.md": "---\ntitle: The other\n---\nText.\n", "cheatsheets/p/x.md": SHEET}
    return records(grow(folder, files).garden)


def test_notes_terms_and_facts_are_found_group_by_group(tmp_path: Path) -> None:
    assert [(record.group, record.title, record.address) for record in found_in(tmp_path)] == [
        (Group.BITS, "The other", "bits/other/index.html"),
        (Group.CHAPTERS, "A chapter on masks", "chapters/a/index.html"),
        (Group.GLOSSARY, "stride", "glossary/index.html"),
        (Group.SHEETS, "Arrays", "cheatsheets/p/index.html"),
        (Group.SHEETS, "Which strides?", "cheatsheets/p/index.html"),
    ]


def test_each_section_is_a_place_of_its_own(tmp_path: Path) -> None:
    before, under = found_in(tmp_path)[1].places
    assert (before.fragment, before.heading, before.text) == ("", "", "In short.\nBefore all. See The other and 1/√d_k.")
    assert (under.fragment, under.heading) == ("the-sum", "The sum")
    assert under.text == "First line and its end.\nname · value\nrows · 3\nA footnote."


def test_only_shown_code_is_found_without_its_imports(tmp_path: Path) -> None:
    assert found_in(tmp_path)[1].places[1].code == "y = F.gelu(x.grad)  # a remark"


def test_a_fact_and_the_sections_of_a_sheet_lead_to_their_ids_on_its_page(tmp_path: Path) -> None:
    sheet, fact = found_in(tmp_path)[3:]
    assert [place.fragment for place in sheet.places] == ["x", "x-views"]
    assert [place.text for place in sheet.places] == ["A stride is a distance.", "Text."]
    assert [(place.fragment, place.text) for place in fact.places] == [("strides", "one\nBecause.")]


def test_a_term_is_found_by_its_other_names(tmp_path: Path) -> None:
    (place,) = found_in(tmp_path)[2].places
    assert place.fragment == "stride"
    assert place.text == "A stride is a distance."
    assert place.impacts["step"] == place.impacts["stride"]


def test_a_title_says_more_than_a_tag_a_heading_and_the_text() -> None:
    found = impacts(title="alpha", tags=("beta",), heading="gamma", text="delta " + "filler " * 60)
    assert found["alpha"] > found["beta"] > found["gamma"] > found["delta"]


def test_a_word_says_less_in_a_longer_text_and_never_more_than_the_highest_step() -> None:
    short, long = impacts(text="word and more"), impacts(text="word " + "filler " * 900)
    assert short["word"] > long["word"] >= 1
    assert impacts(text="word " * 50)["word"] <= STEPS


def test_stop_words_are_left_out_but_not_the_names_that_hold_them() -> None:
    assert set(impacts(text="the is_leaf of this")) == {"is_leaf", "leaf"}


def test_greek_letters_and_the_root_are_found_by_their_names() -> None:
    assert set(impacts(text="σ(z) = √d_k", title="θ")) == {"σ", "sigma", "z", "sqrt", "d_k", "d", "k", "θ", "theta"}


def test_names_from_modules_stay_whole_in_code_and_those_of_variables_do_not() -> None:
    assert set(impacts(code="y = F.log_softmax(x.grad, 1.5)", roots={"F"})) == {
        "f.log_softmax",
        "log_softmax",
        "log",
        "softmax",
        "grad",
    }


def test_a_note_is_read_anew_when_it_or_a_title_it_shows_has_changed(tmp_path: Path) -> None:
    files = {"bits/a.md": "---\ntitle: A\n---\nSee [[b]].\n", "bits/b.md": "---\ntitle: B\n---\nText.\n"}
    first = records(grow(tmp_path, files).garden)
    again = records(grow(tmp_path, files).garden)
    assert [one is other for one, other in zip(first, again, strict=True)] == [True, True]
    renamed = records(grow(tmp_path, files | {"bits/b.md": "---\ntitle: Bee\n---\nText.\n"}).garden)
    assert [record.places[0].text for record in renamed] == ["See Bee.", "Text."]
