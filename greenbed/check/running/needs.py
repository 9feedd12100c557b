"""needs="torch>=2.5": whether what a snippet asks for is here."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import platform
import re
import sys

_REQUIREMENT = re.compile(r"\s*([A-Za-z_][\w.-]*)\s*((?:(?:===|[<>=!~]=|[<>])\s*[\w.*+!-]+\s*(?:,\s*|$))*)")
_CLAUSE = re.compile(r"(===|[<>=!~]=|[<>])\s*([\w.*+!-]+)")
_DEVICES = ("cuda", "mps", "xpu")


def unmet(requirement: str) -> str:
    """Why `requirement` does not hold here: "needs torch>=2.5, here is 2.4.1"; "" where it holds.

    A requirement that cannot be read raises ValueError.
    """
    match = _REQUIREMENT.fullmatch(requirement)
    if match is None:
        raise ValueError(f"no requirement: {requirement!r}")
    name, clauses = match[1], match[2].strip()
    if name in _DEVICES and not clauses:
        return "" if _has_device(name) else f"needs {name}, and no such device is here"
    version = _version(name)
    if version is None:
        return f"needs {requirement.strip()}, which is not installed here"
    return "" if _holds(version, clauses) else f"needs {requirement.strip()}, here is {version}"


def _has_device(name: str) -> bool:
    try:
        import torch
    except ImportError:
        return False
    backend = torch.backends.mps if name == "mps" else getattr(torch, name, None)
    return backend is not None and bool(backend.is_available())


def _version(name: str) -> str | None:
    """Of Python or of a distribution; "0" for a module that can be imported but has no version; None where it is missing."""
    if name.lower() == "python":
        return platform.python_version()
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return _module_version(name)


def _module_version(name: str) -> str | None:
    """`sklearn` is a module of the distribution scikit-learn."""
    try:
        found = name in sys.modules or importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return None
    if not found:
        return None
    distributions = importlib.metadata.packages_distributions().get(name.partition(".")[0])
    return importlib.metadata.version(distributions[0]) if distributions else "0"


def _holds(version: str, clauses: str) -> bool:
    try:
        from packaging.specifiers import InvalidSpecifier, SpecifierSet
        from packaging.version import InvalidVersion
    except ImportError:
        return all(_compare(version, *clause.groups()) for clause in _CLAUSE.finditer(clauses))
    try:
        return SpecifierSet(clauses).contains(version, prereleases=True)
    except (InvalidSpecifier, InvalidVersion) as error:
        raise ValueError(f"no requirement: {clauses!r}") from error


def _compare(version: str, operator: str, wanted: str) -> bool:
    """Release numbers alone, for where `packaging` is not installed."""
    here, there = _release(version), _release(wanted)
    if operator in ("==", "===", "!="):
        is_prefix = wanted.endswith(".*")
        equal = here[: len(there)] == there if is_prefix else _padded(here) == _padded(there)
        return equal is (operator != "!=")
    if operator == "~=":
        return _padded(here) >= _padded(there) and here[: len(there) - 1] == there[:-1]
    outcomes = {">=": _padded(here) >= _padded(there), "<=": _padded(here) <= _padded(there)}
    outcomes |= {">": _padded(here) > _padded(there), "<": _padded(here) < _padded(there)}
    return outcomes[operator]


def _release(version: str) -> tuple[int, ...]:
    match = re.match(r"\d+(?:\.\d+)*", version)
    if match is None:
        raise ValueError(f"no version that a requirement can ask for: {version!r}")
    return tuple(int(part) for part in match.group().split("."))


def _padded(release: tuple[int, ...]) -> tuple[int, ...]:
    return release + (0,) * (6 - len(release))
