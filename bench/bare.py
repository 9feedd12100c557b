"""The least that any generator does: markdown-it-py, Pygments and Jinja2 in a loop. `python bench/bare.py CONTENT OUTPUT`."""

from __future__ import annotations

import sys
from pathlib import Path

from jinja2 import Environment
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

TEMPLATE = "<!doctype html><html lang=en><head><title>{{ title }}</title></head><body><main>{{ body }}</main></body></html>"


def main(content: Path, output: Path) -> None:
    """Render each note to a page."""
    lexer, formatter = get_lexer_by_name("python"), HtmlFormatter()
    markdown = MarkdownIt("commonmark", {"highlight": lambda code, *_: highlight(code, lexer, formatter)})
    markdown.enable("table").use(front_matter_plugin).use(dollarmath_plugin)
    template = Environment().from_string(TEMPLATE)
    for file in sorted(content.rglob("*.md")):
        page = output / file.relative_to(content).with_suffix("") / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        body = markdown.render(file.read_text(encoding="utf-8"))
        page.write_text(template.render(title=file.stem, body=body), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
