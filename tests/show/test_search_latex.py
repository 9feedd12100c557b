"""Formulas as text."""

from __future__ import annotations

import pytest

from greenbed.show.search.latex import readable


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\frac{QK^\top}{\sqrt{d_k}}", "QKᵀ/√d_k"),
        (r"\mathbb{E}_{x}\left[ \partial \ell \right]", "E_x [ ∂ ℓ ]"),
        (r"\operatorname{softmax}(z)", "softmax(z)"),
        (r"\Theta \approx 0{,}5\,\%", "Θ ≈ 0,5 %"),
        (r"\unknown{x}", "unknown x"),
        ("x^2", "x^2"),
    ],
)
def test_a_formula_reads_as_text(latex: str, text: str) -> None:
    assert readable(latex) == text
