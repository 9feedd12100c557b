"""What shapes lines are seen to give while real snippets run."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.check.snippets import fact, record, records

HEAD = "import numpy as np, torch\nfrom torch import nn\n"


def seen(code: str) -> list[tuple[int, str, str]]:
    """Line, counted from the first one of `code`, name and what was seen, of a snippet that holds."""
    found = record(HEAD + dedent(code).lstrip("\n"))
    assert found["failures"] == []
    return [
        (sight["line"] - 2, sight["name"], " / ".join(sight["seen"]) + (" / varies" if sight["varies"] else ""))
        for sight in found["sights"]
    ]


LINES = {
    "x = torch.ones(2, 4)": [("x", "(2, 4) float32")],
    "x: torch.Tensor = torch.arange(3)": [("x", "(3,) int64")],
    "x = y = torch.ones(()).bool()": [("x", "() bool"), ("y", "() bool")],
    "x, (y, z) = torch.ones(2), torch.ones(2, 3)": [
        ("x", "(2,) float32"),
        ("y", "(3,) float32"),
        ("z", "(3,) float32"),
    ],
    "x, n = torch.ones(2), 3": [("x", "(2,) float32")],
    "_, x = torch.ones(2, 3)": [("x", "(3,) float32")],
    "x, *rest = torch.ones(3, 4)": [("x", "(4,) float32"), ("rest", "2 × (4,) float32")],
    "m = nn.Module(); m.w = torch.ones(2).bfloat16()": [("m.w", "(2,) bfloat16")],
    "m = nn.Module(); m.w, x = torch.ones(2), 3": [("m.w", "(2,) float32")],
    'd = {}; d["a"] = torch.ones(2)': [('d["a"]', "(2,) float32")],
    "(x := torch.ones(2))": [("x", "(2,) float32")],
    "for x in torch.ones(3, 2): pass": [("x", "(2,) float32")],
    "for i, (x, n) in enumerate([(torch.ones(2), 3)]): pass": [("x", "(2,) float32")],
    "from contextlib import nullcontext\nwith nullcontext(torch.ones(2)) as x: pass": [("x", "(2,) float32")],
    "x = np.ones((2, 3))": [("x", "(2, 3) float64")],
    "x = torch.ones(2, device='meta')": [("x", "(2,) float32 meta")],
    "x = torch.eye(2).to_sparse()": [("x", "(2, 2) float32")],
    "x = torch.quantize_per_tensor(torch.ones(3), 0.1, 0, torch.quint8)": [("x", "(3,) quint8")],
    "x = torch.ones(2, 6).chunk(3, 1)": [("x", "3 × (2, 2) float32")],
    "x = [torch.ones(2), torch.arange(3)]": [("x", "(2,) float32, (3,) int64")],
    "x = torch.ones(2, 3).max(0)": [("x", "(3,) float32, (3,) int64")],
    "x = [torch.ones(2)] * 5": [],
    "x = [torch.ones(2), 'text']": [],
    "x = np.float32(3); y = 2.5; z = torch.ones(2).shape; w = torch.ones(2).sum().item(); v = nn.Linear(2, 3)": [],
}


@pytest.mark.parametrize("code", LINES)
def test_what_an_assignment_binds_is_seen(code: str) -> None:
    assert [(name, text) for _, name, text in seen(code)] == LINES[code]


def test_what_a_line_changes_is_seen() -> None:
    assert seen("x = torch.ones(1)\nx = x + torch.ones(2)\nx += torch.ones(2)\nx = x.double()\n") == [
        (1, "x", "(1,) float32"),
        (2, "x", "(2,) float32"),
        (3, "x", "(2,) float32"),
        (4, "x", "(2,) float64"),
    ]


def test_up_to_three_shapes_of_a_line_are_kept() -> None:
    code = "for n in (1, 2, 1, 3):\n    x = torch.ones(n)\nfor n in range(9):\n    x = torch.ones(n)\n"
    assert seen(code) == [
        (2, "x", "(1,) float32 / (2,) float32 / (3,) float32"),
        (4, "x", "(0,) float32 / (1,) float32 / (2,) float32 / varies"),
    ]


def test_a_line_that_gives_arrays_only_sometimes_is_seen() -> None:
    code = "for n in range(9):\n    x = torch.ones(2) if n > 5 else None\n"
    assert seen(code) == [(2, "x", "(2,) float32")]


def test_a_line_that_has_long_given_the_same_is_not_asked_again_in_this_snippet() -> None:
    first, second = records("import torch\ndef f(n):\n    x = torch.ones(n)\nfor _ in range(300): f(2)\nf(3)\n", "f(4)\n")
    assert [sight["seen"] for sight in first["sights"]] == [["(2,) float32"]]
    assert [sight["seen"] for sight in second["sights"]] == [["(2,) float32", "(4,) float32"]]


def test_the_lines_of_a_function_belong_to_the_snippet_that_defines_it() -> None:
    first, second, third = records(
        "import torch\ndef f(x):\n    y = x @ x.T\n    return y\n", "\n\nz = f(torch.ones(2, 3))\n", "n = 1\n"
    )
    assert first["sights"] == []
    assert second["sights"] == [
        {"snippet": 0, "line": 3, "name": "y", "seen": ["(2, 2) float32"], "varies": False},
        {"snippet": 1, "line": 3, "name": "z", "seen": ["(2, 2) float32"], "varies": False},
    ]
    assert third["sights"] == []


def test_the_prompts_of_a_session_are_seen_and_show_nothing_more() -> None:
    found = record(">>> import torch\n>>> x = torch.ones(2)\n>>> x.a = 3\n>>> a, b = x\n>>> for y in x: pass\n")
    assert found["failures"] == []
    assert [(sight["line"], sight["name"]) for sight in found["sights"]] == [(2, "x"), (4, "a"), (4, "b"), (5, "y")]


def test_nobody_looks_where_that_is_switched_off_or_a_distractor_is_tried() -> None:
    code = "import torch\nx = torch.ones(2)  # (3,)\n"
    found = record(code, sights=False)
    assert (found["sights"], len(found["failures"])) == ([], 1)
    tried = record(fact("x = torch.ones(answer)\nassert len(x) == 2\n", "2", "3"))
    assert [sight["seen"] for sight in tried["sights"]] == [["(2,) float32"]]


def test_values_of_other_kinds_give_nothing_and_raise_nothing() -> None:
    code = """
        class Loud:
            dtype = property(lambda self: 1 / 0)
            shape = property(lambda self: 1 / 0)
            __setitem__ = None
        x = Loud()
        y = [x, x]
        class Odd(dict):
            def __getattr__(self, name): raise RuntimeError(name)
        z = Odd()
        t = torch.nested.nested_tensor([torch.ones(2), torch.ones(3)], layout=torch.strided)
        for t in (torch.ones(2), t, torch.ones(2)):
            u = t
        lazy = nn.LazyLinear(3)
        w = lazy.weight
        """
    assert seen(code) == [(11, "t", "(2,) float32"), (12, "u", "(2,) float32")]
