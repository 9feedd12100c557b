"""What it costs a snippet to have its shape comments checked and its lines watched. `python bench/lens.py`

Each workload runs as it is written, and as the check stage would run it, by turns on one core; printed is the median of the
paired ratios, without the time that compiling takes.
"""

from __future__ import annotations

import re
import statistics
import sys
import time
from pathlib import Path
from types import CodeType

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import torch

from greenbed.check.evidence import hook, measured
from greenbed.check.evidence.witness import Witness
from greenbed.check.running.script import Compiler

ROUNDS = 25

WORKLOADS = {
    "attention, line by line": """
import torch
B, T, C = 4, 64, 128
for _ in range(10):
    x = torch.randn(B, T, C)  # (B, T, C)
    w = torch.randn(C, 3 * C)  # (C, 3C)
    q, k, v = (x @ w).chunk(3, dim=-1)  # (B, T, C)
    scores = q @ k.mT / C**0.5  # (B, T, T)
    mask = torch.ones(T, T).tril().bool()  # (T, T)
    scores = scores.masked_fill(~mask, float("-inf"))  # (B, T, T)
    weights = scores.softmax(-1)  # (B, T, T)
    out = weights @ v  # (B, T, C)
    loss = out.square().mean()  # ()
""",
    "a block, forward and backward": """
import torch
from torch import nn
class Block(nn.Module):
    def __init__(self, C):
        super().__init__()
        self.qkv, self.out = nn.Linear(C, 3 * C), nn.Linear(C, C)
    def forward(self, x):
        # x: (B, T, C)
        B, T, C = x.shape
        q, k, v = self.qkv(x).chunk(3, -1)  # (B, T, C)
        scores = q @ k.mT  # (B, T, T)
        weights = scores.softmax(-1)  # (B, T, T)
        y = weights @ v  # (B, T, C)
        return self.out(y)  # (B, T, C)
block = Block(64)
for _ in range(30):
    y = block(torch.ones(4, 32, 64))
    y.sum().backward()
""",
    "tiny tensors in a loop": """
import torch
w = torch.zeros(3, requires_grad=True)
X, y = torch.ones(8, 3), torch.ones(8)
for step in range(200):
    pred = X @ w
    loss = (pred - y).square().mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
        w.grad = None
""",
    "numbers in a loop": """
def run(n):
    total = 0.0
    for i in range(n):
        y = i * 0.5
        total += y * y
    return total
run(200_000)
""",
    "numbers that might be tensors": """
def run(x, n):
    for i in range(n):
        y = x * x - 2
        x = x - y / (2 * x)
    return x
run(3.0, 100_000)
""",
}


def main() -> None:
    """One line for each workload."""
    torch.set_num_threads(1)
    measured.prepare()
    print(f"{'':32}  plain ms  lens  shapes and lens")
    for name, code in WORKLOADS.items():
        bare = re.sub(r" *# .*\(.*", "", code)
        plain = [seconds(compile(bare, name, "exec"), None) for _ in range(3)][-1]
        ratios = [[paired(text, bare) for _ in range(ROUNDS)] for text in (bare, code)]
        print(f"{name:32}  {1e3 * plain:8.1f}  {'  '.join(f'{statistics.median(one):4.2f}' for one in ratios)}")


def paired(code: str, bare: str) -> float:
    """The time of `code` as it is checked, over that of `bare` as it is written, one after the other."""
    witness = Witness()
    checked = Compiler("/lens.md", witness, sights=True).script(code, 1, tol=None).code
    ratio = seconds(checked, witness) / seconds(compile(bare, "/lens.md", "exec"), None)
    if witness.failures:
        raise AssertionError(witness.failures[0]["message"])
    return ratio


def seconds(code: CodeType, witness: Witness | None) -> float:
    """Of processor time; what is reached is reported to `witness`."""
    if witness is not None:
        hook.install(witness, witness.sights.see)
    names = {"__greenbed__": hook, "__name__": "__main__"}
    started = time.process_time()
    exec(code, names)
    return time.process_time() - started


if __name__ == "__main__":
    main()
