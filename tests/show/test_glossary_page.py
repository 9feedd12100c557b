"""The glossary's page: its terms, and their other names, under their letters."""

from __future__ import annotations

import re
from pathlib import Path
from string import ascii_uppercase

from greenbed.show.pages import views
from greenbed.show.pages.glossary import glossary_page
from tests.show.rendering import press

FILES = {
    "bits/a.md": '# A\n\nAn [eigenvalue (EV)]{.term aka="characteristic root, letter-a"} is a *factor*.\n',
    "bits/b.md": '# B\n\nEach eigenvalue counts. A [logit]{.term aka="score"} is one. An [ev]{.term} is a car.\n',
    "bits/c.md": "# C\n\nA [0-dimensional tensor]{.term} is a number.\n",
}


def test_a_term_has_its_definition_and_its_places(tmp_path: Path) -> None:
    page = glossary_page(press(tmp_path, FILES).garden, "../")
    entry, *_ = (line for line in page.letters[4].entries if isinstance(line, views.Entry))
    assert (entry.id, entry.name, entry.short) == ("eigenvalue", "eigenvalue", "EV")
    assert entry.aliases == ("characteristic root", "letter-a")
    assert "is a <em>factor</em>." in entry.definition_html
    assert entry.introduced == views.Anchor("A", "/bits/a/#term-eigenvalue")
    assert entry.also_in == (views.Anchor("B", "/bits/b/"),)


def test_all_letters_are_there_with_the_number_of_their_terms(tmp_path: Path) -> None:
    page = glossary_page(press(tmp_path, FILES).garden, "../")
    assert "".join(letter.name for letter in page.letters) == ascii_uppercase + "#"
    assert (page.letters[4].id, page.letters[-1].id) == ("letter-e", "letter-other")
    assert {letter.name: letter.count for letter in page.letters if letter.count} == {"E": 2, "L": 1, "#": 1}
    assert page.count == 4


def test_other_names_stand_under_their_own_letters_and_lead_to_the_term(tmp_path: Path) -> None:
    page = glossary_page(press(tmp_path, FILES).garden, "../")
    lines = [(letter.name, line.name, line.see) for letter in page.letters for line in letter.entries if hasattr(line, "see")]
    assert lines == [
        ("C", "characteristic root", "eigenvalue"),
        ("E", "EV", "eigenvalue"),
        ("L", "letter-a", "eigenvalue"),
        ("S", "score", "logit"),
    ]
    assert [line.name for line in page.letters[4].entries] == ["eigenvalue", "EV", "ev"]


def test_the_address_of_another_name_leads_to_the_term_and_no_id_is_there_twice(tmp_path: Path) -> None:
    html = press(tmp_path, FILES).page("glossary/index.html")
    ids = re.findall(r' id="([^"]*)"', html)
    assert sorted(ids) == sorted(set(ids))
    entry = html.partition(' id="eigenvalue"')[2].partition("</dt>")[0]
    assert re.findall(r' id="([^"]*)"', entry) == ["characteristic-root"]  # "letter-a" and "ev" are others'


def test_a_letter_without_terms_is_no_link_and_a_long_list_of_places_is_folded(tmp_path: Path) -> None:
    many = {f"bits/n{number}.md": f"# N{number}\n\nThe eigenvalue.\n" for number in range(6)}
    html = press(tmp_path, {**FILES, **many}).main("glossary/index.html")
    assert '<span class="letters__link">Q</span>' in html
    assert '<a class="letters__link" href="#letter-c" data-jump>C</a>' in html
    assert '<a class="letters__link" href="#letter-l" data-jump>L <span class="letters__count">1</span></a>' in html
    shown, _, folded = html.partition(' id="eigenvalue"')[2].partition("<summary>2 more</summary>")
    assert re.findall(r">(N?\d?B?)</a>", shown.partition("Also in")[2]) == ["B", "N0", "N1", "N2", "N3"]
    assert re.findall(r">(N\d)</a>", folded.partition("</details>")[0]) == ["N4", "N5"]
