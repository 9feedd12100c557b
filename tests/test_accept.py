"""`python build.py --accept` as a user runs it: what it writes makes the garden green, and it never writes unasked."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import subprocess
import termios
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from tests.conftest import Built, Project

BY_HAND = {"CI": "", "NO_COLOR": "", "FORCE_COLOR": ""}

STALE = """\
---
title: A
summary: It has 5<!-- = 2 + 2 --> numbers.
---

```python
import torch

x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
x  # tensor([[1., 2.],
   #         [3., 5.]])
x.mean()  # tensor(2.6000)
x.sum().item()  # → 11.0
1 / 3  # 0.34
print(x.shape)  # torch.Size([2, 3])
x * 10.5  # 3
x.shape, 1  # (torch.Size([2, 2]), 2)
torch.nn.ReLU()  # 1
x.unsqueeze(0).shape  # torch.Size([...])
```

It holds 6<!-- = x.numel() --> numbers, and $0.2$<!-- = x.min().item() --> is the least.

| what | how many |
|---|---|
| numbers | 131,328<!-- = 131_329 * x.numel() // 4 --> |

> [!note] In a callout
> - in a list
>
>   ~~~python
>   for i in range(4):
>       print("epoch", i, 0.5**i / 3)
>   ~~~
>
>   ~~~output
>   epoch 0 0.33
>   ...
>   epoch 3 0.07
>   ~~~

1. Numbered.

\t```python
\tprint(x)
\t```

\t```output
\ttensor([[1., 2.]])
\t```

```python
>>> x + 1
tensor([[2., 3.],
        [4., 6.]])
>>> x.sum()
>>> 3
4
```

