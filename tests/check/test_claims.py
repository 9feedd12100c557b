"""What a snippet claims, found in its syntax tree and its comments."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenbed.check.evidence.claims import Claim, ClaimKind, find_claims
from greenbed.check.evidence.shapes import shapes_in

ASSERT, VALUE, PRINTED = ClaimKind.ASSERT, ClaimKind.VALUE, ClaimKind.PRINTED


def claims(code: str) -> list[Claim]:
    return sorted(find_claims(ast.parse(code), code).values(), key=lambda claim: claim.line)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("x.shape  # torch.Size([3, 2])", [Claim(VALUE, 1, "torch.Size([3, 2])")]),
        ("print(x)  # 0.25", [Claim(PRINTED, 1, "0.25")]),
        ("x  # the loss", []),
        ("x  # → the loss", [Claim(VALUE, 1, "the loss")]),
        ("x  # -> Linear(2, 3)", [Claim(VALUE, 1, "Linear(2, 3)")]),
        ("x  # →", []),
        ("x = 3  # 3", []),  # an assignment has no value to show
        ("x; y = 3  # 3", []),  # the comment belongs to the last statement
        ("y = 3; x  # 3", [Claim(VALUE, 1, "3")]),
        ("x  # (2, 3)", [Claim(VALUE, 1, "(2, 3)", shapes_in("(2, 3)"))]),
        ("x  # → (2, 3)", [Claim(VALUE, 1, "(2, 3)")]),
        ("x  # (B, T)", []),
        ("a, b  # 1, 2", [Claim(VALUE, 1, "(1, 2)")]),
        ('x.type  # "cpu"', [Claim(VALUE, 1, "'cpu'")]),
        ('print(x)  # "cpu"', [Claim(PRINTED, 1, '"cpu"')]),
        ("print(x, file=log)  # 3", []),
        ("'# 3'", []),  # no comment
        ('f("# 3")', []),
        ("'''text'''  # 3", []),
        ("x", []),
        ("if a:\n    for b in c:\n        b  # 3", [Claim(VALUE, 3, "3")]),
        ("if a: b  # 3", [Claim(VALUE, 1, "3")]),
        ("f(\n    1,  # 2\n)  # 3", [Claim(VALUE, 3, "3")]),
        ("x  # tensor([1.,\n#         2.])", [Claim(VALUE, 1, "tensor([1.,\n         2.])")]),
        ("x  # tensor([1.,\ny = 2", []),  # never closed
        ("x  # 3\n# 4", [Claim(VALUE, 1, "3")]),
        ("assert x", [Claim(ASSERT, 1)]),
        ("def f():\n    assert x, 'why'\n    return 1", [Claim(ASSERT, 2)]),
        ("torch.testing.assert_close(a, b)", [Claim(ASSERT, 1)]),
        ("assert_close(a, b)", [Claim(ASSERT, 1)]),
        ("ok = assert_close(a, b)", []),
        ("def f():\n    yield x  # 3", []),
    ],
)  # fmt: skip
def test_claims_of(code: str, found: list[Claim]) -> None:
    assert claims(code) == found


@given(st.text(alphabet="x#() []\n'\"=:,.→->0123", max_size=60))
def test_whatever_parses_is_searched_without_an_accident(code: str) -> None:
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError):
        return
    assert all(claim.line >= 1 for claim in find_claims(tree, code).values())
