"""Global state that a snippet leaves changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenbed.check.running import state
from tests.check.snippets import failures, job, record, records, run, snippet


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
        ("autocast", "torch.set_autocast_enabled('cpu', True)"),
        ("flush_denormal", "torch.set_flush_denormal(True)"),
        ("sdp_kernels", "torch.backends.cuda.enable_flash_sdp(False)"),
        ("sparse_invariants", "torch.sparse.check_sparse_tensor_invariants.enable()"),
        ("warn_always", "torch.set_warn_always(True)"),
        ("module_hooks", "torch.nn.modules.module.register_module_forward_hook(print)"),
        ("numpy_print_options", "np.set_printoptions(precision=2)"),
        ("numpy_errors", "np.seterr(all='raise')"),
        ("cwd", "os.mkdir('below'); os.chdir('below')"),
        ("environment", "os.environ['CUBLAS_WORKSPACE_CONFIG'] = ':4096:8'"),
        ("sys_path", "import sys; sys.path.append('.')"),
        ("locale", "import locale; locale.setlocale(locale.LC_ALL, 'C.UTF-8')"),
        ("recursion_limit", "import sys; sys.setrecursionlimit(5000)"),
        ("decimal_context", "import decimal; decimal.getcontext().prec = 6"),
        ("warning_filters", "import warnings; warnings.simplefilter('ignore')"),
    ],
)
def test_a_change_has_to_be_declared(name: str, statement: str) -> None:
    code = f"import os, torch, numpy as np\n\n{statement}\n"
    first, second = records(code, "x = 1\n")
    (failed,) = first["failures"]
    assert (failed["code"], failed["message"].partition(" ")[0]) == ("leaks-state", name)
    assert failed["line"] == 3
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


@pytest.mark.parametrize(
    "code",
    [
        "with torch.autocast('cpu'):\n    torch.ones(1)",
        "with torch.inference_mode():\n    torch.ones(1)",
        "with torch.nn.attention.sdpa_kernel(torch.nn.attention.SDPBackend.MATH):\n    torch.ones(1)",
        "with warnings.catch_warnings():\n    warnings.simplefilter('ignore')",
        "with decimal.localcontext() as context:\n    context.prec = 3",
        "os.environ['A'] = 'b'\ndel os.environ['A']",
        "torch.manual_seed(3); torch.rand(1)",  # random state is none that is left changed
        "handle = torch.nn.modules.module.register_module_forward_hook(lambda *rest: None)\nhandle.remove()",
    ],
)
def test_state_that_a_context_puts_back_is_no_leak(code: str) -> None:
    assert failures(f"import decimal, os, torch, torch.nn.attention, warnings\n{code}\n") == []


def test_what_an_import_changes_is_not_the_notes(tmp_path: Path) -> None:
    module = tmp_path / "noisy.py"
    module.write_text("import os, warnings\nos.environ['NOISY'] = '1'\nwarnings.simplefilter('ignore', ImportWarning)\n")
    messages = run(job("import noisy\n", beside={"noisy.py": str(module)}), str(tmp_path))
    assert messages[-1]["failures"] == []


def test_a_function_of_an_earlier_snippet_leaks_where_it_is_called() -> None:
    first, second = records("import os\ndef seed():\n    os.environ['SEED'] = '1'\n", "x = 1\nseed()\n")
    assert first["failures"] == []
    assert [failed["code"] for failed in second["failures"]] == ["leaks-state"]
    assert "from {} to {'SEED': '1'}" in second["failures"][0]["message"]


def test_the_call_that_leaks_is_blamed_and_not_a_context_that_does_not() -> None:
    code = "import torch\ntorch.set_grad_enabled(False)\nwith torch.no_grad():\n    torch.ones(1)\n"
    assert [(kind, line) for kind, line, _ in failures(code)] == [("leaks-state", 2)]


def test_state_that_torch_no_longer_gives_is_a_leak_and_breaks_nothing() -> None:
    """Two ways of setting the matmul precision must not be mixed: torch refuses to say what it is then."""
    first, second = records("import torch\n\ntorch.backends.cuda.matmul.fp32_precision = 'tf32'\n", "1 + 1  # 2\n")
    assert [(failed["code"], failed["line"]) for failed in first["failures"]] == [("leaks-state", 3)]
    assert first["failures"][0]["message"].startswith("matmul_precision is left changed from 'highest' to")
    assert (second["failures"], second["checks"]) == ([], 1)


def test_a_snippet_that_fails_is_still_asked_what_it_left() -> None:
    code = "import torch\ntorch.set_default_dtype(torch.float64)\n1 / 0\n"
    assert [kind for kind, _, _ in failures(code)] == ["leaks-state", "failed"]


def test_unknown_names_are_refused_with_the_valid_ones() -> None:
    (failed,) = record(snippet("x = 1\n", sets=("dtype",)))["failures"]
    assert failed["hint"] == f"one of {', '.join(state.NAMES)}"
