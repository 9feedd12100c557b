"""The worker without shapes: neither claims about them nor the lens."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from greenbed.check import worker
from greenbed.check.protocol import Job
from greenbed.check.running import script

vars(script).update(shape_claims=lambda *_: {})


def run(job: Job, emit: Callable[[Mapping[str, object]], None]) -> None:
    """As the worker itself."""
    worker.run({**job, "sights": False}, emit)
