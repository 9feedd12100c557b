"""What counts as equal, and what is said where it does not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenbed.check.compare import compare
from greenbed.check.evidence.tokens import Token, tokenize

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
    ("(1 + 2j)", "(1+2j)"),
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
    ("1 + 2j", "1 - 2j"),
    ("1 2j", "1+2j"),
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


# What torch itself prints, and what an author may have written of it: (expression, what agrees, what differs)
TORCH = [
    ("torch.arange(6).view(2, 3)", "tensor([[0,1,2],[3,4,5]])", "tensor([[0, 1], [2, 3], [4, 5]])"),
    ("torch.arange(3) + 15", "tensor([15,\n 16,\n 17])", "tensor([15., 16., 17.])"),
    ("torch.tensor([15.0])", "tensor([15.0])", "tensor([15])"),
    ("torch.tensor(15)", "tensor(15)", "tensor(15.)"),
    ("torch.tensor(15.0).item()", "15.", "15"),
    ("torch.rand(2, generator=SEEDED)", "tensor([0.4963, 0.7682])", "tensor([0.4963, 0.7684])"),
    ("torch.full((3,), 1 / 3)", "tensor([0.3333, 0.3333, 0.3334])", "tensor([0.3333, 0.3333, 0.3335])"),
    ("(torch.full((1000,), 0.1).sum() / 100).item()", "1.0", "1.2"),
    ("torch.full((10**4,), 0.1).sum().item()", "1000.0001220703125", "1000.02"),  # 0.1 is none in base 2: sum order shows
    ("sum([0.1] * 10)", "1.0", "1"),
    ("sum([0.1] * 10)", "0.9999999", "0.9998"),
    ("torch.tensor(3.1415927)", "tensor(3.1416)", "tensor(3.1418)"),
    ("torch.tensor(3.1415927).item()", "3.1415925", "3.149"),
    ("torch.tensor([0.1, 0.2]).double()", "tensor([0.1000, 0.2000], dtype=torch.float64)", "tensor([0.1000, 0.2000])"),
    ("torch.ones(2)", "tensor([1., 1.])", "tensor([1., 1.], dtype=torch.float64)"),
    ("torch.ones(2).half()", "tensor([1., 1.], dtype=torch.float16)", "tensor([1., 1.], dtype=torch.bfloat16)"),
    ("torch.ones(2, dtype=torch.int8)", "tensor([1, 1], dtype=torch.int8)", "tensor([1, 1])"),
    ("torch.ones(2, dtype=torch.bool)", "tensor([True, True])", "tensor([1, 1])"),
    ("torch.ones(2, requires_grad=True)", "tensor([1., 1.], requires_grad=True)", "tensor([1., 1.])"),
    ("W * 2", "tensor([2., 2.], grad_fn=<MulBackward0>)", "tensor([2., 2.], grad_fn=<AddBackward0>)"),
    ("W.sum()", "tensor(2., grad_fn=<...>)", "tensor(2.)"),
    ("W.mean() ** 2", "tensor(1., grad_fn=<PowBackward0>)", "tensor(1., requires_grad=True)"),
    ("torch.tensor([1e-8, 1.0, 1e4])", "tensor([1e-8, 1., 1e4])", "tensor([1e-8, 1., 1e5])"),
    ("torch.tensor([1e-8, 1.0, 1e4])", "tensor([1.0000e-08, 1.0000e+00, 1.0000e+04])", "tensor([0.0000, 1.0000, 10000])"),
    ("torch.tensor(1e-5).item()", "1e-5", "2e-5"),
    ("torch.tensor(1e10)", "tensor(1.0000e+10)", "tensor(1.0000e+11)"),
    ("torch.tensor([NAN, INF, -INF])", "tensor([nan, inf, -inf])", "tensor([nan, inf, inf])"),
    ("torch.tensor([NAN, 1.5])", "tensor([   nan, 1.5000])", "tensor([0.0000, 1.5000])"),
    ("torch.tensor(-0.0)", "tensor(-0.)", "tensor(0.)"),
    ("torch.log(torch.zeros(1))", "tensor([-inf])", "tensor([inf])"),
    ("torch.tensor([1 + 2j, -0.5 - 1e-3j])", "tensor([1.0+2.0j, -0.5000-0.0010j])", "tensor([1.0+2.0j, -0.5000+0.0010j])"),
    ("torch.tensor(1 + 2j).item()", "(1+2j)", "(1-2j)"),
    ("torch.tensor([1j])", "tensor([0.+1.j])", "tensor([0.+1.j], dtype=torch.complex128)"),
    ("torch.fft.fft(torch.ones(2))", "tensor([2.+0.j, 0.+0.j])", "tensor([2., 0.])"),
    (
        "torch.eye(2).to_sparse()",
        "tensor(indices=tensor([[0, 1], [0, 1]]), values=tensor([1., 1.]), size=(2, 2), nnz=2, layout=torch.sparse_coo)",
        "tensor(indices=tensor([[0, 1], [0, 1]]), values=tensor([1., 1.]), size=(2, 2), nnz=2, layout=torch.sparse_csr)",
    ),
    (
        "torch.eye(2).to_sparse()",
        "tensor(indices=..., values=tensor([1., 1.]), size=(2, 2), nnz=2, layout=torch.sparse_coo)",
        "tensor(indices=..., values=tensor([1., 2.]), size=(2, 2), nnz=2, layout=torch.sparse_coo)",
    ),
    (
        "torch.tensor([[1., 5.], [7., 2.]]).max(dim=1)",
        "torch.return_types.max(values=tensor([5., 7.]), indices=tensor([1, 0]))",
        "torch.return_types.min(values=tensor([5., 7.]), indices=tensor([1, 0]))",
    ),
    (
        "torch.tensor([3., 1., 2.]).topk(2)",
        "torch.return_types.topk(\nvalues=tensor([3., 2.]),\nindices=tensor([0, 2]))",
        "torch.return_types.topk(\nvalues=tensor([3., 2.]),\nindices=tensor([0, 1]))",
    ),
    ("torch.tensor([3, 1]).sort().indices", "tensor([1, 0])", "tensor([0, 1])"),
    ("torch.arange(2000)", "tensor([0, 1, 2, ..., 1997, 1998, 1999])", "tensor([0, 1, 2, ..., 1998, 1999, 2000])"),
    ("torch.arange(2000)", "tensor([...])", "tensor([...], dtype=torch.int32)"),
    ("torch.zeros(100, 100)", "tensor([[0., 0., ...], ..., [0., ...]])", "tensor([[0., 0., ...], ..., [1., ...]])"),
    ("torch.zeros(2, 2)", "tensor([[0., ...], ...])", "tensor([0., ...], ...)"),
    ("nn.Linear(2, 3)", "Linear(in_features=2, out_features=3, bias=True)", "Linear(in_features=2, out_features=3)"),
    (
        "nn.Sequential(nn.Linear(2, 3), nn.ReLU())",
        "Sequential(\n  (0): Linear(in_features=2, out_features=3, bias=True)\n  (1): ReLU()\n)",
        "Sequential(\n  (0): Linear(in_features=2, out_features=3, bias=True)\n  (1): GELU()\n)",
    ),
    ("nn.Sequential(nn.Linear(2, 3), nn.ReLU())", "Sequential((0): Linear(...) (1): ReLU())", "Sequential((0): Linear(...))"),
    ("nn.Dropout(0.1)", "Dropout(p=0.1, inplace=False)", "Dropout(p=0.5, inplace=False)"),
    ("nn.LayerNorm(4)", "LayerNorm((4,), eps=1e-5, elementwise_affine=True, bias=True)", "LayerNorm((4,), eps=1e-6, ...)"),
    ("nn.Parameter(W)", "Parameter containing: tensor([1., 1.], requires_grad=True)", "tensor([1., 1.], requires_grad=True)"),
    ("torch.Size([2, 3])", "torch.Size([2,3])", "torch.Size([3, 2])"),
    ("torch.empty(0, 3)", "tensor([], size=(0, 3))", "tensor([], size=(3, 0))"),
    ("torch.float32", "torch.float32", "torch.float64"),
    ("torch.device('cpu')", "device(type='cpu')", "device(type='cuda')"),
    ("torch.ones(2, device='meta')", "tensor(..., device='meta', size=(2,))", "tensor(..., device='cpu', size=(2,))"),
    ("torch.softmax(torch.arange(3.), 0).tolist()", "[0.0900306, 0.2447285, 0.6652410]", "[0.0900306, 0.2447285, 0.6652510]"),
    ("[p.shape for p in nn.Linear(2, 3).parameters()]", "[torch.Size([3, 2]), torch.Size([3])]", "[torch.Size([2, 3]), ...]"),
    ("dict(loss=torch.tensor(0.25), step=3)", "{'loss': tensor(0.2500), 'step': 3}", "{'loss': tensor(0.2500), 'step': 4}"),
]  # fmt: skip


def printed(expression: str) -> str:
    """What torch prints for it, at this moment."""
    import torch

    seeded = torch.Generator().manual_seed(0)
    inf = float("inf")
    names = {
        "torch": torch,
        "nn": torch.nn,
        "SEEDED": seeded,
        "W": torch.ones(2, requires_grad=True),
        "INF": inf,
        "NAN": inf - inf,
    }
    return repr(eval(expression, names))


@pytest.mark.parametrize(("expression", "agrees", "differs"), TORCH)
def test_what_torch_prints(expression: str, agrees: str, differs: str) -> None:
    got = printed(expression)
    assert compare(agrees, got, tol=None) is None
    assert compare(got, got.replace("\n", " "), tol=None) is None
    assert compare(differs, got, tol=None) is not None


SHORTENED = {"torch.arange(2000)", "torch.zeros(100, 100)", "torch.ones(2, device='meta')"}  # torch itself leaves something out


@pytest.mark.parametrize("expression", sorted({row[0] for row in TORCH} - SHORTENED))
def test_every_part_of_what_torch_prints_matters(expression: str) -> None:
    """Taken out, written twice, changed: each is noticed, whichever of the two texts the author wrote."""
    got = printed(expression)
    for token in tokenize(got):
        before, after = got[: token.start], got[token.start + len(token.text) :]
        for instead in (" ", f"{token.text} {token.text} ", changed(token)):
            other = f"{before}{instead}{after}"
            assert compare(other, got, tol=None) is not None, other
            assert compare(got, other, tol=None) is not None, other


def changed(token: Token) -> str:
    """Something else of the same kind."""
    if token.kind == "float":
        return (
            "nan" if token.text in ("inf", "-inf") else repr(1.5 * abs(float(token.text)) + 1) if token.text != "nan" else "0.5"
        )
    if token.kind == "imaginary":
        return f"+{abs(float(token.text[:-1])) + 1.5}j"
    if token.kind == "string":
        return f"{token.text[:-1]}x{token.text[-1]}"
    return f"{token.text}9" if token.kind in ("integer", "word") else "|"


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
