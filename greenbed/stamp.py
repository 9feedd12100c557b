"""The stamp of the last clean build: what went in, and what was reported. If nothing has changed there is nothing to do.

The command asks here before it imports anything heavy. The stamp holds a digest of every input (settings, content, templates,
static files, the engine itself, the installed packages, the processor, the last commit) and of every file that a snippet read
elsewhere; the output is trusted while each of its files has the size and time that the manifest gives.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from pathlib import Path

from greenbed import problems, teeth
from greenbed.model import Config, Report
from greenbed.show.manifest import read_manifest

PASSING = {"check", "jobs", "only", "use_cache", "teeth"}
"""Fields of Config that change how the work is done and not what comes out."""


def unchanged(config: Config) -> Report | None:
    """The report of the last build, if this one would do the same again; else None."""
    if config.only or config.teeth or not config.use_cache:
        return None
    started = time.perf_counter()
    stored = read_stamp(config)
    if stored is None or stored["inputs"] != fingerprint(config) or not are_as_read(stored["reads"]):
        return None
    if not config.check and not site_is_as_written(config):
        return None
    return repeated(stored["report"], seconds=time.perf_counter() - started)


def keep(config: Config, report: Report, reads: Iterable[str], inputs: str) -> None:
    """Remember a clean build, with `inputs` as they were before it began; without a cache folder nothing is remembered."""
    document = {
        "inputs": inputs,
        "reads": {file: file_digest(file) for file in reads},
        "report": as_json(replace(report, teeth=None)),
    }
    file = stamp_file(config)
    fresh = file.with_suffix(f".{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps(document), encoding="utf-8")
        fresh.replace(file)
    except OSError:
        return


def forget(config: Config) -> None:
    """Remove the stamp: the next build looks at everything again."""
    try:
        stamp_file(config).unlink(missing_ok=True)
    except OSError:
        return


def stamp_file(config: Config) -> Path:
    """One stamp for each output folder."""
    name = hashlib.sha256(os.fsencode(config.output)).hexdigest()[:16]
    return config.cache / f"stamp-{name}.json"


def read_stamp(config: Config) -> dict[str, object] | None:
    """The stored stamp; None where there is none that can be read."""
    try:
        stored = json.loads(stamp_file(config).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    complete = isinstance(stored, dict) and stored.keys() == {"inputs", "reads", "report"}
    return stored if complete else None


def are_as_read(reads: object) -> bool:
    """Whether the files that snippets read elsewhere have the digests that the stamp gives."""
    return isinstance(reads, dict) and all(file_digest(file) == digest for file, digest in reads.items())


def fingerprint(config: Config) -> str:
    """A digest of everything that a build depends on, but for the files that its snippets read elsewhere."""
    digest = hashlib.sha256()
    for line in inputs(config):
        digest.update(line.encode("utf-8", "surrogateescape") + b"\0")
    return digest.hexdigest()


def inputs(config: Config) -> Iterator[str]:
    """Every input as a line of text."""
    for field in fields(config):
        if field.name not in PASSING:
            yield f"{field.name}={getattr(config, field.name)}"
    for folder in (config.content, config.templates, config.static, Path(__file__).parent):
        yield from contents(folder)
    yield from environment(config)


def contents(folder: Path) -> Iterator[str]:
    """The name and digest of each file below a folder; names that begin with a dot and bytecode do not count."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__pycache__")
        for name in sorted(names):
            if not name.startswith("."):
                file = f"{place}/{name}"
                yield f"{file}:{file_digest(file)}"


def file_digest(file: str) -> str:
    """SHA-256 of a file's bytes; "-" where it cannot be read."""
    try:
        with open(file, "rb") as opened:  # noqa: PTH123 - a thousand times, without a Path each
            return hashlib.sha256(opened.read()).hexdigest()
    except OSError:
        return "-"


def environment(config: Config) -> Iterator[str]:
    """Interpreter, installed packages, processor, last commit, and the variables that we honour."""
    yield sys.version
    yield platform.platform()
    for folder in sys.path:
        if folder.endswith("-packages") and Path(folder).is_dir():
            yield from sorted(entry.name for entry in os.scandir(folder) if entry.name.endswith((".dist-info", ".egg-info")))
    for variable in ("SOURCE_DATE_EPOCH", "ATEN_CPU_CAPABILITY", "CUDA_VISIBLE_DEVICES", "PYTHONHASHSEED"):
        yield f"{variable}={os.environ.get(variable)}"
    yield processor()
    yield last_commit(config.content)


def processor() -> str:
    """What the processor can do, since float results depend on it."""
    try:
        with open("/proc/cpuinfo", encoding="ascii", errors="replace") as opened:  # noqa: PTH123 - as above
            return next((line for line in opened if line.startswith(("flags", "Features"))), "")
    except OSError:
        return platform.processor()


def last_commit(folder: Path) -> str:
    """The commit that is checked out around a folder, since dates come from it; empty outside git."""
    try:
        found = subprocess.run(["git", "-C", folder, "rev-parse", "HEAD"], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return found.stdout.strip()


def site_is_as_written(config: Config) -> bool:
    """Whether the output holds exactly the files of its manifest, each as it was written."""
    manifest = read_manifest(config.output)
    if manifest is None:
        return False
    return all(entry.agrees(config.output / path) for path, entry in manifest.items())


def as_json(report: Report) -> dict[str, object]:
    """The JSON document of a report, as --format json prints it."""
    return {
        "ok": report.ok,
        "notes": report.notes,
        "chapters": report.chapters,
        "facts": report.facts,
        "terms": report.terms,
        "pages": report.pages,
        "written": report.written,
        "snippets": dict(report.snippets),
        "checks": report.checks,
        "executed": report.executed,
        "cached": report.cached,
        "seconds": {stage: round(seconds, 3) for stage, seconds in report.seconds.items()},
        "problems": [problems.as_json(problem) for problem in report.problems],
    } | ({} if report.teeth is None else {"teeth": teeth.as_json(report.teeth)})


def repeated(stored: object, *, seconds: float) -> Report | None:
    """The stored report as that of a build which did nothing; None where it is not one of ours."""
    if not isinstance(stored, dict):
        return None
    try:
        report = Report(**{**stored, "problems": tuple(problems.from_json(one) for one in stored["problems"])})
    except (TypeError, KeyError, ValueError):
        return None
    found = report.snippets["found"] - report.snippets["skipped"]
    return replace(report, written=0, executed=0, cached=found, seconds={"look": seconds})
