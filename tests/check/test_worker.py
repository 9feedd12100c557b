"""Notes run for real, in a forked child with torch: what each record says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.check.snippets import NOTE, failures, job, record, records, run, snippet


def test_every_snippet_is_announced_and_leaves_one_record() -> None:
    messages = run(job("x = 1\n", "1 / 0\n", snippet("", skip="two GPUs")))
    assert [message.get("start", message.get("status")) for message in messages] == [0, "ran", 1, "failed", 2, "skipped"]


def test_a_snippet_with_claims_of_each_kind() -> None:
    code = """\
import torch
x = torch.zeros(2, 3)
x.shape  # torch.Size([2, 3])
print(x.sum())  # tensor(0.)
assert x.ndim == 2
torch.testing.assert_close(x, torch.zeros(2, 3))
"""
    found = record(snippet(code, expected="tensor(0.)\n", expected_line=9))
    assert (found["status"], found["checks"], found["stdout"], found["failures"]) == ("ran", 5, "tensor(0.)\n", [])
    assert found["note"] == NOTE
    assert found["seconds"] > 0


def test_a_snippet_without_claims_counts_no_check() -> None:
    found = record("import torch\ntorch.ones(2)  # two ones\n")
    assert (found["status"], found["checks"]) == ("ran", 0)


def test_all_mismatches_are_reported_and_the_snippet_runs_on() -> None:
    code = "import torch\ntorch.ones(2)  # tensor([1., 2.])\nprint(3)  # 4\n5  # 5\nassert 1 + 1 == 3\n"
    assert failures(code) == [
        (
            "mismatch",
            2,
            "expected tensor([1., 2.]), got tensor([1., 1.]): 1 of 2 numbers: 2. vs 1., 100 % off; shape and dtype agree",
        ),
        ("mismatch", 3, "expected 4, got 3: 4 vs 3, 33 % off"),
        ("failed", 5, "assert 1 + 1 == 3 does not hold"),
    ]
    assert record(code)["checks"] == 1


def test_a_failing_snippet_does_not_stop_the_later_ones() -> None:
    first, second = records("x = 1\n1 / 0\n", "assert x == 1\n")
    assert (first["status"], second["status"], second["checks"]) == ("failed", "ran", 1)


def test_a_comment_that_is_reached_several_times_must_hold_each_time() -> None:
    code = "for i in [3, 3, 4]:\n    i  # 3\n"
    assert failures(code) == [
        ("mismatch", 2, "time 3 that this line was reached: expected 3, got 4: 3 vs 4, 25 % off"),
    ]
    assert record("for i in [3, 3]:\n    i  # 3\n    assert i\n")["checks"] == 2


def test_an_assert_inside_a_function_counts_where_it_is_reached_and_a_comment_where_it_stands() -> None:
    first, second = records("def f(x):\n    assert x > 0\n    x  # 7\n    return x\n", "y = f(7)\n")
    assert (first["checks"], second["checks"], second["proves"]) == (0, 1, [0])


def test_claims_are_heard_after_a_snippet_that_empties_its_namespace() -> None:
    found = records("x = 3\nglobals().clear()\n", "import torch\nx = torch.ones(2)  # (2,)\n")
    assert [(one["status"], one["checks"]) for one in found] == [("ran", 0), ("ran", 1)]


def test_a_claim_of_an_earlier_snippet_fails_in_the_one_that_runs() -> None:
    first, second = records("def f(x):\n    x  # 7\n    return x\n", "y = f(8)\n")
    assert first["failures"] == []
    (failed,) = second["failures"]
    assert failed["line"] == 11 - 23 + 1  # relative to a snippet that begins on line 23


def test_integers_in_parentheses_beside_a_tensor_are_its_shape() -> None:
    code = "import torch\nx = torch.zeros(2, 3)\nx  # (9, 9)\nprint(x)  # (2, 3)\nx.stride()  # (3, 1)\nx.shape  # (2, 3)\n"
    found = record(code)
    assert found["checks"] == 3
    assert [(failed["code"], failed["line"], failed["message"]) for failed in found["failures"]] == [
        ("shape", 3, "says (9, 9), is (2, 3)")
    ]


def test_expectations_that_say_nothing_are_refused() -> None:
    assert [code for code, _, _ in failures("3  # → ...\n")] == ["empty-expectation"]
    assert [code for code, _, _ in failures(snippet("print(3)\n", expected="...\n", expected_line=4))] == ["empty-expectation"]


def test_tol_widens_the_claims_of_its_block() -> None:
    assert failures(snippet("100.5  # 100.9\n", tol=0.1)) == []
    assert [code for code, _, _ in failures("0.523  # 0.501\n")] == ["mismatch"]


def test_the_output_fence_is_compared_with_stdout() -> None:
    assert record(snippet("print('a')\n", expected="a\n", expected_line=4))["checks"] == 1
    assert failures(snippet("print('a')\n", expected="b\n", expected_line=4)) == [
        ("mismatch", 4, "expected b, got a: b expected, a came")
    ]
    assert record(snippet("x = 1\n", expected="", expected_line=4))["checks"] == 1


def test_notes_run_in_a_real_main_module() -> None:
    code = """\
