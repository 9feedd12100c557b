"""Shape comments and annotations, checked while real snippets run."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.check.snippets import failures, record, records

HEAD = "import numpy as np, torch\nfrom torch import Tensor, nn\n"


def said(code: str) -> list[tuple[int, str]]:
    """Line, counted from the first one of `code`, and message of each shape that is wrong; nothing else may fail."""
    found = failures(HEAD + dedent(code).lstrip("\n"))
    assert {kind for kind, _, _ in found} <= {"shape"}, found
    return [(line - 2, message) for _, line, message in found]


def held(code: str) -> int:
    """How many claims held; none may fail."""
    found = record(HEAD + dedent(code).lstrip("\n"))
    assert found["failures"] == []
    return found["checks"]


def test_a_wrong_shape_is_reported_with_what_is_known_and_what_came() -> None:
    code = "import torch\nx = torch.ones(1, 5, 3)  # (A, T, C)\ny = torch.ones(2, 4, 5)  # (B, T, C)\n"
    (failed,) = record(code)["failures"]
    assert {name: failed[name] for name in ("code", "line", "column", "message", "want", "got", "claim")} == {
        "code": "shape",
        "line": 3,
        "column": 26,
        "message": "says (B, T, C) with T=5, C=3, is (2, 4, 5)",
        "want": "(B, T, C)",
        "got": "(2, 4, 5)",
        "claim": "",
    }
    assert failed["hint"] == (
        "T is 5 since line 11; C is 3 since line 11; if (2, 4, 5) is right, write it there; else mend the code"
    )


STATEMENTS = {
    "x = torch.ones(2, 4)  # (2, 3)": "says (2, 3), is (2, 4)",
    "x: Tensor = torch.ones(2, 4)  # (2, 3)": "says (2, 3), is (2, 4)",
    "x = y = torch.ones(2, 4)  # (2, 3)": "says (2, 3), is (2, 4)",
    "x, y = torch.ones(2), torch.ones(4)  # (2,), (3,)": "says (3,), y is (4,)",
    "x, y = torch.ones(2, 4)  # (3,)": "says (3,), x is (4,)",
    "x, y = (torch.ones(n) for n in (3, 4))  # (3,)": "says (3,), y is (4,)",
    "[x, (y, z)] = torch.ones(4), torch.ones(2, 3)  # (4,), (3,), (2,)": "says (2,), z is (3,)",
    "x, *y = torch.ones(3, 4)  # (4,), (3,)": "says (3,), y is (4,)",
    "x, y = torch.ones(2)  # (), (2,)": "says (2,), y is ()",
    "x, n = torch.ones(4), 4  # (3,)": "says (3,), x is (4,)",  # the number beside it is not meant
    "x = torch.ones(4); x += 1  # (3,)": "says (3,), is (4,)",
    "x = [torch.ones(4)]; x[0] *= 2  # (3,)": "says (3,), is (4,)",
    "x = {}; x['a'] = torch.ones(4)  # (3,)": "says (3,), is (4,)",
    "x = nn.Module(); x.a = torch.ones(4)  # (3,)": "says (3,), is (4,)",
    "x = nn.Module(); x.register_buffer('a', torch.ones(4))  # (3,)": "says (3,), is (4,)",
    "x = []; x.append(torch.ones(4))  # (3,)": "says (3,), is (4,)",
    "torch.ones(4)  # (n, 3)": "says (n, 3), is (4,)",
    "torch.ones(4)  # (3,)": "says (3,), is (4,)",
    "torch.ones(4), torch.ones(3)  # (4,), (4,)": "says (4,), element 2 is (3,)",
    "print(torch.ones(4))  # (3,)": "says (3,), is (4,)",
    "torch.ones(4).shape  # (n, m)": "says (n, m), is (4,)",
    "(x := torch.ones(4))  # (3,)": "says (3,), is (4,)",
    "x = [torch.ones(n) for n in (3, 4)]  # (3,)": "says (3,), element 2 is (4,)",
    "for x in torch.ones(2, 4):  # (3,)\n    pass": "says (3,), is (4,)",
    "for i, x in enumerate(torch.ones(2, 4)):  # (3,)\n    pass": "says (3,), x is (4,)",
    "for x, y in [(torch.ones(3), torch.ones(4))]:  # (3,), (3,)\n    pass": "says (3,), y is (4,)",
    "from contextlib import nullcontext\nwith nullcontext(torch.ones(4)) as x:  # (3,)\n    pass": "says (3,), is (4,)",
    "if True: x = torch.ones(4)  # (3,)": "says (3,), is (4,)",
    "x = 1; y = torch.ones(4)  # (3,)": "says (3,), is (4,)",
    "x = torch.einsum(\n    'ij->i', torch.ones(4, 2))  # (3,)": "says (3,), is (4,)",
    "x = torch.einsum(  # (3,)\n    'ij->i', torch.ones(4, 2))": "says (3,), is (4,)",
    "class A:\n    x = torch.ones(4)  # (3,)": "says (3,), is (4,)",
    "x = np.ones((2, 4))  # (2, 3)": "says (2, 3), is (2, 4)",
    "x = nn.Parameter(torch.ones(4))  # (3,)": "says (3,), is (4,)",
    "x = torch.ones(4).shape  # (3,)": "says (3,), is (4,)",
    "x = 2.5  # (1,)": "says (1,), is ()",
    "x = np.float32(2)  # (1,)": "says (1,), is ()",
    "x = torch.ones(2, 3).T  # (2, 3) -> (2, 3)": "says (2, 3), is (3, 2)",
    "x = torch.ones(4)  # → (3,)": "says (3,), is (4,)",
    "x = torch.ones(4)  # x: (3,)": "says (3,), is (4,)",
    "x = torch.ones(4)  # shape: (3,)": "says (3,), is (4,)",
    "x = torch.ones(4)  # torch.Size([3])": "says (3,), is (4,)",
    "x = torch.ones(4).sum()  # torch.Size([1, 2])": "says (1, 2), is ()",
    "a = nn.Module(); a.x = torch.ones(4)  # a.x: (3,)": "says (3,), is (4,)",
    "a = nn.Module(); setattr(a, 'x', torch.ones(4))  # (3,)": "says (3,), is (4,)",
    "class A: pass\na = A(); object.__setattr__(a, 'x', torch.ones(4))  # (3,)": "says (3,), is (4,)",
    "x = nn.Linear(3, 4)  # (3, 4)": "says (3, 4), but Linear has no shape",
    "x = 'text'  # (3, 4)": "says (3, 4), but str has no shape",
    "x = None  # (3, 4)": "says (3, 4), but None has no shape",
    "x, y = torch.ones(3)[:2]  # (), (), ()": "says (), (), (): 3 shapes for 2 values",
    "x = torch.ones(3)  # (3,), (3,)": "says (3,), (3,): 2 shapes for 1 value",
    "x = torch.nested.nested_tensor([torch.ones(2)], layout=torch.strided)  # (1, 2)": "says (1, 2), but Tensor has no shape",
    "x = nn.LazyLinear(2).weight  # (2, 3)": "says (2, 3), but UninitializedParameter has no shape",
}


@pytest.mark.parametrize("code", STATEMENTS)
def test_a_wrong_comment_behind_a_statement(code: str) -> None:
    assert [message for _, message in said(code)] == [STATEMENTS[code]]


def test_right_comments_are_checks() -> None:
    assert held("""
        B, T = 2, 3
        x = torch.ones(B, T, 4)  # (B, T, C), float
        y = z = x.mean(-1)  # (B, T)
        n = x.sum()  # ()
        m = 3  # ()
        q, k = x.chunk(2, -1)  # (B, T, C/2)
        a, b = x.shape[:2]  # (B, T)
        s = x.flatten(0, 1)  # (B*T, C)
        (s @ s.T)  # (B * T, B * T)
        e = x.unsqueeze(0)  # (..., T, C)
        """) == 9  # fmt: skip


def test_what_is_prose_is_no_check() -> None:
    assert held("""
        x = nn.Linear(3, 4)  # (optional)
        z = torch.ones(3)  # shape (4, 4)
        f = lambda x: x  # (B, T)
        print("shapes")  # (B, T)
        w = torch.ones(3)  # (input/output)
        w = torch.ones(3)  # k: (4, 4)
        from dataclasses import dataclass, field
        @dataclass
        class D:
            w: Tensor = field(default_factory=lambda: torch.ones(3))  # (4,)
        """) == 0  # fmt: skip


def test_a_symbol_alone_is_a_shape_of_one_axis() -> None:
    assert said("x = torch.ones(3)  # (T)\ny = torch.ones(4)  # (T), of another\n") == [(2, "says (T) with T=3, is (4,)")]


def test_a_lone_formula_is_a_shape_where_its_names_are_known() -> None:
    assert said("d_k = 8\nx = torch.ones(3)  # (d_k/2)\n") == [(2, "says (d_k/2) with d_k=8, is (3,)")]


def test_a_lone_formula_that_is_no_size_is_prose() -> None:
    assert held("n = 3\nx = torch.ones(4) / n  # (1/n)\ny = torch.ones(2)  # (1/2)\nz = torch.ones(2)  # (3*4)\n") == 0


@pytest.mark.parametrize("value", ["3", "0.5", "'text'", "['a', 'b']", "{}", "None", "nn.Linear(2, 3)", "(2, 3)", "[1, 2]"])
def test_what_stands_without_a_comma_is_prose_beside_what_has_no_shape(value: str) -> None:
    assert held(f"d_k = 8\nx = {value}  # (T)\ny = {value}  # (d_k/2)\nz = {value}  # (3 × 4)\n") == 0
    assert held(f"def f(x, y=None):\n    # x: (T), y: (d)\n    return x\nf({value})\n") == 0


def test_what_stands_without_a_comma_is_a_shape_beside_what_has_one() -> None:
    assert said(
        "x = torch.tensor(3.0)  # (T)\ny = np.ones((2, 3))  # (T)\nz = torch.ones(2, 3).shape  # (T)\ny = y.T  # (2 × 3)\n"
    ) == [
        (1, "says (T), is ()"),
        (2, "says (T), is (2, 3)"),
        (3, "says (T), is (2, 3)"),
        (4, "says (2 × 3), is (3, 2)"),
    ]


def test_all_wrong_comments_are_reported_and_nothing_stops() -> None:
    assert said("x = torch.ones(3)  # (4,)\ny = x + 1  # (5,)\nassert y.sum() == 6\n") == [
        (1, "says (4,), is (3,)"),
        (2, "says (5,), is (3,)"),
    ]


def test_a_line_that_runs_often_is_reported_once_with_the_time_that_was_wrong() -> None:
    assert said("for n in (3, 3, 4, 5):\n    x = torch.ones(n)  # (3,)\n") == [
        (2, "time 3 that this line was reached: says (3,), is (4,)")
    ]


def test_each_call_has_its_names_for_itself() -> None:
    assert held("""
        def f(x):
            # x: (N, D)
            y = x.T  # (D, N)
            if len(x) > 1:
                f(x[1:])
            return y @ x  # (D, D)
        f(torch.ones(3, 4)); f(torch.ones(5, 6))
        """) == 3  # fmt: skip


def test_generators_that_run_by_turns_keep_their_names_apart() -> None:
    code = """
        def rows(x):
            for row in x:  # (D,)
                yield row  # (D,)
        for a, b in zip(rows(torch.ones(3, 4)), rows(torch.ones(3, 5))):
            pass
        """
    assert held(code) == 2


def test_a_coroutine_and_a_nested_function_and_a_method_called_later() -> None:
    first, second = records(
        HEAD
        + dedent("""
        import asyncio
        class Block(nn.Module):
            def __init__(self):
                super().__init__()
                self.out = nn.Linear(4, 6)
                self.register_forward_hook(self.look)
            def forward(self, x):
                # x: (B, T, C)
                h = self.out(x)  # (B, T, D)
                return h.mean(1)  # (B, C)
            def look(self, module, given, result):
                # result: (B, B)
                return None
        async def wait(x):
            await asyncio.sleep(0)
            return x  # (B, T)
        def outer(x):
            def inner(y):
                return y + x  # (T, T)
            return inner(x)  # (T, S)
        """),
        "with torch.no_grad():\n    Block()(torch.ones(2, 3, 4))\n    asyncio.run(wait(torch.ones(2)))\n"
        "    outer(torch.ones(2, 3))\n",
    )
    assert (first["checks"], first["failures"]) == (0, [])
    first_line = 10 + (HEAD + "\n").count("\n") - 1
    assert [(failed["line"] + 41 - first_line, failed["message"]) for failed in second["failures"]] == [
        (9, "says (B, C) with C=4, is (2, 6)"),
        (11, "says (B, B) with B=2, is (2, 6)"),
        (15, "says (B, T), is (2,)"),
        (18, "says (T, T) with T=2, is (2, 3)"),
    ]


ARGUMENTS = {
    "def f(x):\n    # x: (B, T)\n    pass\nf(torch.ones(2))": (2, "says (B, T), is (2,)"),
    "def f(q, k):\n    # q, k: (B, T)\n    pass\nf(torch.ones(2, 3), torch.ones(2, 4))": (
        2,
        "says (B, T) with T=3, k is (2, 4)",
    ),
    "def f(q, k):\n    # q: (B, T), k: (B, S)\n    pass\nf(torch.ones(2, 3), torch.ones(3, 4))": (
        2,
        "says (B, S) with B=2, is (3, 4)",
    ),
    'def f(x):\n    """Doc.\n\n    x: (B, T)\n    """\nf(torch.ones(2))': (4, "says (B, T), is (2,)"),
    'def f(x):\n    """Doc.\n\n    Args:\n        x (Tensor): (B, T) of floats\n    """\nf(torch.ones(2))': (
        5,
        "says (B, T), is (2,)",
    ),
    'def f(x):\n    """:param x: (B, T)"""\nf(torch.ones(2))': (2, "says (B, T), is (2,)"),
    'def f(x):\n    """Doc.\n\n    Returns: (B, T)\n    """\n    return x\nf(torch.ones(2))': (4, "says (B, T), is (2,)"),
    'def f(x):\n    """Doc.\n\n    Returns:\n        Tensor: (B, T)\n    """\n    return x\nf(torch.ones(2))': (
        5,
        "says (B, T), is (2,)",
    ),
    "def f(x):\n    # returns: (B, T)\n    return x\nf(torch.ones(2))": (2, "says (B, T), is (2,)"),
    "def f(\n    x: Tensor,  # (B, T)\n    n: int = 3,  # (optional)\n):\n    pass\nf(torch.ones(2))": (
        2,
        "says (B, T), is (2,)",
    ),
    "def f(x, *,\n      y=None):  # (B,)\n    pass\nf(1); f(1, y=torch.ones(2, 2))": (
        2,
        "time 2 that this line was reached: says (B,), is (2, 2)",
    ),
    "def f(*xs):\n    # xs: (3,)\n    pass\nf(torch.ones(3), torch.ones(4))": (2, "says (3,), element 2 is (4,)"),
    "def f(x):\n    # x: (B, T)\n    pass\nf('text')": (2, "says (B, T), but str has no shape"),
}


@pytest.mark.parametrize("code", ARGUMENTS)
def test_a_wrong_remark_about_an_argument_or_a_result(code: str) -> None:
    assert said(code) == [ARGUMENTS[code]]


def test_remarks_that_are_none_about_arguments() -> None:
    assert held("""
        def f(x, y=None):
            # y: (B, T)
            # other: (B, T)
            # see x: (B, T)
            z = x
            # x: (B, T)
            return z
        f(torch.ones(2))
        """) == 0  # fmt: skip


def test_integer_variables_count_and_win() -> None:
    assert said("""
        N = 4
        def f(x, T):
            d = 3
            return x  # (T, d)
        f(torch.ones(2, 3), 2)
        f(torch.ones(3, 3), T=2)
        def outer(x, k):
            def inner():
                return x[:k]  # (k, N)
            return inner()
        outer(torch.ones(3, 5), 2)
        """) == [
        (4, "time 2 that this line was reached: says (T, d) with T=2, is (3, 3)"),
    ]  # fmt: skip


def test_a_module_level_integer_counts_in_a_function_whose_own_code_uses_it() -> None:
    assert said("""
        T = 4
        def uses(x):
            return x[:T + 1]  # (T,)
        def does_not(x):
            y = x.T  # (T,)
            return y  # (T,)
        uses(torch.ones(7))
        does_not(torch.ones(7))
        y = torch.ones(7)  # (T,)
        """) == [(3, "says (T,) with T=4, is (5,)"), (9, "says (T,) with T=4, is (7,)")]  # fmt: skip


def test_attributes_count_without_running_code_of_the_authors() -> None:
    assert said("""
        from dataclasses import dataclass
        from typing import NamedTuple
        @dataclass(slots=True)
        class Slotted:
            width: int = 3
        class Named(NamedTuple):
            width: int = 3
        class Loud:
            @property
            def width(self):
                raise AssertionError
        class Block(nn.Module):
            heads = 2
            def __init__(self):
                super().__init__()
                self.width = 3
            def forward(self, x):
                return x  # (self.heads, self.width)
        slotted, named, loud = Slotted(), Named(), Loud()
        Block()(torch.ones(3, 3))
        x = torch.ones(4)  # (slotted.width,)
        x = torch.ones(4)  # (named.width,)
        x = torch.ones(4)  # (loud.width,)
        """) == [
        (18, "says (self.heads, self.width) with self.heads=2, is (3, 3)"),
        (21, "says (slotted.width,) with slotted.width=3, is (4,)"),
        (22, "says (named.width,) with named.width=3, is (4,)"),
    ]  # fmt: skip


def test_what_is_no_size_is_no_integer_variable() -> None:
    assert held("""
        T, d, flag = 2.5, -1, True
        x = torch.ones(2, 3, 4)  # (T, d, flag)
        """) == 1  # fmt: skip


def test_a_block_that_begins_a_fresh_namespace_begins_with_fresh_names() -> None:
    from tests.check.snippets import snippet

    again = "import torch\ny = torch.ones(3)  # (T,)\n"
    _, same, fresh = records("import torch\nx = torch.ones(2)  # (T,)\n", again, snippet(again, new=True))
    assert [failed["message"] for failed in same["failures"]] == ["says (T,) with T=2, is (3,)"]
    assert (fresh["checks"], fresh["failures"]) == (1, [])


def test_the_examples_of_a_docstring_learn_nothing_for_the_note() -> None:
    assert held('''
        x = torch.ones(2)  # (T,)
        def f():
            """Doc.

            >>> y = torch.ones(3)  # (S,)
            """
        def g():
            """Doc.

            >>> y = torch.ones(4)  # (S,)
            >>> z = torch.ones(2)  # (T,)
            """
        ''') == 4  # fmt: skip


def test_the_prompts_of_a_session_are_checked() -> None:
    assert failures(">>> import torch\n>>> x = torch.ones(2)  # (3,)\n>>> for y in x:  # (1,)\n...     pass\n") == [
        ("shape", 2, "says (3,), is (2,)"),
        ("shape", 3, "says (1,), is ()"),
    ]


JAXTYPING = """
from __future__ import annotations
from typing import TYPE_CHECKING
import torch
if TYPE_CHECKING:
    from jaxtyping import Bool, Float, Int
def f(x: Float[Tensor, "B T"], mask: Bool[Tensor, "T"] | None = None) -> Float[Tensor, "B"]:
    y: Int[Tensor, "T B"] = x.T
    return x
f(torch.ones(2, 3)); f(torch.ones(2, 3), torch.ones(2) > 0)
n = 7
def g(n: Int[Tensor, "n"]) -> tuple[Int[Tensor, "n"], Int[Tensor, ""]]:
    return n, n.sum()
g(torch.arange(3))
"""


def test_annotations_are_checked_as_comments_are() -> None:
    found = record(JAXTYPING)
    assert found["checks"] == 3
    assert [(failed["code"], failed["line"], failed["message"]) for failed in found["failures"]] == [
        ("shape", 7, 'time 2 that this line was reached: says Bool[Tensor, "T"] with T=3, is (2,)'),
        ("shape", 7, 'says Float[Tensor, "B"], is (2, 3)'),
        ("shape", 8, 'says Int[Tensor, "T B"], is float32'),
    ]
