"""A real browser on a real site: a small garden, built by the command, opened from disk and from a server below a sub-path.

Every page that is opened also fails its test on an error or warning in the console, on a violation of the content security
policy, and on a request that leaves the site.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.conftest import Project

GARDEN = Path(__file__).parent / "garden"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",  # the shell would else make letters as wide as whole pixels
]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
PAGES = {
    "index": "index.html",
    "bit": "bits/everything/index.html",
    "unbreakable": "bits/unbreakable/index.html",
    "draft": "bits/unfinished/index.html",
    "chapter": "chapters/first/attention/index.html",
    "chapters": "chapters/index.html",
    "cheatsheet": "cheatsheets/basics/index.html",
    "cheatsheets": "cheatsheets/index.html",
    "glossary": "glossary/index.html",
    "map": "map/index.html",
    "references": "references/index.html",
    "tag": "tags/shapes/index.html",
    "tags": "tags/index.html",
    "verified": "verified/index.html",
    "404": "404.html",
}
"""One page of each kind."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site."""
    project = Project(tmp_path_factory.mktemp("browser"))
    shutil.copytree(GARDEN, project.content)
    built = project.build("--drafts")
    assert built.code == 0, built.stdout + built.stderr
    return project.site


class Handler(SimpleHTTPRequestHandler):
    """The site below /garden/, with the strictest policy."""

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix("/garden"))

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """The address of the site on a local server."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(site))) as httpd:
        thread = threading.Thread(target=httpd.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{httpd.server_address[1]}/garden"
        httpd.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, or Playwright's own."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield found
        found.close()


@dataclass
class Reader:
    """Somebody who opens pages, and notes down what goes wrong with them."""

    browser: Browser
    addresses: dict[str, str]  # "http" and "file"
    troubles: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(self, page: str, *, by: str = "http", width: int = 1280, **options: Any) -> Page:
        """A page, by its kind or its path, in a fresh context."""
        context = self.browser.new_context(viewport={"width": width, "height": 900}, **options)
        self.contexts.append(context)
        return self.visit(context, page, by=by)

    def visit(self, context: BrowserContext, page: str, *, by: str = "http") -> Page:
        """A page in a context that has been used before."""
        tab = context.new_page()
        tab.set_default_timeout(5000)
        tab.on("console", lambda said: self.heard(said.type, said.text))
        tab.on("pageerror", lambda error: self.failed(str(error)))
        tab.on("request", lambda request: self.asked(request.url))
        tab.on("requestfailed", lambda request: self.missed(request.url, request.failure or ""))
        tab.goto(f"{self.addresses[by]}/{PAGES.get(page, page)}")
        return tab

    def heard(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.troubles.append(f"{kind}: {text}")

    def failed(self, error: str) -> None:
        if not error.startswith("Transition was "):  # aborted or skipped, since the reader went on before it had ended
            self.troubles.append(f"error: {error}")

    def missed(self, url: str, why: str) -> None:
        if why != "net::ERR_ABORTED":  # the reader went on before it had come
            self.troubles.append(f"failed: {url}: {why}")

    def asked(self, url: str) -> None:
        if not url.startswith(tuple(self.addresses.values())):
            self.troubles.append(f"request that leaves the site: {url}")


@pytest.fixture
def reader(chromium: Browser, server: str, site: Path) -> Iterator[Reader]:
    """Opens pages; at the end there may have been no trouble."""
    someone = Reader(chromium, {"http": server, "file": site.as_uri()})
    yield someone
    for context in someone.contexts:
        context.close()
    assert someone.troubles == []
