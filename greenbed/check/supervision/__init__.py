"""Processes: who starts, watches and ends those that run notes."""
