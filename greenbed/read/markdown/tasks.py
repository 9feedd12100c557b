"""Task lists: the plugin's, which cuts `[ ]` off the text after it was parsed; what follows keeps its place."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from mdit_py_plugins.tasklists import tasklists_plugin

BOX = 3  # characters of "[ ]"


def use_tasks(md: MarkdownIt) -> None:
    """Tokens as the plugin's: an html_inline checkbox before the text."""
    tasklists_plugin(md)
    md.core.ruler.after("github-tasklists", "task_places", task_places)


def task_places(state: StateCore) -> None:
    """Offsets count in the shortened content."""
    for index, token in enumerate(state.tokens):
        if token.type == "list_item_open" and token.attrs.get("class") == "task-list-item":
            for child in state.tokens[index + 2].children or ():
                if "at" in child.meta:
                    child.meta["at"] = max(child.meta["at"] - BOX, 0)
