"""Addresses: from a URL of the garden ("/bits/x/#y") to a href, to the file it is served from, to an absolute address.

URLs in a Garden are root-relative, not percent-encoded, and the first "#" begins the fragment. Hrefs are relative to the page
that holds them and name `index.html`, since a folder opened from file:// does not show its index page: one form works from
disk, from a server, and from any sub-path. Canonical links, the sitemap and the feed use the clean absolute URL instead.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import quote

_NOT_A_WORD = re.compile(r"[^\w\s-]+")
_SPACES = re.compile(r"[\s_-]+")
_EXTERNAL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_SAFE_IN_PATH = "/~!$&'()*+,;=:@"


@lru_cache(maxsize=50_000)
def href(url: str, root: str) -> str:
    """Relative address of a URL of the garden, from a page whose way to the site's root is `root`; others as they are.

    >>> href("/bits/x/#y", "../../")
    '../../bits/x/index.html#y'
    >>> href("/", ""), href("/feed.xml", "../"), href("https://pytorch.org/", "../")
    ('index.html', '../feed.xml', 'https://pytorch.org/')
    """
    if not url.startswith("/") or url.startswith("//"):
        return url
    path, fragment = _split(url)
    return root + _encoded(_file(path)) + fragment


def root_of(path: PurePosixPath | str) -> str:
    """The way from an artifact back to the site's root.

    >>> root_of("bits/attention/masks/index.html"), root_of("index.html")
    ('../../../', '')
    """
    return "../" * (len(PurePosixPath(path).parts) - 1)


def page_path(url: str) -> PurePosixPath:
    """The artifact that a URL is served from.

    >>> str(page_path("/bits/x/#y")), str(page_path("/"))
    ('bits/x/index.html', 'index.html')
    """
    return PurePosixPath(_file(url.partition("#")[0]))


def absolute(url: str, base_url: str) -> str:
    """The clean address on the web; `base_url` has no final slash.

    >>> absolute("/bits/x/", "https://example.org/garden")
    'https://example.org/garden/bits/x/'
    """
    if not url.startswith("/") or url.startswith("//"):
        return url
    path, fragment = _split(url)
    return base_url.rstrip("/") + quote(path, safe=_SAFE_IN_PATH) + fragment


def tag_url(tag: str) -> str:
    """The page of a tag.

    >>> tag_url("Mixed precision")
    '/tags/mixed-precision/'
    """
    return f"/tags/{slugify(tag)}/"


def is_external(address: str) -> bool:
    """Whether it has a scheme, or names a host."""
    return _EXTERNAL.match(address) is not None


def slugify(text: str) -> str:
    """Lower-case words joined by hyphens; letters of any script stay, and C is neither C++ nor C#.

    >>> slugify("Mixed precision: FP16, bf16"), slugify("C++")
    ('mixed-precision-fp16-bf16', 'c-plus-plus')
    """
    spelled = unicodedata.normalize("NFKC", text).lower().replace("+", " plus ").replace("#", " sharp ")
    words = _NOT_A_WORD.sub("", spelled)
    return _SPACES.sub("-", words).strip("-") or "untitled"


def _split(url: str) -> tuple[str, str]:
    path, mark, fragment = url.partition("#")
    return path, mark + quote(fragment, safe=_SAFE_IN_PATH + "?") if mark else ""


def _file(path: str) -> str:
    return path[1:] + "index.html" if path.endswith("/") else path[1:]


def _encoded(path: str) -> str:
    return quote(path, safe=_SAFE_IN_PATH)
