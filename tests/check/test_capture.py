"""Standard output and error, from wherever they are written."""

from __future__ import annotations

import pytest

from tests.check.snippets import failures, record, records


def test_output_of_python_c_and_subprocesses_comes_in_order() -> None:
    code = """\
import ctypes, os, subprocess, sys
print("python")
ctypes.CDLL(None).printf(b"c\\n")
subprocess.run(["echo", "process"])
os.write(1, b"descriptor\\n")
sys.stdout.buffer.write(b"bytes\\n")
print("end", end="")
subprocess.run("echo error >&2", shell=True)
print("warning", file=sys.stderr)
"""
    found = record(code)
    assert found["stdout"] == "python\nc\nprocess\ndescriptor\nbytes\nend"
    assert found["stderr"] == "error\nwarning\n"


def test_each_snippet_has_its_own_output() -> None:
    assert [found["stdout"] for found in records("print('one')\n", "print('two')\n", "x = 1\n")] == ["one\n", "two\n", ""]


@pytest.mark.parametrize(
    "code",
    [
        "while True: print('x' * 1000)\n",
        "import sys\nwhile True: sys.stderr.write('x')\n",
        "while True:\n    try: print('x' * 1000)\n    except Exception: pass\n",
        "import os\nos.system('yes')\n",
        "import subprocess\nsubprocess.run('yes', check=True)\n",
        "import ctypes\nfor _ in range(9000): ctypes.CDLL(None).puts(b'0123456789')\n",
        "import os\ntry:\n    while True: os.write(1, b'x' * 1000)\nexcept OSError: pass\n",
    ],
)
def test_a_flood_is_stopped_and_named(code: str) -> None:
    found = record(code, output_bytes=2**14)
    assert [failed["code"] for failed in found["failures"]] == ["flood"]
    assert max(len(found["stdout"]), len(found["stderr"])) <= 2**14


def test_after_a_flood_the_next_snippet_can_print() -> None:
    flood, after = records("while True: print('x' * 1000)\n", "print('dry')  # -> dry\n")
    assert flood["failures"][0]["message"] == "more than 65,536 bytes of output"
    assert (after["stdout"], after["checks"]) == ("dry\n", 1)


def test_nobody_types() -> None:
    assert [message for _, _, message in failures("import sys\nassert sys.stdin.read() == ''\ninput('name? ')\n")] == [
        "EOFError: EOF when reading a line"
    ]


def test_bytes_that_are_no_text_do_no_harm() -> None:
    assert record("import os\nos.write(1, b'\\xff\\n')\n")["stdout"] == "�\n"


def test_a_snippet_that_closes_or_replaces_stdout_harms_itself_only() -> None:
    first, second, third = records("import sys\nsys.stdout.close()\n", "print('still')\n", "sys.stdout = None\nprint(3)  # 3\n")
    assert [found["status"] for found in (first, second, third)] == ["ran"] * 3
    assert second["stdout"] == "still\n"


def test_a_claim_about_print_holds_inside_a_redirection() -> None:
    code = """\
import contextlib, io
with contextlib.redirect_stdout(io.StringIO()) as caught:
    print(3)  # 3
assert caught.getvalue() == "3\\n"
"""
    found = record(code)
    assert (found["checks"], found["stdout"]) == (2, "")
