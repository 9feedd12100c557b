"""The code of a note as one text in which every snippet stands on its own file lines.

Tracebacks, `inspect.getsource` and TorchScript read source through `linecache`. The Markdown itself would not do: in a quote or
a list the code is indented or behind a `>`, and the text as a whole is not Python.
"""

from __future__ import annotations

import linecache


class Listing:
    """Lines of code by file line; blank where there is prose."""

    def __init__(self, file: str) -> None:
        self._lines: list[str] = []
        # without a modification time linecache takes the entry for good and never looks at the file
        linecache.cache[file] = (0, None, self._lines, file)

    def place(self, first: int, code: str) -> None:
        """Put `code` on its lines, from file line `first` on."""
        lines = [f"{line}\n" for line in code.removesuffix("\n").split("\n")]
        missing = first - 1 + len(lines) - len(self._lines)
        self._lines.extend(["\n"] * max(0, missing))
        self._lines[first - 1 : first - 1 + len(lines)] = lines

    def all(self) -> str:
        """All lines so far."""
        return "".join(self._lines)

    def text(self, first: int, last: int) -> str:
        """The lines from `first` to `last`."""
        return "".join(self._lines[first - 1 : last])
