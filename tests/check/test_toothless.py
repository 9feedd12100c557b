"""Checks that cannot fail, and those that only look so."""

from __future__ import annotations

import ast

import pytest

from greenbed.check.evidence.toothless import toothless
from tests.check.snippets import failures

VAIN = {
    'assert (x == y, "text")': "it asserts a tuple, which is true",
    "assert True": "it asserts True",
    "assert 1": "it asserts 1",
    'assert "x == y"': "it asserts 'x == y'",
    'assert f"{x} is right"': "it asserts a text, which is true",
    "assert [x == y]": "it asserts a list, which is true",
    "assert lambda: x == y": "it asserts a function, which is true",
    "assert (x == y for x in z)": "it asserts a generator, which is true",
    "assert x == y or True": "one side of its `or` is always true",
    "assert x.shape == x.shape": "it compares x.shape with itself",
    "assert x is x": "it compares x with itself",
    "assert x[0] == x[0], 'why'": "it compares x[0] with itself",
    "assert (x == x).all()": "it compares x with itself",
    "assert torch.all(x == x)": "it compares x with itself",
    "assert bool(torch.equal(a, a))": "it compares a with itself",
    "assert x == x and y == y": "it compares x with itself",
    "assert torch.equal(a, a)": "it compares a with itself",
    "assert torch.allclose(a, a, atol=1e-3)": "it compares a with itself",
    "assert a.equal(a)": "it compares a with itself",
    "torch.testing.assert_close(a.grad, a.grad)": "it compares a.grad with itself",
    "np.testing.assert_allclose(a, a)": "it compares a with itself",
    "try:\n    assert x\nexcept: pass": 'its failure is passed over by "except"',
    "try:\n    assert x\nexcept Exception:\n    pass": 'its failure is passed over by "except Exception"',
    "try:\n    if y:\n        assert_close(x, y)\nexcept (ValueError, AssertionError):\n    ...": (
        'its failure is passed over by "except (ValueError, AssertionError)"'
    ),
    "with suppress(AssertionError):\n    assert x": 'its failure is passed over by "suppress(AssertionError)"',
    "with torch.no_grad(), contextlib.suppress(KeyError, Exception):\n    if y:\n        assert x": (
        'its failure is passed over by "contextlib.suppress(KeyError, Exception)"'
    ),
}

SOUND = [
    "assert x == y",
    "assert f(x) == f(x)",  # that f draws no lots
    "torch.testing.assert_close(f(x), f(x))",
    "assert x != x",  # nan
    "assert not x == x",
    "assert x < x",
    "assert x == y, 'why'",
    "assert (x == y), ('a', 'tuple')",
    "assert all(x == y for x in z)",
    "assert False, 'not here'",
    "assert x or y",
    "assert x == x and y",
    "assert []",
    "torch.equal(a, a)",  # nothing is asserted
    "assert torch.equal(a, b)",
    "assert torch.allclose(a, a.T)",
    "try:\n    f(x)\n    assert False, 'should have raised'\nexcept AssertionError:\n    pass",
    "try:\n    assert x\nexcept AssertionError:\n    print('no')",
    "try:\n    assert x\nexcept ValueError:\n    pass",
    "try:\n    assert x\nexcept AssertionError:\n    pass\nelse:\n    raise ValueError('they agree')",
    "try:\n    f()\nexcept Exception:\n    pass\nelse:\n    assert x",
    "try:\n    def f():\n        assert x\nexcept Exception:\n    pass",
    "with suppress(KeyError):\n    assert x",
    "with suppress(AssertionError):\n    assert False, 'why'",
    "with raises(AssertionError):\n    assert x",
]


@pytest.mark.parametrize("code", VAIN)
def test_a_check_that_cannot_fail_is_refused(code: str) -> None:
    assert [one.reason for one in toothless(ast.parse(code))] == [VAIN[code]]


@pytest.mark.parametrize("code", SOUND)
def test_a_check_that_can_fail_is_left_alone(code: str) -> None:
    assert list(toothless(ast.parse(code))) == []


def test_it_is_reported_at_the_line_of_the_assert() -> None:
    code = "x = 3\n\ndef f():\n    assert (x == 4,\n        'four')\n\nassert x == 3\n"
    assert failures(code) == [("cannot-fail", 4, "this check cannot fail: it asserts a tuple, which is true")]


def test_it_is_reported_in_a_session_and_in_the_examples_of_a_docstring() -> None:
    assert [line for _, line, _ in failures(">>> x = 3\n>>> assert x == x\n")] == [2]
    code = 'def f():\n    """Doc.\n\n    >>> assert True\n    """\n'
    assert failures(code) == [("cannot-fail", 4, "this check cannot fail: it asserts True")]
