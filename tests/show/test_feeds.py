"""Feed, sitemap and robots.txt, with and without an address on the web."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from greenbed.model import Status, Verdict
from greenbed.show.files.feeds import feed, robots, sitemap
from tests.show.growing import Grown, grow

ATOM = "{http://www.w3.org/2005/Atom}"
FILES = {
    "bits/old.md": "---\ntitle: Old & <new>\ncreated: 2025-01-01\ntags: [a & b]\nsummary: Why 1 < 2.\n---\n\nText.\n",
    "bits/new.md": "---\ntitle: New\ncreated: 2025-02-01\nupdated: 2026-03-04\n---\n\nFirst paragraph.\n",
    "bits/undated.md": "# Undated\n\nText.\n",
    "cheatsheets/p/a.md": "---\ntitle: Sheet\ncreated: 2024-01-01\n---\n\nText.\n",
}


def feed_of(grown: Grown) -> ET.Element:
    return ET.fromstring(feed(grown.garden, grown.config))


def texts(element: ET.Element, path: str) -> list[str]:
    return [found.text or "" for found in element.findall(path.replace("atom:", ATOM))]


def test_the_feed_is_atom_with_the_newest_note_first(tmp_path: Path) -> None:
    root = feed_of(grow(tmp_path, FILES, base_url="https://example.org/g", author="Ada", language="en"))
    assert root.tag == f"{ATOM}feed"
    assert texts(root, "atom:updated") == ["2026-03-04T00:00:00Z"]
    assert texts(root, "atom:author/atom:name") == ["Ada"]
    assert texts(root, "atom:entry/atom:title") == ["New", "Old & <new>", "Sheet"]
    assert texts(root, "atom:entry/atom:summary") == ["First paragraph.", "Why 1 < 2.", "Text."]
    assert texts(root, "atom:entry/atom:id")[0] == "https://example.org/g/bits/new/"
    links = [link.get("href", "") for link in root.iter(f"{ATOM}link")]
    assert links[:2] == ["https://example.org/g/feed.xml", "https://example.org/g/"]


def test_without_a_web_address_the_feed_is_still_valid(tmp_path: Path) -> None:
    root = feed_of(grow(tmp_path, FILES))
    ids = [*texts(root, "atom:id"), *texts(root, "atom:entry/atom:id")]
    assert len(set(ids)) == 4
    assert all(urlsplit(id).scheme == "urn" for id in ids)
    links = [link.get("href", "") for link in root.iter(f"{ATOM}link")]
    assert links == ["feed.xml", "index.html", "bits/new/index.html", "bits/old/index.html", "cheatsheets/p/index.html#a"]


def test_a_garden_without_dates_has_an_empty_feed(tmp_path: Path) -> None:
    root = feed_of(grow(tmp_path, {"bits/a.md": "# A\n\nText.\n"}))
    assert texts(root, "atom:updated") == ["1970-01-01T00:00:00Z"]
    assert texts(root, "atom:entry/atom:id") == []


def test_the_feed_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    grown = grow(tmp_path, FILES)
    assert feed(grown.garden, grown.config) == feed(grown.garden, grown.config)


def test_control_characters_do_not_break_the_feed(tmp_path: Path) -> None:
    grown = grow(tmp_path, {"bits/a.md": "---\ncreated: 2025-01-01\n---\n\nA\x0cB \ufffe.\n"})
    assert texts(feed_of(grown), "atom:entry/atom:title")


def test_the_sitemap_holds_whole_addresses_and_days(tmp_path: Path) -> None:
    grown = grow(tmp_path, FILES, base_url="https://example.org/g")
    document = sitemap(grown.garden, grown.config, ["/", "/bits/new/", "/cheatsheets/p/", "/bits/new/"])
    assert document is not None
    found = {tuple(child.text for child in page) for page in ET.fromstring(document)}
    assert found == {
        ("https://example.org/g/",),
        ("https://example.org/g/bits/new/", "2026-03-04"),
        ("https://example.org/g/cheatsheets/p/", "2024-01-01"),
    }
    assert b"Sitemap: https://example.org/g/sitemap.xml" in robots(grown.config)


def test_there_is_no_sitemap_without_a_web_address(tmp_path: Path) -> None:
    grown = grow(tmp_path, FILES)
    assert sitemap(grown.garden, grown.config, ["/"]) is None
    assert robots(grown.config) == b"User-agent: *\nAllow: /\n"


BODY = """\
---
title: Whole
created: 2026-11-20
---

See [[other#Part]], a note.[^1] With $x$ and <button>press</button>.<script>alert(1)</script>

[^1]: Down here.

## Heading

![A dot](dot.svg)

```python setup
import math
```

```python
print("a < b")
```
"""
WHOLE = {
    "bits/whole.md": BODY,
    "bits/other.md": "# Other\n\n## Part\n\nText.\n",
    "bits/dot.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
}
HELD = Verdict(1, Status.VERIFIED, checks=2, stdout="a < b\n", verified_on="2026-11-22")


def content(folder: Path, **settings: Any) -> str:
    """The body of the only entry that has a date."""
    grown = grow(folder, WHOLE, verdicts={"bits/whole.md": (Verdict(0, Status.RUNS), HELD)}, **settings)
    (found,) = feed_of(grown).iter(f"{ATOM}content")
    assert found.get("type") == "html"
    return found.text or ""


def test_an_entry_holds_the_whole_note_with_whole_addresses(tmp_path: Path) -> None:
    html = content(tmp_path, base_url="https://example.org/g")
    addresses = re.findall(r'(?:href|src)="([^"]*)"', html)
    assert all(address.startswith("https://example.org/g/") for address in addresses)
    assert "https://example.org/g/bits/other/#part" in addresses
    assert "https://example.org/g/bits/whole/#fn-1" in addresses
    assert "<pre><code>print(&quot;a &lt; b&quot;)" in html.replace('"', "&quot;")
    assert "<pre><samp>a &lt; b</samp></pre>" in html
    assert "Verified: 2 checks held on torch 2.13.0, 2026-11-22." in html


def test_nothing_in_it_runs_or_can_be_pressed(tmp_path: Path) -> None:
    html = content(tmp_path, base_url="https://example.org/g")
    assert not re.search(r"<script|<button|<input|\sclass=|\sid=|\son\w+=|import math", html)
    assert "<h2>Heading</h2>" in html


def test_without_a_web_address_its_addresses_are_relative_to_the_feed(tmp_path: Path) -> None:
    addresses = re.findall(r'(?:href|src)="([^"]*)"', content(tmp_path))
    assert "bits/other/index.html#part" in addresses
    assert "bits/whole/index.html#fn-1" in addresses


def test_a_preview_has_no_whole_notes_in_its_feed(tmp_path: Path) -> None:
    assert not list(feed_of(grow(tmp_path, WHOLE, live=True)).iter(f"{ATOM}content"))
