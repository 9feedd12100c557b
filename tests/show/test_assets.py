"""Static files: names with a hash, references rewritten, one style sheet, one script, and nothing that is not to be seen."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from greenbed.model import Code
from greenbed.show.pages.assets import load_assets
from tests.show.growing import config_in
from tests.show.rendering import ROOT


def load(folder: Path, files: Mapping[str, str | bytes]) -> tuple[dict[str, str], dict[str, str], list[tuple[str, Code]]]:
    """(url by name, text by path, (path, code) of the problems)."""
    for path, text in files.items():
        file = folder / "static" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    assets, problems = load_assets(config_in(folder))
    texts = {artifact.path.as_posix(): artifact.content.decode("utf-8", "replace") for artifact in assets.artifacts}
    return dict(assets.urls), texts, [(problem.path, problem.code) for problem in problems]


def test_a_name_carries_the_hash_of_the_content(tmp_path: Path) -> None:
    urls, texts, problems = load(tmp_path, {"favicon.svg": "<svg/>"})
    assert urls == {"favicon.svg": f"/static/favicon.{hashlib.sha256(b'<svg/>').hexdigest()[:8]}.svg"}
    assert list(texts) == [urls["favicon.svg"][1:]]
    assert problems == []


def test_the_style_sheets_become_one_in_the_order_of_the_imports(tmp_path: Path) -> None:
    files = {
        "css/style.css": '@layer b, a;\n@import "b.css" layer(b); /* first */\n@import "a.css";\n',
        "css/a.css": "a {\n}\n",
        "css/b.css": "b {\n}\n",
    }
    urls, texts, problems = load(tmp_path, files)
    assert list(urls) == ["css/style.css"]
    assert list(texts.values()) == ["@layer b, a;\n@layer b {\nb {\n}\n}\na {\n}\n"]
    assert problems == []


def test_the_pages_of_a_kind_have_a_style_sheet_of_their_own(tmp_path: Path) -> None:
    files = {
        "css/style.css": '@import "all.css";\n',
        "css/page-note.css": '@import "text.css";\n@import "text.css";\n',
        "css/page-map.css": '@import "text.css";\n',
        "css/all.css": "a {\n}\n",
        "css/text.css": "p {\n}\n",
    }
    urls, texts, _ = load(tmp_path, files)
    assert {name: texts[url[1:]] for name, url in urls.items()} == {
        "css/style.css": "a {\n}\n",
        "css/page-note.css": "p {\n}\n",
        "css/page-map.css": "p {\n}\n",
    }


def test_a_file_that_a_style_sheet_names_is_found_under_its_published_name(tmp_path: Path) -> None:
    urls, texts, _ = load(tmp_path, {"css/style.css": "@font-face { src: url(../fonts/a.woff2#x); }", "fonts/a.woff2": b"font"})
    name = urls["fonts/a.woff2"].removeprefix("/static/")
    assert texts[urls["css/style.css"][1:]] == f'@font-face {{ src: url("../{name}#x"); }}\n'


def test_a_file_that_does_not_exist_is_a_problem_of_the_sheet_that_names_it(tmp_path: Path) -> None:
    files = {"css/style.css": '@import "no.css";\n', "css/other.css": "a { background: url(no.png) }"}
    _, _, problems = load(tmp_path, files)
    assert problems == [("static/css/style.css", Code.TEMPLATE), ("static/css/other.css", Code.TEMPLATE)]


def test_comments_are_left_out_and_strings_are_not_taken_for_them(tmp_path: Path) -> None:
    urls, texts, _ = load(tmp_path, {"css/style.css": "/* one */\na::before {\n  content: '/* two */'; /* three\n */\n}\n"})
    assert texts[urls["css/style.css"][1:]] == "a::before {\ncontent: '/* two */';\n}\n"


def test_addresses_elsewhere_are_left_as_they_are(tmp_path: Path) -> None:
    written = 'a { background: url("data:image/png;base64,x"); mask: url(#m) }'
    urls, texts, problems = load(tmp_path, {"css/style.css": written})
    assert texts[urls["css/style.css"][1:]] == written + "\n"
    assert problems == []


def test_scripts_become_one_but_for_the_one_that_blocks(tmp_path: Path) -> None:
    urls, texts, _ = load(tmp_path, {"js/theme.js": "t", "js/b.js": "{ b }", "js/a.js": "{ a }"})
    assert sorted(urls) == ["js/script.js", "js/theme.js"]
    assert texts[urls["js/script.js"][1:]] == "{ a }\n{ b }"


def test_the_scripts_of_a_folder_become_one_for_the_pages_that_ask_for_it(tmp_path: Path) -> None:
    urls, texts, _ = load(tmp_path, {"js/a.js": "{ a }", "js/note/c.js": "{ c }", "js/note/b.js": "{ b }"})
    assert sorted(urls) == ["js/note.js", "js/script.js"]
    assert texts[urls["js/note.js"][1:]] == "{ b }\n{ c }"


def test_a_script_loses_its_own_lines_of_comment_and_its_indentation(tmp_path: Path) -> None:
    written = '/* One\n   two */\n{\n  // three\n  const text = "/* four */"; /* five */\n  /* six */ act(text);\n}\n'
    _, texts, _ = load(tmp_path, {"js/a.js": written})
    assert list(texts.values()) == ['{\nconst text = "/* four */"; /* five */\n/* six */ act(text);\n}\n']


def test_a_script_with_a_string_of_several_lines_is_left_as_it_is(tmp_path: Path) -> None:
    written = "const text = `a\n  /* b */\n`;\n  act(text);\n"
    _, texts, _ = load(tmp_path, {"js/a.js": written})
    assert list(texts.values()) == [written]


def test_python_and_hidden_files_are_not_published_and_licences_keep_their_name(tmp_path: Path) -> None:
    _, texts, _ = load(tmp_path, {"fonts/make.py": "x", ".hidden/a.css": "x", "a/.b": "x", "fonts/OFL.txt": "licence"})
    assert texts == {"static/fonts/OFL.txt": "licence"}


def test_without_a_static_folder_there_is_nothing(tmp_path: Path) -> None:
    assets, problems = load_assets(config_in(tmp_path))
    assert (assets.urls, assets.artifacts, problems) == ({}, (), ())


def test_the_projects_own_files_need_no_other_host_and_name_nothing_that_is_missing(tmp_path: Path) -> None:
    assets, problems = load_assets(replace(config_in(tmp_path), static=ROOT / "static"))
    texts = {artifact.path.as_posix(): artifact.content for artifact in assets.artifacts}
    style = texts[assets.urls["css/style.css"][1:]].decode()
    assert problems == ()
    assert "@import" not in style
    assert not re.search(r"https?:", style)
    assert "style.css" not in style
    published = {path.rpartition("/")[2] for path in texts}
    assert {found.rpartition("/")[2] for found in re.findall(r'url\("([^"]*)"\)', style)} <= published
