"""Old addresses lead to the new ones, by a page that needs no server."""

import re
from pathlib import Path

from greenbed.show.files.redirects import redirect_pages
from tests.show.growing import grow

NEW = "---\ntitle: A <b> & c\naliases: [old, deep/older]\n---\n\nText.\n"


def test_an_old_address_refreshes_to_the_new_page_and_links_to_it(tmp_path: Path) -> None:
    grown = grow(tmp_path, {"bits/new.md": NEW}, base_url="https://example.org/g")
    deep, old = redirect_pages(grown.garden, grown.config, "/static/leaf.svg")
    assert (deep.path.as_posix(), old.path.as_posix()) == ("bits/deep/older/index.html", "bits/old/index.html")
    html = old.content.decode()
    assert '<meta http-equiv="refresh" content="0; url=../../bits/new/index.html">' in html
    assert '<link rel="canonical" href="https://example.org/g/bits/new/">' in html
    assert '<a href="../../bits/new/index.html">A &lt;b&gt; &amp; c</a>' in html
    assert '<link rel="icon" href="../../static/leaf.svg">' in html
    assert 'url=../../../bits/new/index.html"' in deep.content.decode()


def test_a_chapter_of_a_sheet_is_redirected_to_its_place(tmp_path: Path) -> None:
    grown = grow(tmp_path, {"cheatsheets/p/new.md": NEW})
    pages = redirect_pages(grown.garden, grown.config)
    assert {page.path.as_posix() for page in pages} == {"cheatsheets/old/index.html", "cheatsheets/deep/older/index.html"}
    assert all(re.search(r'url=[./]*cheatsheets/p/index.html#new"', page.content.decode()) for page in pages)
    assert all("canonical" not in page.content.decode() for page in pages)
