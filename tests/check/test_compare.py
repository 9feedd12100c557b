"""What counts as equal, and what is said where it does not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenbed.check.compare import compare

AGREE = [
    ("tensor([0.6652, 0.2447, 0.0900])", "tensor([0.6652, 0.2447, 0.0900])"),
    ("tensor([0.6652, 0.2447, 0.0900])", "tensor([0.6653, 0.2447, 0.0901])"),  # the last digit, by sum order
    ("tensor(3.1415927)", "tensor(3.1415925)"),  # the seventh digit
    ("1234567.8", "1234568.9"),  # 1e-6 of the value
    ("tensor([[1., 2.],\n        [3., 4.]])", "tensor([[1., 2.], [3., 4.]])"),
    ("tensor([[1.,2.],[3.,4.]])", "tensor([[1., 2.],\n        [3., 4.]])"),
    ("15.", "15.0"),
    ("15.0", "15."),
    ("15.", "15.000001"),
    ("1e-5", "0.00001"),
    ("1e-05", "9.999999747378752e-06"),
    ("1.0000e-05", "1.0000e-05"),
    ("100000.", "1e5"),
    ("0.25", "0.2500"),
    ("0.2500", "0.25"),
    ("0.0000", "-0.0000"),
    ("-0.", "-0."),
    ("nan", "nan"),
    ("tensor([nan, inf, -inf])", "tensor([nan, inf, -inf])"),
    ("tensor([   nan, 0.2500])", "tensor([nan, 0.2500])"),
    ("tensor(1., grad_fn=<MulBackward0>)", "tensor(1., grad_fn=<MulBackward0>)"),
    ("tensor(1., grad_fn=<...>)", "tensor(1., grad_fn=<MulBackward0>)"),
    ("tensor([1.0000+2.0000j])", "tensor([1.0000+2.0001j])"),
    ("tensor([ 1.+10.j, -2.-3.j])", "tensor([ 1.+10.j, -2. -3.j])"),
    ("(1+2j)", "(1+2j)"),
    ("[1, ..., 5]", "[1, 2, 3, 4, 5]"),
    ("tensor([...])", "tensor([0.1, 0.2])"),
    ("tensor([...], dtype=torch.float64)", "tensor([0.1, 0.2], dtype=torch.float64)"),
    ("[[...], [3, ...]]", "[[1, 2], [3, 4]]"),
    ("tensor([   0,    1,    2,  ..., 1997, 1998, 1999])", "tensor([   0,    1,    2,  ..., 1997, 1998, 1999])"),
    ("first\n...\nlast", "first\nsecond\nthird\nlast"),
    ("first\n...\nlast", "first\nlast"),
    ("...\nlast", "first\nsecond\nlast"),
    ("first\n...", "first\nsecond"),
    ("a\n...\nb\n...\nc", "a\nb\nx\nb\ny\nc"),
    (
        "torch.return_types.max(values=tensor([5.]), indices=tensor([1]))",
        "torch.return_types.max(\nvalues=tensor([5.]),\nindices=tensor([1]))",
    ),
    (
        "Sequential(\n  (0): Linear(in_features=2, out_features=3, bias=True)\n)",
        "Sequential((0): Linear(in_features=2, out_features=3, bias=True))",
    ),
    (
        "tensor(indices=tensor([[0, 1],[2, 0]]), values=tensor([3., 4.]), size=(2, 3), nnz=2, layout=torch.sparse_coo)",
        ("tensor(indices=tensor([[0, 1],\n                       [2, 0]]),\n       values=tensor([3., 4.]),\n"
        "       size=(2, 3), nnz=2, layout=torch.sparse_coo)"),
    ),
    ("'two  words'", "'two  words'"),
    ("131,328", "131328"),
    ("131,328 weights", "131,328 weights"),
    ("(131,328)", "(131, 328)"),
    ("loss=0.6931", "loss=0.6931"),
    ("it's 5' of 'em", "it's 5' of 'em"),
    ("", "  \n"),
]  # fmt: skip

DIFFER = [
    ("tensor([0.6952])", "tensor([0.6652])"),
    ("0.6652", "0.6654"),  # two units
    ("15", "15."),
    ("15.", "15"),
    ("15.", "16."),  # nothing was rounded here, so one unit is no noise
    ("1e-5", "2e-5"),
    ("1", "1.0"),
    ("True", "1"),
    ("1", "True"),
    ("2", "3"),
    ("1234567", "1234568"),  # integers are exact however large
    ("7", "007"),
    ("tensor([1, 2])", "tensor([1, 2, 3])"),
    ("tensor([[1, 2]])", "tensor([[1], [2]])"),
    ("tensor([1., 2.])", "tensor([1., 2.], dtype=torch.float64)"),
    ("tensor([1.], dtype=torch.float32)", "tensor([1.], dtype=torch.float64)"),
    ("torch.float32", "torch.float64"),
    ("device(type='cpu')", "device(type='cuda')"),
    ("tensor(1., device='cuda:0')", "tensor(1., device='cuda:1')"),
    ("tensor(1., grad_fn=<MulBackward0>)", "tensor(1., grad_fn=<AddBackward0>)"),
    ("tensor(1.)", "tensor(1., requires_grad=True)"),
    ("nan", "0.0"),
    ("0.0", "nan"),
    ("inf", "-inf"),
    ("inf", "1e300"),
    ("-0.25", "0.25"),
    ("0.", "-0."),  # Python writes a sign for a negative zero alone
    ("-0.0", "0.0"),
    ("+0.25", "0.25"),
    ("1.0000+2.0000j", "1.0000-2.0000j"),
    ("1.0000+2.0000j", "1.0000+2.0000"),
    ("1+2j", "1+3j"),
    ("'two  words'", "'two words'"),
    ("'0.6652'", "'0.6653'"),  # inside quotes everything is exact
    ("'a'", '"a"'),
    ("2.13.0", "2.14.0"),  # a version, not a number
    ("131,328", "131, 328"),
    ("131,328", "131329"),
    ("[1, ..., 5]", "[1, 2, 3, 4, 6]"),
    ("[1, ...], 5", "[1, 2, 5]"),  # a run never closes a bracket that it has not opened
    ("[...]", "[1], [2]"),
    ("loading...", "loading nothing"),  # neither in brackets nor a line
    ("first\n...\nlast", "first second last"),
    ("...\nloss 0.5", "step 1 loss 0.5"),  # whole lines only
    ("first\n...", "second"),
    ("ReLU()", "ReLU(inplace=True)"),
    ("a b", "ab"),
    ("12", "1 2"),
    ("x", ""),
    ("", "x"),
    ("0x7f01", "0x7f02"),
    ("layer.0.weight", "layer.1.weight"),
    ("2026-11-22", "2026-11-23"),
]  # fmt: skip


@pytest.mark.parametrize(("want", "got"), AGREE)
def test_what_is_written_agrees_with(want: str, got: str) -> None:
    assert compare(want, got, tol=None) is None


@pytest.mark.parametrize(("want", "got"), DIFFER)
def test_what_is_written_differs_from(want: str, got: str) -> None:
    assert compare(want, got, tol=None) is not None


@pytest.mark.parametrize(
    ("want", "got", "message"),
    [
        (
            "tensor([0.6952, 1.0000, 2.0000])",
            "tensor([0.6652, 1.0000, 2.0000])",
            "1 of 3 numbers: 0.6952 vs 0.6652, 4.5 % off; shape and dtype agree",
        ),
        ("[0.5, 0.25, 1.5]", "[0.75, 0.29, 1.5]", "2 of 3 numbers, the worst: 0.5 vs 0.75, 33 % off"),
        ("3", "4", "3 vs 4, 25 % off"),
        ("tensor([15])", "tensor([15.])", "15 is an integer, 15. is a float"),
        ("tensor([1, 2, 3])", "tensor([1, 2])", "shape (3,) expected, (2,) came"),
        ("tensor([[1, 2, 3]])", "tensor([[1], [2], [3]])", "shape (1, 3) expected, (3, 1) came"),
        ("tensor([1.])", "tensor([1.], dtype=torch.float64)", "dtype=torch.float64 came, but it is not expected"),
        ("tensor([1.], dtype=torch.float64)", "tensor([1.])", "dtype=torch.float64 expected, but it did not come"),
        ("torch.float32", "torch.float64", "dtype torch.float32 expected, torch.float64 came"),
        ("True", "False", "True expected, False came"),
        ("x", "", "x expected, but it did not come"),
        ("[1, ..., 5]", "[2, 3, 5]", "1 expected, 2 came"),
        ("[1, ..., 5]", "[1, 3, 6]", 'nothing that "..." may stand for makes the two agree'),
    ],
)
def test_a_difference_is_said_in_words(want: str, got: str, message: str) -> None:
    difference = compare(want, got, tol=None)
    assert difference is not None
    assert difference.message == message


def test_tol_widens_floats_and_nothing_else() -> None:
    assert compare("100.25", "100.75", tol=1e-2) is None
    assert compare("100.25", "102.75", tol=1e-2) is not None
    assert compare("100", "101", tol=0.5) is not None
    assert compare("100.25", "100.75", tol=1e-9) is not None


@given(st.text())
def test_any_text_equals_itself(text: str) -> None:
    assert compare(text, text, tol=None) is None
    assert compare(text, f"{text} ", tol=None) is None


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True), min_size=1))
def test_any_list_of_floats_equals_itself_wrapped_otherwise(values: list[float]) -> None:
    assert compare(repr(values), repr(values).replace(", ", ",\n   "), tol=None) is None


@given(st.text(alphabet="[](){}.,' \n\\0a\"-+", max_size=40), st.text(alphabet="[](){}.,' \n\\0a\"-+", max_size=40))
def test_no_text_breaks_the_comparison(want: str, got: str) -> None:
    difference = compare(want, got, tol=None)
    assert difference is None or difference.message


@given(
    st.integers(min_value=1000, max_value=9999), st.integers(min_value=0, max_value=3), st.integers(min_value=2, max_value=9)
)
def test_a_digit_changed_by_more_than_the_last_unit_is_noticed(digits: int, place: int, units: int) -> None:
    other = digits + units * 10**place
    assert compare(f"[0.5, 0.{digits:05}]", f"[0.5, 0.{other:05}]", tol=None) is not None
    assert compare(f"[0.5, 0.{digits:05}]", f"[0.5, 0.{digits + 1:05}]", tol=None) is None


@pytest.mark.parametrize("unit", ["'\\", "(", "1", "1.1", "'\\'", ",111", "a.b", "..."])
def test_hostile_text_takes_linear_time(unit: str) -> None:
    text = unit * 40_000
    started = time.process_time()
    compare(text, f"{text} x", tol=None)
    assert time.process_time() - started < 5  # quadratic would take minutes
