"""matplotlib's backend for notes: `plt.show()` keeps every open figure and closes it, as in a notebook.

matplotlib imports it by its name, in the process that imports matplotlib, and nowhere else.
"""

from __future__ import annotations

import io
import warnings
from pathlib import Path

import matplotlib
from matplotlib import pyplot as plt
from matplotlib._pylab_helpers import Gcf
from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.text import Text

NAME = f"module://{__name__}"
ANCHOR = "anchor-"
"""What the ids of texts begin with that say how they are aligned: mathematics is drawn from the left always."""
THEME = Path(__file__).with_name("matplotlibrc")

kept: list[str] = []
"""The SVG of figures that were shown, in order, until somebody takes them."""


class FigureManager(FigureManagerBase):
    """Of a figure that no window shows."""

    def show(self) -> None:
        """Keep this figure."""
        keep(self)

    @classmethod
    def pyplot_show(cls, *, block: bool | None = None) -> None:
        """Keep them all; there is nothing to wait for."""
        keep_open()


class FigureCanvas(FigureCanvasSVG):
    """Draws SVG."""

    manager_class = FigureManager


def keep_open() -> None:
    """Draw and close every open figure."""
    for manager in Gcf.get_all_fig_managers():
        keep(manager)


def keep(manager: FigureManagerBase) -> None:
    """Draw a figure and close it."""
    figure = manager.canvas.figure
    plt.close(figure)
    kept.append(drawn(figure))


def drawn(figure: Figure) -> str:
    """A figure as SVG, the same for the same figure."""
    for written in figure.findobj(Text):
        if written.get_gid() is None:
            written.set_gid(ANCHOR + written.get_horizontalalignment())
    text = io.StringIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of glyphs that matplotlib's font has not: the page's may
        figure.savefig(text, format="svg", metadata={"Date": None, "Creator": None})
    return text.getvalue()


def settle() -> None:
    """This backend and the theme, which `rcdefaults()` leads back to, in place of the user's own."""
    matplotlib.rcdefaults()
    matplotlib.use(NAME)
    theme = matplotlib.rc_params_from_file(THEME, use_default_template=False)
    for settings in (matplotlib.rcParamsDefault, matplotlib.rcParams):
        settings.update(theme)
