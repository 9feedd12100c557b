"""The whole site from a garden: which files there are, that they hold together, and what a broken template does."""

from __future__ import annotations

import posixpath
import re
import shutil
import time
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from greenbed.model import Code
from greenbed.show.render import render
from tests.show.rendering import ROOT, Rendered, press

GARDEN = ROOT / "tests" / "browser" / "garden"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Page(HTMLParser):
    """Elements that close, ids, and addresses of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        self.take(tag, attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.take(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def take(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name) for name, _ in attrs]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    """The site of the garden that the browser tests look at."""
    files = {file.relative_to(GARDEN).as_posix(): file.read_bytes() for file in GARDEN.rglob("*") if file.is_file()}
    return press(tmp_path_factory.mktemp("garden"), files, live=True, title="Garden", author="Somebody")


@pytest.fixture(scope="module")
def pages(whole: Rendered) -> dict[str, Page]:
    return {path: Page(data.decode()) for path, data in whole.files.items() if path.endswith(".html")}


def test_every_kind_of_file_is_there(whole: Rendered) -> None:
    assert whole.problems == ()
    assert {
        path
        for path in whole.files
        if not path.startswith(("static/", "tags/", "search/", "code/")) and not path.endswith("/index.md")
    } == {
        "index.html",
        "404.html",
        "bits/everything/index.html",
        "bits/everything/everything.py",
        "bits/everything/everything.ipynb",
        "bits/learning-rate/index.html",
        "bits/learning-rate/learning-rate.py",
        "bits/learning-rate/learning-rate.ipynb",
        "bits/old-everything/index.html",
        "bits/prose/index.html",
        "bits/shapes/index.html",
        "bits/shapes/shapes.py",
        "bits/shapes/shapes.ipynb",
        "files/bits/square.svg",
        "bits/unbreakable/index.html",
        "bits/unbreakable/unbreakable.py",
        "bits/unbreakable/unbreakable.ipynb",
        "bits/unfinished/index.html",
        "chapters/index.html",
        "chapters/first/attention/index.html",
        "chapters/first/attention/attention.py",
        "chapters/first/attention/attention.ipynb",
        "chapters/second/cache/index.html",
        "cheatsheets/index.html",
        "map/index.html",
        "references/index.html",
        "sw.js",
        "cheatsheets/basics/index.html",
        "cheatsheets/basics/basics.apkg",
        "cheatsheets/basics/basics.tsv",
        "glossary/index.html",
        "glossary-data.txt",
        "index.md",
        "garden.json",
        "llms.txt",
        "verified/index.html",
        "verification.json",
        "feed.xml",
        "robots.txt",
    }
    assert {path for path in whole.files if path.startswith("tags/")} >= {"tags/index.html", "tags/c-plus-plus/index.html"}
    assert "search/index.js" in whole.files


def test_no_address_leads_nowhere(whole: Rendered, pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        if path == "404.html":  # in the preview its addresses are whole
            continue
        for address in page.addresses:
            if re.match(r"[a-z]+:", address):
                continue
            file, _, fragment = address.partition("#")
            file = file.partition("?")[0]
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(file))) if file else path
            assert target in whole.files, f"{path}: {address}"
            if fragment and target.endswith(".html"):
                assert unquote(fragment) in pages[target].ids, f"{path}: {address}"


def test_pages_hold_together(pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), path
        if path != "bits/old-everything/index.html":
            assert page.tags.count("h1") == 1, path
            assert page.tags.count("main") == 1, path


def test_nothing_is_inline_that_the_policy_would_drop(whole: Rendered, pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        assert "style" not in {name for _, name in page.attributes}, path
        assert not [name for _, name in page.attributes if name.startswith("on")], path
        assert "style" not in page.tags, path
        assert all("<script>" not in whole.page(path) for path in [path])


def test_nothing_is_asked_of_another_host(pages: dict[str, Page], whole: Rendered) -> None:
    for path in pages:
        assert not re.search(
            r'<(?:script|img|link rel="(?:stylesheet|icon)")[^>]*(?:src|href)="(?:https?:)?//', whole.page(path)
        )


def test_a_tiny_garden_has_no_empty_pages(tmp_path: Path) -> None:
    tiny = press(tmp_path, {"a.md": "Just this.\n"})
    assert tiny.problems == ()
    assert {path for path in tiny.files if path.endswith(".html")} == {
        "index.html",
        "bits/a/index.html",
        "verified/index.html",
        "404.html",
    }
    index = tiny.page("index.html")
    assert index.count('class="nav__link"') == 1
    assert "data-filter" in index
    assert "Category" not in index
    assert "How verification works" not in index


def test_a_garden_without_bits_leads_to_what_it_has(tmp_path: Path) -> None:
    site = press(tmp_path, {"chapters/a.md": "# A\n"})
    assert "There are no bits here yet" in site.page("index.html")
    assert 'href="chapters/index.html"' in site.main("index.html")
    assert "data-filter" not in site.page("index.html")


def test_a_bit_stands_between_its_neighbours(tmp_path: Path) -> None:
    site = press(tmp_path, {f"bits/{name}.md": f"# {name.upper()}\n" for name in "abc"})
    middle = site.page("bits/b/index.html")
    assert re.search(r'rel="prev" href="../../bits/a/index.html"', middle)
    assert re.search(r'rel="next" href="../../bits/c/index.html"', middle)
    assert 'rel="prev"' not in site.page("bits/a/index.html")
    assert 'rel="next"' not in site.page("bits/c/index.html")


def test_a_note_without_a_summary_does_not_say_its_first_words_twice(tmp_path: Path) -> None:
    site = press(tmp_path, {"bits/a.md": "# A\n\nOnly these words.\n"})
    assert site.main("bits/a/index.html").count("Only these words.") == 1
    assert "Only these words." in site.main("index.html")


def test_text_from_notes_is_escaped(tmp_path: Path) -> None:
    text = "---\ntitle: <b>&\nsummary: <i>\ncategory: <u>\ntags: ['<s>']\n---\nx\n"
    site = press(tmp_path, {"bits/a.md": text}, title="<em>")
    for path in ("index.html", "bits/a/index.html", "tags/s/index.html"):
        assert not re.search(r"<(?:b|i|u|s|em)>", site.page(path)), path


def test_canonical_addresses_need_a_base_url(tmp_path: Path) -> None:
    plain = press(tmp_path / "plain", {"a.md": "# A\n"})
    assert 'rel="canonical"' not in plain.page("bits/a/index.html")
    assert "sitemap.xml" not in plain.files
    site = press(tmp_path / "web", {"a.md": "# A\n"}, base_url="https://example.org/garden")
    assert '<link rel="canonical" href="https://example.org/garden/bits/a/">' in site.page("bits/a/index.html")
    assert b"https://example.org/garden/bits/a/" in site.files["sitemap.xml"]
    assert "404" not in site.page("sitemap.xml")


def test_the_page_for_missing_pages_works_at_any_depth(tmp_path: Path) -> None:
    site = press(tmp_path / "web", {"a.md": "# A\n"}, base_url="https://example.org/garden")
    assert 'href="/garden/static/css/style.' in site.page("404.html")
    live = press(tmp_path / "live", {"a.md": "# A\n"}, live=True)
    assert 'href="/static/css/style.' in live.page("404.html")
    disk = press(tmp_path / "disk", {"a.md": "# A\n"})
    assert 'href="static/css/style.' in disk.page("404.html")
    assert 'content="noindex"' in disk.page("404.html")


def test_drafts_are_marked_in_the_preview(whole: Rendered) -> None:
    assert "This note is a draft" in whole.page("bits/unfinished/index.html")
    assert "badge--draft" in whole.page("index.html")


def test_bad_maths_is_reported_and_the_page_is_made(tmp_path: Path) -> None:
    site = press(tmp_path, {"bits/a.md": "# A\n\nA formula, $\\nope$.\n"})
    assert site.found == [("bits/a.md", 3, "bad-math")]
    assert "bits/a/index.html" in site.files


def broken_templates(folder: Path, name: str, text: str | None) -> Path:
    """The project's templates with one changed or taken away."""
    templates = folder / "templates"
    shutil.copytree(ROOT / "templates", templates)
    if text is None:
        (templates / name).unlink()
    else:
        (templates / name).write_text(text, encoding="utf-8")
    return templates


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("note.html", None, 1),
        ("note.html", "fine\n{% block %}", 2),
        ("note.html", "{{ page.nothing }}", 1),
        ("partials/header.html", "\n\n{{ nothing }}", 3),
        ("macros/snippet.html", None, 1),
        ("macros/snippet.html", "{% macro snippet(it) %}\n{{ it.nothing }}{% endmacro %}", 2),
        ("macros/card.html", "{% macro card(it) %}", 1),
    ],
)
def test_a_broken_template_is_one_problem_however_many_pages_need_it(
    tmp_path: Path, name: str, text: str | None, line: int
) -> None:
    notes = {f"bits/{letter}.md": f"# {letter}\n\n```python\n1  # 1\n```\n" for letter in "abc"}
    site = press(tmp_path, notes, templates=broken_templates(tmp_path / "broken", name, text))
    assert site.found == [(f"templates/{name}", line, "template")]
    assert site.problems[0].hint


