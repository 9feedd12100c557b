"""Warnings that snippets cause: what is taken down, and what the note itself sees of them."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from greenbed.model import Role, Severity
from tests.check.snippets import fact, record, records, snippet
from tests.check.verifying import checked, config, note, places
from tests.check.verifying import snippet as note_snippet

IMPORTS = "import torch, warnings; import numpy as np\n"
SCALER = "torch.cuda.amp.GradScaler(enabled=False)"  # Python, blames its caller
SCRIPT = "torch.jit.script(torch.nn.Linear(1, 1))"  # Python, blames itself, so that Python hides it
WEIGHT_NORM = "torch.nn.utils.weight_norm(torch.nn.Linear(1, 1))"  # Python, blames a module of its own
RANGE = "torch.range(1, 3)"  # C++, a UserWarning that says "deprecated"
AUTOCAST = "torch.is_autocast_cpu_enabled()"  # C++, TORCH_WARN_DEPRECATION
ALL = (SCALER, SCRIPT, WEIGHT_NORM, RANGE, AUTOCAST)


def warned(code: str) -> list[tuple[int, str, str]]:
    """Line, category and package of each warning of a snippet that begins with IMPORTS."""
    return brief(record(IMPORTS + code + "\n"))


def brief(found: Any) -> list[tuple[int, str, str]]:
    return [(one["line"], one["category"], one["deprecates"]) for one in found["warnings"]]


# What is taken down


@pytest.mark.parametrize(
    ("call", "category"),
    [
        (SCALER, "FutureWarning"),
        (SCRIPT, "DeprecationWarning"),
        (WEIGHT_NORM, "FutureWarning"),
        (RANGE, "UserWarning"),
        (AUTOCAST, "DeprecationWarning"),
        ("torch.chain_matmul(torch.eye(2), torch.eye(2))", "UserWarning"),  # C++ below Python
        ("torch.ones(2, 2, 2).T", "UserWarning"),
        ("torch.nn.functional.mse_loss(torch.ones(1), torch.ones(1), size_average=True)", "UserWarning"),
        ("torch.jit.trace(torch.nn.Linear(1, 1), torch.ones(1))", "DeprecationWarning"),
    ],
)
def test_what_torch_deprecates_is_noticed_at_its_line(call: str, category: str) -> None:
    assert warned(f"x = 1\n{call}") == [(3, category, "torch")]


def test_the_message_is_one_line_without_places_on_some_machine() -> None:
    (found,) = record(f"{IMPORTS}{AUTOCAST}\n")["warnings"]
    assert found["message"] == (
        "torch.is_autocast_cpu_enabled() is deprecated. Please use torch.is_autocast_enabled('cpu') instead."
    )


def test_other_packages_and_python_are_named() -> None:
    assert sorted(warned("np.row_stack([[1], [2]])\nx = '\\d'\n")) == [
        (2, "DeprecationWarning", "numpy"),
        (3, "DeprecationWarning", "Python"),
    ]


def test_warnings_of_the_compiler_have_the_lines_of_the_note() -> None:
    assert warned("x = 1\n\ny = x is 1") == [(4, "SyntaxWarning", "")]
    assert "bits/note.md:13: SyntaxWarning" in record(f"{IMPORTS}x = 1\n\ny = x is 1\n")["stderr"]


def test_the_notes_own_warnings_deprecate_nothing() -> None:
    code = """\
warnings.warn('mine is deprecated', FutureWarning)
from warnings import warn as tell
tell('mine', DeprecationWarning)
def helper():
    warnings.warn('mine', DeprecationWarning, stacklevel=2)
helper()
from typing_extensions import deprecated
@deprecated('old')
def old(): pass
old()
exec("warnings.warn('x', FutureWarning)")
warnings.warn('Python hides it', PendingDeprecationWarning)"""
    categories = {line: (category, package) for line, category, package in warned(code)}
    assert categories == {
        2: ("FutureWarning", ""),
        4: ("DeprecationWarning", ""),
        7: ("DeprecationWarning", ""),
        11: ("DeprecationWarning", ""),
        12: ("FutureWarning", ""),
    }


def test_what_a_library_does_inside_is_not_the_notes() -> None:
    code = """\
