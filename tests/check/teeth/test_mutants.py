"""Mutants of snippets: each kind of mistake, what is left alone, and that every line stays where it is."""

from __future__ import annotations

import ast
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenbed.check.evidence.claims import find_claims
from greenbed.check.teeth.edits import Kind
from greenbed.check.teeth.mutants import BOUND, mutants

ALL = 10_000


def made(code: str, *, prints: bool = False, raises: bool = False) -> list[str]:
    """The mutated statements, all of them."""
    return [mutant.mutant for mutant in mutants(dedent(code), prints=prints, raises=raises, bound=ALL)]


@pytest.mark.parametrize(
    ("code", "mutant"),
    [
        ("y = a + b", "y = a - b"),
        ("y = a - b", "y = a + b"),
        ("y = a * b", "y = a / b"),
        ("y = a / b", "y = a * b"),
        ("y = a // b", "y = a * b"),
        ("y = a % b", "y = a // b"),
        ("y = a ** b", "y = a * b"),
        ("y = a & b", "y = a | b"),
        ("y = a | b", "y = a & b"),
        ("y = a << b", "y = a >> b"),
        ("y = a @ b", "y = b @ a"),
        ("y = a @ b.T", "y = b.T @ a"),
        ("y = (a + b) @ c", "y = c @ (a + b)"),
        ("y = a * b @ c", "y = c @ (a * b)"),
        ("y = a and b", "y = a or b"),
        ("y = a or b", "y = a and b"),
        ("y -= a", "y += a"),
        ("y *= a", "y /= a"),
        ("y = -a", "y = a"),
        ("y = not a", "y = a"),
        ("y = ~a", "y = a"),
        ("y = a < b", "y = a >= b"),
        ("y = a < b", "y = a <= b"),
        ("y = a >= b", "y = a > b"),
        ("y = a == b", "y = a != b"),
        ("y = a is None", "y = a is not None"),
        ("y = a not in b", "y = a in b"),
        ("y = a < b < c", "y = a < b >= c"),
        ("y = a[0]", "y = a[1]"),
        ("y = a[-1]", "y = a[-2]"),
        ("y = f(3)", "y = f(4)"),
        ("y = f(3)", "y = f(2)"),
        ("y = 0.5 * a", "y = 1.0 * a"),
        ("y = 0.5 * a", "y = -0.5 * a"),
        ("y = f(eps=1e-5)", "y = f(eps=0.1)"),
        ("def f(x, eps=1e-5): return g(x, eps)", "def f(x, eps=0.1):"),
        ("y = f(a, bias=True)", "y = f(a, bias=False)"),
        ("y = f(a, bias=b)", "y = f(a)"),
        ("y = f(bias=a, dim=b)", "y = f(dim=b)"),
        ("y = f((a), bias=b)", "y = f(a)"),
        ("y = f(a, b)", "y = f(b, a)"),
        ("y = f(a, b, c)", "y = f(a, c, b)"),
        ("y = x.sum(dim=-1)", "y = x.sum(dim=-2)"),
        ("y = x.sum(0)", "y = x.sum(1)"),
        ("y = x.mean(dim=(1, 2))", "y = x.mean(dim=(0, 2))"),
        ("y = torch.cat([a, b], 1)", "y = torch.cat([a, b], 0)"),
        ("y = x.sum()", "y = x.mean()"),
        ("y = torch.zeros(n)", "y = torch.ones(n)"),
        ("y = max(a, b)", "y = min(a, b)"),
        ("y = x.to(torch.float16)", "y = x.to(torch.bfloat16)"),
        ("y = x.T", "y = x"),
        ("y = (a + b).mT", "y = a + b"),
        ("y = x.transpose(0, 1)", "y = x"),
        ("y = x.permute(0, 2, 1)", "y = x.permute(0, 1, 2)"),
        ("y = f(a, reduction='mean')", "y = f(a, reduction='sum')"),
        ("y = einsum('bqd,bkd->bqk', q, k)", "y = einsum('bqd,bkd->bkq', q, k)"),
        ("y = rearrange(x, 'b t (h d) -> b h t d', h=2)", "y = rearrange(x, 'b t (h d) -> b h d t', h=2)"),
        ("y = x[:n]", "y = x[:n + 1]"),
        ("y = x[1:]", "y = x[2:]"),
        ("y = x[:, None]", "y = x[None, :]"),
        ("loss.backward()", "# loss.backward()"),
        ("y += 1", "# y += 1"),
        ("x[0] = y", "# x[0] = y"),
        ("p.grad = None", "# p.grad = None"),
        ("x = f(x)", "x = x"),
        ("def f(): return x", "return None"),
        ("if a: b()", "if not a:"),
        ("y = a if b else c", "y = a if not b else c"),
        ("y = [a for a in b if a]", "y = [a for a in b if not a]"),
        ("@no_grad()\ndef f(): pass", "def f():"),
        ("def f():\n    raise ValueError('no')", "# raise ValueError('no')"),
        ("for a in b:\n    break", "# break"),
    ],
)
def test_a_mistake_of_each_kind(code: str, mutant: str) -> None:
    assert mutant in made(code)


