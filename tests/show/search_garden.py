"""Notes to search: many words, some frequent and most rare, as in a language; names in code."""

from __future__ import annotations

import random

SYLLABLES = [
    "ba",
    "cor",
    "den",
    "fil",
    "gra",
    "hul",
    "im",
    "jor",
    "kel",
    "lam",
    "mer",
    "nod",
    "pol",
    "qua",
    "ren",
    "sto",
    "tun",
    "vex",
]
COMMON = 3000  # different words


def words() -> list[str]:
    """Different words of two to four syllables."""
    generator = random.Random(1)
    found = {"".join(generator.choices(SYLLABLES, k=generator.randint(2, 4))): None for _ in range(3 * COMMON)}
    return list(found)[:COMMON]


def many_notes(count: int) -> dict[str, str]:
    """Notes of two sections with about 180 words and ten lines of code; of a word's rank r, 1/r as many (Zipf's law)."""
    known = words()
    weights = [1 / rank for rank in range(1, len(known) + 1)]
    found = {}
    for number in range(count):
        generator = random.Random(number)
        drawn = generator.choices(known, weights, k=200)
        code = "\n".join(f"{a} = torch.{b}({c}.{d}, {a}_{b})" for a, b, c, d in zip(*(iter(drawn[:40]),) * 4, strict=True))
        prose = f"{' '.join(drawn[:90])}.\n\n## {drawn[91]} {drawn[92]}\n\n{' '.join(drawn[93:])}."
        head = f"---\ntitle: {drawn[5]} {drawn[6]} n{number}\ntags: [{drawn[7]}]\n---\n"
        found[f"bits/n{number}.md"] = f"{head}{prose}\n\n```python\nimport torch\n{code}\n```\n"
    return found
