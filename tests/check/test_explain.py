"""What ended a snippet, as its author reads it."""

from __future__ import annotations

import pytest

from tests.check.snippets import NOTE, failures, record, records, snippet

INNER = "[v for v in a if v]"
TWO = "import torch\na, b = torch.ones(2), "


@pytest.mark.parametrize(
    ("code", "kind", "line", "message"),
    [
        ("y = 1\nx\n", "failed", 2, "NameError: name 'x' is not defined"),
        ("import nope.x\n", "failed", 1, "ModuleNotFoundError: No module named 'nope'"),
        ("x = 1\ndef f(:\n", "failed", 2, "SyntaxError: invalid syntax"),
        ("    x = 1\n", "failed", 1, "IndentationError: unexpected indent"),
        ("return 3\n", "failed", 1, "SyntaxError: 'return' outside function"),
        ("import sys\nsys.exit(3)\n", "exited", 2, "the snippet ended the interpreter: SystemExit: 3"),
        ("raise KeyboardInterrupt\n", "failed", 1, "KeyboardInterrupt"),
        ("raise MemoryError\n", "memory", 1, "out of memory: MemoryError"),
        ("raise PermissionError(13, 'no', '/x')\n", "forbidden", 1, "PermissionError: [Errno 13] no: '/x'"),
        ("raise OSError(101, 'unreachable')\n", "forbidden", 1, "OSError: [Errno 101] unreachable"),
        ("raise OSError(30, 'read-only')\n", "forbidden", 1, "OSError: [Errno 30] read-only"),
        (
            "raise RuntimeError('open failed: Permission denied')\n",
            "forbidden",
            1,
            "RuntimeError: open failed: Permission denied",
        ),
        ("open('none.txt')\n", "failed", 1, "FileNotFoundError: [Errno 2] No such file or directory: 'none.txt'"),
        ("raise AssertionError('so')\n", "failed", 1, "AssertionError: so"),
        ("def f():\n    f()\nf()\n", "failed", 2, "RecursionError: maximum recursion depth exceeded"),
    ],
)
def test_an_exception_gets_its_kind_and_line(code: str, kind: str, line: int, message: str) -> None:
    assert failures(code) == [(kind, line, message)]


def test_a_refusal_is_recognised_inside_what_a_library_makes_of_it() -> None:
    wrapped = "import urllib.error, socket\nraise urllib.error.URLError(socket.gaierror(-2, 'no'))\n"
    caused = "import socket\ntry:\n    raise socket.gaierror(-2, 'no')\nexcept OSError:\n    raise ValueError('no model')\n"
    assert [kind for code in (wrapped, caused) for kind, _, _ in failures(code)] == ["forbidden", "forbidden"]


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("y = 1\nx\n", "x is not defined on this page before line 11: add a setup block"),
        ("import nope.x\n", 'install nope, or put needs="nope" on the fence to skip it where it is missing'),
        ("%matplotlib inline\n", "notebook and shell commands do not run here: take the line out"),
        ("x = 1\n>>> x\n", "begin the fence with >>> to make all of it a session"),
        ("input()\n", "nobody types at build time: give the value in the code"),
        ("import sys\nsys.exit()\n", "a snippet has to run to its end, or the ones after it prove nothing: take the exit out"),
        ("raise MemoryError\n", "a note may use 4 GiB: make it smaller, or raise memory_bytes in [tool.greenbed]"),
        (
            "raise AssertionError('Torch not compiled with CUDA enabled')\n",
            'put needs="cuda" on the fence to skip it where there is none',
        ),
        (
            "raise OSError(101, 'no')\n",
            "a snippet has no network and may write only in its own folder; it can read files that lie beside the note",
        ),
    ],
)
def test_a_hint_says_how_to_mend_it(code: str, hint: str) -> None:
    assert [failed["hint"] for failed in record(code)["failures"]] == [hint]


def test_a_tensor_that_no_machine_can_hold() -> None:
    ((code, line, message),) = failures("import torch\ntorch.empty(10**15)\n")
    assert (code, line) == ("memory", 2)
    assert "can't allocate memory" in message


