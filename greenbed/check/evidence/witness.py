"""Takes down which claims were reached while a snippet ran, and which of them did not hold.

Rewritten code (see instrument.py) calls it through hook.py. It never changes what the snippet computes, and a claim that
does not hold never stops it: the author is to see all of them at once.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from types import FrameType
from typing import Any

from greenbed.check.compare import compare
from greenbed.check.evidence import hook, measured
from greenbed.check.evidence.claims import Claim, ClaimKind
from greenbed.check.evidence.judging import Accusation, Judged, ShapeJudge, is_size, said, speaks_of_shape
from greenbed.check.evidence.mend import Mending, mended_comment
from greenbed.check.evidence.scopes import Scopes
from greenbed.check.evidence.sights import Sights
from greenbed.check.evidence.values import reads_as_shape
from greenbed.check.protocol import FailureRecord, UnreachedRecord
from greenbed.check.running.failures import failure, mismatch
from greenbed.check.running.tracebacks import described
from greenbed.model import Code

_VARIES = "something else comes each time that the line is reached"


@dataclass(frozen=True, slots=True)
class _Registered:
    claim: Claim  # its line is of the file
    tol: float | None
    snippet: int
    first: int  # file line of that snippet's first line


class Witness:
    """The claims of a note by number, and the state of those that the running snippet has reached."""

    def __init__(self) -> None:
        self._claims: list[_Registered] = []
        self._held: set[int] = set()
        self._held_before: set[int] = set()  # by an earlier snippet
        self._ever: set[int] = set()  # reached by any snippet, or excused
        self._shapes = ShapeJudge()
        self._muted = False
        self.sights = Sights(hook.ask)
        self.begin()

    @property
    def muted(self) -> bool:
        """Whether nothing is taken down: while the distractors of a fact are tried."""
        return self._muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        self._muted = self.sights.muted = muted

    @property
    def scopes(self) -> Scopes:
        """What names in shapes mean."""
        return self._shapes.scopes

    def begin(self, snippet: int = 0, first: int = 1) -> None:
        """Forget what was reached, for the next snippet; claims stay known, since functions outlive their snippet."""
        self._home = (snippet, first)
        self.sights.begin(snippet, first)
        self._held_before |= self._held
        self._held = set()
        self._wrong: dict[int, FailureRecord] = {}
        self._reached: dict[int, int] = {}
        self._last: dict[int, str] = {}

    def register(self, claim: Claim, *, offset: int, tol: float | None) -> int:
        """A number for `claim`, whose line is `offset` lines further down in the file."""
        self._claims.append(_Registered(replace(claim, line=claim.line + offset), tol, *self._home))
        return len(self._claims) - 1

    @property
    def checks(self) -> int:
        """Claims of the running snippet that were reached and held each time; asserts count also in functions of others."""
        return sum(self._is_own(number) for number in self._held - self._wrong.keys())

    def _is_own(self, number: int) -> bool:
        one = self._claims[number]
        return one.claim.kind is ClaimKind.ASSERT or one.snippet == self._home[0]

    def proves(self) -> list[int]:
        """The snippets of the other claims that held here, and not before: each once for each claim."""
        held = self._held - self._wrong.keys() - self._held_before
        return sorted(self._claims[number].snippet for number in held if not self._is_own(number))

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

    def unreached(self) -> list[UnreachedRecord]:
        """The comments and annotations that no snippet has reached so far; asserts are not meant."""
        missing = [one for number, one in enumerate(self._claims) if number not in self._ever]
        places = {(one.snippet, one.claim.line - one.first + 1) for one in missing if one.claim.kind is not ClaimKind.ASSERT}
        return [{"snippet": snippet, "line": line} for snippet, line in sorted(places)]

    def excuse(self, first: int, last: int) -> None:
        """The claims from file line `first` to `last` could not be reached, as the author says."""
        self._ever |= {number for number, one in enumerate(self._claims) if first <= one.claim.line <= last}

    def compiled(self, number: int) -> None:
        """The code around a claim was compiled: whether it is reached cannot be said."""
        self._ever.add(number)

    def _reach(self, number: int) -> None:
        self._ever.add(number)
        self._reached[number] = self._reached.get(number, 0) + 1

    def held(self, number: int) -> None:
        """An assert was passed."""
        if not self.muted:
            self._reach(number)
            self._held.add(number)

    def enter(self, frame: FrameType) -> None:
        """A call begins of a function with shape claims."""
        self.scopes.enter(frame)

    def shape(self, number: int, value: object, frame: FrameType | None, passed: tuple[object, ...] = ()) -> object:
        """Judge the shape of `value`, and hand the value on; `passed` are variables that the claim names."""
        if self._muted:
            self._ever.add(number)
            return value
        self._reached[number] = self._reached.get(number, 0) + 1
        claim = self._claims[number].claim
        if frame is not None and number in self._held and self._shapes.recalls(number, claim, value, frame, passed):
            return value
        self._ever.add(number)
        if number in self._wrong:
            return value
        judged = self._shapes.judge(number, claim, value, frame, passed)
        if judged is Judged.HELD:
            self._held.add(number)
        elif isinstance(judged, Accusation):
            message, hint = f"{self._place(number)}{judged.message}", judged.hint
            self._wrong[number] = failure(
                Code.SHAPE, claim.line, message, hint=hint, want=said(claim), got=judged.got, column=claim.column
            )
        return value

    def value(self, number: int, value: object) -> object:
        """Compare the repr of a bare expression's value, and hand the value on."""
        claim = self._claims[number].claim
        if claim.shapes and speaks_of_shape(value):
            return self.shape(number, value, None)
        if self.muted or (measured.is_array(value) and reads_as_shape(claim.want)):
            self._ever.add(number)
            return value
        try:
            # a shape may be written as the tuple that it is equal to
            got = repr(tuple(value)) if claim.shapes and isinstance(value, tuple) and is_size(value) else repr(value)
        except Exception as error:  # the author's __repr__ may raise anything
            self._refuse(number, f"repr of the value raised {described(error)}")
        else:
            self._judge(number, got)
        return value

    def printer(self, number: int, function: Callable[..., Any]) -> Callable[..., Any]:
        """`print`, wrapped to compare what one call of it writes."""

        def written(*args: object, **options: object) -> object:
            if len(args) == 1 and self._claims[number].claim.shapes and (is_size(args[0]) or speaks_of_shape(args[0])):
                self.shape(number, args[0], None)
                return function(*args, **options)
            if self.muted or (reads_as_shape(self._claims[number].claim.want) and any(map(measured.is_array, args))):
                self._ever.add(number)
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
        self._reach(number)
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
        self._reach(number)
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
