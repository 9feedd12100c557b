"""The preview's web application: the last good site, with a script in each page that listens for news.

Nothing of this is part of the published site. The script and its style come from /_greenbed/, so that the pages'
Content-Security-Policy holds in the preview as it does for readers.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from greenbed.serve.rebuild import State

ASSETS = Path(__file__).parent / "assets"
PREFIX = "/_greenbed"
HEARTBEAT_SECONDS = 15.0


class News:
    """The newest State, and everybody who waits for the next."""

    def __init__(self, state: State) -> None:
        self.state = state
        self._changed = asyncio.Event()

    def publish(self, state: State) -> None:
        """Wake all listeners."""
        self.state = state
        self._changed.set()
        self._changed = asyncio.Event()

    async def events(self) -> AsyncIterator[str]:
        """Server-sent events (HTML Standard §9.2): the state now and after each build, and a comment to keep the line open."""
        while True:
            changed = self._changed
            yield f"data: {json.dumps({'version': self.state.version, 'problems': self.state.problems})}\n\n"
            while not changed.is_set():
                try:
                    await asyncio.wait_for(changed.wait(), HEARTBEAT_SECONDS)
                except TimeoutError:
                    yield ": still here\n\n"


def make_app(site: Path, news: News) -> Starlette:
    """The application; `site` need not exist yet."""

    async def events(request: Request) -> Response:
        return StreamingResponse(news.events(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def page(request: Request) -> Response:
        return await respond(site, news, request)

    return Starlette(
        routes=[
            Route(f"{PREFIX}/events", events),
            Mount(PREFIX, StaticFiles(directory=ASSETS)),
            Route("/{path:path}", page, methods=["GET", "HEAD"]),
        ]
    )


async def respond(site: Path, news: News, request: Request) -> Response:
    """A file of the site: pages with the listening script, anything else as it is, 404.html where there is none."""
    file = locate(site, request.path_params["path"])
    if file is not None and file.is_dir() and not request.url.path.endswith("/"):
        return Response(status_code=307, headers={"Location": f"{request.url.path}/"})
    if file is not None and file.is_dir():
        file /= "index.html"
    if file is None or not file.is_file():
        return HTMLResponse(with_script(missing_page(site), news.state.version), status_code=404)
    if file.suffix == ".html":
        return HTMLResponse(
            with_script(file.read_text(encoding="utf-8"), news.state.version), headers={"Cache-Control": "no-store"}
        )
    return await plain_file(site, file, request)


def locate(site: Path, path: str) -> Path | None:
    """The file or folder of an address; None where it would lie outside the site."""
    try:
        file = (site / path).resolve()
    except (OSError, ValueError):
        return None
    return file if file.is_relative_to(site.resolve()) else None


def missing_page(site: Path) -> str:
    """The site's own 404 page, or ours while nothing has been built."""
    own = site / "404.html"
    return (own if own.is_file() else ASSETS / "nothing.html").read_text(encoding="utf-8")


async def plain_file(site: Path, file: Path, request: Request) -> Response:
    """A file with its type, ranges and conditional requests."""
    scope: dict[str, Any] = dict(request.scope)
    response = await StaticFiles(directory=site).get_response(str(file.relative_to(site.resolve())), scope)
    response.headers["Cache-Control"] = "no-cache"
    return response


def with_script(html: str, version: int) -> str:
    """A page that listens for news; its version tells the script what the reader sees."""
    script = (
        f'<link rel="stylesheet" href="{PREFIX}/overlay.css">'
        f'<script src="{PREFIX}/live.js" data-version="{version}" defer></script></head>'
    )
    return html.replace("</head>", script, 1)