@pytest.mark.parametrize(
    ("code", "message", "want", "got"),
    [
        ("x = 4\nassert x + 1 == 3\n", "assert x + 1 == 3 does not hold: x + 1 is 5", "3", "5"),
        ("x = 4\nassert x == 3, 'sum'  # why\n", "assert x == 3 does not hold: x is 4: sum", "3", "4"),
        ("x = 4\ny = 5\nassert x > y\n", "assert x > y does not hold: x is 4, y is 5", "", ""),
        ("x = []\nassert x\n", "assert x does not hold", "", ""),
        ("x = [1]\nassert (\n    x[0]\n    == 2\n)\n", "assert x[0] == 2 does not hold: x[0] is 1", "2", "1"),
        ("ü = 'ä'\nassert ü == 'ö'\n", "assert ü == 'ö' does not hold: ü is 'ä'", "'ö'", "'ä'"),
        ("it = iter([1, 2])\nassert next(it) == 2\n", "assert next(it) == 2 does not hold", "", ""),  # not the same again
        (
            "def f(a):\n    assert [v for v in a if v] == a\nf([1, 0])\n",
            f"assert {INNER} == a does not hold: {INNER} is [1], a is [1, 0]",
            "[1, 0]",
            "[1]",
        ),
        (
            f"{TWO}torch.tensor([1.0, 1.5])\nassert torch.allclose(a, b)\n",
            "assert torch.allclose(a, b) does not hold: the largest difference is 0.5",
            "",
            "",
        ),
        (f"{TWO}torch.ones(3)\nassert a.equal(b) or False\n", "assert a.equal(b) or False does not hold", "", ""),
        (
            f"{TWO}torch.ones(3)\nassert torch.equal(a, b)\n",
            "assert torch.equal(a, b) does not hold: shapes are (2,) and (3,)",
            "",
            "",
        ),
    ],
)
def test_an_assert_that_fails_shows_both_sides(code: str, message: str, want: str, got: str) -> None:
    (failed,) = record(code)["failures"]
    assert (failed["message"], failed["want"], failed["got"]) == (message, want, got)


def test_assert_close_is_quoted_with_what_it_found() -> None:
    code = "import torch\ntorch.testing.assert_close(torch.ones(2), torch.tensor([1.0, 1.5]))\n"
    ((kind, line, message),) = failures(code)
    assert (kind, line) == ("failed", 2)
    assert message.startswith(
        "torch.testing.assert_close(torch.ones(2), torch.tensor([1.0, 1.5])) failed: AssertionError: Tensor-likes"
    )
    assert "Mismatched elements: 1 / 2" in message


def test_the_line_to_blame_is_the_innermost_of_the_running_snippet() -> None:
    _, second = records("def f(n):\n    return n.foo\n", "def g(n):\n    return f(n)\n\ng(3)\n")
    assert [(failed["line"], failed["message"]) for failed in second["failures"]] == [
        (2, "AttributeError: 'int' object has no attribute 'foo'")
    ]


def test_the_evidence_is_the_traceback_and_the_tails_without_harness_or_machine() -> None:
    code = "import json, sys\nprint('out')\nprint('err', file=sys.stderr)\njson.loads('{')\n"
    (failed,) = record(code)["failures"]
    lines = failed["detail"].splitlines()
    assert lines[:3] == ["Traceback (most recent call last):", f'  File "{NOTE}", line 13, in <module>', "    json.loads('{')"]
    assert any(line.startswith('  File "json/decoder.py"') for line in lines)
    assert lines[-4:] == ["stdout:", "out", "stderr:", "err"]
    assert "greenbed" not in failed["detail"]


def test_what_an_author_raises_cannot_break_the_report() -> None:
    code = """\
class Odd(Exception):
    def __str__(self): raise ValueError
class Lone(Exception): pass
class Shown:
    def __repr__(self): raise KeyError("no")
Shown()  # 3
raise Lone("\\udc80")
"""
    assert failures(code) == [("failed", 6, "repr of the value raised KeyError: 'no'"), ("failed", 7, "Lone: ?")]
    assert failures(code.replace('Lone("\\udc80")', "Odd"))[1][:2] == ("failed", 7)


def test_code_that_no_compiler_takes_is_a_failure_of_its_snippet() -> None:
    deep = "x = " + "(" * 300 + ")" * 300 + "\n"
    assert [code for code, _, _ in failures(deep)] == ["failed"]
    first, second = records(snippet("x = '\0'\n"), "assert True\n")
    assert (first["status"], second["checks"]) == ("failed", 1)
