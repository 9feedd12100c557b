"""Source → Document: front matter and Markdown tokens. Pure, and never raises, whatever the text."""

from __future__ import annotations

from typing import Any

from greenbed.model import Document, Problem, Source
from greenbed.read import frontmatter
from greenbed.read.findings import problems
from greenbed.read.markdown.garden import garden_markdown
from greenbed.read.markdown.noticing import noticed


def parse(source: Source) -> tuple[Document, tuple[Problem, ...]]:
    """Split off the front matter and parse the body.

    Problems: front-matter, front-matter-type, unknown-key, bad-literal, unclosed-fence, unclosed-container, unknown-container.
    """
    front = frontmatter.read(source.text)
    environment: dict[str, Any] = {}
    body = front.body if front.body.endswith("\n") else f"{front.body}\n"  # a fence's last line counts only with its newline
    tokens = garden_markdown().parse(body, environment)
    found = problems(source.path, front.findings) + problems(source.path, noticed(environment), above=front.body_line)
    return Document(source, front.meta, tuple(tokens), front.body_line), found
