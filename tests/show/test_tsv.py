"""The facts of a cheat sheet as a table."""

from __future__ import annotations

import csv
from pathlib import Path

from greenbed.show.files.tsv import COLUMNS, facts_table
from tests.show.growing import grow

SHEET = r"""# Arrays

- Text.

:::fact {#axes}
How many "axes" has `(3, 4)`?

See [[b]] and
[the *b*](../../bits/b.md).

= $n^2 < 2$
- **60** | more
- "12"

Count:

$$
\frac{1}{2}
\text{ of it}
$$

```text
a	b
c
```

source: somewhere
:::
"""


def table(folder: Path, text: str) -> str:
    garden = grow(folder, {"cheatsheets/p/a.md": text, "bits/b.md": "# The *B* note\n"}).garden
    return facts_table(garden.parts[0], garden)


def test_a_table_begins_with_the_headers_of_anki(tmp_path: Path) -> None:
    lines = table(tmp_path, SHEET).split("\n")
    assert lines[:3] == ["#separator:tab", "#html:false", "#columns:id\tquestion\tanswer\tdistractors\texplanation"]
    assert len(lines) == 5
    assert lines[-1] == ""


def test_a_fact_is_one_line_of_plain_text_with_latex(tmp_path: Path) -> None:
    text = table(tmp_path, SHEET)
    (row,) = csv.reader(text.splitlines()[3:], delimiter="\t")
    assert dict(zip(COLUMNS, row, strict=True)) == {
        "id": "axes",
        "question": 'How many "axes" has (3, 4)? See The B note and the b.',
        "answer": r"\(n^2 < 2\)",
        "distractors": '60 | more | "12"',
        "explanation": r"Count: \[\frac{1}{2} \text{ of it}\] a b c",
    }


def test_a_sheet_without_facts_has_no_table(tmp_path: Path) -> None:
    assert table(tmp_path, "# Arrays\n\n- Text.\n") == ""
