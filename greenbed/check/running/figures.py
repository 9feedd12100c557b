"""The figures that a snippet leaves: matplotlib's open ones and heat maps, as SVG that a page can take in.

What a setup block draws belongs to the block that it is for. matplotlib is looked at only where the note has imported it.
"""

from __future__ import annotations

import hashlib
import importlib
import sys
import threading
from types import ModuleType
from typing import Any

from greenbed.check.running import svg
from greenbed.check.running.execution import Turn
from greenbed.check.running.failures import failure
from greenbed.check.running.tracebacks import described
from greenbed.model import Code, Role

LONGEST = 1_000_000
"""Characters of one drawing: all of it is part of the page."""

_heatmaps: Any = importlib.import_module("greenbed.heatmap")  # the module: the package has a function of its name


def warm_up() -> None:
    """Import matplotlib, and what it imports only when it draws. It has the theme of the page then, and no threads.

    Nothing may be drawn here: matplotlib keeps the files of fonts open, which a fork closes.
    """
    _canvas().settle()
    importlib.import_module("PIL.Image").preinit()
    for thread in threading.enumerate():
        if thread is not threading.main_thread():
            thread.join(1)  # of the font cache that is made at first: it ends when it is asked to


def begin() -> None:
    """Heat maps count from now on."""
    _heatmaps.collected = []


def collect(turn: Turn) -> None:
    """Take the figures that are there when a snippet ends; MISSING_ALT, NO_FIGURE, HEAVY_FIGURE, or FAILED in drawing."""
    alt, has_raised = turn.snippet["alt"], turn.outcome.is_cut_short or bool(turn.outcome.raised)
    if turn.snippet["role"] == Role.SETUP:
        if alt:
            _complain_of_setup(turn)
        return
    drawings = _drawings(turn)
    if turn.snippet["role"] == Role.FACT:
        drawings = drawings and []  # a fact has no place for them
    if drawings is not None and (not has_raised or (drawings and alt)):
        _keep(turn, drawings)


def drop() -> None:
    """Close every figure without drawing it."""
    _heatmaps.collected = []
    if _has_matplotlib():
        _canvas().plt.close("all")
        _canvas().kept.clear()


def _keep(turn: Turn, drawings: list[str]) -> None:
    alt, line = turn.snippet["alt"], turn.snippet["line"] - 1
    if drawings and not alt:
        hint = 'say what it shows: alt="…" behind the language of this fence; or close it with plt.close()'
        what = "a figure" if len(drawings) == 1 else f"{len(drawings)} figures"
        turn.fails(failure(Code.MISSING_ALT, line, f"draws {what} and does not say what there is to see", hint=hint))
    elif alt and not drawings:
        hint = "leave a matplotlib figure open or call greenbed.heatmap in this fence, or take alt= out"
        turn.fails(failure(Code.NO_FIGURE, line, f'alt="{alt}", and no figure is drawn', hint=hint))
    for number, drawing in enumerate(drawings, 1):
        turn.outcome.results.append(f"figure {hashlib.sha256(drawing.encode()).hexdigest()}")
        if len(drawing) > LONGEST:
            _complain_of_size(turn, len(drawing))
        elif alt:
            counted = alt if len(drawings) == 1 else f"{alt} ({number} of {len(drawings)})"
            turn.outcome.figures.append({"svg": drawing, "alt": counted})


def _drawings(turn: Turn) -> list[str] | None:
    """Every figure, closed; None where one cannot be drawn."""
    heatmaps, _heatmaps.collected = _heatmaps.collected or [], []
    try:
        return [*map(svg.cleaned, _drawn_by_matplotlib()), *(heatmap.svg for heatmap in heatmaps)]
    except Exception as error:  # anything, since drawing runs what the author gave: formatters, artists, text
        if not turn.outcome.is_cut_short:
            message = f"the figure cannot be drawn: {described(error)}"
            turn.fails(failure(Code.FAILED, turn.snippet["line"] - 1, message, hint="call fig.savefig to see where"))
        return None


def _drawn_by_matplotlib() -> list[str]:
    if not _has_matplotlib():
        return []
    canvas = _canvas()  # in force where matplotlib was imported ahead; its theme comes by the environment elsewhere
    try:
        canvas.keep_open()
        return list(canvas.kept)
    finally:
        canvas.plt.close("all")
        canvas.kept.clear()


def _has_matplotlib() -> bool:
    """Whether it is imported and whole: a snippet may have put anything into sys.modules."""
    return hasattr(sys.modules.get("matplotlib._pylab_helpers"), "Gcf")


def _canvas() -> ModuleType:
    """The backend, which imports matplotlib."""
    return importlib.import_module("greenbed.check.running.canvas")


def _complain_of_setup(turn: Turn) -> None:
    message = f'alt="{turn.snippet["alt"]}" on a setup block, whose figures belong to the snippet below it'
    turn.fails(failure(Code.NO_FIGURE, turn.snippet["line"] - 1, message, hint="write it on the fence of that snippet"))


def _complain_of_size(turn: Turn, length: int) -> None:
    message = f"draws a figure of {length / 1e6:.1f} MB, which every reader would have to load"
    hint = "draw fewer points, or give the plot rasterized=True; of a picture, draw a smaller one"
    turn.fails(failure(Code.HEAVY_FIGURE, turn.snippet["line"] - 1, message, hint=hint))
