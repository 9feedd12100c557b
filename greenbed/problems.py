"""Problem → terminal lines with the source excerpt, JSON, a GitHub annotation.

Only text is made here; colours and the preview's overlay take the same parts.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from greenbed.model import Code, Config, Problem, Severity


def arrange(problems: Iterable[Problem], *, strict: bool) -> tuple[Problem, ...]:
    """Each problem once, by file and line; under --strict warnings are errors, and notes to the author stay notes."""
    unique = dict.fromkeys(_strictly(problem) if strict else problem for problem in problems)
    return tuple(sorted(unique, key=lambda p: (p.path, p.line, p.column, p.code, p.message)))


def _strictly(problem: Problem) -> Problem:
    return replace(problem, severity=Severity.ERROR) if problem.severity is Severity.WARNING else problem


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether anything stands against publication."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def locate(problem: Problem, config: Config) -> Path:
    """The file that a problem is about: below content, else below the project folder."""
    inside = config.content / problem.path
    return inside if inside.exists() else config.root / problem.path


def displayed(file: Path) -> str:
    """A path as the user would type it from where the command runs."""
    try:
        return os.path.relpath(file) if file.is_relative_to(Path.cwd()) else str(file)
    except OSError:  # the working directory is gone
        return str(file)


def excerpt(problem: Problem, file: Path) -> tuple[str, str] | None:
    """The source line and a line with a caret below its column; None where there is no such line."""
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").removeprefix("\ufeff").splitlines()
    except OSError:
        return None
    if not 1 <= problem.line <= len(lines) or not lines[problem.line - 1].strip():
        return None
    text = lines[problem.line - 1]
    start = problem.column - 1 if problem.column > 1 else len(text) - len(text.lstrip())
    number = f"{problem.line:>5} | "
    blank = "".join("\t" if character == "\t" else " " for character in text[:start])
    return number + text, " " * (len(number) - 2) + "| " + blank + "^"


def headline(problem: Problem, config: Config) -> str:
    """`content/bits/relu.md:3:1: error: unknown key "tag" [unknown-key]`."""
    place = f"{displayed(locate(problem, config))}:{problem.line}"
    if problem.column > 1:
        place += f":{problem.column}"
    return f"{place}: {problem.severity}: {problem.message} [{problem.code}]"


def describe(problem: Problem, config: Config) -> str:
    """A problem for the terminal: place and message, the source line with a caret, evidence, hint."""
    parts = [headline(problem, config)]
    parts += excerpt(problem, locate(problem, config)) or ()
    parts += [f"      {line}".rstrip() for line in problem.detail.splitlines()]
    if problem.hint:
        parts.append(f"      hint: {problem.hint}")
    return "\n".join(parts)


def annotation(problem: Problem, config: Config) -> str:
    """A workflow command: `::error file=content/x.md,line=3,col=1,title=…::message`."""
    text = "\n".join(part for part in (problem.message, problem.detail, problem.hint and f"hint: {problem.hint}") if part)
    place = {"line": problem.line, "col": problem.column, "title": problem.code.value}
    name = "notice" if problem.severity is Severity.NOTE else problem.severity.value
    return command(name, locate(problem, config), place, text, config)


def command(name: str, file: Path, place: Mapping[str, str | int], text: str, config: Config) -> str:
    """One workflow command about a file, with the properties that `place` gives."""
    known = file.relative_to(config.root).as_posix() if file.is_relative_to(config.root) else str(file)
    listed = ",".join(f"{key}={escaped(str(value), more=True)}" for key, value in {"file": known, **place}.items())
    return f"::{name} {listed}::{escaped(text)}"


def escaped(text: str, *, more: bool = False) -> str:
    """Percent-encoding of workflow commands; properties escape ":" and "," as well."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if more else text


def as_json(problem: Problem) -> dict[str, str | int]:
    """The members of one problem in the JSON report."""
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "code": problem.code.value,
        "severity": problem.severity.value,
        "message": problem.message,
        "hint": problem.hint,
    }


def from_json(members: dict[str, str | int]) -> Problem:
    """A problem read back from a stored report; its detail is not kept."""
    return Problem(
        path=str(members["path"]),
        line=int(members["line"]),
        column=int(members["column"]),
        code=Code(str(members["code"])),
        severity=Severity(str(members["severity"])),
        message=str(members["message"]),
        hint=str(members["hint"]),
    )
