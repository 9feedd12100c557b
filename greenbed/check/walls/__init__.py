"""Walls around a note: namespaces, Landlock, limits, and refusals in Python."""