```python
def f():
    \"\"\"Say it.

    >>> f()
    'no'
    \"\"\"
    return "yes"

assert f() == "yes"
```
"""

MENDED = [
    ("has 5<!--", "has 4<!--"),
    ("holds 6<!--", "holds 4<!--"),
    ("$0.2$<!--", "$1.0$<!--"),
    ("131,328<!--", "131,329<!--"),
    ("[3., 5.]])\nx.mean()  # tensor(2.6000)", "[3., 4.]])\nx.mean()  # tensor(2.5000)"),
    ("# → 11.0", "# → 10.0"),
    ("torch.Size([2, 3])", "torch.Size([2, 2])"),
    ("x * 10.5  # 3", "x * 10.5  # tensor([[10.5000, 21.0000],\n          #         [31.5000, 42.0000]])"),
    ("(torch.Size([2, 2]), 2)", "(torch.Size([2, 2]), 1)"),
    ("ReLU()  # 1", "ReLU()  # → ReLU()"),
    (">   epoch 3 0.07", ">   epoch 3 0.04"),
    ("\ttensor([[1., 2.]])\n", "\ttensor([[1., 2.],\n\t        [3., 4.]])\n"),
    ("[4., 6.]])\n>>> x.sum()\n>>> 3\n4", "[4., 5.]])\n>>> x.sum()\ntensor(10.)\n>>> 3\n3"),
    ("    'no'", "    'yes'"),
]


def as_mended(text: str) -> str:
    for old, new in MENDED:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def accepted(project: Project, *arguments: str, env: Mapping[str, str] | None = None) -> Built:
    """Accept without being asked."""
    return project.build("--accept", "--yes", *arguments, form="text", env={**BY_HAND, **(env or {})})


def test_every_kind_of_claim_is_mended_and_the_garden_is_published(project: Project) -> None:
    stale = STALE.rstrip("\n")
    windows = b"\xef\xbb\xbf" + stale.replace("\n", "\r\n").encode()
    project.write({"a.md": STALE, "deep/windows.md": windows, "green.md": "```python\n1 + 1  # 2\n```\n"})
    (project.content / "a.md").chmod(0o600)
    built = accepted(project)
    assert built.code == 0, built.stdout
    assert (project.content / "a.md").read_text() == as_mended(STALE)
    expected = b"\xef\xbb\xbf" + as_mended(stale).replace("\n", "\r\n").encode()
    assert (project.content / "deep" / "windows.md").read_bytes() == expected
    assert (project.content / "a.md").stat().st_mode & 0o777 == 0o600
    assert "wrote 34 changes to 2 files" in built.stdout
    assert "-1 / 3" not in built.stdout  # the author's digits were right
    assert "\033" not in built.stdout
    assert built.page("a/index.html" if (project.site / "a").exists() else "bits/a/index.html")
    again = accepted(project)
    assert (again.code, "nothing to accept" in again.stdout) == (0, True)


REFUSED = {
    "raises.md": "```python\n1 + 1  # 3\nundefined\n```\n\n```python\n2 + 2  # 5\n```\n",
    "unseeded.md": "```python\nimport torch\ntorch.rand(1).item()  # 7.5\n```\n",
    "volatile.md": (
        "```python\nimport time, os\nobject()  # 1\ntime.perf_counter()  # 2.0\nos.getcwd()  # '/tmp'\n"
        "print('took 0.75 s')  # → took 0.2 s\n1 + 1  # 3\n```\n"
    ),
    "nothing.md": "```python\nprint()  # 3\nfor i in range(3):\n    i  # 0\n```\n\n```output\n...\n```\n",
    "asserts.md": "```python\nassert 1 + 1 == 3\n```\n",
}


def test_what_cannot_be_trusted_is_refused_with_its_reason_and_the_rest_is_mended(project: Project) -> None:
    built = accepted(project.write(REFUSED))
    assert built.code == 1
    refused = re.findall(r"^content/(\S+): not accepted: (.*)$", built.stdout, flags=re.MULTILINE)
    assert refused == [
        ("asserts.md:2", refused[0][1]),
        ("nothing.md:2", "its snippet also failed on line 8: mend that first"),
        ("nothing.md:4", "its snippet also failed on line 8: mend that first"),
        ("nothing.md:8", 'an expectation that is only "..." is met by anything: write what is to come out'),
        ("raises.md:2", "its snippet also failed on line 3: mend that first"),
        ("raises.md:3", refused[5][1]),
        ("raises.md:7", "a snippet above it failed on line 3: mend that first"),
        ("unseeded.md:3", "its snippet draws unseeded random numbers: seed them first"),
        ("volatile.md:3", "it shows an address, which is another in every run"),
        ("volatile.md:4", "something else came when the note was run again"),
        ("volatile.md:5", "something else came when the note was run again"),
        ("volatile.md:6", 'it shows a duration: "0.75 s"'),
    ]
    assert refused[0][1].startswith("it is no expectation that does not hold: ")
    assert refused[5][1].startswith("it is no expectation that does not hold: NameError")
    after = {name: (project.content / name).read_text() for name in REFUSED}
    assert after == {**REFUSED, "volatile.md": REFUSED["volatile.md"].replace("1 + 1  # 3", "1 + 1  # 2")}
    assert "wrote 1 change to 1 file" in built.stdout
    assert not project.site.exists()


def test_a_line_reached_with_different_values_and_silence_are_refused(project: Project) -> None:
    code = "print()  # 3\nfor i in range(3):\n    i  # 0\n\ndef f(x):\n    x  # 1\n\nf(1)\n"
    text = f"```python\n{code}```\n\n```python\nf(2)\n```\n"
    built = accepted(project.write({"a.md": text}))
    refused = re.findall(r"not accepted: (.*)$", built.stdout, flags=re.MULTILINE)
    several = "something else comes each time that the line is reached"
    assert refused == ["nothing came, and a claim is not taken away", several, several]
    assert (built.code, (project.content / "a.md").read_text()) == (1, text)


def test_only_the_notes_that_are_asked_for_are_touched(project: Project) -> None:
    wrong = "```python\n1 + 1  # 3\n```\n"
    built = accepted(project.write({"a.md": wrong, "b.md": wrong}), "--only", "a.md")
    assert built.code == 0
    assert [(project.content / name).read_text() for name in ("a.md", "b.md")] == [wrong.replace("3", "2"), wrong]
    assert not project.site.exists()


@pytest.mark.parametrize(
    ("arguments", "env", "message"),
    [
        (["--accept"], {}, "there is no terminal to ask on"),
        (["--accept", "--yes"], {"CI": "true"}, "does not run in CI"),
        (["--accept", "--yes", "--check"], {}, "leave --check out"),
        (["--accept", "--yes", "--serve"], {}, "leave --serve out"),
        (["--accept", "--yes", "--format", "json"], {}, "leave --format out"),
        (["--yes"], {}, "--yes answers the question of --accept"),
    ],
)
def test_wrong_use_writes_nothing(project: Project, arguments: list[str], env: dict[str, str], message: str) -> None:
    wrong = "```python\n1 + 1  # 3\n```\n"
    project.write({"a.md": wrong})
    done = subprocess.run(
        project.command(*arguments),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        env=project.environment({**BY_HAND, **env}),
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert (project.content / "a.md").read_text() == wrong


@dataclass
class Sitting:
    """The command at a terminal, and somebody who types."""

    process: subprocess.Popen[bytes]
    terminal: int
    shown: str = ""

    def wait_for(self, text: str, seconds: float = 60) -> None:
        until = time.monotonic() + seconds
        while text not in self.shown and time.monotonic() < until and self._read(1.0):
            pass
        assert text in self.shown

    def answer(self, keys: str) -> int:
        """The exit code, once everything that is shown has been read."""
        os.write(self.terminal, keys.encode())
        until = time.monotonic() + 60
        while self._read(1.0):
            assert time.monotonic() < until, self.shown
        return self.process.wait(30)

    def _read(self, seconds: float) -> bool:
        """Whether there may be more."""
        if not select.select([self.terminal], [], [], seconds)[0]:
            return self.process.poll() is None
        try:
            data = os.read(self.terminal, 65536)
        except OSError:  # the other side is closed
            return False
        self.shown += data.decode()
        return bool(data)


@contextmanager
def sitting(project: Project, *, env: Mapping[str, str] | None = None) -> Iterator[Sitting]:
    """Standard input and output are a terminal; progress, which has codes of its own, goes elsewhere."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        project.command("--accept"),
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env=project.environment({**BY_HAND, "TERM": "xterm", **(env or {})}),
        cwd=project.folder,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # Ctrl-C is a key of the controlling terminal alone
    )
    os.close(theirs)
    try:
        yield Sitting(process, ours)
    finally:
        process.kill()
        process.wait()
        os.close(ours)


