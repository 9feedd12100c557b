"""Writes what came into the notes: verdicts → amendments and refusals → the Markdown, once the author has agreed."""
