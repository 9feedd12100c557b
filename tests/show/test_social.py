"""What a page says of itself to programs: Open Graph, JSON-LD, and the card that goes with a link."""

from __future__ import annotations

import io
import json
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from greenbed.show.files.cardpaint import HEIGHT, WIDTH, Words, painter
from greenbed.show.files.colours import colours_of
from greenbed.show.files.social import Cards
from tests.show.growing import config_in
from tests.show.rendering import ROOT, Rendered, press

ADDRESS = "https://example.org/g"
FILES = {
    "bits/a.md": (
        "---\ntitle: A `view` </script>\nsummary: What 1 < 2 is.\ncategory: torch-api\ntags: [shapes, C++]\n"
        "created: 2026-11-20\nupdated: 2026-11-22\nsources:\n  - {title: Docs, url: 'https://example.org/docs'}\n---\n\n"
        "A [stride (S)]{.term} counts.\n\n```python\nx = 1  # 1\n```\n"
    ),
    "chapters/c.md": "---\ntitle: C\n---\n\nText.\n",
}
WORDS = Words("The `a.b()` view", "Torch API", "3 snippets verified · torch 2.13.0", "Garden")


def garden(folder: Path, base_url: str = ADDRESS, **settings: Any) -> Rendered:
    return press(folder, FILES, title="Garden", tagline="Small notes", author="Ada", base_url=base_url, **settings)


def said(site: Rendered, page: str) -> dict[str, str]:
    """Properties and names of the page's meta elements."""
    return dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', site.page(page)))


def things(site: Rendered, page: str) -> dict[str, dict[str, Any]]:
    """What the page's JSON-LD tells, by type."""
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', site.page(page))
    document = json.loads(text)
    assert document["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in document["@graph"]}


def test_a_note_is_an_article(tmp_path: Path) -> None:
    found = said(garden(tmp_path), "bits/a/index.html")
    assert {name: found[name] for name in found if name.startswith(("og:", "article:", "twitter:"))} == {
        "og:title": "A view &lt;/script&gt;",
        "og:description": "What 1 &lt; 2 is.",
        "og:url": f"{ADDRESS}/bits/a/",
        "og:site_name": "Garden",
        "og:type": "article",
        "og:image": f"{ADDRESS}/bits/a/card.png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "A view &lt;/script&gt;",
        "twitter:card": "summary_large_image",
        "article:published_time": "2026-11-20",
        "article:modified_time": "2026-11-22",
        "article:section": "Torch API",
        "article:tag": "C++",
    }


def test_search_engines_are_told_when_by_whom_and_from_what(tmp_path: Path) -> None:
    found = things(garden(tmp_path), "bits/a/index.html")
    article = found["TechArticle"]
    assert (article["headline"], article["datePublished"], article["dateModified"]) == (
        "A view </script>", "2026-11-20", "2026-11-22",
    )  # fmt: skip
    assert article["author"] == {"@type": "Person", "name": "Ada"}
    assert article["keywords"] == ["shapes", "C++"]
    assert article["isBasedOn"] == [{"@type": "CreativeWork", "name": "Docs", "url": "https://example.org/docs"}]
    assert [step["item"] for step in found["BreadcrumbList"]["itemListElement"]] == [f"{ADDRESS}/", f"{ADDRESS}/bits/a/"]


def test_other_pages_say_what_they_are(tmp_path: Path) -> None:
    site = garden(tmp_path)
    assert things(site, "index.html")["WebSite"]["url"] == f"{ADDRESS}/"
    terms = things(site, "glossary/index.html")["DefinedTermSet"]["hasDefinedTerm"]
    assert terms == [{"@type": "DefinedTerm", "name": "stride", "alternateName": ["S"], "url": f"{ADDRESS}/glossary/#stride"}]
    assert things(site, "tags/shapes/index.html")["CollectionPage"]["url"] == f"{ADDRESS}/tags/shapes/"
    assert said(site, "index.html")["og:image"] == f"{ADDRESS}/card.png"
    assert "ld+json" not in site.page("404.html")


def test_without_a_web_address_there_is_nothing_to_say(tmp_path: Path) -> None:
    site = garden(tmp_path, base_url="")
    assert not re.search(r"og:|ld\+json|twitter:", site.page("bits/a/index.html"))
    assert not [path for path in site.files if path.endswith("card.png")]


def test_a_card_is_small_and_in_the_colours_of_the_site(tmp_path: Path) -> None:
    data = garden(tmp_path).files["bits/a/card.png"]
    image = Image.open(io.BytesIO(data)).convert("RGB")
    assert image.size == (WIDTH, HEIGHT)
    assert len(data) < 25_000
    colours = colours_of(ROOT / "static")
    drawn = {f"#{red:02x}{green:02x}{blue:02x}" for _, (red, green, blue) in image.getcolors(1 << 20) or ()}
    assert {colours["--ground"], colours["--ink"], colours["--verified"], colours["--accent"]} <= drawn


def test_the_longest_title_stays_on_the_card(tmp_path: Path) -> None:
    found = painter(ROOT / "static" / "fonts", colours_of(ROOT / "static"))
    assert found is not None
    title = "Multi-head attention by concatenation, and `torch.nn.functional.scaled_dot_product_attention` beside it " * 4
    drawn = found.draw(Words(title, "Attention", "", "Garden"))
    assert drawn is not None
    image = Image.open(io.BytesIO(drawn)).convert("L")
    edge = image.crop((WIDTH - 60, 20, WIDTH, HEIGHT))
    assert edge.getextrema() == (edge.getpixel((0, 0)),) * 2, "something is drawn in the margin"


def test_a_title_that_the_fonts_cannot_write_has_no_card_of_its_own(tmp_path: Path) -> None:
    site = press(tmp_path, {"bits/a.md": "---\ntitle: 注意\n---\n\nText.\n"}, title="Garden", base_url=ADDRESS)
    assert "bits/a/card.png" not in site.files
    assert said(site, "bits/a/index.html")["og:image"] == f"{ADDRESS}/card.png"


def test_a_card_is_drawn_once_and_forgotten_with_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = replace(config_in(ROOT, base_url=ADDRESS), cache=tmp_path)
    first = Cards(config)
    drawn = first.card(WORDS)
    (kept,) = (tmp_path / "cards").iterdir()
    again = Cards(config)
    assert again.painter is not None
    monkeypatch.setattr(again.painter, "draw", None)  # it would be an error to call it
    assert again.card(WORDS) == drawn == kept.read_bytes()
    kept.write_bytes(b"\x89PNG damaged")
    assert Cards(config).card(WORDS) == drawn
    other = Cards(config)
    other.card(Words("Other", "", "", "Garden"))
    other.forget()
    assert len(list((tmp_path / "cards").iterdir())) == 1
    assert not kept.exists()


def test_without_pillow_or_fonts_there_are_no_cards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert painter(tmp_path, colours_of(tmp_path)) is None
    monkeypatch.setitem(sys.modules, "PIL", None)
    site = garden(tmp_path)
    assert not [path for path in site.files if path.endswith("card.png")]
    assert said(site, "bits/a/index.html")["twitter:card"] == "summary"
    assert "og:image" not in said(site, "bits/a/index.html")
