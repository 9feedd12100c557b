"""Pieces of Markdown that know in which quotes and lists they stand, and how they are put together again.

A page's text takes them all. A notebook takes a run of them at a time, since code has cells of its own: what follows a snippet
within a list item is then no part of a list any more, and is not indented.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from greenbed.model import Note, Snippet


@dataclass(frozen=True, slots=True, eq=False)
class Container:
    """A quote, or an item of a list; each is one of its kind, whatever it holds."""

    marker: str = ""  # "- ", "10. "; empty for a quote
    list: object = None  # the outermost list that it is an item of: items without empty lines between them share it


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, a table, code; or the snippet of a note, whose text depends on where it is to stand."""

    text: str
    containers: tuple[Container, ...] = ()
    is_tight: bool = False  # no empty line parts it from its neighbours in the same list
    snippet: tuple[Note, Snippet] | None = None
    is_embedded: bool = False  # it is shown here, and belongs to another place


def joined(blocks: Iterable[Block], begun: set[Container] | None = None) -> str:
    """The blocks as one text. `begun`: items whose marker stands in an earlier text; it learns of those in this one."""
    earlier = frozenset(begun or ())
    marked: set[Container] = begun if begun is not None else set()
    out: list[str] = []
    before: Block | None = None
    for block in blocks:
        if before is not None:
            out.append(_between(before, block, earlier))
        out.append(_prefixed(block, marked, earlier) if block.containers else block.text)
        before = block
    return "".join(out)


def fence(code: str, info: str) -> str:
    """A fence that nothing in the code closes.

    >>> print(fence("x = 1\\n", "python"))
    ```python
    x = 1
    ```
    """
    ticks = "```"
    while ticks in code:
        ticks += "`"
    return f"{ticks}{info}\n{code.rstrip(chr(10))}\n{ticks}"


def _between(before: Block, block: Block, earlier: frozenset[Container]) -> str:
    shared = [one for one, other in zip(before.containers, block.containers, strict=False) if one is other]
    if before.is_tight and block.is_tight and _lists(before.containers) & _lists(block.containers):
        return "\n"
    empty = "".join(_rest(container, earlier) for container in shared).rstrip()
    return f"\n{empty}\n"


def _lists(containers: Sequence[Container]) -> set[int]:
    return {id(container.list) for container in containers if container.list is not None}


def _prefixed(block: Block, marked: set[Container], earlier: frozenset[Container]) -> str:
    first = "".join(_first(container, marked, earlier) for container in block.containers)
    rest = "".join(_rest(container, earlier) for container in block.containers)
    line, *lines = block.text.split("\n")
    return "\n".join([(first + line).rstrip(), *(f"{rest}{line}" if line else rest.rstrip() for line in lines)])


def _first(container: Container, marked: set[Container], earlier: frozenset[Container]) -> str:
    if not container.marker or container in marked:
        return _rest(container, earlier)
    marked.add(container)
    return container.marker


def _rest(container: Container, earlier: frozenset[Container]) -> str:
    if not container.marker:
        return "> "
    return "" if container in earlier else " " * len(container.marker)
