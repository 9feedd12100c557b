"""How Markdown rules report: findings with 0-based lines of the body, kept in the parser's environment."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from greenbed.read.findings import Finding

Environment = MutableMapping[str, Any]


def notice(env: Environment, finding: Finding) -> None:
    """Keep a finding."""
    env.setdefault("findings", []).append(finding)


def noticed(env: Environment) -> list[Finding]:
    """All findings of one parse."""
    return list(env.get("findings", ()))
