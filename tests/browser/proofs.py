"""Notes with verdicts made by hand, so that all that a proof can show is there to be looked at."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath

from greenbed.model import Note, Sight, Survivor, Teeth, Verdict, Warned
from tests.show.growing import grow
from tests.show.rendering import ROOT, Rendered, held, pressed

WIDE = "wide = [row for row in range(10)], [column for column in range(10)], [depth for depth in range(10)]"
LENS = f"""\
---
title: Shapes beside the code
---

```python setup
from __future__ import annotations

import math
```

```python title="first.py" lines="2"
x = [1, 2]
y, z = x
{WIDE}
print(math.floor(math.pi))  # 3
```

```python check
assert z == 2
print("checked")
```

```python raises="ValueError: no"
text = \"\"\"a
b\"\"\"
if y:
    raise ValueError("no" + \"\"\"
  c\"\"\")
```

```python raises="SyntaxError"
for
```

```python skip="needs two GPUs"
nothing.at_all()
```

```python
>>> text
'a\\nb'
>>> for i in range(2):
...     print(i)
0
1
```

```python title="last.py"
def last(n: Later) -> int:
    return n + z


print(last(y), repr(text))
```

```python new title="fresh.py"
w = 1
```

```python title="after.py"
print(w)
```

![[other]]
"""
OTHER = '# Other\n\n```python\nv = 2\n```\n\n```python title="other.py"\nprint(v)\n```\n'
SIGHTS = (
    Sight(1, "x", ("(2) int64",)),
    Sight(2, "y", ("() int64",)),
    Sight(2, "z", ("() int64",)),
    Sight(3, "wide", ("(2, 3) float32", "(4, 3) float32", "(5, 3) float32"), varies=True),
)
LEAVING = Warned("FutureWarning", "`old(<x>)` is deprecated.", 1, "torch")


def lens(folder: Path) -> Rendered:
    """The site of two notes."""
    grown = grow(folder, {"bits/lens.md": LENS, "bits/other.md": OTHER})
    note = grown.note("bits/lens.md")
    found = {path: tuple(map(held, one.snippets)) for path, one in grown.garden.notes.items()}
    path = PurePosixPath("bits/lens.md")
    garden = replace(
        grown.garden,
        verification=replace(
            grown.garden.verification,
            teeth={path: Teeth(30, 28, (Survivor(12, "x = [1, 2]", "x = [1, 3]"), Survivor(14, "a", "b", "the same")))},
        ),
    )
    places = {name: ROOT / name for name in ("templates", "static")}
    return pressed(replace(grown, garden=garden), {**found, path: verdicts(note)}, **places)


def verdicts(note: Note) -> tuple[Verdict, ...]:
    """Everything that a verdict can hold."""
    plain = [held(snippet) for snippet in note.snippets]
    plain[1] = replace(plain[1], sights=SIGHTS, stdout="3\n", warnings=(LEAVING, LEAVING))
    plain[2] = replace(plain[2], stdout="checked\n")
    plain[7] = replace(plain[7], stdout="\n".join(f"\x1b[1m{number}\x1b[0m" for number in range(30)), shown="'<value>'")
    return tuple(plain)
