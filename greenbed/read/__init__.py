"""Read: content/ → Notes. Nothing here runs code or writes a file."""
