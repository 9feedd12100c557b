"""The memory of verdicts: what is kept, what makes it forget, and that nothing wrong with it stops a build."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from greenbed.check import keys
from greenbed.check.cache import Entry, opened
from greenbed.check.keys import Surroundings
from greenbed.check.protocol import blank
from greenbed.check.verify import verify
from greenbed.check.walls import namespaces
from greenbed.model import Note, Role, Severity, Status
from tests.check.verifying import FIRST_LINE, checked, config, fact, note, places, snippet, statuses

ROOT = Path(__file__).parents[2]


def executed(folder: Path, *notes: Note, **changes: Any) -> int:
    """How many snippets a build has run."""
    return checked(config(folder, **changes), *notes)[0].executed


def test_what_passed_is_not_run_again_and_says_when_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = note("a.md", "print('hello')\n1 + 1  # 2", "2 + 2  # 4")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    first, _ = checked(config(tmp_path), mine)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "9999999")
    second, _ = checked(config(tmp_path), mine)
    assert (first.executed, first.cached, second.executed, second.cached) == (2, 0, 0, 2)
    (one, two), (again, _) = first.by_path[PurePosixPath("a.md")], second.by_path[PurePosixPath("a.md")]
    assert again == replace(one, cached=True)
    assert (one.verified_on, one.stdout, two.checks) == ("1970-01-02", "hello\n", 1)
    assert second.environment == first.environment


def test_failures_are_run_again_and_so_is_their_note(tmp_path: Path) -> None:
    mine = note("a.md", "1 + 1  # 2", "1 + 1  # 3")
    assert executed(tmp_path, mine) == 2
    assert executed(tmp_path, mine) == 2


def test_skips_are_remembered(tmp_path: Path) -> None:
    mine = note("a.md", "1  # 1", snippet("1 / 0", skip="no"), snippet("1 / 0", needs=("nothing-of-this-name",)))
    assert executed(tmp_path, mine) == 1
    verification, _ = checked(config(tmp_path), mine)
    assert verification.executed == 0
    assert statuses(verification, "a.md") == [Status.VERIFIED, Status.SKIPPED, Status.SKIPPED]


def test_a_skip_ends_when_what_it_needs_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "packages"
    place.mkdir()
    monkeypatch.syspath_prepend(place)
    monkeypatch.setenv("PYTHONPATH", str(place))
    mine = note("a.md", snippet("1  # 1", needs=("rarity>=2",)))
    settings = config(tmp_path, live=False)
    assert statuses(checked(settings, mine)[0], "a.md") == [Status.SKIPPED]
    (place / "rarity-2.1.dist-info").mkdir()
    (place / "rarity-2.1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: rarity\nVersion: 2.1\n")
    assert statuses(checked(settings, mine)[0], "a.md") == [Status.VERIFIED]


BEFORE = (snippet("x = 1", role=Role.SETUP), snippet("x  # 1"), snippet("assert x == 1", role=Role.CHECK))


@pytest.mark.parametrize(
    ("change", "runs"),
    [
        pytest.param({0: {"code": "x = 1  # one\n"}}, 3, id="code"),
        pytest.param({2: {"code": "assert x < 2\n"}}, 3, id="the last one's code"),
        pytest.param({1: {"options": replace(BEFORE[1].options, tol=0.5)}}, 3, id="tolerance"),
        pytest.param({1: {"options": replace(BEFORE[1].options, new=True), "code": "x = 1\nx  # 1\n"}}, 3, id="namespace"),
        pytest.param({1: {"options": replace(BEFORE[1].options, sets=("cwd",))}}, 3, id="state"),
        pytest.param({1: {"options": replace(BEFORE[1].options, title="A title", lines=(1,))}}, 0, id="caption"),
        pytest.param({1: {"options": replace(BEFORE[1].options, timeout=99.0)}}, 0, id="time limit"),
    ],
)
def test_code_and_options_count_and_captions_and_time_limits_do_not(
    tmp_path: Path, change: dict[int, dict[str, Any]], runs: int
) -> None:
    assert executed(tmp_path, note("a.md", *BEFORE)) == 3
    after = [replace(one, **change.get(index, {})) for index, one in enumerate(BEFORE)]
    assert executed(tmp_path, note("a.md", *after)) == runs


def test_prose_above_does_not_count_and_lines_follow_it(tmp_path: Path) -> None:
    code = ("1 + 1  # 2", "x = 3")
    assert executed(tmp_path, note("a.md", *code)) == 2
    verification, problems = checked(config(tmp_path), note("a.md", *code, first=500))
    assert verification.executed == 0
    assert places(problems) == [("a.md", 500 + 1 + 9, "unproven")]


def test_expected_output_and_choices_count(tmp_path: Path) -> None:
    assert executed(tmp_path, note("a.md", snippet("print(1)", expected="1\n"))) == 1
    assert executed(tmp_path, note("a.md", snippet("print(1)", expected="1 \n"))) == 1
    assert executed(tmp_path, note("f.md", fact("assert answer == 1", "1", "2"))) == 1
    assert executed(tmp_path, note("f.md", fact("assert answer == 1", "1", "3"))) == 1
    assert executed(tmp_path, note("f.md", fact("assert answer == 1", "1", "3"))) == 0


def test_a_file_that_was_read_counts_and_one_that_was_not_does_not(tmp_path: Path) -> None:
    folder = tmp_path / "bits"
    folder.mkdir()
    (folder / "read.txt").write_text("1")
    (folder / "other.txt").write_text("1")
    files = {PurePosixPath(f"bits/{name}.txt"): folder / f"{name}.txt" for name in ("read", "other")}
    mine = note("bits/a.md", "text = open('read.txt').read()\nint(text) > 0  # True")

    def runs() -> int:
        return checked(config(tmp_path), mine, files=files)[0].executed

    assert (runs(), runs()) == (1, 0)
    (folder / "other.txt").write_text("2")
    assert runs() == 0
    (folder / "read.txt").write_text("2")
    assert (runs(), runs()) == (1, 0)
    (folder / "read.txt").write_text("1")
    assert runs() == 1  # one verdict a key: the newest


def test_equal_code_in_another_folder_reads_another_file(tmp_path: Path) -> None:
    for name, number in (("one", 1), ("two", 2)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "n.txt").write_text(str(number))
    files = {PurePosixPath(f"{name}/n.txt"): tmp_path / name / "n.txt" for name in ("one", "two")}
    code = "open('n.txt').read()  # '1'"
    _, problems = checked(config(tmp_path), note("one/a.md", code), files=files)
    assert places(problems) == []
    _, problems = checked(config(tmp_path), note("one/a.md", code), note("two/a.md", code), files=files)
    assert places(problems) == [("two/a.md", FIRST_LINE, "mismatch")]


@pytest.fixture
def mine() -> Note:
    return note("a.md", "1 + 1  # 2", "2  # 2")


def test_the_engine_the_machine_and_the_settings_of_kernels_are_in_the_key(
    tmp_path: Path, mine: Note, monkeypatch: pytest.MonkeyPatch
) -> None:
    def chain() -> tuple[bytes, ...]:
        return Surroundings(tmp_path).chain(mine)

    before = chain()
    assert chain() == before
    monkeypatch.setenv("ATEN_CPU_CAPABILITY", "default")
    capability = chain()
    monkeypatch.setattr(keys, "_cpu", lambda: "another processor")
    machine = chain()
    monkeypatch.setattr(keys, "_engine", lambda: "another engine")
    assert len({before, capability, machine, chain()}) == 4


def test_the_engine_is_all_of_its_source(tmp_path: Path) -> None:
    shutil.copytree(Path(keys.__file__).parent, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    script = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import greenbed.check as c; c.__path__ = [{str(tmp_path)!r}]\n"
    script += "from greenbed.check.keys import _engine; print(_engine())"

    def engine() -> str:
        return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout

    before = engine()
    (tmp_path / "evidence/tokens.py").write_text("# changed\n")
    assert before == keys._engine() + "\n"
    changed = engine()
    (tmp_path / "running/matplotlibrc").write_text("lines.linewidth: 9\n")
    assert len({before, changed, engine()}) == 3


def test_another_version_of_a_package_is_a_miss(tmp_path: Path) -> None:
    surroundings = Surroundings(tmp_path)
    record = {**blank("a.md", 0, ""), "distributions": ["numpy", "torch"]}
    now = surroundings.dependencies(snippet("1"), record)  # type: ignore[arg-type] # a record with one field more filled in
    assert json.loads(now).keys() == {"package:numpy", "package:torch"}
    assert surroundings.unchanged(now)
    assert not surroundings.unchanged(json.dumps({**json.loads(now), "package:torch": "0.1"}))
    assert not surroundings.unchanged(json.dumps({**json.loads(now), "package:not-installed": "1.0"}))
    assert not surroundings.unchanged("damaged")


def test_the_cache_can_be_switched_off(tmp_path: Path, mine: Note) -> None:
    assert executed(tmp_path, mine, use_cache=False) == 2
    assert executed(tmp_path, mine, use_cache=False) == 2
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(b"this is no database, and it is long enough to be taken for one" * 100, id="another file"),
        pytest.param(b"SQLite format 3\0" + b"\xff" * 5000, id="a broken header"),
        pytest.param(None, id="broken pages"),
    ],
)
def test_a_damaged_cache_is_moved_aside_with_a_warning_and_made_anew(tmp_path: Path, mine: Note, damage: bytes | None) -> None:
    assert executed(tmp_path, mine) == 2
    file = tmp_path / "cache" / "verdicts.sqlite3"
    sound = file.read_bytes()
    assert len(sound) > 8192
    broken = damage or sound[:200] + b"\x7f" * (len(sound) - 200)
    file.write_bytes(broken)
    verification, problems = checked(config(tmp_path), mine)
    assert verification.executed == 2
    assert [(problem.path, problem.line, problem.code, problem.severity) for problem in problems] == [
        (".", 1, "cache-damaged", Severity.WARNING)
    ]
    assert (tmp_path / "cache" / "verdicts.damaged").read_bytes() == broken
    assert executed(tmp_path, mine) == 0


def test_a_damaged_row_is_a_miss(tmp_path: Path, mine: Note) -> None:
    assert executed(tmp_path, mine) == 2
    with sqlite3.connect(tmp_path / "cache" / "verdicts.sqlite3") as connection:
        connection.execute("UPDATE verdicts SET record = '{\"note\": 1}'")
    connection.close()
    verification, problems = checked(config(tmp_path), mine)
    assert (verification.executed, problems) == (2, ())


def test_tables_of_another_version_are_made_anew(tmp_path: Path, mine: Note) -> None:
    assert executed(tmp_path, mine) == 2
    connection = sqlite3.connect(tmp_path / "cache" / "verdicts.sqlite3")
    connection.executescript("PRAGMA user_version = 99; ALTER TABLE verdicts DROP COLUMN used")
    connection.close()
    verification, problems = checked(config(tmp_path), mine)
    assert (verification.executed, problems) == (2, ())
    assert executed(tmp_path, mine) == 0


@pytest.mark.parametrize("folder", ["a-file/cache", "/proc/cache"])
def test_where_nothing_can_be_written_everything_is_run_with_a_warning(tmp_path: Path, mine: Note, folder: str) -> None:
    (tmp_path / "a-file").touch()
    verification, problems = checked(config(tmp_path, cache=tmp_path / folder), mine)
    assert statuses(verification, "a.md") == [Status.VERIFIED, Status.VERIFIED]
    assert places(problems) == [(".", 1, "cache-damaged")]
    assert "cannot be used" in problems[0].message


FULL_DISK = """
import sys
from pathlib import Path
from greenbed.check.walls import kernel, namespaces
from tests.check.verifying import checked, config, note, places, statuses
folder = Path(sys.argv[1])
namespaces.enter(namespaces.best_level())
kernel.mount("none", "/", flags=kernel.MS_REC | kernel.MS_PRIVATE)
kernel.mount("tmpfs", str(folder), "tmpfs", options="size=64k")
import os
if os.fork():
    os.wait()
    raise SystemExit
