"""`--serve`: build, serve on this machine, watch, build again, tell the browser, until Ctrl-C."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import uvicorn
from watchfiles import DefaultFilter, awatch

from greenbed.model import Config
from greenbed.serve.app import News, make_app
from greenbed.serve.port import listen
from greenbed.serve.rebuild import Rebuilder, State

DEBOUNCE_MS, STEP_MS = 200, 20  # an editor that saves in two steps makes one build


def preview(config: Config, *, host: str, port: int | None, open_browser: bool) -> int:
    """Serve until interrupted; the exit code is 130 then, as for any interrupted command."""
    socket = listen(host, port)
    name, number = socket.getsockname()[:2]
    address = f"http://{f'[{name}]' if ':' in name else name}:{number}/"
    rebuilder = Rebuilder(replace(config, output=config.cache / "preview"), tell)
    server = uvicorn.Server(uvicorn.Config("", log_level="error", lifespan="off", timeout_graceful_shutdown=0))

    async def run() -> None:
        news = News(rebuilder.state)
        server.config.app = make_app(rebuilder.config.output, news)
        follower = asyncio.create_task(follow(rebuilder, news, address, open_browser))
        await server.serve(sockets=[socket])
        follower.cancel()

    try:
        asyncio.run(run())
    except KeyboardInterrupt:
        tell("preview ended")
    sys.stdout.flush()
    # A build may be under way in its thread: the process ends now, and what runs snippets ends with it.
    os._exit(130)


def tell(text: str) -> None:
    """Print at once, also into a pipe."""
    print(text, flush=True)


async def follow(rebuilder: Rebuilder, news: News, address: str, open_browser: bool) -> None:
    """Build now and after each change."""
    news.publish(await in_thread(rebuilder.rebuild))
    tell(f"\npreview at {address} (Ctrl-C ends it)")
    if open_browser:
        webbrowser.open(address)
    config = rebuilder.config
    folders = [folder for folder in (config.content, config.templates, config.static) if folder.is_dir()]
    ignored: list[str | Path] = [config.output, config.cache]
    watched = awatch(*folders, watch_filter=DefaultFilter(ignore_paths=ignored), debounce=DEBOUNCE_MS, step=STEP_MS)
    async for changes in watched:
        names = sorted({Path(path).name for _, path in changes})
        tell(f"\nchanged: {', '.join(names[:5])}{' …' if len(names) > 5 else ''}")
        news.publish(await in_thread(rebuilder.rebuild))


async def in_thread(work: Callable[[], State]) -> State:
    """Run in a daemon thread, which, unlike those of an executor, is not waited for when the command ends."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[State] = loop.create_future()

    def run() -> None:
        result = work()
        loop.call_soon_threadsafe(future.set_result, result)

    threading.Thread(target=run, daemon=True).start()
    return await future