def test_without_templates_each_missing_one_is_told(tmp_path: Path) -> None:
    site = press(tmp_path, {"a.md": "# A\n"}, templates=tmp_path / "templates")
    assert {problem.code for problem in site.problems} == {Code.TEMPLATE}
    assert ("templates/index.html", 1, "template") in site.found


def test_a_picture_that_vanished_is_a_problem(tmp_path: Path) -> None:
    site = press(tmp_path, {"bits/a.md": "# A\n\n![A dot](dot.png)\n", "bits/dot.png": b"\x89PNG"})
    assert site.files["files/bits/dot.png"] == b"\x89PNG"
    (tmp_path / "content" / "bits" / "dot.png").unlink()
    _, problems = render(site.garden, site.config)
    assert [(problem.path, problem.code) for problem in problems] == [("bits/dot.png", Code.UNREADABLE)]


def test_the_same_garden_gives_the_same_bytes(tmp_path: Path) -> None:
    site = press(tmp_path, {"bits/a.md": "# A\n\n```python\n1  # 1\n```\n", "chapters/b.md": "# B\n\n[[a]]\n"})
    artifacts, _ = render(site.garden, site.config)
    assert {artifact.path.as_posix(): artifact.content for artifact in artifacts} == site.files


def test_time_grows_with_the_number_of_notes_and_not_faster(tmp_path: Path) -> None:
    def seconds(count: int) -> float:
        notes = {f"bits/{number}.md": f"---\ntags: [t{number % 7}]\n---\n# N\n\nWords.\n" for number in range(count)}
        site = press(tmp_path / str(count), notes)
        times = []
        for _ in range(3):
            start = time.process_time()
            render(site.garden, site.config)
            times.append(time.process_time() - start)
        return min(times)

    seconds(2)  # what is done once in a process
    assert seconds(400) < 10 * seconds(80)  # linear: about 5
