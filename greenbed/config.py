"""Settings: `[tool.greenbed]` in pyproject.toml, overlaid with the command's arguments → Config.

Everything that can be wrong with them is wrong use of the command, not a problem in the content: it raises UsageError, and the
command ends with exit code 2.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from greenbed.model import Config


class UsageError(Exception):
    """The command was used wrongly; the text says how to mend it."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How one key of [tool.greenbed] becomes a field of Config."""

    field: str
    types: tuple[type, ...]
    meaning: str  # for messages: what a good value looks like


SETTINGS: Mapping[str, Setting] = {
    "title": Setting("title", (str,), "a string"),
    "tagline": Setting("tagline", (str,), "a string"),
    "author": Setting("author", (str,), "a string"),
    "language": Setting("language", (str,), 'a language tag such as "en"'),
    "base-url": Setting("base_url", (str,), 'an address such as "https://example.org/notes"'),
    "repository": Setting("repository", (str,), 'an address such as "https://github.com/owner/name"'),
    "branch": Setting("branch", (str,), 'the name of a branch such as "main"'),
    "colab": Setting("colab", (str,), 'where GitHub has the site, such as "owner/name/blob/gh-pages"'),
    "categories": Setting("categories", (list,), "a list of categories"),
    "tags": Setting("tags", (list,), "a list of tags"),
    "content": Setting("content", (str,), "a folder"),
    "templates": Setting("templates", (str,), "a folder"),
    "static": Setting("static", (str,), "a folder"),
    "output": Setting("output", (str,), "a folder"),
    "cache": Setting("cache", (str,), "a folder"),
    "jobs": Setting("jobs", (int,), "a whole number of at least 1"),
    "timeout": Setting("timeout_seconds", (int, float), "seconds greater than 0"),
    "memory": Setting("memory_bytes", (int, float), "GiB greater than 0"),
    "output-limit": Setting("output_bytes", (int, float), "MiB greater than 0"),
    "drafts": Setting("drafts", (bool,), "true or false"),
    "strict": Setting("strict", (bool,), "true or false"),
    "offline": Setting("offline", (bool,), "true or false"),
    "teeth": Setting("least_teeth", (int, float), "a share above 0 and up to 1"),
}

FOLDERS: Mapping[str, str] = {
    "content": "content",
    "templates": "templates",
    "static": "static",
    "output": "site",
    "cache": ".cache",
}
VOCABULARY = ("categories", "tags")
COLAB = re.compile(r"[\w.-]+/[\w.-]+/blob/[^/].*[^/]")
UNITS: Mapping[str, int] = {"memory": 2**30, "output-limit": 2**20}


def load_config(root: Path, arguments: Mapping[str, Any]) -> Config:
    """The Config of a project folder; `arguments` holds fields of Config that were given on the command line.

    Raises UsageError for unknown or mistyped settings and for folders that cannot be.
    """
    values: dict[str, Any] = {name: root / default for name, default in FOLDERS.items()}
    values |= {"jobs": processors()} | read_settings(root)
    if arguments.get("content", values["content"]) != values["content"]:
        values |= dict.fromkeys(VOCABULARY, ())  # it is that of the garden in the settings, not of another one
    values |= arguments
    known = {field.name for field in fields(Config)}
    config = Config(root=root, **{key: value for key, value in values.items() if key in known})
    refuse_nested_folders(config)
    return config


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_settings(root: Path) -> dict[str, Any]:
    """[tool.greenbed] as fields of Config; empty where there is no pyproject.toml."""
    file = root / "pyproject.toml"
    if not file.exists():
        return {}
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8")).get("tool", {}).get("greenbed", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"pyproject.toml: {error}") from error
    return dict(read_setting(root, key, value) for key, value in table.items())


def read_setting(root: Path, key: str, value: object) -> tuple[str, Any]:
    """One key of [tool.greenbed] as (field of Config, value)."""
    setting = SETTINGS.get(key)
    if setting is None:
        raise UsageError(f'pyproject.toml: [tool.greenbed] has no setting "{key}"{suggestion(key, SETTINGS)}')
    if not isinstance(value, setting.types) or (isinstance(value, bool) and bool not in setting.types):
        raise UsageError(f"pyproject.toml: [tool.greenbed] {key} = {value!r} is not {setting.meaning}")
    if isinstance(value, (int, float)) and not isinstance(value, bool) and not value > 0:
        raise UsageError(f"pyproject.toml: [tool.greenbed] {key} = {value!r} is not {setting.meaning}")
    if key == "teeth" and isinstance(value, (int, float)) and value > 1:
        raise UsageError(f"pyproject.toml: [tool.greenbed] {key} = {value!r} is not {setting.meaning}")
    if isinstance(value, list):
        return setting.field, words(key, value, setting)
    if key == "colab" and value and not COLAB.fullmatch(str(value)):
        raise UsageError(f"pyproject.toml: [tool.greenbed] {key} = {value!r} is not {setting.meaning}")
    if key in FOLDERS:
        return setting.field, (root / str(value)).resolve()
    if key in UNITS and isinstance(value, (int, float)):
        return setting.field, int(value * UNITS[key])
    return setting.field, value


def words(key: str, value: list[object], setting: Setting) -> tuple[str, ...]:
    """A list of strings, each of which says something."""
    if not all(isinstance(word, str) and word.strip() for word in value):
        raise UsageError(f"pyproject.toml: [tool.greenbed] {key} = {value!r} is not {setting.meaning}")
    return tuple(map(str, value))


def suggestion(word: str, known: Mapping[str, object]) -> str:
    """`: did you mean "tags"?`, or the list of what is known where nothing is near."""
    near = difflib.get_close_matches(word, known, n=1)
    return f': did you mean "{near[0]}"?' if near else f"; it has {', '.join(sorted(known))}"


def refuse_nested_folders(config: Config) -> None:
    """Refuse an output that would swallow the project's own files, or be read as content."""
    output = config.output.resolve()
    for name in ("root", "content", "templates", "static"):
        folder = getattr(config, name).resolve()
        if folder == output or output in folder.parents:
            raise UsageError(f"the output folder {config.output} holds the {name} folder {folder}: choose another --output")
    if config.content.resolve() in output.parents:
        raise UsageError(f"the output folder {config.output} lies in the content folder: choose another --output")
    if output in config.cache.resolve().parents or output == config.cache.resolve():
        raise UsageError(f"the output folder {config.output} holds the cache {config.cache}: choose another --output")