import inspect, pickle, sys
class A:
    pass
assert __name__ == "__main__" and sys.modules["__main__"].A is A
assert isinstance(pickle.loads(pickle.dumps(A())), A)
assert inspect.getsource(A) == "class A:\\n    pass\\n"
assert __file__.endswith("bits/note.md")
"""
    assert record(code)["failures"] == []


def test_torchscript_reads_the_source_of_a_snippet() -> None:
    found = record("import torch\n@torch.jit.script\ndef f(x):\n    return x + 1\nf(torch.ones(1))  # tensor([2.])\n")
    assert (found["checks"], found["failures"]) == (1, [])


def test_claims_do_not_disturb_torch_compile() -> None:
    code = """\
import torch
@torch.compile(backend="eager", fullgraph=True)
def f(x):
    assert x.ndim == 1
    x.shape  # torch.Size([3])
    return x + 1
f(torch.ones(3))  # tensor([2., 2., 2.])
"""
    assert record(code)["failures"] == []


def test_a_fresh_namespace_knows_nothing_of_the_one_before() -> None:
    first, second, third = records("x = 1\ndef f(): return x\n", snippet("x\n", new=True), "f\n")
    assert first["status"] == "ran"
    assert [failed["message"] for failed in second["failures"]] == ["NameError: name 'x' is not defined"]
    assert third["status"] == "failed"


def test_a_future_import_holds_for_the_snippets_after_it() -> None:
    *_, found = records(
        "from __future__ import annotations\n", "def f(x: nothing): ...\nf.__annotations__  # {'x': 'nothing'}\n"
    )
    assert found["checks"] == 1


def test_skipped_snippets_say_why() -> None:
    found = records(
        snippet("1 / 0\n", skip="two GPUs"), snippet("1 / 0\n", needs=("torch>=99",)), snippet("1\n", needs=("cuda",))
    )
    assert [one["status"] for one in found] == ["skipped"] * 3
    assert found[0]["reason"] == "two GPUs"
    assert found[1]["reason"].startswith("needs torch>=99, here is 2.")
    assert found[2]["reason"] == "needs cuda, and no such device is here"


def test_a_need_that_cannot_be_read_and_an_unknown_state_are_problems() -> None:
    assert [code for code, _, _ in failures(snippet("1 / 0\n", needs=(">>",)))] == ["bad-option"]
    assert failures(snippet("x = 1\n", sets=("dtype",))) == [("bad-option", 1, 'sets="dtype" names no global state')]


def test_an_empty_snippet_runs() -> None:
    assert record("")["status"] == "ran"


def test_a_forked_child_that_comes_back_ends_there() -> None:
    code = """\
import os, sys
pid = os.fork()
if pid == 0:
    sys.exit(3)
