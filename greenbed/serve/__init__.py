"""Serve: rebuild on change, keep the last good site, tell the browser."""
