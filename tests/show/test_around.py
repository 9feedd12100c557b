"""Around a note: where it can be edited, and its related notes on the page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from greenbed.model import Config
from greenbed.show.pages.around import edit_url
from tests.show.growing import config_in, grow
from tests.show.rendering import press

REPOSITORY = "https://github.com/owner/name"


def test_a_note_is_edited_where_it_lies_in_the_repository(tmp_path: Path) -> None:
    grown = grow(tmp_path, {"bits/a b.md": "A\n"})
    note = grown.note("bits/a b.md")
    config = config_in(tmp_path, repository=REPOSITORY, branch="next/one")
    assert edit_url(note, config) == f"{REPOSITORY}/edit/next/one/content/bits/a%20b.md"
    deeper = replace(config, root=tmp_path.parent)
    assert edit_url(note, deeper) == f"{REPOSITORY}/edit/next/one/{tmp_path.name}/content/bits/a%20b.md"


def test_without_a_repository_or_outside_of_it_there_is_no_such_link(tmp_path: Path) -> None:
    note = grow(tmp_path, {"bits/a.md": "A\n"}).note("bits/a.md")
    here: Config = config_in(tmp_path)
    assert edit_url(note, here) == ""
    assert edit_url(note, replace(here, repository=REPOSITORY, root=tmp_path / "elsewhere")) == ""


def test_the_page_ends_with_related_notes_and_the_way_to_edit_it(tmp_path: Path) -> None:
    files = {f"bits/z{number}.md": f"---\ntags: [own{number}]\n---\nZ\n" for number in range(20)}
    both = "---\ntitle: {}\ntags: [rope, position]\n---\nText.\n"
    files |= {"bits/a.md": both.format("A"), "bits/b.md": both.format('"`B` & C"')}
    foot = press(tmp_path, files, repository=REPOSITORY).main("bits/a/index.html").partition('class="related"')[2]
    assert '<a href="../b/index.html">' not in foot
    assert '<a href="../../bits/b/index.html"><code>B</code> &amp; C</a> <span class="related__reason">Shares ' in foot
    assert f'<a href="{REPOSITORY}/edit/main/content/bits/a.md" rel="noopener external">Edit this page</a>' in foot
    assert 'id="note__related"' not in press(tmp_path / "alone", {"bits/a.md": "A\n"}).page("bits/a/index.html")
