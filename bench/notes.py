"""Notes to measure with: the same words and code for every tool, so that only the tool differs."""

from __future__ import annotations

import random
from pathlib import Path

TEXT = """
attention weights gradient tensor layer residual softmax query key value head token batch sequence norm scale bias projection
embedding loss optimizer momentum decay warmup schedule dropout mask causal cache decode sample entropy rank
"""
WORDS = TEXT.split()
FORMULAS = (
    r"\operatorname{softmax}\!\left(\frac{QK^\top}{\sqrt{d_k}}\right)V",
    r"\sum_{i=1}^{n} \frac{x_i - \mu}{\sigma}",
    r"\nabla_\theta \mathcal{L}(\theta) = \mathbb{E}_{x}\left[\frac{\partial \ell}{\partial \theta}\right]",
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
    r"\hat{y} = \sigma(w^\top x + b)",
)
ATTEND = """\
import torch

torch.manual_seed({seed})
x = torch.randn({rows}, {columns})
w = torch.randn({columns}, 3)
y = (x @ w).softmax(dim=-1)
assert y.shape == ({rows}, 3)
assert torch.allclose(y.sum(-1), torch.ones({rows}))
"""
NORMALISE = """\
import torch


def normalise(x, eps=1e-5):
    centred = x - x.mean(-1, keepdim=True)
    return centred * torch.rsqrt(centred.pow(2).mean(-1, keepdim=True) + eps)


torch.manual_seed({seed})
z = normalise(torch.randn({rows}, {columns}))
assert z.mean(-1).abs().max() < 1e-5
"""
DESCEND = """\
import torch

w = torch.full(({columns},), 2.0, requires_grad=True)
loss = (w**2).mean()
loss.backward()
assert torch.allclose(w.grad, 2 * w.detach() / {columns})
"""
SNIPPETS = (ATTEND, NORMALISE, DESCEND)
"""Each runs alone, since not every tool lets the snippets of a page share names."""


def prose(generator: random.Random, words: int) -> str:
    """A paragraph of so many words."""
    return " ".join(generator.choice(WORDS) for _ in range(words)).capitalize() + "."


def page(number: int, *, snippets: int, paragraphs: int) -> str:
    """One note: front matter, prose, links to other notes, formulas, a table, a list, code."""
    generator = random.Random(number)
    values = {"seed": number, "rows": generator.randint(2, 9), "columns": generator.randint(4, 16)}
    parts = [f"---\ntitle: Note {number} on {generator.choice(WORDS)}\ntags: [{generator.choice(WORDS)}, torch]\n---\n"]
    for index in range(paragraphs):
        formula = FORMULAS[index % len(FORMULAS)]
        parts.append(f"## Part {index}: {generator.choice(WORDS)}\n")
        parts.append(f"{prose(generator, 52)} In short ${formula}$ holds, **and** `{generator.choice(WORDS)}` *follows*.\n")
        parts.append("\n".join(f"- {prose(generator, 9)}" for _ in range(2)) + "\n")
        if index < snippets:
            parts.append(f"```python\n{SNIPPETS[index].format(**values)}```\n")
    parts.append("| name | value |\n|---|---:|\n| rows | 3 |\n| columns | 4 |\n")
    return "\n".join(parts)


def write_notes(folder: Path, count: int, *, snippets: int = 2, paragraphs: int = 5) -> None:
    """A folder of notes below `bits/`."""
    (folder / "bits").mkdir(parents=True, exist_ok=True)
    for number in range(count):
        text = page(number, snippets=snippets, paragraphs=paragraphs)
        (folder / "bits" / f"note-{number}.md").write_text(text, encoding="utf-8")
