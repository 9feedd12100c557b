"""What a verdict depends on: the cache key of a snippet, and the things beside it that are looked at again.

The key of a snippet covers the engine, the machine, the code and options, and by way of the key before it every snippet above.
It leaves out lines, titles and time limits: they change nothing that a snippet shows.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import greenbed
from greenbed.check.installed import Installed
from greenbed.check.protocol import Record
from greenbed.model import Note, Snippet

_CPU_FIELDS = ("vendor_id", "cpu family", "model", "model name", "flags", "CPU implementer", "CPU part", "Features")
_SETTINGS = (
    "ATEN_",
    "DNNL_",
    "KMP_",
    "MKL_",
    "ONEDNN_",
    "OPENBLAS_",
    "PYTORCH_",
    "TORCH_",
)  # environment variables that steer kernels
_SETTINGS_EXACT = ("CUDA_VISIBLE_DEVICES", "LANG", "LC_ALL", "TZ")
_NAME = re.compile(r"[A-Za-z_][\w.-]*")


class Surroundings:
    """The machine, the installation and the files, each looked at once in a build."""

    def __init__(self, root: Path) -> None:
        self.installed = Installed()
        self._root = root
        self._hashes: dict[str, str] = {}
        self._judged: dict[str, bool] = {}

    @cached_property
    def base(self) -> bytes:
        """What all keys of a build begin with."""
        settings = sorted(f"{name}={value}" for name, value in os.environ.items() if _steers(name))
        parts = (
            _engine(),
            f"{platform.python_implementation()} {platform.python_version()} {platform.system()} {platform.machine()}",
            self.installed.version("torch"),
            _cpu(),
            *settings,
            *sorted(str(device) for device in Path("/dev").glob("nvidia[0-9]*")),
        )
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).digest()

    def chain(self, note: Note) -> tuple[bytes, ...]:
        """A key for each snippet. The note's path counts: code sees it, and names files relative to its folder."""
        key = self.base + str(note.path).encode("utf-8", "surrogateescape")
        keys = []
        for snippet in note.snippets:
            key = hashlib.sha256(key + _canonical(snippet, note)).digest()
            keys.append(key)
        return tuple(keys)

    def dependencies(self, snippet: Snippet, record: Record) -> str:
        """What beside the key the record depends on, as it is now: JSON of "file:…" → hash, "package:…" → version."""
        files = {f"file:{self._relative(path)}": self._hash(path) for path in record["reads"]}
        names = {self.installed.distribution_of(module) for module in record["distributions"]}
        names |= {self.installed.distribution_of(need) for need in _names_in(snippet.options.needs)}
        return json.dumps(files | {f"package:{name}": self.installed.version(name) for name in sorted(names)})

    def unchanged(self, dependencies: str) -> bool:
        """Whether everything is still as it was when the record was made; not where that cannot be read."""
        if dependencies not in self._judged:  # most snippets of a garden depend on the same few packages
            self._judged[dependencies] = self._unchanged(dependencies)
        return self._judged[dependencies]

    def _unchanged(self, dependencies: str) -> bool:
        try:
            return all(self._now(name) == then for name, then in json.loads(dependencies).items())
        except (AttributeError, ValueError):
            return False

    def _now(self, dependency: str) -> str:
        kind, _, name = dependency.partition(":")
        return self._hash(str(self._root / name)) if kind == "file" else self.installed.version(name)

    def _relative(self, path: str) -> str:
        """Below the project folder without it, so that a cache can move with its checkout."""
        return str(Path(path).relative_to(self._root)) if Path(path).is_relative_to(self._root) else path

    def _hash(self, path: str) -> str:
        if path not in self._hashes:
            self._hashes[path] = _sha256(path)
        return self._hashes[path]


def _steers(name: str) -> bool:
    return name.startswith(_SETTINGS) or name in _SETTINGS_EXACT


def _names_in(needs: Iterable[str]) -> list[str]:
    return [match[0] for need in needs if (match := _NAME.match(need.strip()))]


def _canonical(snippet: Snippet, note: Note) -> bytes:
    """The parts of a snippet that its result depends on; the literals that are evaluated around it are among them."""
    options = snippet.options
    ahead = (None,) if snippet.index == 0 else ()
    literals = [one for one in note.literals if one.after in (snippet.index, *ahead)]
    parts = (
        snippet.code,
        snippet.role.value,
        options.raises and (options.raises.type, options.raises.text),
        options.skip,
        options.needs,
        options.tol,
        options.sets,
        options.new,
        options.show,
        options.alt,
        snippet.expected and snippet.expected.text,
        tuple(choice.text for choice in snippet.choices),
        tuple((one.after is None, one.text, one.expression) for one in literals),
    )
    return repr(parts).encode("utf-8", "surrogatepass")


def _engine() -> str:
    """A hash of the source of what runs and draws: a changed engine checks everything again."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    ours = [*here.rglob("*.py"), *here.rglob("matplotlibrc")]
    for file in [*sorted(ours), Path(greenbed.__file__).with_name("heatmap.py")]:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _cpu() -> str:
    """The first processor's model and instruction sets, which decide which kernels run."""
    try:
        with Path("/proc/cpuinfo").open(encoding="utf-8", errors="replace") as lines:
            first = lines.read(8192).partition("\n\n")[0].splitlines()
    except OSError:
        return platform.processor()
    return "\n".join(line for line in first if line.partition(":")[0].strip() in _CPU_FIELDS)


def _sha256(path: str) -> str:
    try:
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""  # it is not there, which is a state like another
