"""Mutants tried for real: what is noticed, what survives and where, and that nothing gets out of hand."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from greenbed.check.supervision import processes
from greenbed.check.teeth.mutants import BOUND
from greenbed.check.verify import verify
from greenbed.model import Equivalent, Note, Problem, Role, Teeth, Verification
from tests.check.test_sandbox import needs_landlock, needs_namespaces
from tests.check.verifying import FIRST_LINE, MARK, checked, config, note, places, snippet, survivors, within

ROOT = Path(__file__).parents[3]
STRONG = "def f(x):\n    return 2 * x + 1\n\n\nf(3)  # 7\nf(-0.5)  # 0.0"
WEAK = "def f(x):\n    return 2 * x + 1\n\n\nf(3) > 0  # True"


def bitten(folder: Path, *notes: Note, **changes: Any) -> tuple[Verification, tuple[Problem, ...]]:
    """What a build with --teeth comes to."""
    return checked(config(folder, **{"teeth": True, **changes}), *notes)


def teeth_of(folder: Path, mine: Note, **changes: Any) -> Teeth:
    """Of a single note."""
    verification, _ = bitten(folder, mine, **changes)
    return verification.teeth[mine.path]


def places_of(teeth: Teeth) -> set[tuple[int, str]]:
    """Line and mutant of each survivor."""
    return {(one.line, one.mutant) for one in teeth.survivors}


def test_checks_that_pin_the_code_notice_every_mutant(tmp_path: Path) -> None:
    teeth = teeth_of(tmp_path, note("a.md", STRONG))
    assert (teeth.noticed, teeth.survivors, teeth.untried) == (teeth.mutants, (), 0)
    assert 9 <= teeth.mutants <= BOUND


def test_a_mutant_that_no_check_notices_is_named_with_its_line(tmp_path: Path) -> None:
    teeth = teeth_of(tmp_path, note("a.md", WEAK))
    assert (FIRST_LINE + 1, "return 2 * x - 1") in places_of(teeth)
    assert (FIRST_LINE + 1, "return None") not in places_of(teeth)
    assert teeth.mutants == teeth.noticed + len(teeth.survivors)
    assert {one.source for one in teeth.survivors} == {"return 2 * x + 1", "f(3) > 0"}


@pytest.mark.parametrize(
    "check",
    [
        snippet("assert f(3) == 7 and f(0) == 1", role=Role.CHECK),
        snippet("print(f(3), f(0))", expected="7 1\n"),
        snippet(">>> f(3), f(0)\n(7, 1)"),
    ],
    ids=["an assert", "output", "a session"],
)
def test_checks_further_down_count(tmp_path: Path, check: Any) -> None:
    teeth = teeth_of(tmp_path, note("a.md", "def f(x):\n    return 2 * x + 1", check))
    assert [one for one in teeth.survivors if one.line == FIRST_LINE + 1] == []
    assert teeth.noticed


def test_only_what_is_shown_is_mutated(tmp_path: Path) -> None:
    mine = note("a.md", snippet("a = 1 + 1", role=Role.SETUP), "b = a  # one", snippet("assert b + 1 > 0", role=Role.CHECK))
    assert teeth_of(tmp_path, mine) == Teeth(0, 0)


def test_a_mutant_that_never_ends_or_kills_its_process_is_noticed(tmp_path: Path) -> None:
    endless = "n = 3\nwhile n > 0:\n    n -= 1\nn == 0  # True"
    crash = "import ctypes\n\nkill = False\nif kill:\n    ctypes.string_at(0)\nkill is False  # True"
    leave = "import os\n\nstop = False\nif stop:\n    os._exit(0)\nstop is False  # True"
    started = time.monotonic()
    verification, problems = bitten(tmp_path, note("endless.md", endless), note("crash.md", crash), note("leave.md", leave))
    assert time.monotonic() - started < 60
    assert problems == ()
    found = {str(path): {one.mutant for one in teeth.survivors} for path, teeth in verification.teeth.items()}
    assert not found["endless.md"] & {"n += 1", "# n -= 1"}
    assert not found["crash.md"] & {"kill = True", "if not kill:"}
    assert not found["leave.md"] & {"stop = True", "if not stop:"}
    assert all(teeth.noticed for teeth in verification.teeth.values())


def test_mutants_share_neither_files_nor_random_numbers_nor_output(tmp_path: Path) -> None:
    """Each of them would fail if it saw what the ones before it have left."""
    start = "from pathlib import Path\n\nimport torch\n\ntorch.manual_seed(0)\nlog = Path('log')\nlog.write_text('a')  # 1"
    use = """\
