"""Whether a note drew from a global generator before seeding it."""

from __future__ import annotations

import pytest

from tests.check.snippets import record, records

SEEDED = [
    "x = 1",
    "torch.manual_seed(0); torch.rand(2)",
    "torch.random.manual_seed(seed=3); torch.rand(2)",
    "from torch import manual_seed; manual_seed(0); torch.rand(2)",
    "random.seed(1); random.random()",
    "np.random.seed(1); np.random.rand()",
    "torch.rand(2, generator=torch.Generator().manual_seed(1))",
    "np.random.default_rng(3).random()",
    "with torch.random.fork_rng():\n    torch.manual_seed(1)\n    torch.rand(2)",
]
UNSEEDED = [
    "torch.rand(2)",
    "random.random()",
    "np.random.rand()",
    "torch.rand(2); torch.manual_seed(0)",
    "torch.manual_seed(0); np.random.rand()",
    "torch.seed(); torch.rand(2)",
    "random.seed(); random.random()",
    "np.random.default_rng().random()",
    "with torch.random.fork_rng():\n    torch.rand(2)",
    "with torch.random.fork_rng():\n    torch.manual_seed(1)\ntorch.rand(2)",
    "torch.nn.Linear(2, 3)",
]
IMPORTS = "import random, torch, numpy as np\n"


@pytest.mark.parametrize("code", SEEDED)
def test_seeded(code: str) -> None:
    assert record(f"{IMPORTS}{code}\n")["randomness"] == ""


@pytest.mark.parametrize("code", UNSEEDED)
def test_unseeded(code: str) -> None:
    assert record(f"{IMPORTS}{code}\n")["randomness"] != ""


def test_a_seed_holds_for_the_snippets_after_it() -> None:
    assert [found["randomness"] for found in records("import torch\ntorch.manual_seed(0)\n", "torch.rand(2)\n")] == ["", ""]


def test_ambient_seeds_make_the_draws() -> None:
    code = "import random, torch, numpy as np\nprint(random.random(), np.random.rand(), torch.rand(1).item())\n"
    one, again, other = (record(code, seed=seed)["stdout"] for seed in (1, 1, 2**40))
    assert one == again != other


def test_a_function_that_seeds_still_looks_like_itself() -> None:
    code = "import inspect, torch\nassert 'seed' in inspect.getsource(torch.seed)\ntorch.seed.__name__  # 'seed'\n"
    assert record(code)["checks"] == 2
