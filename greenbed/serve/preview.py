"""`--serve`: build, serve on this machine, watch, build again, tell the browser, until Ctrl-C."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import uvicorn
from watchfiles import DefaultFilter, awatch

from greenbed.check.verify import start_ahead
from greenbed.model import Config
from greenbed.serve.app import News, make_app
from greenbed.serve.port import listen
from greenbed.serve.rebuild import Rebuilder, State

DEBOUNCE_MS, STEP_MS = 200, 20  # an editor that saves in two steps makes one build


class Server(uvicorn.Server):
    """A server whose end is the end of the process: a page that listens for news would keep a graceful one waiting."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Ctrl-C and termination end the process at once; what runs snippets ends with it."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, end)
        yield


def end(number: int, _: object) -> None:
    """Say goodbye without print, which may be under way; a drawn progress bar has hidden the cursor."""
    if sys.stderr.isatty():
        os.write(sys.stderr.fileno(), b"\033[?25h\n")
    os._exit(128 + number)


def preview(config: Config, *, host: str, port: int | None, open_browser: bool) -> int:
    """Serve until interrupted. Raises UsageError where the address cannot be had."""
    socket = listen(host, port)
    name, number = socket.getsockname()[:2]
    address = f"http://{f'[{name}]' if ':' in name else name}:{number}/"
    rebuilder = Rebuilder(replace(config, output=config.cache / "preview"), tell)

    async def run() -> None:
        news = News(rebuilder.state)
        app = make_app(rebuilder.config.output, news)
        follower = asyncio.create_task(follow(rebuilder, news, address, open_browser))
        await Server(uvicorn.Config(app, log_level="error", lifespan="off")).serve(sockets=[socket])
        follower.cancel()

    asyncio.run(run())
    return 1  # only a server that could not start comes here


def tell(text: str) -> None:
    """Print at once, also into a pipe."""
    print(text, flush=True)


async def follow(rebuilder: Rebuilder, news: News, address: str, open_browser: bool) -> None:
    """Build now and after each change."""
    changed: asyncio.Queue[set[str]] = asyncio.Queue()
    watcher = asyncio.create_task(watch(rebuilder.config, changed))  # from before the first build, which may take a while
    await asyncio.sleep(0)
    news.publish(await in_thread(rebuilder.rebuild))
    tell(f"\npreview at {address} (Ctrl-C ends it)")
    if open_browser:
        webbrowser.open(address)
    threading.Thread(
        target=start_ahead, args=(rebuilder.config,), daemon=True
    ).start()  # the first edit is not to wait for torch
    while not watcher.done():
        names = sorted(await changed.get())
        tell(f"\nchanged: {', '.join(names[:5])}{' …' if len(names) > 5 else ''}")
        news.publish(await in_thread(rebuilder.rebuild))


async def watch(config: Config, changed: asyncio.Queue[set[str]]) -> None:
    """Put the names of changed files, as they come; an editor's several steps of saving are one change."""
    folders = [folder for folder in (config.content, config.templates, config.static) if folder.is_dir()]
    ignored: list[str | Path] = [config.output, config.cache]
    async for changes in awatch(*folders, watch_filter=DefaultFilter(ignore_paths=ignored), debounce=DEBOUNCE_MS, step=STEP_MS):
        changed.put_nowait({Path(path).name for _, path in changes})


async def in_thread(work: Callable[[], State]) -> State:
    """Run in a daemon thread, which, unlike those of an executor, is not waited for when the command ends."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[State] = loop.create_future()

    def run() -> None:
        result = work()
        loop.call_soon_threadsafe(future.set_result, result)

    threading.Thread(target=run, daemon=True).start()
    return await future