WRONG = "```python\n1 + 1  # 3\n2 + 2  # 5\n```\n"
RIGHT = WRONG.replace("# 3", "# 2").replace("# 5", "# 4")
QUESTION = "Write these 2 changes to 1 file? [y/N] "


def test_yes_at_the_terminal_writes_and_publishes(project: Project) -> None:
    project.write({"a.md": WRONG})
    with sitting(project) as session:
        session.wait_for(QUESTION)
        assert "\033[31m-1 + 1  # 3\033[0m" in session.shown
        assert (project.content / "a.md").read_text() == WRONG
        assert session.answer("y\n") == 0
        assert "wrote 2 changes to 1 file" in session.shown
    assert (project.content / "a.md").read_text() == RIGHT
    assert (project.site / "index.html").exists()


@pytest.mark.parametrize("keys", ["n\n", "\n", "\x04"])
def test_anything_else_writes_nothing(project: Project, keys: str) -> None:
    project.write({"a.md": WRONG})
    with sitting(project, env={"NO_COLOR": "1"}) as session:
        session.wait_for(QUESTION)
        assert session.answer(keys) == 1
        assert "nothing was written" in session.shown
        assert "\033" not in session.shown
    assert (project.content / "a.md").read_text() == WRONG
    assert not project.site.exists()


def test_ctrl_c_at_the_question_writes_nothing(project: Project) -> None:
    project.write({"a.md": WRONG})
    with sitting(project) as session:
        session.wait_for(QUESTION)
        assert session.answer("\x03") == 130
    assert (project.content / "a.md").read_text() == WRONG
    assert list(project.content.iterdir()) == [project.content / "a.md"]
    assert project.survivors() == []


def test_a_note_that_is_edited_while_the_question_stands_is_left_alone(project: Project) -> None:
    project.write({"a.md": WRONG, "b.md": WRONG})
    with sitting(project) as session:
        session.wait_for("Write these 4 changes to 2 files? [y/N] ")
        project.write({"a.md": WRONG + "\nedited\n"})
        assert session.answer("y\n") == 1
    assert "a.md:1: not accepted: the file has changed since its snippets ran" in session.shown
    assert "wrote 2 changes to 1 file" in session.shown
    assert (project.content / "a.md").read_text() == WRONG + "\nedited\n"
    assert (project.content / "b.md").read_text() == RIGHT