import sys, types
old = types.ModuleType("torch.old")
inside = "def old():\\n    import warnings\\n    warnings.warn('old', DeprecationWarning)\\n"
exec(inside, vars(old))
new = types.ModuleType("torch.new")
exec("def new(old):\\n    old()\\n", vars(new))
new.new(old.old)
old.old()"""
    assert warned(code) == [(9, "DeprecationWarning", "torch")]


def test_a_warning_inside_a_method_is_of_the_line_that_causes_it() -> None:
    code = """\
class Model(torch.nn.Module):
    def forward(self, x):
        return self.weight.T  # a parameter
model = Model()
model.weight = torch.nn.Parameter(torch.ones(1, 2, 3))
model(1)"""
    assert warned(code) == [(4, "UserWarning", "torch")]


def test_a_function_that_a_later_snippet_calls_is_blamed_in_its_own() -> None:
    first, second, third = records(f"{IMPORTS}def f():\n    return {SCALER}\n", "f()\n", "f()\nf()\n")
    assert first["warnings"] == []
    assert [one["snippet"] for one in (*second["warnings"], *third["warnings"])] == [0, 0]
    assert brief(second) == brief(third) == [(3, "FutureWarning", "torch")]


def test_each_line_counts_once_however_often_it_is_reached() -> None:
    for call in (SCALER, SCRIPT, WEIGHT_NORM, RANGE):
        lines = [line for line, _, _ in warned(f"for i in range(3):\n    {call}\n{call}")]
        assert lines == [3, 4], call


def test_a_snippet_has_at_most_twenty_and_deprecations_come_first() -> None:
    found = warned(f"for i in range(3000): warnings.warn(f'no {{i}}') if i else {SCALER}\n")
    assert len(found) == 20
    found = warned(f"for i in range(100): warnings.warn(f'no {{i}}')\n{SCALER}")
    assert (len(found), found[-1]) == (20, (3, "FutureWarning", "torch"))


def test_a_warning_in_another_thread_is_of_the_snippet() -> None:
    code = "import threading\nthread = threading.Thread(target=warnings.warn, args=('x',))\nthread.start()\nthread.join()"
    assert [category for _, category, _ in warned(code)] == ["UserWarning"]


# What the note sees


def test_stderr_has_what_python_prints_and_no_more() -> None:
    first, second = records(f"{IMPORTS}def f():\n    {SCALER}\nf()\nf()\n{SCRIPT}\n", "f()\n")
    assert first["stderr"].count("FutureWarning") == 1
    assert "jit" not in first["stderr"]  # Python hides it
    assert second["stderr"] == ""  # shown already
    shown = record(f"{IMPORTS}{WEIGHT_NORM}\n{WEIGHT_NORM}\n")["stderr"]
    assert shown.count("FutureWarning") == 1
    assert shown.startswith("torch/nn/utils/weight_norm.py:")


def test_filters_of_the_note_decide_again_what_is_shown() -> None:
    code = f"def f(): {SCALER}\nf()\nwarnings.simplefilter('always')\nf()\nf()\n"
    assert record(snippet(IMPORTS + code, sets=("warning_filters",)))["stderr"].count("FutureWarning") == 3


@pytest.mark.parametrize("call", ALL)
def test_what_the_note_records_is_its_own_affair(call: str) -> None:
    code = f"with warnings.catch_warnings(record=True) as log:\n    warnings.simplefilter('always')\n    {call}\n"
    found = record(f"{IMPORTS}{code}assert len(log) == 1\n")
    assert (found["warnings"], found["failures"], found["stderr"]) == ([], [], "")


@pytest.mark.parametrize("call", ALL)
def test_what_the_note_ignores_is_its_own_affair(call: str) -> None:
    assert warned(f"with warnings.catch_warnings():\n    warnings.simplefilter('ignore')\n    {call}") == []
    assert warned(f"with warnings.catch_warnings():\n    warnings.filterwarnings('ignore', 'no such')\n    {call}") != []


@pytest.mark.parametrize("call", ALL)
def test_what_the_note_makes_an_error_is_one(call: str) -> None:
    tried = f"try: {call}\n    except Warning: print('caught')"
    found = record(f"{IMPORTS}with warnings.catch_warnings():\n    warnings.simplefilter('error')\n    {tried}\n")
    assert (found["stdout"], found["warnings"]) == ("caught\n", [])


def test_what_the_note_shows_itself_is_its_own_affair() -> None:
    code = f"warnings.showwarning = lambda message, *rest: print('mine:', type(message).__name__)\n{SCALER}\n"
    found = record(IMPORTS + code)
    assert (found["stdout"], found["warnings"], found["stderr"]) == ("mine: FutureWarning\n", [], "")


def test_a_recording_note_sees_what_a_fresh_interpreter_shows() -> None:
    """Once for each place, hidden ones not at all, and in the registry of the module."""
    code = f"""\