os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])  # 3
"""
    first, second = records(code, "assert True\n")
    assert (first["checks"], first["failures"], second["checks"]) == (1, [], 1)


def test_files_beside_the_note_are_recorded_by_their_own_path(tmp_path: Path) -> None:
    beside, scratch = tmp_path / "content", tmp_path / "scratch"
    beside.mkdir()
    scratch.mkdir()
    (beside / "data.csv").write_text("1,2\n")
    (beside / "helper.py").write_text("value = 3\n")
    for name in ("data.csv", "helper.py"):
        (scratch / name).symlink_to(beside / name)
    code = "import helper\nopen('data.csv').read().strip()  # '1,2'\nopen('own.txt', 'w').write('x')\nopen('own.txt').read()\n"
    given = job(code, beside={name: str(beside / name) for name in ("data.csv", "helper.py")})
    found = run(given, str(scratch))[-1]
    assert (found["failures"], found["checks"]) == ([], 1)
    assert found["reads"] == [str(beside / "data.csv"), str(beside / "helper.py")]


def test_packages_that_are_imported_are_named() -> None:
    before, after = records("import torch\n", "import einops\n")
    assert "torch" in before["distributions"]
    assert "einops" not in before["distributions"]
    assert "einops" in after["distributions"]


def test_the_warnings_of_a_snippet_name_the_note() -> None:
    found = record("import warnings\nwarnings.warn('mind this')\n")
    assert found["stderr"] == f"{NOTE}:11: UserWarning: mind this\n  warnings.warn('mind this')\n"


# raises=


def test_the_promised_exception_is_a_check() -> None:
    found = record(snippet("import torch\ntorch.zeros(4, 6).T.view(24)\n", raises=("RuntimeError", "view size")))
    assert (found["status"], found["checks"]) == ("ran", 1)
    assert found["raised"].startswith("RuntimeError: view size is not compatible")


@pytest.mark.parametrize("name", ["ZeroDivisionError", "ArithmeticError", "builtins.ZeroDivisionError", "Exception"])
def test_a_promise_may_name_a_base_or_a_module(name: str) -> None:
    assert record(snippet("1 / 0\n", raises=(name, "")))["checks"] == 1


def test_a_public_name_of_an_exception_defined_elsewhere_is_understood() -> None:
    code = "import torch\ntorch.linalg.inv(torch.zeros(2, 2))\n"
    assert record(snippet(code, raises=("torch.linalg.LinAlgError", "singular")))["checks"] == 1


@pytest.mark.parametrize(
    ("code", "promise", "failed"),
    [
        ("x = 1\n", ("ValueError", ""), ("not-raised", 1)),
        ("x = 1\n1 / 0\n", ("ValueError", ""), ("not-raised", 2)),
        ("x = 1\n1 / 0\n", ("ZeroDivisionError", "modulo"), ("not-raised", 2)),
        ("1 / 0\nx = 1\n", ("ZeroDivisionError", ""), ("failed", 1)),
        ("1 / 0; x = 1\n", ("ZeroDivisionError", ""), ("failed", 1)),
    ],
)
def test_a_broken_promise_is_a_failure(code: str, promise: tuple[str, str], failed: tuple[str, int]) -> None:
    assert [(code, line) for code, line, _ in failures(snippet(code, raises=promise))] == [failed]


def test_the_last_statement_may_be_a_block_with_a_decorator() -> None:
    assert record(snippet("x = 1\n@x\ndef f():\n    pass\n", raises=("TypeError", "not callable")))["checks"] == 1


# What two ambient seeds are compared by


def test_seeded_results_have_no_digest() -> None:
    found = records("import torch\ntorch.manual_seed(0)\n", "torch.rand(2)  # tensor([0.4963, 0.7682])\n", "assert True\n")
    assert [one["randomness"] for one in found] == ["", "", ""]
    assert found[1]["checks"] == 1


def test_unseeded_results_differ_between_ambient_seeds() -> None:
    code = "import torch\nprint(torch.rand(1))  # tensor([0.5])\n"
    first, other, again = (record(code, seed=seed)["randomness"] for seed in (1, 2, 1))
    assert first != other
    assert first == again != ""


def test_claims_that_hold_for_any_draw_do_not_differ() -> None:
    code = "import torch\nassert torch.rand(1) < 1\ntorch.rand(3).shape  # torch.Size([3])\n"
    assert record(code, seed=1)["randomness"] == record(code, seed=2)["randomness"] != ""
