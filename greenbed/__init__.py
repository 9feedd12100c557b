"""greenbed: a static digital garden for notes whose code stays green."""

__version__ = "0.1.0"
