"""The judgement of a note's process from outside: one record for each snippet, whatever came through the pipe."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from greenbed.check.jobs import Beside, job_of
from greenbed.check.protocol import as_record, blank
from greenbed.check.supervision.channel import Channel
from greenbed.check.supervision.reporter import LOST_PIPE
from greenbed.check.supervision.trial import Trial
from greenbed.model import Code
from tests.check.verifying import config, note


@pytest.fixture
def trial(tmp_path: Path) -> Iterator[Trial]:
    """Of a note with three snippets; its folder holds nothing yet."""
    job = job_of(note("a.md", "one = 1\n", "two = 2\n", "three = 3\n"), config(tmp_path), Beside({}))
    ends = os.pipe()
    yield Trial(7, job, tmp_path, None, Channel(*ends), gate=ends[1])
    for end in ends:
        os.close(end)


def exited(code: int) -> int:
    """The wait status of a process that ended by itself."""
    return code << 8


@pytest.mark.parametrize(
    ("status", "memory_ran_out", "code", "said"),
    [
        (exited(0), False, Code.EXITED, "exit code 0"),
        (exited(LOST_PIPE), False, Code.CRASHED, "closed the files"),
        (signal.SIGSEGV, False, Code.CRASHED, "SIGSEGV"),
        (signal.SIGABRT | 0x80, False, Code.CRASHED, "SIGABRT"),
        (signal.SIGKILL, False, Code.CRASHED, "SIGKILL"),
        (signal.SIGKILL, True, Code.MEMORY, "no memory left"),
        (signal.SIGSEGV, True, Code.CRASHED, "SIGSEGV"),
        (signal.SIGRTMIN + 3, False, Code.CRASHED, "signal 37"),
    ],
)
def test_how_a_process_ended_says_what_the_snippet_in_progress_did(
    trial: Trial, status: int, memory_ran_out: bool, code: Code, said: str
) -> None:
    trial.take({"start": 0})
    trial.take({**blank("a.md", 0, ""), "status": "ran"})
    trial.take({"start": 1})
    records = trial.verdict(status, memory_ran_out=memory_ran_out)
    assert [record["status"] for record in records] == ["ran", "failed", "not_run"]
    (failure,) = records[1]["failures"]
    assert failure["code"] == code
    assert said in failure["message"]
    assert failure["hint"]
    assert records[2]["reason"] == "line 20 did not finish"


def test_the_stack_that_was_left_gives_the_line_and_frames_elsewhere_do_not(trial: Trial, tmp_path: Path) -> None:
    file = trial.job["file"]
    (tmp_path / "trace").write_text(
        f'Current thread 0x1 (most recent call first):\n  File "/lib/x.py", line 10 in f\n  File "{file}", line 30 in g\n'
    )
    trial.take({"start": 2})
    assert trial.verdict(signal.SIGSEGV, memory_ran_out=False)[2]["failures"][0]["line"] == 1
    trial.job["snippets"][2]["code"] = "a\nb\nc\n"
    (tmp_path / "trace").write_text(f'  File "{file}", line 31 in g\n  File "{file}", line 30 in <module>\n')
    assert trial.verdict(signal.SIGSEGV, memory_ran_out=False)[2]["failures"][0]["line"] == 2


def test_a_death_between_two_snippets_is_the_next_ones(trial: Trial) -> None:
    trial.take({"start": 0})
    trial.take({**blank("a.md", 0, ""), "status": "ran"})
    records = trial.verdict(signal.SIGSEGV, memory_ran_out=False)
    assert [record["status"] for record in records] == ["ran", "failed", "not_run"]


def test_a_harness_that_breaks_is_held_against_the_snippet_with_the_reason(trial: Trial) -> None:
    trial.take({"start": 0})
    trial.take({"broken": "Traceback …\nTypeError: 'NoneType' object is not callable\n"})
    failure = trial.verdict(exited(1), memory_ran_out=False)[0]["failures"][0]
    assert failure["code"] == Code.CRASHED
    assert failure["message"] == "broke the interpreter it runs in: TypeError: 'NoneType' object is not callable"


PARTS = {**blank("a.md", 1, ""), "status": "ran"}
VALUES = st.none() | st.booleans() | st.integers(-5, 50) | st.text(max_size=3) | st.lists(st.integers(), max_size=2)
MESSAGES = st.dictionaries(st.sampled_from(["start", "at", "broken", *PARTS]), VALUES, max_size=4).flatmap(
    lambda changes: st.sampled_from([changes, {**PARTS, **changes}])
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(MESSAGES, max_size=6), st.sampled_from([exited(0), exited(3), signal.SIGKILL]))
def test_whatever_a_snippet_forges_there_is_one_record_for_each(
    trial: Trial, messages: list[dict[str, object]], status: int
) -> None:
    fresh = Trial(trial.ticket, trial.job, trial.folder, None, trial.stream, trial.gate)
    for message in messages:
        fresh.take(message)
    records = fresh.verdict(status, memory_ran_out=False)
    assert [record["snippet"] for record in records] == [0, 1, 2]
    assert all(record == as_record(record) for record in records)
