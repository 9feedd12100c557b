"""Cheat sheets in the browser."""
