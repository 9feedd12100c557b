"""Global state that a snippet leaves changed."""

from __future__ import annotations

import pytest

from greenbed.check.running import state
from tests.check.snippets import failures, record, records, snippet


@pytest.mark.parametrize(
    ("name", "statement"),
    [
        ("default_dtype", "torch.set_default_dtype(torch.float64)"),
        ("default_device", "torch.set_default_device('meta')"),
        ("grad_mode", "torch.set_grad_enabled(False)"),
        ("print_options", "torch.set_printoptions(precision=2)"),
        ("num_threads", "torch.set_num_threads(2)"),
        ("deterministic", "torch.use_deterministic_algorithms(True)"),
        ("cudnn", "torch.backends.cudnn.benchmark = True"),
        ("matmul_precision", "torch.set_float32_matmul_precision('high')"),
        ("anomaly_mode", "torch.autograd.set_detect_anomaly(True)"),
        ("numpy_print_options", "np.set_printoptions(precision=2)"),
        ("numpy_errors", "np.seterr(all='raise')"),
        ("cwd", "os.mkdir('below'); os.chdir('below')"),
    ],
)
def test_a_change_has_to_be_declared(name: str, statement: str) -> None:
    code = f"import os, torch, numpy as np\n\n{statement}\n"
    first, second = records(code, "x = 1\n")
    (failed,) = first["failures"]
    assert (failed["code"], failed["message"].partition(" ")[0]) == ("leaks-state", name)
    assert failed["line"] == (1 if name == "cudnn" else 3)
    assert f'sets="{name}"' in failed["hint"]
    assert second["failures"] == []  # said once, and left as a reader would have it
    assert record(snippet(code, sets=(name,)))["failures"] == []


def test_every_name_has_a_situation_above() -> None:
    here = test_a_change_has_to_be_declared.pytestmark[0].args[1]  # type: ignore[attr-defined]  # pytest puts the mark there
    assert tuple(name for name, _ in here) == state.NAMES


def test_the_failure_says_from_what_to_what() -> None:
    assert failures("import torch\ntorch.set_default_dtype(torch.float64)\n") == [
        (
            "leaks-state",
            2,
            "default_dtype is left changed from torch.float32 to torch.float64, which later snippets and readers inherit",
        )
    ]
    (failed,) = record("import torch\ntorch.set_printoptions(precision=2)\n")["failures"]
    assert "from {'precision': 4} to {'precision': 2}" in failed["message"]
    assert "end with torch.set_printoptions(**{'precision': 4})" in failed["hint"]


def test_state_that_is_put_back_is_no_leak() -> None:
    assert (
        failures("import torch\nwith torch.no_grad():\n    torch.ones(1)\nwith torch.device('meta'):\n    torch.ones(1)\n")
        == []
    )


def test_a_snippet_that_fails_is_still_asked_what_it_left() -> None:
    code = "import torch\ntorch.set_default_dtype(torch.float64)\n1 / 0\n"
    assert [kind for kind, _, _ in failures(code)] == ["leaks-state", "failed"]


def test_unknown_names_are_refused_with_the_valid_ones() -> None:
    (failed,) = record(snippet("x = 1\n", sets=("dtype",)))["failures"]
    assert failed["hint"] == f"one of {', '.join(state.NAMES)}"
