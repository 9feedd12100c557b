"""The garden that comes with greenbed: clean under --strict, everything verified, the topics it promises."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT, Built, Project

TOPICS = """
    average-precision bessel-correction bias-variance binary-search causal-mask-additive chain-rule-vectors
    contiguous-after-transpose covariance-matrix dataclass eigendecomposition-powers einops-rearrange gelu-exact-and-tanh
    he-initialization jensen-inequality kmeans-representatives kv-cache log-sum-exp mle-is-cross-entropy pre-norm-post-norm
    rmsnorm-vs-layernorm rope-per-head rope-rotation scaled-dot-product-attention seed-everything sinusoidal-learned-rotary
    sinusoidal-positions softmax-temperature standardize-normalize-robust stratified-split svd-low-rank swiglu-ffn two-pointers
    uv why-sqrt-dk
"""
BITS = TOPICS.split()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The repository's own content, built strictly into a folder of its own."""
    project = Project(tmp_path_factory.mktemp("content"))
    return project.build("--strict", "--content", str(ROOT / "content"), seconds=300)


def test_it_is_clean_and_every_snippet_is_verified(built: Built) -> None:
    report = built.report
    assert (built.code, report["problems"]) == (0, [])
    assert report["snippets"]["verified"] == report["snippets"]["found"] > 200
    assert report["checks"] > report["snippets"]["found"]


@pytest.mark.parametrize("slug", BITS)
def test_a_topic_has_its_page(built: Built, slug: str) -> None:
    assert 'class="badge' in built.page(f"bits/{slug}/index.html")


def test_the_chapter_and_the_cheat_sheet_are_there(built: Built) -> None:
    assert (built.report["chapters"], built.report["facts"]) == (1, 14)
    assert "Backprop by hand" in built.page("chapters/backprop-by-hand/index.html")
    assert built.page("cheatsheets/foundations/index.html").count("<details") >= 14
