"""Links inside the garden: kind, target, text, place and context."""

from __future__ import annotations

import pytest

from greenbed.model import Link, LinkKind
from tests.read.notes import note


def test_each_kind_of_link_is_found_as_written() -> None:
    text = """\
        # A

        Before. See [[b#c|the b]] and [some *text*](../d%20e.md#f%20g). After.
        ![alt *text*](h.png) and ![[i]].

        ![[j#k]]

        [back](#top)
        """
    assert note(text).links == (
        Link(LinkKind.WIKILINK, "b", "c", "the b", 3, 13, "See the b and some text."),
        Link(LinkKind.RELATIVE, "../d e.md", "f g", "some text", 3, 31, "See the b and some text."),
        Link(LinkKind.IMAGE, "h.png", "", "alt text", 4, 1, "After. alt text and ."),
        Link(LinkKind.EMBED, "i", "", "", 4, 26, "After. alt text and ."),
        Link(LinkKind.EMBED, "j", "k", "", 6, 1),
        Link(LinkKind.RELATIVE, "", "top", "back", 8, 1, "back"),
    )


@pytest.mark.parametrize("address", ["https://a.b/c.md", "/absolute/", "mailto:a@b.c", "//host/a", "tel:123"])
def test_links_out_of_the_garden_are_left_alone(address: str) -> None:
    assert note(f"[a]({address}) ![b]({address})").links == ()


def test_a_wikilink_without_text_leaves_it_to_the_resolver() -> None:
    (link,) = note("See [[bits/softmax]] there.").links
    assert (link.target, link.text, link.context) == ("bits/softmax", "", "See softmax there.")


def test_links_in_a_title_that_is_taken_off_are_kept() -> None:
    assert [link.target for link in note("# On [[a]]\n\nText").links] == ["a"]


def test_an_escaped_bar_in_a_table_keeps_the_column() -> None:
    (link,) = note("| a | b |\n|---|---|\n| x | y [[c\\|d]] |\n").links
    assert (link.target, link.text, link.line, link.column) == ("c", "d", 3, 9)


def test_an_embed_in_a_list_has_its_column() -> None:
    (link,) = note("- a\n\n  1. ![[b]]\n").links
    assert (link.kind, link.line, link.column) == (LinkKind.EMBED, 3, 6)
