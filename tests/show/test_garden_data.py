"""/garden.json: what its documentation says of it, and nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from greenbed.show.files import garden
from tests.show.rendering import press

FILES = {
    "bits/a.md": (
        "---\ntitle: A\nsummary: First.\ncategory: torch-api\ntags: [shapes]\nstatus: evergreen\ncreated: 2026-11-20\n"
        "sources:\n  - {title: Docs, url: 'https://example.org/'}\n---\n\n"
        "A [stride (S)]{.term aka=\"step\"} counts, see [[b]] and [[b]].\n\n```python\nx = 1  # 1\n```\n"
    ),
    "bits/b.md": "---\ntitle: B\n---\n\nSee ![[a]], and [[#Own]].\n\n## Own\n\nText.\n",
    "cheatsheets/p/s.md": "---\ntitle: S\n---\n\n:::fact {#q}\nOne?\n\n= 1\n- 2\n\nsource: https://example.org/\n:::\n",
}  # fmt: skip


def data(folder: Path, **settings: str) -> dict[str, Any]:
    found = json.loads(press(folder, FILES, **settings).page("garden.json"))
    assert isinstance(found, dict)
    return found


def test_it_says_what_there_is(tmp_path: Path) -> None:
    found = data(tmp_path, title="Garden", base_url="https://example.org/g")
    assert found["version"] == 1
    assert found["site"]["address"] == "https://example.org/g"
    assert found["counts"] == {
        "notes": 3,
        "bits": 2,
        "chapters": 0,
        "cheatsheets": 1,
        "terms": 1,
        "facts": 1,
        "snippets": 1,
        "verified": 1,
        "checks": 1,
    }
    assert found["links"] == [
        {"source": "bits/a.md", "target": "bits/b.md"},
        {"source": "bits/b.md", "target": "bits/a.md"},
    ]
    assert found["parts"] == [{"slug": "p", "url": "/cheatsheets/p/", "title": "P", "notes": ["cheatsheets/p/s.md"]}]


def test_a_note_is_told_whole(tmp_path: Path) -> None:
    note, other, sheet = data(tmp_path)["notes"]
    assert note == {
        "path": "bits/a.md",
        "url": "/bits/a/",
        "kind": "bit",
        "title": "A",
        "summary": "First.",
        "category": "torch-api",
        "tags": ["shapes"],
        "status": "evergreen",
        "draft": False,
        "created": "2026-11-20",
        "updated": None,
        "level": "verified",
        "snippets": 1,
        "verified": 1,
        "checks": 1,
        "words": 7,
        "facts": 0,
        "terms": ["stride"],
        "sources": [{"title": "Docs", "url": "https://example.org/"}],
    }
    assert (other["level"], other["category"], other["status"], other["created"]) == (None, None, None, None)
    assert (sheet["kind"], sheet["facts"], sheet["url"]) == ("cheatsheet", 1, "/cheatsheets/p/#s")


def test_a_term_leads_to_where_it_is_introduced(tmp_path: Path) -> None:
    (term,) = data(tmp_path)["terms"]
    assert term == {
        "id": "stride",
        "name": "stride",
        "short": "S",
        "aliases": ["step"],
        "definition": "A stride (S) counts, see b and b.",
        "path": "bits/a.md",
        "url": "/bits/a/#term-stride",
        "also_in": [],
    }


def test_every_name_in_it_is_documented(tmp_path: Path) -> None:
    found = data(tmp_path)
    documented = set(re.findall(r"\w+", garden.__doc__ or ""))
    names = {*found, *found["site"], *found["counts"]}
    for records in ("notes", "links", "terms", "parts"):
        names |= {name for record in found[records] for name in record}
    assert names <= documented


def test_the_first_page_names_it(tmp_path: Path) -> None:
    site = press(tmp_path, FILES)
    link = '<link rel="alternate" type="application/json" href="garden.json">'
    assert link in site.page("index.html")
    assert link not in site.page("bits/a/index.html")