notes = [note(f"{n}.md", f"print('x' * 9999)\\n{n}  # {n}") for n in range(20)]
verification, problems = checked(config(folder, live=False), *notes)
print({str(status) for n in range(20) for status in statuses(verification, f"{n}.md")}, places(problems))
"""


@pytest.mark.skipif(namespaces.best_level() is None, reason="the kernel grants no namespaces here")
def test_on_a_full_disk_everything_is_run_with_a_warning(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.stdout.strip() == "{'verified'} [('.', 1, 'cache-damaged')]", done.stderr


BUILD = """
import sys
from pathlib import Path
from tests.check.verifying import checked, config, note, places, statuses
notes = [note(f"{n}.md", f"{n} + 1  # {n + 1}", f"{n}  # {n}") for n in range(60)]
verification, problems = checked(config(Path(sys.argv[1]), live=False), *notes)
print(sum(len(statuses(verification, f"{n}.md")) for n in range(60)), places(problems))
"""


def test_two_builds_at_once_share_the_cache(tmp_path: Path) -> None:
    command = [sys.executable, "-c", BUILD, str(tmp_path)]
    builds = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [build.communicate(timeout=120) for build in builds]
    assert [out.strip() for out, _ in said] == ["120 []", "120 []"], said
    notes = [note(f"{n}.md", f"{n} + 1  # {n + 1}", f"{n}  # {n}") for n in range(60)]
    assert executed(tmp_path, *notes) == 0
    connection = sqlite3.connect(tmp_path / "cache" / "verdicts.sqlite3")
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


OPEN = """
import sys, time
from pathlib import Path
from greenbed.check.cache import Cache
while time.time() < float(sys.argv[2]):
    pass
