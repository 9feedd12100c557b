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
    "torch.manual_seed(1); torch.nn.functional.dropout(torch.ones(3))",
    "torch.manual_seed(1); list(torch.utils.data.DataLoader([1, 2, 3], shuffle=True))",
    "torch.rand(2, generator=torch.Generator())",  # always begins with the same seed
    "random.Random(4).random()",
    "np.random.Generator(np.random.PCG64(1)).random()",
    "torch.manual_seed(0); torch.set_rng_state(torch.get_rng_state()); torch.rand(1)",
    "torch.nn.functional.dropout(torch.ones(3), training=False)",
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
    "torch.nn.functional.dropout(torch.ones(3))",
    "list(torch.utils.data.DataLoader([1, 2, 3], shuffle=True))",
    "torch.Generator().seed()",
    "torch.manual_seed(time.time_ns())",
    "random.Random().random()",
    "random.SystemRandom().random()",
    "os.urandom(2)",
    "from os import urandom; urandom(2)",
    "secrets.token_hex()",
    "uuid.uuid4()",
    "np.random.Generator(np.random.PCG64()).random()",
    "np.random.RandomState().rand()",
    "np.random.seed(); np.random.rand()",
    "np.random.SeedSequence().entropy",
]
IMPORTS = "import os, random, secrets, time, uuid, torch, numpy as np\n"


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