def f(): {SCALER}
f()
with warnings.catch_warnings(record=True) as log:
    f(); f()
    {SCRIPT}
assert [one.category for one in log] == [FutureWarning], log
assert (log[0].filename, log[0].lineno) == (__file__, 11)
assert warnings.warn.__module__ == "_warnings" and warnings.showwarning.__module__ == "warnings"
assert [entry[0] for entry in warnings.filters[1:]].count("default") == 1
"""
    assert record(IMPORTS + code)["failures"] == []


def test_filters_that_make_errors_of_the_compilers_warnings_do() -> None:
    first, second = records(
        snippet("import warnings\nwarnings.simplefilter('error')\n", sets=("warning_filters",)), "x = 1\ny = x is 1\n"
    )
    assert first["failures"] == []
    (failed,) = second["failures"]
    assert failed["message"].startswith('SyntaxWarning: "is" with a literal')


def test_a_note_that_empties_the_filters_is_still_heard() -> None:
    found = record(snippet(f"{IMPORTS}warnings.resetwarnings()\n{SCRIPT}\n", sets=("warning_filters",)))
    assert brief(found) == [(3, "DeprecationWarning", "torch")]


@pytest.mark.parametrize(
    "harm",
    [
        "del warnings.filters",
        "del warnings.warn_explicit",
        "sys.modules['warnings'] = None",
        "importlib.reload(warnings)",
    ],
)
def test_a_note_that_breaks_the_module_harms_itself_only(harm: str) -> None:
    found = records(f"import importlib, sys, warnings\n{harm}\n", "x = 1\nassert x is 1\n")
    assert [(one["status"], one["checks"]) for one in found] == [("ran", 0), ("ran", 1)]


# The problem


def test_a_deprecation_is_a_problem_of_its_line_whatever_the_role(tmp_path: Path) -> None:
    one = note(
        "bits/a.md",
        note_snippet(f"import torch\n{SCALER}\nassert torch", role=Role.SETUP),
        f"x = 1\n{SCRIPT}\n1 + 1  # 2",
        note_snippet(f"def f():\n    return {RANGE}\nf()\nassert x", role=Role.CHECK),
        "f()\nx  # 1",
    )
    verification, problems = checked(config(tmp_path), one)
    assert places(problems) == [("bits/a.md", line, "deprecated") for line in (11, 23, 35)]
    assert {problem.severity for problem in problems} == {Severity.WARNING}
    assert problems[1].message == (
        "torch deprecates this: `torch.jit.script` is deprecated. Please switch to `torch.compile` or `torch.export`."
    )
    assert problems[1].hint == "use what the message names, or catch the warning in the snippet to say that it is meant"
    warnings = [verdict.warnings[0] for verdict in verification.by_path[PurePosixPath("bits/a.md")]]
    assert [warned.line for warned in warnings] == [2, 2, 2, 35 - 47 + 1]


def test_a_deprecation_that_is_known_from_the_cache_is_said_again_at_its_line_now(tmp_path: Path) -> None:
    codes = f"import torch\ndef f():\n    return {SCALER}\nassert f", "assert f()"
    checked(config(tmp_path), note("bits/a.md", *codes))
    verification, problems = checked(config(tmp_path), note("bits/a.md", *codes, first=20))
    assert (verification.executed, verification.cached) == (0, 2)
    assert places(problems) == [("bits/a.md", 22, "deprecated")]


def test_a_fact_says_it_once() -> None:
    found = record(fact(f"{SCALER}\nassert answer == 1\n", "1", "2", "3"))
    assert brief(found) == [(1, "FutureWarning", "torch")]