rest = []
log.write_text(log.read_text() + "b")
drawn = torch.rand(2).sum()
Path("folder").mkdir()
print(log.read_text())
log.unlink()
rest.append(0)
"""
    after = "log.exists()  # False\ntorch.rand(1)  # tensor([0.0885])"
    verification, problems = bitten(tmp_path, note("a.md", start, snippet(use, expected="ab\n"), after))
    assert problems == ()
    teeth = verification.teeth[PurePosixPath("a.md")]
    assert {"rest.append(1)", "# rest.append(0)", "drawn = torch.rand(2).mean()"} <= {one.mutant for one in teeth.survivors}
    assert not {"# log.unlink()", "drawn = torch.rand(3).sum()"} & {one.mutant for one in teeth.survivors}


def test_a_note_with_threads_says_that_it_was_not_tried(tmp_path: Path) -> None:
    threads = (
        "import threading\n\nstop = threading.Event()\nthread = threading.Thread(target=stop.wait, daemon=True)\nthread.start()"
    )
    teeth = teeth_of(tmp_path, note("a.md", f"{threads}\n1 + 1  # 2", "2 * 3  # 6"))
    assert teeth.untried == len({"2 / 3", "3 * 3", "1 * 3", "2 * 4", "2 * 2"})
    assert teeth.hindrance == "2 threads are running, which a fork does not survive"
    assert teeth.mutants == teeth.noticed + len(teeth.survivors)


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = f"mark-{time.monotonic_ns()}"
    monkeypatch.setenv(MARK, mark)
    code = "import subprocess\n\nif False:\n    subprocess.Popen(['sleep', '100'])\n1 + 1  # 2"
    teeth = teeth_of(tmp_path, note("a.md", code), live=False)
    assert teeth.mutants
    assert survivors(mark) == []


def test_what_is_known_is_not_tried_again(tmp_path: Path) -> None:
    mine = note("a.md", WEAK)
    first, _ = bitten(tmp_path, mine)
    told: list[tuple[int, int, int]] = []
    second, _ = verify(
        [mine], config(tmp_path, teeth=True), {}, progress=lambda *_: None, mutants=lambda *one: told.append(one)
    )
    assert (second.executed, told, second.teeth) == (0, [], first.teeth)


def test_an_ordinary_build_tries_nothing_but_tells_what_is_known(tmp_path: Path) -> None:
    mine, other = note("a.md", WEAK), note("b.md", STRONG)
    first, _ = bitten(tmp_path, mine)
    second, _ = checked(config(tmp_path), mine, other)
    assert second.teeth == first.teeth


def test_an_edit_of_prose_keeps_the_score_and_moves_its_lines(tmp_path: Path) -> None:
    first = teeth_of(tmp_path, note("a.md", WEAK))
    moved, _ = checked(config(tmp_path), note("a.md", WEAK, first=FIRST_LINE + 5))
    (teeth,) = moved.teeth.values()
    assert [one.line - 5 for one in teeth.survivors] == [one.line for one in first.survivors]


def test_an_edit_of_code_or_checks_forgets_the_score(tmp_path: Path) -> None:
    bitten(tmp_path, note("a.md", WEAK))
    assert checked(config(tmp_path), note("a.md", WEAK + "\nf(0)  # 1"))[0].teeth == {}


def test_a_note_that_fails_is_not_tried(tmp_path: Path) -> None:
    verification, problems = bitten(tmp_path, note("a.md", "1 + 1  # 3"), note("b.md", STRONG))
    assert [str(path) for path in verification.teeth] == ["b.md"]
    assert places(problems) == [("a.md", FIRST_LINE, "mismatch")]


def test_a_declared_mutant_does_not_count_and_keeps_its_reason(tmp_path: Path) -> None:
    code = "a = max(3, 3 - 0)\na  # 3"
    plain = teeth_of(tmp_path, note("a.md", code))
    assert "a = min(3, 3 - 0)" in {one.mutant for one in plain.survivors}
    declared = Equivalent("a  =  min(3, 3 - 0)", "both are 3", 4)
    verification, problems = checked(config(tmp_path), note("a.md", code, equivalent=(declared,)))
    (teeth,) = verification.teeth.values()
    assert (teeth.mutants, teeth.noticed) == (plain.mutants - 1, plain.noticed)
    assert [one.mutant for one in teeth.survivors if one.reason == "both are 3"] == ["a = min(3, 3 - 0)"]
    assert problems == ()


def test_a_declaration_that_nothing_needs_is_reported_with_its_line(tmp_path: Path) -> None:
    declared = Equivalent("return 3 * x + 1", "no reason", 4)
    mine = note("a.md", STRONG, equivalent=(declared,))
    assert checked(config(tmp_path), mine)[1] == ()  # nothing is known of the mutants yet
    _, problems = bitten(tmp_path, mine)
    assert places(problems) == [("a.md", 4, "idle-equivalent")]


def test_a_share_below_what_is_demanded_is_an_error(tmp_path: Path) -> None:
    notes = note("a.md", WEAK), note("b.md", STRONG)
    _, problems = bitten(tmp_path, *notes, least_teeth=0.95)
    assert places(problems) == [(".", 1, "toothless")]
    assert bitten(tmp_path, *notes, least_teeth=0.5)[1] == ()
    assert bitten(tmp_path, *notes, least_teeth=0.95, only=("a.md",))[1] == ()


def test_a_garden_of_which_not_all_is_known_is_not_judged(tmp_path: Path) -> None:
    bitten(tmp_path, note("a.md", WEAK))
    assert checked(config(tmp_path, least_teeth=1.0), note("a.md", WEAK), note("b.md", STRONG))[1] == ()


SLOW = "import time\n\nbefore = 1\ntime.sleep(1)\nbefore + 1  # 2"


def test_an_interrupt_ends_at_once_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = f"mark-{time.monotonic_ns()}"
    monkeypatch.setenv(MARK, mark)

    def interrupt(done: int, total: int, cached: int) -> None:
        if survivors(mark):
            raise KeyboardInterrupt

    settings = config(tmp_path, live=False, teeth=True)
    with pytest.raises(KeyboardInterrupt):
        verify([note("a.md", SLOW), note("b.md", SLOW)], settings, {}, progress=lambda *_: None, mutants=interrupt)
    assert survivors(mark) == []


@pytest.mark.parametrize("deaths", [1, 2])
def test_when_the_processes_die_a_note_is_tried_again_alone_and_given_up_the_second_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deaths: int
) -> None:
    mark = f"mark-{time.monotonic_ns()}"
    monkeypatch.setenv(MARK, mark)
    left = deaths

    def kill(done: int, total: int, cached: int) -> None:
        nonlocal left
        launchers = [pid for pid in processes.children(os.getpid()) if carries(pid, mark)]
        if left and launchers:
            left -= 1
            for pid in launchers:
                os.kill(pid, signal.SIGKILL)

    settings = config(tmp_path, live=False, teeth=True)
    verification, problems = verify([note("a.md", SLOW)], settings, {}, progress=lambda *_: None, mutants=kill)
    (teeth,) = verification.teeth.values()
    assert (teeth.untried > 0, teeth.hindrance != "") == (deaths == 2, deaths == 2)
    assert problems == ()
    assert within(2.0, lambda: survivors(mark) == [])
    assert (checked(config(tmp_path), note("a.md", SLOW))[0].teeth == {}) == (deaths == 2)


def carries(pid: int, mark: str) -> bool:
    """Whether a process was started with the mark."""
    try:
        return mark.encode() in Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return False


def test_what_a_mutant_starts_is_ended_before_the_next(tmp_path: Path) -> None:
    """Were it not, the note itself would be accused of it."""
    code = "import subprocess\n\nif False:\n    subprocess.Popen(['sleep', '100'])\n1 + 1  # 2"
    teeth = teeth_of(tmp_path, note("a.md", code, "2 + 1  # 3"))
    assert (teeth.untried, teeth.mutants > 5) == (0, True)


@needs_landlock
@needs_namespaces
def test_without_namespaces_the_same_comes_out(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "tests.check.walled", "-m", "tests.check.teeth.trying", str(tmp_path)]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == {
        "isolation": "Landlock",
        "untried": 0,
        "survived": ["if True:", "# subprocess.Popen(['sleep', '100'])"],
        "left": [],
    }
