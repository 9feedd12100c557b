"""The glossary's page: its terms under their letters."""

from __future__ import annotations

from pathlib import Path

from greenbed.show.pages import views
from greenbed.show.pages.glossary import glossary_page
from tests.show.rendering import press


def test_a_term_has_its_definition_and_its_places(tmp_path: Path) -> None:
    files = {
        "bits/a.md": '# A\n\nAn [eigenvalue (EV)]{.term aka="characteristic root"} is a *factor*.\n',
        "bits/b.md": "# B\n\nEach eigenvalue counts.\n",
        "bits/c.md": "# C\n\nA [0-dimensional tensor]{.term} is a number.\n",
    }
    page = glossary_page(press(tmp_path, files).garden, "../")
    assert [(letter.name, letter.id) for letter in page.letters] == [("E", "letter-e"), ("#", "letter-other")]
    entry = page.letters[0].entries[0]
    assert (entry.id, entry.name, entry.short, entry.aliases) == ("eigenvalue", "eigenvalue", "EV", ("characteristic root",))
    assert "is a <em>factor</em>." in entry.definition_html
    assert entry.introduced == views.Anchor("A", "/bits/a/#term-eigenvalue")
    assert entry.also_in == (views.Anchor("B", "/bits/b/"),)
