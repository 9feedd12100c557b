"""In the process of a note: running its snippets and recording what they did."""
