"""Addresses: one URL of the garden as a href, as a file, as an absolute address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenbed.show.urls import absolute, href, page_path, root_of, slugify, tag_url


@pytest.mark.parametrize(
    ("url", "root", "address"),
    [
        ("/", "", "index.html"),
        ("/", "../../", "../../index.html"),
        ("/bits/x/", "../../", "../../bits/x/index.html"),
        ("/bits/x/#why?", "../", "../bits/x/index.html#why?"),
        ("/files/a b/50%.png", "", "files/a%20b/50%25.png"),
        ("/bits/über/#größe", "", "bits/%C3%BCber/index.html#gr%C3%B6%C3%9Fe"),
        ("https://example.org/x#y", "../", "https://example.org/x#y"),
        ("//example.org/x", "../", "//example.org/x"),
        ("mailto:a@example.org", "../", "mailto:a@example.org"),
    ],
)
def test_a_url_becomes_a_relative_address_that_works_on_disk(url: str, root: str, address: str) -> None:
    assert href(url, root) == address


def test_a_page_is_found_from_every_other_page() -> None:
    page = page_path("/cheatsheets/foundations/#arrays")
    assert page.as_posix() == "cheatsheets/foundations/index.html"
    assert root_of(page) == "../../"
    assert root_of("404.html") == ""


def test_the_web_address_is_clean() -> None:
    assert absolute("/bits/x/#y", "https://example.org/garden/") == "https://example.org/garden/bits/x/#y"


@given(st.text(min_size=1))
def test_a_tag_s_address_is_one_folder(tag: str) -> None:
    assert "/" not in slugify(tag)
    assert slugify(tag) not in ("", ".", "..")
    assert tag_url(tag).count("/") == 3
    assert slugify(slugify(tag)) == slugify(tag)
