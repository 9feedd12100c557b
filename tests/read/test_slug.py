"""Slugs, anchors, places and URLs."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenbed.model import Kind
from greenbed.read.place import Place, place
from greenbed.read.slug import Names, anchor, slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Why √d_k?", "why-d-k"),
        ("Crème brûlée", "creme-brulee"),
        ("Ångström – Ø", "angstrom-ø"),
        ("注意 機構", "注意-機構"),
        ("が", "が"),
        ("한국어", "한국어"),
        ("हिन्दी", "हिन्दी"),
        ("Ελλάδα", "ελλαδα"),
        ("x² ½", "x2-1-2"),
        ("--a__b--", "a-b"),
        ("İ", "i"),
        ("???", ""),
    ],
)
def test_a_slug_keeps_the_letters_of_every_script(text: str, slug: str) -> None:
    assert slugify(text) == slug


@given(st.text())
def test_a_slug_is_stable_and_fit_for_an_address(text: str) -> None:
    slug = slugify(text)
    assert slugify(slug) == slug
    assert not set(slug) & set(" /#?%&<>\"'.\\\n\t:|[]")
    assert slug == slug.strip("-") == unicodedata.normalize("NFC", slug)
    assert "--" not in slug


@given(st.text())
def test_an_anchor_is_never_empty_and_has_no_white_space(text: str) -> None:
    assert anchor(text)
    assert not any(char.isspace() for char in anchor(text) if char.isascii())


def test_names_that_are_taken_get_a_number() -> None:
    names = Names()
    assert [names.free(name) for name in ("a", "a", "a-1", "a", "a-2")] == ["a", "a-1", "a-1-1", "a-2", "a-2-1"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("bits/Softmax.md", Place(Kind.BIT, "softmax", "/bits/softmax/")),
        (
            "bits/Attention Heads/über.mask.markdown",
            Place(Kind.BIT, "attention-heads/uber-mask", "/bits/attention-heads/uber-mask/"),
        ),
        ("chapters/01-intro.md", Place(Kind.CHAPTER, "01-intro", "/chapters/01-intro/")),
        ("chapters/a/b.md", Place(Kind.CHAPTER, "a/b", "/chapters/a/b/")),
        ("cheatsheets/foundations/arrays.md", Place(Kind.CHEATSHEET, "foundations/arrays", "/cheatsheets/foundations/#arrays")),
        ("cheatsheets/a/b/c.md", Place(Kind.CHEATSHEET, "a/b/c", "/cheatsheets/a/#b-c")),
        ("cheatsheets/arrays.md", Place(Kind.CHEATSHEET, "arrays", "/cheatsheets/arrays/#arrays")),
        ("notes/deep/x.md", Place(Kind.BIT, "notes/deep/x", "/bits/notes/deep/x/")),
        ("top.md", Place(Kind.BIT, "top", "/bits/top/")),
        ("bits.md", Place(Kind.BIT, "bits", "/bits/bits/")),
        ("Bits/x.md", Place(Kind.BIT, "bits/x", "/bits/bits/x/")),
        ("bits/???.md", Place(Kind.BIT, "note", "/bits/note/")),
    ],
)
def test_a_file_has_its_place(path: str, expected: Place) -> None:
    assert place(PurePosixPath(path), None) == expected


def test_a_slug_in_the_front_matter_replaces_the_whole() -> None:
    assert place(PurePosixPath("chapters/a/b.md"), "x/y") == Place(Kind.CHAPTER, "x/y", "/chapters/x/y/")
    assert place(PurePosixPath("cheatsheets/a/b.md"), "x/y").url == "/cheatsheets/x/#y"
