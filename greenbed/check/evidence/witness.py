"""Takes down which claims were reached while a snippet ran, and which of them did not hold.

Rewritten code (see instrument.py) calls it through hook.py. It never changes what the snippet computes, and a claim that
does not hold never stops it: the author is to see all of them at once.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from greenbed.check.compare import compare
from greenbed.check.evidence.claims import Claim
from greenbed.check.evidence.mend import Mending, mended_comment
from greenbed.check.protocol import FailureRecord
from greenbed.check.running.failures import failure, mismatch
from greenbed.check.running.tracebacks import described
from greenbed.model import Code

_VARIES = "something else comes each time that the line is reached"


@dataclass(frozen=True, slots=True)
class _Registered:
    claim: Claim  # its line is of the file
    tol: float | None


class Witness:
    """The claims of a note by number, and the state of those that the running snippet has reached."""

    def __init__(self) -> None:
        self._claims: list[_Registered] = []
        self._held: set[int] = set()
        self._held_before: set[int] = set()  # by an earlier snippet
        self.muted = False
        """Whether nothing is taken down: while the distractors of a fact are tried."""
        self.begin()

    def begin(self) -> None:
        """Forget what was reached, for the next snippet; claims stay known, since functions outlive their snippet."""
        self._held_before |= self._held
        self._held = set()
        self._wrong: dict[int, FailureRecord] = {}
        self._reached: dict[int, int] = {}
        self._last: dict[int, str] = {}

    def register(self, claim: Claim, *, offset: int, tol: float | None) -> int:
        """A number for `claim`, whose line is `offset` lines further down in the file."""
        self._claims.append(_Registered(replace(claim, line=claim.line + offset), tol))
        return len(self._claims) - 1

    @property
    def checks(self) -> int:
        """Claims that were reached and held each time."""
        return len(self._held - self._wrong.keys())

    @property
    def failures(self) -> list[FailureRecord]:
        """One for each claim that did not hold, for the first time that it did not."""
        return [self._wrong[number] for number in sorted(self._wrong)]

    @property
    def outcomes(self) -> list[str]:
        """What came of each claim, comparable between two runs: that it held, or what came instead."""
        return [
            f"{number} {self._wrong[number]['got'] if number in self._wrong else 'held'}" for number in sorted(self._reached)
        ]

    def held(self, number: int) -> None:
        """An assert was passed."""
        if not self.muted:
            self._reached[number] = self._reached.get(number, 0) + 1
            self._held.add(number)

    def value(self, number: int, value: object) -> object:
        """Compare the repr of a bare expression's value, and hand the value on."""
        claim = self._claims[number].claim
        if self.muted or (claim.is_shape and _has_shape(value)):
            return value
        try:
            # a shape may be written as the tuple that it is equal to
            got = repr(tuple(value)) if claim.is_shape and _is_size(value) else repr(value)  # type: ignore[arg-type]  # a Size is a tuple
        except Exception as error:  # the author's __repr__ may raise anything
            self._refuse(number, f"repr of the value raised {described(error)}")
        else:
            self._judge(number, got)
        return value

    def printer(self, number: int, function: Callable[..., Any]) -> Callable[..., Any]:
        """`print`, wrapped to compare what one call of it writes."""

        def written(*args: object, **options: object) -> object:
            if self.muted or (self._claims[number].claim.is_shape and any(_has_shape(value) for value in args)):
                return function(*args, **options)
            copy = _Copy(sys.stdout)
            sys.stdout = copy
            try:
                result = function(*args, **options)
            finally:
                sys.stdout = copy.original
            self._judge(number, copy.text.getvalue())
            return result

        return written

    def _judge(self, number: int, got: str) -> None:
        self._reached[number] = self._reached.get(number, 0) + 1
        if self._last.get(number) == got:
            return
        if number in self._wrong:
            self._wrong[number] |= {"mended": "", "unmended": _VARIES}
            return
        claim, tol = self._claims[number].claim, self._claims[number].tol
        difference = compare(claim.want, got, tol=tol)
        self._last[number] = got
        if difference is not None:
            mending = self._mending(number, got)
            place = self._place(number)
            self._wrong[number] = mismatch(
                claim.line, claim.want, got, difference, claim=claim.kind, place=place, mending=mending
            )
            return
        self._held.add(number)

    def _mending(self, number: int, got: str) -> Mending:
        """What would hold in the claim's place, unless what is written has held before."""
        claim, tol = self._claims[number].claim, self._claims[number].tol
        if number in self._held or number in self._held_before:
            return Mending(claim.written, reason=_VARIES)
        return mended_comment(claim, got, tol)

    def _place(self, number: int) -> str:
        times = self._reached[number]
        return f"time {times} that this line was reached: " if times > 1 else ""

    def _refuse(self, number: int, message: str) -> None:
        self._reached[number] = self._reached.get(number, 0) + 1
        claim = self._claims[number].claim
        self._wrong.setdefault(number, failure(Code.FAILED, claim.line, message, want=claim.want))


class _Copy:
    """Standard output that also keeps what is written to it."""

    def __init__(self, original: Any) -> None:
        self.original = original
        self.text = io.StringIO()

    def write(self, text: str) -> Any:
        self.text.write(text)
        return None if self.original is None else self.original.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.original, name)


def _has_shape(value: object) -> bool:
    """Whether integers in parentheses beside `value` speak of its shape: tensors and arrays."""
    return hasattr(type(value), "shape") and hasattr(type(value), "dtype")


def _is_size(value: object) -> bool:
    return isinstance(value, tuple) and type(value).__name__ == "Size"
