"""Categories and tags that the garden does not know."""

from __future__ import annotations

from pathlib import Path

from greenbed.model import Code
from tests.show.growing import Grown, grow

WORDS = {"categories": ("torch-api", "training"), "tags": ("shapes", "KV cache")}


def planted(folder: Path, *, category: str = "training", tag: str = "shapes", **settings: tuple[str, ...]) -> Grown:
    return grow(folder, {"bits/a.md": f"---\ncategory: {category}\ntags: [shapes, {tag}]\n---\n\n# A\n\nWords.\n"}, **settings)


def test_a_category_outside_of_the_vocabulary_is_reported_with_the_one_that_is_near(tmp_path: Path) -> None:
    problem = planted(tmp_path, category="trainning", **WORDS).problem(Code.UNKNOWN_CATEGORY)
    assert (problem.path, problem.line) == ("bits/a.md", 2)
    assert problem.message == '"trainning" is not among the categories of this garden'
    assert problem.hint.startswith('did you mean "training"? ')


def test_a_tag_outside_of_the_vocabulary_is_reported_with_the_way_to_add_it(tmp_path: Path) -> None:
    problem = planted(tmp_path, tag="einsum", **WORDS).problem(Code.UNKNOWN_TAG)
    assert (problem.line, problem.message) == (3, '"einsum" is not among the tags of this garden')
    assert problem.hint == "a new one is added to tags in [tool.greenbed] of pyproject.toml"


def test_another_spelling_of_a_known_word_will_do(tmp_path: Path) -> None:
    assert planted(tmp_path, category="Torch API", tag="kv-cache", **WORDS).found == []


def test_without_a_vocabulary_any_word_will_do(tmp_path: Path) -> None:
    assert planted(tmp_path, category="art", tag="anything").found == []
