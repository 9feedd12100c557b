"""A driver for the tests of pages: files → garden → artifacts, with the repository's own templates and static files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from greenbed.model import Config, Garden, Note, Problem, Role, Snippet, Status, Verdict
from greenbed.show.pages.assemble import head_view, site_view
from greenbed.show.pages.assets import load_assets
from greenbed.show.pages.env import Templates
from greenbed.show.pages.pageviews import VerifiedPage
from greenbed.show.render import render
from tests.show.growing import Grown, grow

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Rendered:
    """What rendering gave."""

    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]
    garden: Garden
    config: Config

    def page(self, path: str) -> str:
        return self.files[path].decode()

    def main(self, path: str) -> str:
        """What stands in `<main>`."""
        return self.page(path).partition("<main")[2].partition("</main>")[0]

    @property
    def found(self) -> list[tuple[str, int, str]]:
        return [(problem.path, problem.line, problem.code.value) for problem in self.problems]


def press(folder: Path, files: Mapping[str, str | bytes], **settings: Any) -> Rendered:
    """The site of these files, each of whose snippets is taken to have held, unless it is marked to be skipped."""
    places = {name: settings.pop(name, ROOT / name) for name in ("templates", "static")}
    grown = grow(folder, files, **settings)
    verdicts = {path: tuple(held(snippet) for snippet in note.snippets) for path, note in grown.garden.notes.items()}
    return pressed(grown, {path: found for path, found in verdicts.items() if found}, **places)


def pressed(grown: Grown, verdicts: Mapping[PurePosixPath, tuple[Verdict, ...]], **places: Path) -> Rendered:
    """The site of a garden with these verdicts."""
    garden = replace(grown.garden, verification=replace(grown.garden.verification, by_path=verdicts))
    config = replace(grown.config, **places)
    artifacts, problems = render(garden, config)
    files = {artifact.path.as_posix(): artifact.content for artifact in artifacts}
    assert len(files) == len(artifacts), "two artifacts want one path"
    return Rendered(files, problems, garden, config)


def held(snippet: Snippet) -> Verdict:
    """A verdict as checking gives it: setup claims nothing, all else holds in one check."""
    if snippet.options.skip is not None:
        return Verdict(snippet.index, Status.SKIPPED, reason=snippet.options.skip)
    status = Status.RUNS if snippet.role is Role.SETUP else Status.VERIFIED
    raised = f"{snippet.options.raises.type}: {snippet.options.raises.text}" if snippet.options.raises else ""
    checks = int(status is Status.VERIFIED)
    return Verdict(snippet.index, status, checks=checks, seconds=0.25, verified_on="2026-11-22", raised=raised)


def only(garden: Garden) -> Note:
    """The only note of a garden."""
    (note,) = garden.notes.values()
    return note


def ledger_of(rendered: Rendered, view: VerifiedPage) -> str:
    """The page of a ledger, one folder below the site's root."""
    config = rendered.config
    templates = Templates(config, load_assets(config)[0])
    site, head = site_view(rendered.garden, config), head_view("verified", "Verified", "All.", "/long/", config)
    return templates.page("verified.html", site=site, head=head, page=view)
