"""The index that readers search: the garden as documents, their words, and the files that a browser asks for."""
