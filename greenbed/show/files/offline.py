"""Reading without a network: /sw.js, the worker that keeps pages and files in the browser, and the list of what there is.

The worker has to lie at the root of the site to serve all of it (Service Workers §Scope), and is fetched at each visit; so it
is small, and the list, whose name carries a hash of its content, is fetched only where it has changed. In a garden that is not
to be read offline, and in the preview, /sw.js is one that removes what an earlier version left behind: browsers keep a worker
whose script is gone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from greenbed.model import Artifact, Config

PAGE = "/offline.html"
WORKER = "/sw.js"
FETCHED_BYTES = 25 * 2**20  # of a larger garden a browser keeps what was visited, and does not fetch the rest
READ = frozenset({".html", ".css", ".js", ".woff2", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"})
NOT_READ = frozenset({"404.html", "card.png"})  # for addresses that lead nowhere; for other sites
FIRST = frozenset({".css", ".js", ".woff2"})  # of the static files

_HERE = Path(__file__).parent


def is_offline(config: Config) -> bool:
    """Whether browsers are to keep this site; the preview never is kept, since what it shows is to be the newest."""
    return config.offline and not config.live


def offline_files(made: Sequence[Artifact], config: Config) -> Iterator[Artifact]:
    """The worker, and the list of all files that a reader may need."""
    if not is_offline(config):
        yield Artifact(PurePosixPath(WORKER[1:]), (_HERE / "farewell.js").read_bytes())
        return
    read = [artifact for artifact in made if artifact.path.suffix in READ and artifact.path.name not in NOT_READ]
    data = listing(read)
    name = f"offline.{version(data)}.json"
    yield Artifact(PurePosixPath(name), data)
    worker = (_HERE / "worker.js").read_text(encoding="utf-8")
    yield Artifact(PurePosixPath(WORKER[1:]), f'const LIST = "{name}";\n{worker}'.encode())


def listing(read: Sequence[Artifact]) -> bytes:
    """Every file with its version, and which are needed at once; what pages are made of comes before the pages."""
    ordered = sorted(read, key=lambda artifact: artifact.path.suffix == ".html")
    document = {
        "first": [str(artifact.path) for artifact in ordered if is_first(artifact.path)],
        "files": {str(artifact.path): version(artifact.content) for artifact in ordered},
        "isSmall": sum(len(artifact.content) for artifact in read) <= FETCHED_BYTES,
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def is_first(path: PurePosixPath) -> bool:
    """Whether any page would look broken without it; the first page and the words for a missing one among them."""
    return str(path) in ("index.html", PAGE[1:]) or (path.parts[0] == "static" and path.suffix in FIRST)


def version(content: bytes) -> str:
    """A hash, short enough for a list of thousands."""
    return hashlib.sha256(content).hexdigest()[:8]
