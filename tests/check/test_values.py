"""The line between a claim and prose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenbed.check.evidence.values import opens_brackets, reads_as_shape, reads_as_value, requoted

VALUES = [
    "torch.Size([3, 2])", "tensor([nan, 0.2500])", "tensor(1., grad_fn=<AddBackward0>)", "tensor([0, 1,  ..., 8, 9])",
    "tensor([], dtype=torch.int64)", "tensor([1.], device='cuda:0')", "array([1., 2.], dtype=float32)", "np.float64(0.25)",
    "[0.1 0.9]", "[[1. 2.]\n [3. 4.]]", "1e-5", "-0.25", "15", "15.", "nan", "inf", "-inf", "True", "False", "None", "'a b'",
    '"x"', "[1, 2]", "(1, 6)", "(3,)", "()", "{}", "{'a': 1, 'b': [2]}", "{1, 2}", "torch.float32", "torch.bfloat16",
    "torch.strided", "device(type='cpu')", "dtype('float32')", "(1+2j)", "1.0000+2.0000j", "1 2 3", "1, 2", "7,077,888",
    "range(0, 3)", "set()", "[tensor(1.), tensor(2.)]", "defaultdict(<class 'int'>, {'a': 1})",
    "torch.return_types.max(\nvalues=tensor([5.]),\nindices=tensor([1]))",
]  # fmt: skip

PROSE = [
    "", "...", "(B, T)", "(B, H, T, d_k)", "B", "softmax(x)", "O(n)", "0.25 s", "50 %", "50%", "1.5x", "3 heads", "see (1)",
    "torch.Size([B, T])", "tensor of ones", "tensor([1, 2]) again", "1 + 2", "2 × 3", "2/3", "torch.matmul", "[a, b]",
    "(2, 3), contiguous", "the value", "TODO", "noqa: E501", "type: ignore", "→ 3", "[1, 2", "1, 2]",
]  # fmt: skip


@pytest.mark.parametrize("text", VALUES)
def test_a_value_is_recognised(text: str) -> None:
    assert reads_as_value(text)


@pytest.mark.parametrize("text", PROSE)
def test_prose_is_no_value(text: str) -> None:
    assert not reads_as_value(text)


SCALARS = st.integers() | st.booleans() | st.none() | st.floats() | st.text()


def containers(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner)


@given(st.recursive(SCALARS, containers, max_leaves=12))
def test_the_repr_of_any_plain_value_reads_as_one(value: object) -> None:
    assert reads_as_value(repr(value))


@given(st.text())
def test_no_comment_breaks_the_reader(text: str) -> None:
    assert reads_as_value(text) in (True, False)


def test_very_deep_brackets_are_prose() -> None:
    assert not reads_as_value("[" * 5000 + "]" * 5000)


def test_only_integers_in_parentheses_are_a_shape() -> None:
    assert [
        text for text in ("(2, 3)", "(3,)", "()", "(3)", "[2, 3]", "(B, 3)", "(2.0, 3)", "2, 3") if reads_as_shape(text)
    ] == [
        "(2, 3)",
        "(3,)",
        "()",
        "(3)",
    ]


def test_strings_are_quoted_as_python_shows_them() -> None:
    assert requoted('["a", "it\'s", \'b\', 0.2500]') == "['a', \"it's\", 'b', 0.2500]"


def test_brackets_in_strings_do_not_count_as_open() -> None:
    assert opens_brackets("tensor([1,") is True
    assert opens_brackets("'(['") is False
