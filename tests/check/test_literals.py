"""Checked literals, for real: what the record of the snippet above them says."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from greenbed.check.jobs import SEED
from greenbed.check.protocol import LiteralJob, Record
from greenbed.model import Literal
from tests.check import verifying
from tests.check.snippets import fact, record, records, snippet

LINE = 40
FIRST_DRAW = random.Random(SEED).random()


def literal(text: str, expression: str, line: int = LINE, column: int = 7) -> LiteralJob:
    return {"line": line, "column": column, "text": text, "expression": expression}


def warned(found: Record) -> list[tuple[int, str]]:
    """Line and package of each deprecation."""
    return [(one["line"], one["deprecates"]) for one in found["warnings"]]


def judged(text: str, expression: str, code: str = "", **wishes: Any) -> Record:
    """The record of a snippet with one literal behind it."""
    return record(snippet(f"import torch, math\n{code}\n", after=[literal(text, expression)], **wishes))


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("131,328", "torch.zeros(131328).numel()"),
        (r"131{,}328", "131328"),
        ("131328", "131_328"),
        ("0.7645", "0.76449"),
        ("0.7645", "torch.tensor(0.7645)"),
        ("0.7645", "torch.tensor([0.7645], requires_grad=True)[0]"),
        ("3.2", "torch.tensor([3.2]).numpy()[0]"),
        ("23", "(torch.arange(30) < 23).sum()"),
        ("−3.246", "-3.2462"),
        ("1.2e-8", "1.17e-8"),
        ("−7 × 10⁻⁶", "-7e-6"),
        (r"6.02 \times 10^{23}", "6.022e23"),
        ("1.798e308", "torch.finfo(torch.float64).max"),
        ("nan", "math.nan"),
        ("−inf", "-math.inf"),
        ("True", "torch.tensor(True)"),
        ("None", "None"),
        ("(1, 6)", "(1, 6)"),
        ("(1, 6)", "torch.zeros(1, 6).shape"),
        ("torch.Size([2])", "torch.zeros(2).shape"),
        ("(1,\n6)", "(1, 6)"),
        ("[1, 2]", "torch.tensor([1, 2]).tolist()"),
        ("tensor([1., 2.])", "torch.tensor([1.0, 2.0])"),
        ("torch.float32", "torch.zeros(2).dtype"),
        ('("a", 1)', '("a", 1)'),
        ('"cpu"', "'cpu'"),
        ("“cpu”", "'cpu'"),
        ("cpu", "'cpu'"),
        ("12.3", "f'{12.345:.1f}'"),
        ("131,328", "f'{131328:,}'"),
        ("2.13.0", "'2.13.0'"),
        ("sum", "sum.__name__"),
    ],
)
def test_a_literal_that_holds_is_a_check_of_the_snippet_above(text: str, expression: str) -> None:
    found = judged(text, expression)
    assert (found["status"], found["checks"], found["failures"]) == ("ran", 1, [])


ROUND = "an integer is written and the value is a float: put round(…) or int(…) around the expression, or write the digits: "


@pytest.mark.parametrize(
    ("text", "expression", "message", "hint", "mended"),
    [
        (
            "131,328",
            "131328 + 256",
            "says 131,328, but 131328 + 256 is 131584: 131328 vs 131584, 0.19 % off",
            "if the value is right, write 131,584; else mend the code or the expression",
            "131,584",
        ),
        (
            "−0.50",
            "-0.6",
            "says −0.50, but -0.6 is -0.6: -0.50 vs -0.6, 17 % off",
            "if the value is right, write −0.60; else mend the code or the expression",
            "−0.60",
        ),
        (
            r"131{,}328",
            "131584",
            r"says 131{,}328, but 131584 is 131584: 131328 vs 131584, 0.19 % off",
            r"if the value is right, write 131{,}584; else mend the code or the expression",
            r"131{,}584",
        ),
        ("15", "15.0", "says 15, but 15.0 is 15.0: 15 is an integer, 15.0 is a float", ROUND + "15.0", "15.0"),
        ("15", "46 / 3", "says 15, but 46 / 3 is 15.333333333333334: 15 is an integer", ROUND + "15.33", "15.33"),
        (
            "15.0",
            "15",
            "says 15.0, but 15 is 15: 15.0 is a float, 15 is an integer",
            "digits after the point are written and the value is an integer: write 15",
            "15",
        ),
        (
            "0.5",
            "torch.ones(2)",
            "says 0.5, but torch.ones(2) is tensor([1., 1.]): 0.5 expected, tensor came",
            "the value has axes: take one number of it, or its .mean(), .max() …",
            "",
        ),
        (
            "(1, 6)",
            "torch.zeros(1, 5).shape",
            "says (1, 6), but torch.zeros(1, 5).shape is (1, 5): 1 of 2 numbers: 6 vs 5, 20 % off",
            "if the value is right, write (1, 5); else mend the code or the expression",
            "(1, 5)",
        ),
        (
            "True",
            "1 > 2",
            "says True, but 1 > 2 is False: True expected, False came",
            "if the value is right, write False; else mend the code or the expression",
            "False",
        ),
        (
            "torch.float32",
            "torch.zeros(2).half().dtype",
            "says torch.float32, but torch.zeros(2).half().dtype is torch.float16: dtype torch.float32 expected",
            "if the value is right, write torch.float16; else mend the code or the expression",
            "torch.float16",
        ),
        (
            '"cpu"',
            "'cuda'",
            """says "cpu", but 'cuda' is 'cuda': the texts differ""",
            'if the value is right, write "cuda"; else mend the code or the expression',
            '"cuda"',
        ),
        (
            "relu",
            "3",
            "says relu, but 3 is 3: relu expected, 3 came",
            "write the value as Python shows it, or an expression for what is written",
            "",
        ),
        (
            "1e-5",
            "'x'",
            "says 1e-5, but 'x' is 'x': the texts differ",
            "write the value as Python shows it, or an expression for what is written",
            "",
        ),
    ],
)
def test_a_wrong_one_fails_at_its_own_place(text: str, expression: str, message: str, hint: str, mended: str) -> None:
    (failed,) = judged(text, expression)["failures"]
    assert failed["message"].startswith(message)
    assert (failed["code"], failed["line"], failed["column"]) == ("mismatch", LINE - 10 + 1, 7)
    assert (failed["hint"], failed["claim"], failed["want"]) == (hint, "literal", text)
    assert (failed["written"], failed["mended"]) == (text, mended)
    assert bool(failed["unmended"]) is not bool(mended)
    assert failed["got"] == mended or not mended


@pytest.mark.parametrize(
    ("expression", "code", "message", "hint"),
    [
        (
            "missing",
            "failed",
            "missing gives no value: NameError: name 'missing' is not defined",
            f"missing is not defined above line {LINE}: write the number below the code that makes it",
        ),
        ("1 / 0", "failed", "1 / 0 gives no value: ZeroDivisionError: division by zero", ""),
        ("below(0)", "failed", "below(0) gives no value: ValueError: no", ""),
        ("odd", "failed", "odd gives no value: KeyError: 'repr'", ""),
        ("quit()", "exited", "quit() gives no value: the snippet ended the interpreter: SystemExit", "a snippet has to run"),
        ("walled()", "forbidden", "walled() gives no value: PermissionError: [Errno 13] no", "a snippet has no network"),
        ("(yield)", "failed", "(yield) gives no value: SyntaxError: 'yield' outside function", ""),
    ],
)
def test_an_expression_that_gives_no_value_fails(expression: str, code: str, message: str, hint: str) -> None:
    makes = (
        "def below(n):\n    raise ValueError('no')\n"
        "def walled():\n    raise PermissionError(13, 'no')\n"
        "class Odd:\n    def __repr__(self):\n        raise KeyError('repr')\nodd = Odd()"
    )
    (failed,) = judged("15", expression, makes)["failures"]
    assert (failed["code"], failed["line"], failed["column"], failed["claim"]) == (code, LINE - 10 + 1, 7, "")
    assert failed["message"].startswith(message)
    assert failed["hint"].startswith(hint)


def test_literals_above_the_first_snippet_know_nothing_of_it() -> None:
    above = [literal("2", "1 + 1", 3), literal("5", "n", 4)]
    found = record(snippet("n = 5\n", before=above))
    assert found["checks"] == 1
    assert [(failed["line"], failed["message"]) for failed in found["failures"]] == [
        (4 - 10 + 1, "n gives no value: NameError: name 'n' is not defined")
    ]


def test_each_literal_sees_the_names_of_its_place() -> None:
    first, second = records(
        snippet("n = 1\n", after=[literal("1", "n"), literal("2", "n + 1")]), snippet("n = 5\n", after=[literal("5", "n")])
    )
    assert (first["checks"], second["checks"]) == (2, 1)


def test_a_new_namespace_holds_for_literals_too() -> None:
    _, second = records("n = 1\n", snippet("m = 2\n", new=True, after=[literal("1", "n")]))
    assert [failed["code"] for failed in second["failures"]] == ["failed"]


def test_a_literal_does_not_disturb_the_note() -> None:
    draws = "import random, numpy as np, torch\ntorch.manual_seed(0); random.seed(0); np.random.seed(0)\n"
    show = "print(torch.rand(1), random.random(), np.random.rand())\n"
    drawing = [
        literal("True", "torch.rand(1).item() < 2 and random.random() < 2 and np.random.rand() < 2"),
        literal("True", "(torch.manual_seed(3), random.seed(3), np.random.seed(3)) is not None"),
        literal("5", "(n := 5)"),
        literal("None", "print('shouting')"),
        literal("7", "claimed(7)"),
        literal("8", "claimed(8)"),
    ]
    claims = "n = 1\ndef claimed(x):\n    x  # 7\n    return x\n"
    quiet = records(draws + claims, show + "assert n == 1\n")
    disturbed = records(snippet(draws + claims, after=drawing), show + "assert n == 1\n")
    assert [found["failures"] for found in disturbed] == [[], []]
    assert [found["checks"] for found in disturbed] == [len(drawing), 1]
    assert [found["stdout"] for found in disturbed] == [found["stdout"] for found in quiet]
    assert [found["randomness"] for found in disturbed] == ["", ""]


def test_a_literal_that_draws_unseeded_is_compared_under_another_seed() -> None:
    drawing = snippet("import torch\n", after=[literal("0.5000", "torch.rand(1)")])
    first, second = (record(drawing, seed=seed)["randomness"] for seed in (1, 2))
    assert first
    assert first != second
    assert judged("True", "torch.rand(1) < 2", "torch.manual_seed(0)")["randomness"] == ""


def test_a_literal_may_change_no_global_state() -> None:
    (failed,) = judged("None", "torch.set_default_dtype(torch.float64)")["failures"]
    assert (failed["code"], failed["line"], failed["column"]) == ("leaks-state", LINE - 10 + 1, 7)
    assert failed["message"].startswith("torch.set_default_dtype(torch.float64) changes what comes after it: default_dtype")
    assert failed["hint"] == "an expression beside a number may only look: move the change into a snippet"


def test_after_an_exception_no_literal_is_blamed_for_what_is_missing() -> None:
    found = records(snippet("m = 1\nm / 0\nn = 5\n", after=[literal("5", "n")]), snippet("k = 1\n", after=[literal("5", "n")]))
    assert [[failed["code"] for failed in one["failures"]] for one in found] == [["failed"], []]


def test_after_a_mere_mismatch_literals_are_still_judged() -> None:
    found = record(snippet("n = 5\nn  # 6\n", after=[literal("7", "n")]))
    assert [failed["message"] for failed in found["failures"]] == [
        "expected 6, got 5: 6 vs 5, 20 % off",
        "says 7, but n is 5: 7 vs 5, 40 % off",
    ]


def test_what_a_skipped_snippet_would_have_made_is_missed_by_nobody() -> None:
    skipped = snippet("import einops\nfor n in [5]:\n    def f(): pass\n", skip="two GPUs")
    after = [literal("5", "n"), literal("5", "f()"), literal("5", "einops.x"), literal("2", "1 + 1"), literal("3", "1 + 1")]
    found = record({**skipped, "after": [*after, literal("5", "misspelt")]})
    assert (found["status"], found["checks"]) == ("failed", 1)
    assert [failed["message"] for failed in found["failures"]] == [
        "says 3, but 1 + 1 is 2: 3 vs 2, 50 % off",
        "misspelt gives no value: NameError: name 'misspelt' is not defined",
    ]


def test_the_literals_of_a_fact_see_what_its_check_makes() -> None:
    check = fact("half = answer / 2\nassert half == 2\n", "4", "5", after=[literal("2.0", "half"), literal("4", "answer")])
    first, second = records(check, snippet("x = 1\n", after=[literal("2.0", "half")]))
    assert (first["failures"], first["checks"]) == ([], 3)
    assert [failed["code"] for failed in second["failures"]] == ["failed"]


def test_a_refuted_fact_says_nothing_of_its_literals_and_leaves_those_of_others() -> None:
    refuted = fact("assert answer == 3\nn = 1\n", "4", "5", after=[literal("1", "n")])
    first, second = records(refuted, snippet("k = 1\n", after=[literal("2", "k")]))
    assert [failed["code"] for failed in first["failures"]] == ["fact-refuted"]
    assert [failed["code"] for failed in second["failures"]] == ["mismatch"]


def placed(text: str, expression: str, after: int | None, line: int = 2) -> Literal:
    return Literal(text, expression, line, 3, after)


def test_an_edited_literal_is_checked_again_and_a_moved_one_is_not(tmp_path: Path) -> None:
    settings = verifying.config(tmp_path)
    made = verifying.note("bits/a.md", "n = 15\n", "m = 16\n")
    executed = []
    for literals in (
        (placed("15", "n", 0),),
        (placed("15", "n", 0, 7),),
        (placed("15.0", "n", 0),),
        (placed("15", "m - 1", 1),),
        (placed("15", "n", 1), placed("2", "1 + 1", None)),
        (placed("15", "n", 1), placed("2", "1 + 1", 0)),
        (),
    ):
        found, problems = verifying.checked(settings, verifying.with_literals(made, *literals))
        executed.append((found.executed, [problem.code.value for problem in problems if problem.code.value == "mismatch"]))
    assert executed == [(2, []), (0, []), (2, ["mismatch"]), (2, []), (2, []), (2, []), (2, [])]


def test_a_literal_is_reported_in_the_file_and_counts_for_the_snippet(tmp_path: Path) -> None:
    made = verifying.with_literals(verifying.note("bits/a.md", "n = 15\n"), placed("16", "n", 0, 30), placed("15", "n", 0, 31))
    found, problems = verifying.checked(verifying.config(tmp_path), made)
    assert [(problem.line, problem.column, problem.code.value) for problem in problems] == [(30, 3, "mismatch")]
    assert "want  16" in problems[0].detail
    ((verdict,),) = found.by_path.values()
    assert (verdict.status.value, verdict.checks, verdict.failures[0].mended) == ("failed", 1, "15")


def test_a_note_of_literals_alone_is_verified(tmp_path: Path) -> None:
    made = verifying.with_literals(verifying.note("bits/a.md", "n = 15\n"), placed("15", "n", 0))
    _, problems = verifying.checked(verifying.config(tmp_path), made)
    assert problems == ()


def test_an_unseeded_literal_is_told_so(tmp_path: Path) -> None:
    # under the first of the two ambient seeds it happens to hold
    made = verifying.with_literals(
        verifying.note("bits/a.md", "import random\n"), placed("0.5", f"0.5 if random.random() == {FIRST_DRAW} else 0.9", 0)
    )
    _, (problem,) = verifying.checked(verifying.config(tmp_path), made)
    assert problem.code.value == "unseeded"
    assert problem.line == 2
    assert problem.message.startswith("its result depends on the ambient seed: says 0.5, but ")


def test_a_literal_that_does_not_end_is_to_blame_itself(tmp_path: Path) -> None:
    settings = verifying.config(tmp_path, timeout_seconds=1.0)
    made = verifying.with_literals(
        verifying.note("bits/a.md", "n = 15\n", "m = n\n"), placed("15", "sum(1 for _ in iter(int, 1))", 0, 14)
    )
    found, problems = verifying.checked(settings, made)
    assert [(problem.line, problem.code.value) for problem in problems] == [(14, "timeout")]
    assert [verdict.status.value for verdict in found.by_path[made.path]] == ["failed", "not_run"]


def test_a_deprecated_call_in_an_expression_is_heard_at_its_line() -> None:
    call = 'warnings.warn("soon") or torch.range(0, 3).numel()'
    found = record(snippet("import torch, warnings\n", after=[literal("4", call), literal("4", call, line=42)]))
    assert (found["checks"], found["failures"]) == (2, [])
    assert warned(found) == [(LINE - 10 + 1, "torch"), (42 - 10 + 1, "torch")]


def test_a_deprecated_call_above_the_first_snippet_is_heard() -> None:
    found = record(snippet("1\n", before=[literal("4", "__import__('torch').range(0, 3).numel()", line=5)]))
    assert warned(found) == [(5 - 10 + 1, "torch")]
