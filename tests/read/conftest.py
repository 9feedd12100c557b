"""Properties are about what is read, not about how busy the machine is."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("read", deadline=None)
settings.load_profile("read")
