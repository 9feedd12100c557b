"""An exception that ended a snippet → one failure: which kind it is, the line to blame, and how to mend it."""

from __future__ import annotations

import ast
import errno
import re
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from greenbed.check.protocol import FailureRecord
from greenbed.check.running.capture import Flood
from greenbed.check.running.failures import cut, failure, one_line, quoted
from greenbed.check.running.listing import Listing
from greenbed.check.running.postmortem import examine
from greenbed.check.running.tracebacks import Place, described, message_of
from greenbed.model import Code

_LONGEST = 300  # characters of an exception's message
_GIB = 2**30

_REFUSED = frozenset({errno.EPERM, errno.EACCES, errno.EROFS})
_UNREACHABLE = frozenset(
    {errno.ENETUNREACH, errno.EADDRNOTAVAIL, errno.ENETDOWN, errno.EHOSTUNREACH, errno.ECONNREFUSED, errno.EAFNOSUPPORT}
)
_REFUSED_TEXT = re.compile(r"Permission denied|Read-only file system|Operation not permitted|Network is unreachable|errno 13\b")
_NO_MEMORY_TEXT = re.compile(r"can't allocate memory|not enough memory|[Cc]annot allocate memory|bad_alloc|out of memory")
_NO_CUDA_TEXT = re.compile(r"not compiled with CUDA|No CUDA GPUs|Found no NVIDIA driver|CUDA is not available")


@dataclass(frozen=True, slots=True)
class Scene:
    """Where an exception was raised, and under which limits."""

    place: Place
    first: int  # file lines of the snippet that ran
    last: int
    asserts: Mapping[int, ast.Assert]  # of the whole note so far, by each file line that they stand on
    listing: Listing
    memory_bytes: int
    output_bytes: int


def explain(error: BaseException, scene: Scene) -> FailureRecord:
    """The failure that `error` is, its traceback in `detail`."""
    record = _recognised(error, scene, blamed_line(error, scene))
    record["detail"] = scene.place.formatted(error)
    return record


def blamed_line(error: BaseException, scene: Scene) -> int:
    """The innermost line of the snippet that was being executed; else of the note; else the snippet's first."""
    if isinstance(error, SyntaxError) and error.filename == scene.place.file and error.lineno:
        return error.lineno
    lines = [line for _, line in scene.place.frames(error)]
    inside = [line for line in lines if scene.first <= line <= scene.last]
    return [scene.first, *lines, *inside][-1]


def _recognised(error: BaseException, scene: Scene, line: int) -> FailureRecord:
    if isinstance(error, Flood):
        return flooded(line, scene.output_bytes)
    if isinstance(error, SystemExit):
        hint = "a snippet has to run to its end, or the ones after it prove nothing: take the exit out"
        return failure(Code.EXITED, line, f"the snippet ended the interpreter: {described(error)}", hint=hint)
    if isinstance(error, AssertionError) and not _NO_CUDA_TEXT.search(message_of(error)):
        return _assertion(error, scene, line)
    if _is_memory(error):
        hint = f"a note may use {scene.memory_bytes / _GIB:g} GiB: make it smaller, or raise memory_bytes in [tool.greenbed]"
        return failure(Code.MEMORY, line, f"out of memory: {_message(error)}", hint=hint)
    if _is_forbidden(error):
        hint = "a snippet has no network and may write only in its own folder; it can read files that lie beside the note"
        return failure(Code.FORBIDDEN, line, _message(error), hint=hint)
    return failure(Code.FAILED, line, _message(error), hint=_hint(error, line))


def flooded(line: int, limit: int) -> FailureRecord:
    """The snippet has written more than it may."""
    return failure(
        Code.FLOOD, line, f"more than {limit:,} bytes of output", hint="print less, or raise output_bytes in [tool.greenbed]"
    )


def _message(error: BaseException) -> str:
    return cut(one_line(described(error)), _LONGEST)


def _hint(error: BaseException, line: int) -> str:
    if isinstance(error, ModuleNotFoundError) and error.name:
        package = error.name.partition(".")[0]
        return f'install {package}, or put needs="{package}" on the fence to skip it where it is missing'
    if isinstance(error, NameError) and not isinstance(error, UnboundLocalError) and error.name:
        return f"{error.name} is not defined on this page before line {line}: add a setup block"
    if isinstance(error, SyntaxError):
        return _syntax_hint((error.text or "").lstrip())
    if isinstance(error, EOFError):
        return "nobody types at build time: give the value in the code"
    if _NO_CUDA_TEXT.search(message_of(error)):
        return 'put needs="cuda" on the fence to skip it where there is none'
    return ""


def _syntax_hint(text: str) -> str:
    if text.startswith(("%", "!")):
        return "notebook and shell commands do not run here: take the line out"
    if text.startswith(">>>"):
        return "begin the fence with >>> to make all of it a session"
    return ""


def _is_memory(error: BaseException) -> bool:
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError":
        return True
    if isinstance(error, OSError):
        return error.errno == errno.ENOMEM
    return isinstance(error, RuntimeError) and _NO_MEMORY_TEXT.search(message_of(error)) is not None


def _is_forbidden(error: BaseException) -> bool:
    """Also where a library has wrapped the refusal in an exception of its own."""
    if isinstance(error, OSError):
        return any(_is_refusal(part) for part in _causes(error))
    if isinstance(error, RuntimeError) and _REFUSED_TEXT.search(message_of(error)):
        return True
    return any(_is_refusal(part) and _is_network(part) for part in _causes(error))


def _is_refusal(error: BaseException) -> bool:
    return isinstance(error, PermissionError | socket.gaierror) or getattr(error, "errno", None) in _REFUSED | _UNREACHABLE


def _is_network(error: BaseException) -> bool:
    return isinstance(error, socket.gaierror) or getattr(error, "errno", None) in _UNREACHABLE or "network" in message_of(error)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The exception, what it wraps and what led to it, each once."""
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting:
        part = waiting.pop()
        if isinstance(part, BaseException) and id(part) not in seen:
            seen.add(id(part))
            yield part
            waiting += [part.__cause__, part.__context__, getattr(part, "reason", None) if isinstance(part, OSError) else None]


def _assertion(error: AssertionError, scene: Scene, line: int) -> FailureRecord:
    """An assert of the note's with both sides, or the message of an `assert_…` that it called."""
    frames = scene.place.frames(error)
    if not frames or _innermost(error) != frames[-1]:  # raised inside a library
        return failure(Code.FAILED, line, f"{quoted(scene.listing.text(line, line))} failed: {_message(error)}")
    frame, at = frames[-1]
    node = scene.asserts.get(at)
    if node is None:  # raise AssertionError
        return failure(Code.FAILED, line, _message(error))
    finding = examine(node.test, frame)
    reasons = [part for part in (finding.message, one_line(message_of(error))) if part]
    message = ": ".join([f"{_source(node, scene)} does not hold", *reasons])
    return failure(Code.FAILED, line, cut(message, _LONGEST), want=finding.want, got=finding.got)


def _source(node: ast.Assert, scene: Scene) -> str:
    """The assert as written, in one line, without its message."""
    test = node.test
    first, last = test.lineno, test.end_lineno or test.lineno
    text = scene.listing.text(first, last).encode()  # columns count bytes
    behind = len(scene.listing.text(last, last).encode()) - (test.end_col_offset or 0)
    return f"assert {quoted(text[test.col_offset : len(text) - behind].decode(errors='replace'), 120)}"


def _innermost(error: BaseException) -> tuple[object, int] | None:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return None if trace is None else (trace.tb_frame, trace.tb_lineno)
