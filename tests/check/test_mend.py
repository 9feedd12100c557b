"""What would be written in the place of a claim that did not hold."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenbed.check.compare import compare
from greenbed.check.evidence.claims import Claim, find_claims
from greenbed.check.evidence.mend import mended_comment, mended_output
from greenbed.check.running.examples import mended_example
from greenbed.check.running.session import session_examples


def claim_of(code: str) -> Claim:
    (claim,) = find_claims(ast.parse(code), code).values()
    return claim


def comment(code: str, got: str, tol: float | None = None) -> str:
    """The comments behind `code` once they are mended."""
    return mended_comment(claim_of(code), got, tol).mended


@pytest.mark.parametrize(
    ("code", "got", "mended"),
    [
        ("x  # 3", "4", " 4"),
        ("x  #3", "4", "4"),
        ("x  # → 3", "4", " → 4"),
        ("x  # -> 3", "4", " -> 4"),
        ("x  # 1, 2", "(1, 3)", " 1, 3"),
        ("x  # 'a', 2", "('b', 2)", " 'b', 2"),
        ('x  # {"a": 1, "b": 2}', "{'a': 1, 'b': 3}", ' {"a": 1, "b": 3}'),  # the author's quotes
        ("x  # True", "False", " False"),
        ("x  # tensor([0.67,0.24,0.09])", "tensor([0.6652, 0.2561, 0.0900])", " tensor([0.67,0.26,0.09])"),
        ("x  # 131,328", "131329", " 131,329"),
        ("x  # 131_328", "-1131329", " -1_131_329"),
        ("x  # 0.77", "0.8124871", " 0.81"),
        ("x  # 0.5", "0.8124871", " 0.81"),  # a single decimal may be all that there was
        ("x  # 26.3", "23.3312", " 23.3"),
        ("x  # tensor([4., 1., 2.])", "tensor([1.0000, 1.0000, 2.0000])", " tensor([1., 1., 2.])"),
        ("x  # [0.0002, 3.9831]", "tensor([1.6710e-04, 9.8316e-01])", " tensor([1.6710e-04, 9.8316e-01])"),
        ("x  # tensor([0.0002, 3.9831])", "tensor([1.6710e-04, 9.8316e-01])", " tensor([0.0002, 0.9832])"),
        ("x  # 0.7731", "2.5e-07", " 2.5e-07"),
        ("x  # 0.7731", "2.5e+30", " 2.5e+30"),
        ("x  # 0.7731", "1.5e99999999999999999999", " 1.5e99999999999999999999"),
        ("x  # 0.7731", "1.5e-99999999999999999999", " 1.5e-99999999999999999999"),
        ("x  # 0.7731", "inf", " inf"),
        ("x  # 0.77", "0.0004125", " 0.0004125"),  # nothing would be left of it
        ("x  # 0.0", "0.3279812", " 0.3279812"),  # a zero says nothing of digits
        ("x  # 15.", "16.25", " 16.25"),
        ("x  # 1e-5", "2.5e-05", " 2.5e-05"),
        ("x  # 3", "tensor(3)", " tensor(3)"),
        ("x  # nan", "0.25", " 0.25"),
        ("x  # tensor([0, ..., 9])", "tensor([0, 1, 2, 8])", " tensor([0, ..., 8])"),
        ("x  # [[1, ...], [..., 9]]", "[[1, 2], [3, 4, 8]]", " [[1, ...], [..., 8]]"),
        ("x  # tensor([1.0, ...], dtype=torch.float32)", "[2]", " [2]"),
        ("x  # 1.5", "Linear(in_features=2, bias=True)", " → Linear(in_features=2, bias=True)"),  # else it would be prose
        ("x  # 1.5", "Sequential(\n  (0): ReLU()\n)", " → Sequential(\n     (0): ReLU()\n   )"),
        ("print(x)  # 1 2", "1\n3\n", " 1 3"),  # white space is free
        ("x  # 1.0", "tensor([[1., 2.],\n        [3., 4.]])", " tensor([[1., 2.],\n         [3., 4.]])"),
        ("x  # [[1, 2],\n   # [3, 4]]", "[[1, 2], [3, 5]]", " [[1, 2],\n [3, 5]]"),
        (
            "x  # tensor([[ 1., 2.],\n   #         [-3., 4.]])",
            "tensor([[ 1.,  2.],\n        [-3., 14.]])",
            " tensor([[ 1.,  2.],\n         [-3., 14.]])",  # torch aligns the columns anew
        ),
    ],
)  # fmt: skip
def test_a_comment_keeps_what_it_can_of_its_author(code: str, got: str, mended: str) -> None:
    assert comment(code, got) == mended


@pytest.mark.parametrize(
    ("got", "reason"),
    [
        ("\n", "nothing came, and a claim is not taken away"),
        ("it's (\nfoo's", "what came would not be read in the same way if it were written there"),
        ("[" * 20_001, "what came is longer than 20,000 characters"),
    ],
)
def test_what_no_comment_can_say_is_refused(got: str, reason: str) -> None:
    mending = mended_comment(claim_of("print(x)  # 3"), got, None)
    assert (mending.mended, mending.reason) == ("", reason)


def test_a_float_within_tol_keeps_its_digits() -> None:
    assert comment("x  # [0.5, 3]", "[0.501, 4]", tol=1e-2) == " [0.5, 4]"


@pytest.mark.parametrize(
    ("want", "got", "mended"),
    [
        ("3\n", "4\n", "4\n"),
        ("3\n\n", "4\n", "4\n\n"),
        ("loss 0.69\nloss 0.53\n", "loss 0.69314\nloss 0.40001\n", "loss 0.69\nloss 0.40\n"),
        ("epoch 1 0.69\n...\nepoch 9 0.21\n", "epoch 1 0.69\nx\ny\nepoch 9 0.25\n", "epoch 1 0.69\n...\nepoch 9 0.25\n"),
        ("a\n...\nb 0.5\n...\nc\n", "a\n1\nb 0.25\n2\nd\n", "a\n...\nb 0.25\n...\nd\n"),
        ("a\n...\nb\n", "c\n", "c\n"),
        ("", "new\n", "new\n"),
        ("a b\n", "a\nb c", "a\nb c\n"),
    ],
)
def test_printed_lines(want: str, got: str, mended: str) -> None:
    assert mended_output(want, got, None).mended == mended


def test_output_that_is_gone_and_output_that_anything_meets_are_refused() -> None:
    assert mended_output("3\n", "", None).mended == ""
    assert mended_output("3\n", "...\n", None).mended == ""


def example(code: str, got: str) -> str:
    (first,) = session_examples(code)
    return mended_example(first, got, None).mended


@pytest.mark.parametrize(
    ("code", "got", "mended"),
    [
        (">>> x\n3", "4\n", ">>> x\n4"),
        (">>> x", "4\n", ">>> x\n4"),
        (">>> x\n3\n\n# prose\n", "4\n", ">>> x\n4"),
        ("  >>> for i in y:\n  ...     i\n  1\n  2\n", "1\n3\n", "  >>> for i in y:\n  ...     i\n  1\n  3"),
        (">>> x\n3", "a\n\nb\n", ">>> x\na\n<BLANKLINE>\nb"),
        (">>> x\na\n\nb 1\n", "a\n\nb 2\n", ">>> x\na\n\nb 2"),
        (">>> x\n3", ">>> y\n", ""),  # it would be another prompt
        (">>> x\n3", "... y\n", ""),
        (">>> x\n3\n# a comment\n4\n", "5\n", ""),  # it would be lost
        (">>> x\n3", "\n", ""),
    ],
)
def test_examples(code: str, got: str, mended: str) -> None:
    assert example(code, got) == mended


TEXTS = st.text(alphabet="[](){}.,' \n0a1\"-+#→>e", max_size=30)


@given(TEXTS, TEXTS)
def test_what_is_proposed_for_printed_lines_holds(want: str, got: str) -> None:
    mended = mended_output(want, got, None).mended
    assert mended == "" or compare(mended, got, tol=None) is None


LINES = st.text(alphabet="[](){}.,' 0a1\"-+#→>e", min_size=1, max_size=20).map(lambda text: f" → x{text}")


@given(LINES | st.sampled_from([" 3", " [1, ..., 0.5]", " 1, 'a'", ' {"a": 1.5}', " tensor([0.1,0.2])"]), TEXTS)
def test_what_is_proposed_for_a_comment_is_read_as_that_claim(written: str, got: str) -> None:
    mended = mended_comment(claim_of(f"x  #{written}\n"), got, None).mended
    if mended:
        again = claim_of("x  #" + mended.replace("\n", "\n#") + "\n# more\n")
        assert compare(again.want, got, tol=None) is None
        assert again.written == mended