def test_what_is_claimed_is_mutated_but_never_left_out() -> None:
    assert made("f(x, n)  # 0.25") == ["f(n, x)"]


@pytest.mark.parametrize(
    "code",
    [
        "import torch",
        "assert a + b == 3",
        "torch.testing.assert_close(a + b, c)",
        "torch.manual_seed(0)",
        "g = torch.Generator().manual_seed(0)",
        "rng = np.random.default_rng(7)",
        "'a + b'",
        "def f(x: Tensor[3]) -> Tensor[4]: pass",
        "size: Tensor[3]",
        "print('a', a + b)",
        "plt.plot(x + 1)",
        "ax.set_title('sum', fontsize=12)",
        "fig, ax = plt.subplots(1, 2)",
        "a + b",
        "x.shape",
        "started = time.perf_counter() - 1",
        "text = f'{a + b:.3f}'",
        "text = 'a' + b",
        "if __name__ == '__main__': pass",
        "warnings.filterwarnings('ignore')",
        "from __future__ import annotations",
        "y = torch.equal(a, b)",
    ],
)
def test_what_no_check_should_notice_is_left_alone(code: str) -> None:
    assert made(code) == []


def test_tolerances_are_checks_themselves() -> None:
    assert made("y = torch.allclose(a, b, atol=1e-6, rtol=0.5)") == []
    assert set(made("y = (a - b) < 1e-6")) == {"y = a - b >= 1e-06", "y = a + b < 1e-06"}


def test_a_comparison_that_is_claimed_is_a_check_itself() -> None:
    assert made("(a - b).f() > 3  # True") == ["(a + b).f() > 3"]
    assert made("(a + b, c < 4)  # (3, True)") == ["(a - b, c < 4)"]
    assert made("y = (a - b).f() > 3") != []


def test_a_sample_of_one_more_is_another_experiment() -> None:
    assert set(made("x = torch.randn(1000, 2)")) == {
        "x = torch.randn(2, 1000)",
        "x = torch.randn(1000, 3)",
        "x = torch.randn(1000, 1)",
    }


def test_a_truth_value_is_turned_round_and_not_left_out_as_well() -> None:
    assert made("y = x.amax(keepdim=True)") == ["y = x.amin(keepdim=True)", "y = x.amax(keepdim=False)"]


def test_how_many_digits_are_shown_is_left_alone() -> None:
    assert made("y = round(f, 3)") == []
    assert made("y = x.round(3)") == []
    assert "y = round(2)" in made("y = round(1)")


def test_prints_count_where_they_are_compared() -> None:
    assert made("print(a + b)", prints=True) == ["print(a - b)"]
    assert made("print(a + b)  # 3") == ["print(a - b)"]


