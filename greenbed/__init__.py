"""greenbed: a static digital garden for notes whose code stays green."""

from greenbed.heatmap import heatmap as heatmap

__version__ = "0.1.0"
