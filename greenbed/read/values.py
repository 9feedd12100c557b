"""YAML nodes → typed values, strictly: what is no text is no title.

Nodes are read rather than constructed objects, because a node knows where it was written and how.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import TypeVar

from yaml.constructor import ConstructorError, SafeConstructor
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from greenbed.model import Citation, Code, Equivalent, Growth, Literal
from greenbed.read.citations import KEY
from greenbed.read.findings import Finding, excerpt, suggestion
from greenbed.read.literals import taken_out
from greenbed.read.slug import slugify

SUMMARY_LENGTH = 160
BLOCK_LINE = 2  # file line of the block's first line, below the opening ---

Value = TypeVar("Value")


class Values:
    """Reads the values of one block and keeps what was wrong with them."""

    def __init__(self, block: str, *, first_line: int = BLOCK_LINE, code: Code = Code.FRONT_MATTER_TYPE) -> None:
        self.block = block
        self.first_line = first_line  # of the file, where the block begins
        self.code = code  # of a value of the wrong type
        self.findings: list[Finding] = []
        self.literals: list[Literal] = []
        self.construct = SafeConstructor()

    def place(self, node: Node) -> tuple[int, int]:
        """File line and column of a node."""
        return self._place_at(node.start_mark.index)

    def _place_at(self, at: int) -> tuple[int, int]:
        # newlines alone: YAML's own lines also end with U+0085 and U+2028
        return self.block.count("\n", 0, at) + self.first_line, at - self.block.rfind("\n", 0, at)

    def written(self, node: Node) -> str:
        """What the author wrote there."""
        return excerpt(self.block[node.start_mark.index : node.end_mark.index])

    def wrong(self, key: str, node: Node, wanted: str, hint: str) -> None:
        """Report a value of the wrong type."""
        line, column = self.place(node)
        message = f'"{key}" must be {wanted}, not {self.written(node) or "empty"}'
        self.findings.append(Finding(line, self.code, message, hint, column))

    def text(self, key: str, node: Node) -> str | None:
        """A string that is not empty."""
        if isinstance(node, ScalarNode) and node.tag.endswith(":str") and node.value.strip():
            return str(node.value)
        bare = self.written(node)
        quotable = isinstance(node, ScalarNode) and bare and '"' not in bare
        self.wrong(key, node, "text", f'put it in quotes: "{bare}"' if quotable else "write a text or remove the line")
        return None

    def prose(self, key: str, node: Node) -> str | None:
        """A string without the comments of its checked literals."""
        text = self.text(key, node)
        if not text or "<!--" not in text:
            return text
        start, end = node.start_mark.index, node.end_mark.index
        clean, found, wrong = taken_out(text, self.block[start:end], lambda at: self._place_at(start + at))
        self.literals += found
        self.findings += wrong
        return clean

    def summary(self, key: str, node: Node) -> str | None:
        """A string short enough for a card."""
        text = self.prose(key, node)
        if text and len(text) > SUMMARY_LENGTH:
            line, column = self.place(node)
            message = f'"{key}" has {len(text)} characters, at most {SUMMARY_LENGTH} fit on a card: {excerpt(text)}'
            hint = f"leave out {len(text) - SUMMARY_LENGTH} characters"
            self.findings.append(Finding(line, Code.FRONT_MATTER_TYPE, message, hint, column))
        return text

    def slug(self, key: str, node: Node) -> str | None:
        """An address as slugify would make it, with slashes between folders."""
        text = self.text(key, node)
        clean = "/".join(part for part in map(slugify, (text or "").split("/")) if part)
        if text is None or text == clean:
            return text
        hint = f"write {clean}" if clean else "leave it out: the file name serves"
        self.wrong(key, node, 'lower-case words joined by "-" and "/"', hint)
        return None

    def status(self, key: str, node: Node) -> Growth | None:
        """How finished the note is."""
        names = [growth.value for growth in Growth]
        if isinstance(node, ScalarNode) and node.value in names:
            return Growth(node.value)
        self.wrong(key, node, "seedling, budding or evergreen", suggestion(self.written(node), names))
        return None

    def flag(self, key: str, node: Node) -> bool | None:
        """true or false."""
        if isinstance(node, ScalarNode) and node.tag.endswith(":bool") and node.value.lower() in self.construct.bool_values:
            return bool(self.construct.bool_values[node.value.lower()])
        self.wrong(key, node, "true or false", f"write {key}: true, without quotes, or remove the line")
        return None

    def day(self, key: str, node: Node) -> date | None:
        """A date; the time of day is dropped."""
        moment = self._built(node, ":timestamp", self.construct.construct_yaml_timestamp)
        if isinstance(moment, datetime):
            return moment.date()
        if isinstance(moment, date):
            return moment
        self.wrong(key, node, "a date", "write it as 2026-11-22, without quotes")
        return None

    def number(self, key: str, node: Node) -> float | None:
        """A finite number."""
        whole = self._built(node, ":int", self.construct.construct_yaml_int)
        value = self._built(node, ":float", self.construct.construct_yaml_float) if whole is None else whole
        try:
            number = math.nan if value is None else float(value)
        except OverflowError:
            number = math.inf
        if math.isfinite(number) and ":" not in node.value:  # 12:30 is 750 to YAML
            return number
        self.wrong(key, node, "a number", f"write a number such as {key}: 20, without quotes")
        return None

    def seconds(self, key: str, node: Node) -> float | None:
        """A time above 0."""
        number = self.number(key, node)
        if number is not None and number <= 0:
            self.wrong(key, node, "more than 0 seconds", f"write {key}: 20, or remove the line")
            return None
        return number

    def texts(self, key: str, node: Node) -> tuple[str, ...] | None:
        """A list of strings; a single one is no list."""
        if not isinstance(node, SequenceNode):
            self.wrong(key, node, "a list", f"write {key}: [{self.written(node) or '…'}]")
            return None
        return tuple(text for item in node.value if (text := self.text(key, item)) is not None)

    def citations(self, key: str, node: Node) -> tuple[Citation, ...] | None:
        """A list of {title, url}, or of keys of the bibliography."""
        names = ("title", "url")
        if not self._is_list(key, node, names):
            return None
        return tuple(citation for item in node.value if (citation := self._citation(key, item, names)))

    def _citation(self, key: str, item: Node, names: tuple[str, str]) -> Citation | None:
        if isinstance(item, ScalarNode) and item.tag.endswith(":str") and KEY.fullmatch(item.value):
            return Citation("", "", item.value, self.place(item)[0])
        hint = "give each source a title and a url, nothing else, or the key of an entry of references.yaml"
        pair = self._pair(key, item, names, hint)
        return Citation(*pair) if pair else None

    def equivalents(self, key: str, node: Node) -> tuple[Equivalent, ...] | None:
        """A list of {mutant, reason}."""
        names = ("mutant", "reason")
        hint = "give each mutant and the reason why no check can notice it"
        if not self._is_list(key, node, names):
            return None
        pairs = ((self._pair(key, item, names, hint), item) for item in node.value)
        return tuple(Equivalent(*pair, self.place(item)[0]) for pair, item in pairs if pair)

    def _is_list(self, key: str, node: Node, names: tuple[str, str]) -> bool:
        if not isinstance(node, SequenceNode):
            first, second = names
            self.wrong(key, node, "a list", f"write {key}: and below it lines such as - {{{first}: …, {second}: …}}")
        return isinstance(node, SequenceNode)

    def _pair(self, key: str, item: Node, names: tuple[str, str], hint: str) -> tuple[str, str] | None:
        """A mapping with two texts."""
        first, second = names
        fields = dict(self.items(item)) if isinstance(item, MappingNode) else {}
        if set(fields) != set(names):
            self.wrong(key, item, f"a list of {{{first}, {second}}}", hint)
            return None
        one, other = self.text(first, fields[first]), self.text(second, fields[second])
        return (one, other) if one and other else None

    def items(self, node: MappingNode) -> Iterator[tuple[str, Node]]:
        """Keys as written, and values."""
        for name, value in node.value:
            yield (str(name.value) if isinstance(name, ScalarNode) else self.written(name)), value

    def _built(self, node: Node, tag: str, build: Callable[[ScalarNode], Value]) -> Value | None:
        if not isinstance(node, ScalarNode) or not node.tag.endswith(tag):
            return None
        try:
            return build(node)
        except (ArithmeticError, AttributeError, ConstructorError, LookupError, ValueError):
            return None  # 2026-02-30, 0x_, !!timestamp soon, a lone !!int
