"""The preview as a user runs it: pages, reload, problems over the page, drafts, Ctrl-C."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from tests.conftest import Project


@dataclass
class Preview:
    """A running preview."""

    process: subprocess.Popen[str]
    port: int

    def get(self, path: str) -> tuple[int, str]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode()

    @contextmanager
    def news(self) -> Iterator[Iterator[dict[str, Any]]]:
        """The states that a browser is told, the present one first."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request("GET", "/_greenbed/events")
            response = connection.getresponse()
            yield (json.loads(line[6:]) for line in response if line.startswith(b"data: "))


@contextmanager
def previewing(project: Project, *arguments: str, meanwhile: Callable[[], object] = lambda: None) -> Iterator[Preview]:
    """Start the preview and wait until it has built once, doing something `meanwhile`; it is always ended."""
    process = subprocess.Popen(
        project.command("--serve", *arguments),
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        cwd=project.folder,
        env=project.environment(),
    )
    try:
        meanwhile()
        assert process.stdout is not None
        for line in process.stdout:
            if found := re.search(r"preview at http://127\.0\.0\.1:(\d+)/", line):
                yield Preview(process, int(found[1]))
                break
        else:
            raise AssertionError("the preview did not start")
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def garden(project: Project) -> Project:
    return project.write(
        {
            "bits/one.md": "# One\n\n```python\n1 + 1  # 2\n```\n",
            "bits/draft.md": "---\ntitle: Unfinished\ndraft: true\n---\n\nLater.\n",
        }
    )


def test_pages_are_served_and_drafts_are_shown_and_marked(garden: Project) -> None:
    with previewing(garden) as preview:
        status, page = preview.get("/bits/one/")
        assert status == 200
        assert "/_greenbed/live.js" in page
        status, page = preview.get("/bits/draft/")
        assert status == 200
        assert "Draft" in page
        assert preview.get("/bits/one")[0] == 307
        assert preview.get("/nowhere/")[0] == 404
        assert preview.get("/../../../etc/passwd")[0] == 404
        assert preview.get("/%2e%2e/%2e%2e/verdicts.sqlite3")[0] == 404
    assert not garden.site.exists(), "the preview must not publish"


def test_a_change_is_built_and_told_and_the_last_good_site_stays(garden: Project) -> None:
    with previewing(garden) as preview, preview.news() as news:
        first = next(news)
        assert first["problems"] == []
        garden.write({"bits/one.md": "# One\n\n```python\n1 + 1  # 3\n```\n"})
        broken = next(news)
        assert broken["version"] == first["version"]
        (problem,) = broken["problems"]
        assert problem["place"].endswith("bits/one.md:4")
        assert "3" in problem["message"] + problem["detail"]
        assert preview.get("/bits/one/")[0] == 200
        garden.write({"bits/one.md": "# Changed\n\n```python\n1 + 1  # 2\n```\n"})
        mended = next(news)
        assert mended["version"] == first["version"] + 1
        assert mended["problems"] == []
        assert "Changed" in preview.get("/bits/one/")[1]


def test_an_edit_during_the_first_build_is_not_lost(project: Project) -> None:
    project.write({"one.md": "# One\n\n```python\nimport time\ntime.sleep(3)\n1  # 1\n```\n"})

    def edit() -> None:
        time.sleep(3)  # the first build has read its notes and imports torch, or runs the snippet
        project.write({"two.md": "# Two\n"})

    with previewing(project, meanwhile=edit) as preview, preview.news() as news:
        for _ in news:
            if preview.get("/bits/two/")[0] == 200:
                break


def test_a_first_build_that_fails_shows_a_page_that_waits(project: Project) -> None:
    project.write({"one.md": "[dead](nowhere.md)\n"})
    with previewing(project) as preview:
        status, page = preview.get("/")
        assert status == 404
        assert "/_greenbed/live.js" in page
        with preview.news() as news:
            assert next(news)["problems"][0]["place"].endswith("one.md:1")


def test_ctrl_c_ends_it_and_leaves_no_process(garden: Project) -> None:
    garden.write({"bits/slow.md": "```python\nimport time\ntime.sleep(0.01)\n1  # 1\n```\n"})
    with previewing(garden) as preview, preview.news() as news:
        next(news)
        garden.write({"bits/slow.md": "```python\nimport time\ntime.sleep(20)\n1  # 1\n```\n"})
        os.killpg(preview.process.pid, signal.SIGINT)
        assert preview.process.wait(timeout=5) == 130
        assert garden.survivors() == []


def test_a_busy_port_is_said(garden: Project) -> None:
    with previewing(garden) as preview:
        done = subprocess.run(
            garden.command("--serve", "--port", str(preview.port)), capture_output=True, text=True, check=False, timeout=60
        )
    assert done.returncode == 2
    assert f"port {preview.port} is busy" in done.stderr