cache = Cache(Path(sys.argv[1]))
cache.open()
cache.store({}, {"fact": 1.0})
print([problem.message for problem in cache.problems])
"""


@pytest.mark.parametrize("attempt", range(3))
def test_a_new_cache_may_be_opened_by_many_at_the_same_moment(tmp_path: Path, attempt: int) -> None:
    command = [sys.executable, "-c", OPEN, str(tmp_path / str(attempt)), str(time.time() + 1)]
    opening = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(6)]
    assert [process.communicate(timeout=60)[0].strip() for process in opening] == ["[]"] * 6


def entry(number: int) -> tuple[bytes, Entry]:
    """A verdict under a key of its own."""
    return number.to_bytes(32), Entry(blank("a.md", number, ""), "{}", "2026-01-01")


def test_a_thousand_notes_are_looked_up_in_a_tenth_of_a_second(tmp_path: Path) -> None:
    """The limit for 1,000 notes of two snippets is 100 ms; three times that is allowed here, for slow machines."""
    with opened(tmp_path, use=True) as cache:
        cache.store(dict(map(entry, range(2000))), {})
    wanted = [number.to_bytes(32) for number in range(2000)]
    started = time.perf_counter()
    with opened(tmp_path, use=True) as cache:
        assert len(cache.look_up(wanted)) == 2000
    assert time.perf_counter() - started < 0.3


def test_what_nobody_uses_is_forgotten_and_what_is_used_is_not(tmp_path: Path) -> None:
    today = int(time.time() // 86400)
    with opened(tmp_path, use=True) as cache:
        cache.store(dict(map(entry, range(3))), {})
    connection = sqlite3.connect(tmp_path / "verdicts.sqlite3", isolation_level=None)
    connection.execute("UPDATE verdicts SET used = ?", (today - 59,))
    connection.close()
    with opened(tmp_path, use=True) as cache:
        cache.look_up([entry(1)[0]])
        cache._today = today + 2
        cache.prune()
        assert cache.look_up([entry(number)[0] for number in range(3)]).keys() == {entry(1)[0]}


def test_the_cache_stays_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("greenbed.check.cache._MOST_ROWS", 10)
    with opened(tmp_path, use=True) as cache:
        cache.store(dict(map(entry, range(25))), {})
        cache.prune()
        assert len(cache.look_up([entry(number)[0] for number in range(25)])) == 10


def test_an_interrupted_build_has_not_worked_for_nothing(tmp_path: Path) -> None:
    class Interrupt(Exception):
        pass

    def interrupt_after_three(done: int, total: int, cached: int) -> None:
        if done >= 3:
            raise Interrupt

    notes = [note(f"{n}.md", f"{n}  # {n}") for n in range(6)]
    with pytest.raises(Interrupt):
        verify(notes, config(tmp_path, jobs=1, live=False), {}, progress=interrupt_after_three)
    assert executed(tmp_path, *notes) in (3, 4)


def test_importing_the_cache_and_verification_imports_no_torch() -> None:
    script = "import sys, greenbed.check.verify; print(sorted({'torch', 'numpy', 'importlib.metadata'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