def test_numbers_in_a_statement_that_raises_come_to_nothing() -> None:
    assert set(made("x = f(2)\nx.view(3)", raises=True)) == {"x = f(3)", "x = f(1)", "# x.view(3)"}


def test_the_prompts_of_a_session_are_mutated_where_they_stand() -> None:
    code = ">>> a = 2\n>>> a * 4  # a comment\n8\n\ntext\n>>> def f(x):\n...     return x + 1\n"
    found = mutants(code, bound=ALL)
    assert {(one.line, one.mutant) for one in found} >= {(1, "a = 3"), (2, "a / 4"), (7, "return x - 1")}
    (product,) = (one for one in found if one.mutant == "a / 4")
    assert product.code == code.replace("a * 4", "a / 4")


def test_what_a_session_does_not_show_is_not_claimed() -> None:
    assert made(">>> a + b") == []


LONG = """\
def f(x):  # x: (B, T)
    y = torch.cat(
        [
            x.sum(
                dim=0,
            ),  # ü
            x,
        ],
        dim=1,
    )  # (B, T)
    y = y.transpose(
        0,
        1,
    ).contiguous()  # (T, B)
    total = (x  # one
        + y)  # (B, T)
    steps.append(
        y,
    )
    return (
        y
    )  # (T, B)


f(x)  # tensor(3)
"""


def test_every_line_and_every_claim_stays_where_it_is() -> None:
    lines = LONG.split("\n")
    for mutant in mutants(LONG, bound=ALL):
        edited = mutant.code.split("\n")
        assert len(edited) == len(lines)
        assert edited[-2] == lines[-2] or mutant.line == len(lines) - 1
        assert [claim.line for claim in find_claims(ast.parse(mutant.code), mutant.code).values()] == [25]
    assert {one.kind for one in mutants(LONG, bound=ALL)} >= {
        Kind.TRANSPOSE,
        Kind.STATEMENT,
        Kind.KEYWORD,
        Kind.AXIS,
        Kind.RETURN,
    }


def test_a_mutant_is_named_by_the_smallest_statement_and_its_own_line() -> None:
    found = mutants("def f(x):\n    for a in x:\n        y = (a\n          + 1)\n    return y\n", bound=ALL)
    (sum_,) = (one for one in found if one.kind is Kind.OPERATOR)
    assert (sum_.line, sum_.source, sum_.mutant) == (4, "y = a + 1", "y = a - 1")


def test_letters_of_several_bytes_do_not_shift_an_edit() -> None:
    (one,) = mutants("β = {'größe': α + 𝛿}\n", bound=ALL)
    assert one.code == "β = {'größe': α - 𝛿}\n"


def test_code_that_is_no_python_has_no_mutants() -> None:
    assert mutants("def f(:\n") == ()
    assert mutants(">>> a =\n") == ()
    assert mutants("") == ()


CODE = "\n".join(f"y{number} = f(a{number} + {number}, b * c.sum(dim=-1), flag=True)" for number in range(40)) + "\n"


def test_the_choice_is_bounded_spread_and_always_the_same() -> None:
    chosen = mutants(CODE)
    assert len(chosen) == BOUND
    assert chosen == mutants(CODE)
    assert len({one.line for one in chosen}) >= BOUND - 2
    assert len({one.kind for one in chosen}) >= 6
    assert [one.line for one in chosen] == sorted(one.line for one in chosen)


def test_an_edit_elsewhere_leaves_most_of_the_choice() -> None:
    before = {one.mutant for one in mutants(CODE)}
    after = {one.mutant for one in mutants("z = 1 - q\n" + CODE)}
    assert len(before & after) >= BOUND - 4


@given(st.text(alphabet="abx01.,:()[]{}<>=+-*/@%&|~#'\"\n \\\tü≤𝛿", max_size=60) | st.text(max_size=40))
def test_no_text_breaks_it(code: str) -> None:
    for one in mutants(code + "\n", bound=ALL):
        assert one.code.count("\n") == code.count("\n") + 1
        assert one.mutant != one.source
        ast.parse(one.code)
