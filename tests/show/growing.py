"""A driver for the tests of showing: files → notes → garden, by the real stages, without running any snippet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from greenbed.model import Code, Config, Discovery, Environment, Garden, Note, Problem, Snippet, Verdict, Verification
from greenbed.read.discover import discover
from greenbed.read.extract import extract
from greenbed.read.parse import parse
from greenbed.show.link import link
from greenbed.show.markup.body import render_body
from greenbed.show.urls import page_path, root_of

ENVIRONMENT = Environment(python="3.11.7", torch="2.13.0+cpu", platform="Linux x86_64", isolation="none")


@dataclass(frozen=True)
class Grown:
    """A linked garden and what was wrong with it."""

    garden: Garden
    problems: tuple[Problem, ...]
    config: Config

    def note(self, path: str) -> Note:
        return self.garden.notes[PurePosixPath(path)]

    def body(self, path: str) -> str:
        """The body of a note, for its own page; snippets and code are bare <pre>."""
        return self.rendered(path)[0]

    def rendered(self, path: str) -> tuple[str, tuple[Problem, ...]]:
        note = self.note(path)
        root = root_of(page_path(note.url))
        return render_body(note, self.garden, root=root, snippet_html=snippet_html, code_html=code_html)

    @property
    def found(self) -> list[tuple[str, int, Code]]:
        """(path, line, code) of each problem, sorted."""
        return sorted((problem.path, problem.line, problem.code) for problem in self.problems)

    def problem(self, code: Code) -> Problem:
        """The only problem with this code."""
        (problem,) = (problem for problem in self.problems if problem.code is code)
        return problem

    def urls(self, path: str) -> dict[str, str]:
        """What each link of a note leads to, by what was written."""
        return {
            target + (f"#{fragment}" if fragment else ""): found.url
            for (note, _, target, fragment), found in self.garden.targets.items()
            if note == PurePosixPath(path)
        }


def snippet_html(note: Note, snippet: Snippet) -> str:
    return f'<figure class="snippet" id="snippet-{snippet.index}">{note.slug}:{snippet.index}</figure>\n'


def code_html(code: str, language: str) -> str:
    return f'<pre class="{language}">{code.replace("&", "&amp;").replace("<", "&lt;")}</pre>\n'


def config_in(folder: Path, **settings: Any) -> Config:
    return Config(
        root=folder,
        content=folder / "content",
        templates=folder / "templates",
        static=folder / "static",
        output=folder / "site",
        cache=folder / "cache",
        **settings,
    )


def notes_in(folder: Path, files: Mapping[str, str | bytes], **settings: Any) -> tuple[tuple[Note, ...], Discovery]:
    """The notes and everything else of a content folder, which must be readable without a problem but in the preview."""
    for path, text in files.items():
        file = folder / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    discovery, found = discover(config_in(folder, **settings))
    problems = list(found)
    notes = []
    for source in discovery.sources:
        document, broken = parse(source)
        note, unclear = extract(document)
        notes.append(note)
        problems += [*broken, *unclear]
    assert problems == [] or settings.get("live")
    return tuple(notes), discovery


def grow(
    folder: Path,
    files: Mapping[str, str | bytes],
    *,
    verdicts: Mapping[str, tuple[Verdict, ...]] | None = None,
    **settings: Any,
) -> Grown:
    """The garden of these files."""
    notes, found = notes_in(folder, files, **settings)
    config = config_in(folder, **settings)
    by_path = {PurePosixPath(path): found for path, found in (verdicts or {}).items()}
    garden, problems = link(notes, Verification(by_path, ENVIRONMENT), found.files, config, found.bibliography)
    return Grown(garden, problems, config)
