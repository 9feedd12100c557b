"""Whether a note has drawn from a global random generator before seeding it, so that its results are an accident.

Each generator starts from the ambient seed. It is watched in two ways: its state is compared after each snippet, and the
functions that seed it are wrapped, since a snippet may draw first and seed later. What the operating system or the clock gives
is an accident too. To suspect too much costs a second run and nothing else: only different results are held against a note.
"""

from __future__ import annotations

import ast
import ctypes
import functools
import hashlib
import os
import random
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from types import ModuleType
from typing import Any

_State = Callable[[], object]

_CLOCKS = frozenset({"time", "time_ns", "now", "utcnow", "today", "getpid", "uuid1", "getnode"})


class Generator:
    """One global generator, from the ambient seed on.

    `state` gives something to compare, `keep` what `put_back` takes.
    """

    def __init__(self, state: _State, keep: _State, put_back: Callable[[Any], object]) -> None:
        self._state = state
        self._keep = keep
        self._put_back = put_back
        self._ambient = state()
        self.is_seeded = False
        self.drawn_unseeded = False

    def look(self) -> None:
        """Notice what was drawn since the ambient seed was set."""
        if not self.is_seeded and not self.drawn_unseeded:
            self.drawn_unseeded = self._state() != self._ambient

    def seeded(self, *, by_note: bool) -> None:
        """It has got a new state: from the note, or from the operating system, which is as good as none."""
        # a state that is put back, as fork_rng does, is the ambient one again
        self.is_seeded = by_note and self._state() != self._ambient
        self.drawn_unseeded |= not by_note

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Leave it as it is now; that it was drawn from unseeded meanwhile is still noticed."""
        state, is_seeded = self._keep(), self.is_seeded
        try:
            yield
        finally:
            self.look()
            self._put_back(state)
            self.is_seeded = is_seeded


class Randomness:
    """The global generators of random, numpy and torch, as far as they are installed."""

    def __init__(self, seed: int) -> None:
        self._generators: list[Generator] = []
        self._drew_entropy = False
        self._watch_python(seed)
        if (numpy := _imported("numpy.random")) is not None:
            self._watch_numpy(numpy, seed % 2**32)
        if (torch := _imported("torch")) is not None:
            self._watch_torch(torch, seed)
        self._watch_entropy()  # last, since importing numpy's generators draws some

    def is_unseeded(self) -> bool:
        """Whether anything was drawn that the note has not seeded, up to now."""
        for generator in self._generators:
            generator.look()
        return self._drew_entropy or any(generator.drawn_unseeded for generator in self._generators)

    def suspect(self, trees: Iterable[ast.AST]) -> None:
        """Look for what cannot be watched: the clock, and `generator.seed()`, which torch has in C."""
        calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
        self._drew_entropy |= any(_called(call) in _CLOCKS or _seeds_itself(call) for call in calls)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """What is drawn meanwhile does not move what comes later."""
        with ExitStack() as stack:
            for generator in self._generators:
                stack.enter_context(generator.kept())
            yield

    def digest(self, outcomes: Iterable[str]) -> str:
        """What two ambient seeds are compared by; "" where results don't depend on them."""
        return hashlib.sha256("\0".join(outcomes).encode("utf-8", "replace")).hexdigest() if self.is_unseeded() else ""

    def _watch_python(self, seed: int) -> None:
        random.seed(seed)
        generator = self._add(random.getstate, random.getstate, random.setstate)
        self._wrap(random, "seed", generator)
        self._wrap(random, "setstate", generator)

    def _watch_numpy(self, module: ModuleType, seed: int) -> None:
        module.seed(seed)
        generator = self._add(lambda: _numpy_state(module), module.get_state, module.set_state)
        self._wrap(module, "seed", generator)
        self._wrap(module, "set_state", generator)

    def _watch_torch(self, torch: Any, seed: int) -> None:
        # manual_seed also queues a call for each kind of device that is not there
        (torch.manual_seed if torch.cuda.is_available() else torch.default_generator.manual_seed)(seed)
        default = torch.default_generator
        generator = self._add(lambda: _torch_state(torch), default.get_state, default.set_state)
        for name in ("manual_seed", "seed", "set_rng_state"):
            self._wrap(torch, name, generator)
            setattr(torch.random, name, getattr(torch, name))

    def _add(self, state: _State, keep: _State, put_back: Callable[[Any], object]) -> Generator:
        generator = Generator(state, keep, put_back)
        self._generators.append(generator)
        return generator

    def _wrap(self, module: Any, name: str, generator: Generator) -> None:
        """Let `generator` know when its seed is set; without an argument the operating system gives one."""
        function = getattr(module, name)

        @functools.wraps(function)
        def seeding(*args: Any, **options: Any) -> Any:
            generator.look()
            result = function(*args, **options)
            generator.seeded(by_note=_has_seed(args, options))
            return result

        setattr(module, name, seeding)

    def _watch_entropy(self) -> None:
        """Hear of bytes from the operating system, from which secrets, uuid4 and numpy's new generators are made."""
        urandom, seed = os.urandom, random.Random.seed

        @functools.wraps(urandom)
        def drawing(size: int, /) -> bytes:
            self._drew_entropy = True
            return urandom(size)

        @functools.wraps(seed)
        def seeding(generator: random.Random, *args: Any, **options: Any) -> None:
            self._drew_entropy |= not _has_seed(args, options)
            seed(generator, *args, **options)

        vars(os)["urandom"] = vars(random)["_urandom"] = drawing
        setattr(random.Random, "seed", seeding)  # noqa: B010  # a method, which mypy would not let be assigned


def _called(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""


def _seeds_itself(call: ast.Call) -> bool:
    return _called(call) == "seed" and not call.args and not call.keywords


def _has_seed(args: tuple[Any, ...], options: dict[str, Any]) -> bool:
    given = [*args[:1], *options.values()]
    return bool(given) and given[0] is not None


def _numpy_state(module: Any) -> object:
    name, keys, *rest = module.get_state()
    return name, keys.tobytes(), *rest


def _torch_state(torch: Any) -> bytes:
    state = torch.default_generator.get_state()
    return ctypes.string_at(state.data_ptr(), state.numel())  # works without numpy too


def _imported(name: str) -> ModuleType | None:
    """A module, imported where it is installed; None where it is not."""
    try:
        __import__(name)
    except ImportError:
        return None
    return sys.modules[name]
