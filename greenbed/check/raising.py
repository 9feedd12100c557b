"""raises="RuntimeError: view size": whether the exception that came is the one that was promised."""

from __future__ import annotations

import sys

from greenbed.check.failures import failure
from greenbed.check.protocol import FailureRecord
from greenbed.check.tracebacks import described
from greenbed.model import Code


def is_promised(error: BaseException, promise: tuple[str, str]) -> bool:
    """Whether `error` is of the promised type, by its name or a base's, and its message contains the text."""
    name, text = promise
    return is_called(error, name) and " ".join(text.split()) in " ".join(str(error).split())


def is_called(error: BaseException, name: str) -> bool:
    """Whether `name` names the type of `error` or one of its bases; dotted names are understood."""
    for base in type(error).__mro__:
        qualified = f"{base.__module__}.{base.__qualname__}"
        if name in (base.__name__, base.__qualname__, qualified) or qualified.endswith(f".{name}"):
            return True
    found = _lookup(name)
    return isinstance(found, type) and isinstance(error, found)


def _lookup(name: str) -> object:
    """What a dotted name stands for: torch.linalg.LinAlgError is defined elsewhere."""
    first, *rest = name.split(".")
    found: object = sys.modules.get(first)
    for part in rest:
        found = getattr(found, part, None)
    return found


def broken_promise(error: BaseException | None, promise: tuple[str, str], line: int) -> FailureRecord:
    """The last statement raised something else, or nothing."""
    want = f"{promise[0]}: {promise[1]}" if promise[1] else promise[0]
    got = "nothing was raised" if error is None else described(error)
    message = f"the last statement was to raise {want!r}; {'nothing was raised' if error is None else f'{got!r} came'}"
    return failure(Code.NOT_RAISED, line, message, hint="mend the code, or what raises= promises", want=want, got=got)
