"""The map: which notes are neighbours, where they stand, and what the page says of them."""

from __future__ import annotations

import gzip
import re
from itertools import pairwise
from pathlib import Path, PurePosixPath

import pytest

from greenbed.show.map.layout import DOT, ROW, Group, arc, draw
from greenbed.show.map.letters import cut, width
from greenbed.show.map.neighbours import MOST, Surroundings
from greenbed.show.map.web import Web, web_of
from greenbed.show.pages import mapped
from tests.show.growing import grow
from tests.show.rendering import press

THREE = {
    "bits/one.md": "---\ntitle: First of `all`\ncategory: training\n---\n\nSee [[two]] and [[two]] again, and [[three]].\n",
    "bits/two.md": "---\ntitle: Second\ncategory: training\n---\n\nBack to [[one]].\n",
    "bits/three.md": "---\ntitle: Third & last\n---\n\nNothing.\n",
    "bits/alone.md": "---\ntitle: Alone\n---\n\nNothing.\n",
}


def at(*names: str) -> tuple[PurePosixPath, ...]:
    return tuple(PurePosixPath(f"bits/{name}.md") for name in names)


def web(**out: str) -> Web:
    """A graph, from the names that each note links to."""
    leads = {at(name)[0]: at(*targets.split()) for name, targets in out.items()}
    into: dict[PurePosixPath, tuple[PurePosixPath, ...]] = {}
    for source, targets in leads.items():
        for target in targets:
            into[target] = (*into.get(target, ()), source)
    return Web(into, leads, sum(map(len, leads.values())))


def titles(*names: str) -> dict[PurePosixPath, str]:
    return {at(name)[0]: f"Title of {name}" for name in names}


def test_each_link_counts_once_and_both_of_its_ends_know_it(tmp_path: Path) -> None:
    found = web_of(grow(tmp_path, THREE).garden)
    one, two, three = at("one", "two", "three")
    assert found.count == 3
    assert found.out == {one: (three, two), two: (one,)} or found.out == {one: (two, three), two: (one,)}
    assert found.into == {one: (two,), two: (one,), three: (one,)}


def test_two_notes_that_link_to_each_other_share_one_line() -> None:
    drawing = draw([Group("All", 1, at("a", "b"))], titles("a", "b"), web(a="b", b="a"))
    assert [len(curves) for _, curves in drawing.curves] == [1]


def test_rows_are_as_high_as_a_finger_needs_and_no_two_notes_overlap() -> None:
    names = [f"n{number}" for number in range(150)]
    groups = [Group("Large", 1, at(*names[:90])), Group("Small", 2, at(*names[90:]))]
    drawing = draw(groups, titles(*names), web(n1="n149 n3"))
    places = [(node.x, node.y) for node in drawing.nodes]
    assert len(set(places)) == 150
    assert drawing.columns == 4
    assert max(y for _, y in places) <= drawing.height - ROW // 2
    for x in {x for x, _ in places}:
        column = sorted(y for other, y in places if other == x)
        assert min(below - above for above, below in pairwise(column)) >= 24


def test_a_group_higher_than_a_column_goes_on_in_the_next() -> None:
    names = [f"n{number}" for number in range(60)]
    drawing = draw([Group("Large", 1, at(*names))], titles(*names), web())
    assert [label.text for label in drawing.labels] == ["Large", *["Large, continued"] * 3]
    assert [node.number for node in drawing.nodes] == list(range(60))


@pytest.mark.parametrize("bottom", [ROW, 300, 24_000])
def test_an_arc_stays_within_the_room_beside_its_column(bottom: int) -> None:
    start, control = (int(found) for found in re.findall(r"[MC](\d+)", arc(100, 0, bottom, DOT - 6)))
    assert 0 < (start - control) * 0.75 <= DOT - 5, "a cubic comes to three quarters of its control points"


@pytest.mark.parametrize("text", ["Softmax", "Gradients add up until they are zeroed", "W" * 60, "A " + "m" * 70])
def test_a_title_is_cut_to_its_room(text: str) -> None:
    shown = cut(text, 150)
    assert width(shown) <= 150
    assert shown == text or shown.endswith("…")
    assert len(shown) > 8 or shown == text


def test_a_note_stands_between_who_links_to_it_and_where_it_links() -> None:
    made = Surroundings(
        titles("a", "b", "c", "d"), {path: f"/{path}/" for path in titles("a", "b", "c", "d")}, web(a="b c", b="c d")
    )
    around = made.of(at("b")[0])
    assert around is not None
    assert [row.title for row in around.rows] == ["Title of a", "Title of b", "Title of c", "Title of d"]
    assert [bool(row.url) for row in around.rows] == [True, False, True, True]
    assert around.own.count("M") == 3
    assert around.others.count("M") == 1, "a and c, which are linked too"
    assert (around.above, around.below, around.more) == (1, 2, 0)


def test_of_many_neighbours_those_that_belong_together_are_shown() -> None:
    names = [f"n{number:02}" for number in range(20)]
    links = {"hub": " ".join(names), "n18": "n19"}
    made = Surroundings(titles("hub", *names), dict.fromkeys(titles("hub", *names), "/"), web(**links))
    around = made.of(at("hub")[0])
    assert around is not None
    assert len(around.rows) == MOST + 1
    assert around.more == 8
    assert [row.title for row in around.rows][-2:] == ["Title of n18", "Title of n19"]


def test_a_note_without_links_has_no_small_picture(tmp_path: Path) -> None:
    site = press(tmp_path, THREE)
    assert "neighbours" not in site.main("bits/alone/index.html")
    assert 'class="neighbours"' in site.main("bits/three/index.html")


def test_the_map_names_every_note_twice_each_time_as_a_link(tmp_path: Path) -> None:
    page = press(tmp_path, THREE).main("map/index.html")
    for name in ("one", "two", "three", "alone"):
        assert page.count(f'href="../bits/{name}/index.html"') == 2, name
    assert "4 notes and the 3 links between them" in page
    assert page.index("Training") < page.index("Without a category")
    assert "Third &amp; last" in page
    assert "style=" not in page


def test_a_garden_without_links_has_no_map_and_nothing_leads_there(tmp_path: Path) -> None:
    site = press(tmp_path, {"bits/a.md": "# A\n", "bits/b.md": "# B\n"})
    assert "map/index.html" not in site.files
    assert "map/index.html" not in site.page("index.html")


def test_the_footer_leads_to_the_map(tmp_path: Path) -> None:
    assert 'href="../../map/index.html"' in press(tmp_path, THREE).page("bits/one/index.html")


def test_a_large_garden_draws_the_notes_with_most_links_and_lists_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mapped, "MOST_DRAWN", 2)
    page = press(tmp_path, THREE).main("map/index.html")
    assert page.count("data-note=") == 2
    assert page.count('class="map__item"') == 4
    assert "the picture shows the 2 with most links" in page


def test_the_small_picture_of_a_note_with_many_neighbours_weighs_at_most_a_kilobyte(tmp_path: Path) -> None:
    names = [f"a-neighbour-with-a-name-of-its-own-{number}" for number in range(14)]
    files = {f"bits/{name}.md": f"---\ntitle: Neighbour number {number} of the hub\n---\n" for number, name in enumerate(names)}
    files["bits/hub.md"] = "# Hub\n\n" + " ".join(f"[[{name}]]" for name in names)
    main = press(tmp_path, files).main("bits/hub/index.html")
    found = re.search(r'<nav class="neighbours".*?</nav>', main, re.DOTALL)
    assert found
    assert found[0].count("<a ") == MOST
    assert len(gzip.compress(found[0].encode())) <= 1024
