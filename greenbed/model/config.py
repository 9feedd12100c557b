"""The settings of one build."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Config:
    """Settings of one build: [tool.greenbed] overlaid with the command's arguments."""

    root: Path  # absolute folder of pyproject.toml
    content: Path
    templates: Path
    static: Path
    output: Path
    cache: Path
    title: str = "greenbed"
    tagline: str = "Notes whose code stays green"
    author: str = ""
    language: str = "en"
    base_url: str = ""  # "https://host/sub/path" without a final slash; empty: feeds and sitemap use relative addresses
    repository: str = ""  # "https://host/owner/name" without a final slash: where readers find and mend the notes
    branch: str = "main"  # of the repository
    colab: str = ""  # "owner/name/blob/gh-pages/folder": where GitHub has the published site, for Colab
    categories: tuple[str, ...] = ()  # the vocabulary; empty: any will do
    tags: tuple[str, ...] = ()  # likewise
    jobs: int = 2  # notes run at once
    timeout_seconds: float = 30.0  # for each snippet
    memory_bytes: int = 4 * 2**30  # for each note's process, beyond what importing torch takes
    output_bytes: int = 2**20  # stdout and stderr of one snippet
    only: tuple[str, ...] = ()  # globs below content; verification is limited to these notes
    drafts: bool = False
    strict: bool = False
    check: bool = False  # run everything, write nothing
    use_cache: bool = True
    teeth: bool = False  # try mutants of the snippets: would the checks notice?
    least_teeth: float | None = None  # share of the garden's mutants that must be noticed
    offline: bool = False  # browsers keep the site, for reading without a network
    live: bool = False  # preview: drafts are shown and marked
