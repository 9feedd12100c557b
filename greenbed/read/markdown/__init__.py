"""The Markdown rules that CommonMark does not have, one a file."""
