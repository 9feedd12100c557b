"""Figures of notes: drawn by the real matplotlib in the process of the note, taken when the fence ends."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from greenbed.check.verify import stop
from greenbed.model import Code, Failure, Figure, Note, Raises, Role, Snippet, Verdict
from tests.check.snippets import job, run
from tests.check.snippets import snippet as snippet_job
from tests.check.verifying import checked, config, fact, note, places, snippet

IMPORT = "import matplotlib.pyplot as plt\n"
LINE = "plt.plot([1, 2, 3], label='up to $x^2$'); plt.legend()\n"
DRAWN = IMPORT + LINE + "assert plt.get_fignums() == [1]\n"
HEAT = "from greenbed import heatmap\nmap_ = heatmap([[1.0, -0.5], [0.0, 2.0]], rows='query', columns='key')\n"


def verdicts(folder: Path, *snippets: Snippet | str, **settings: Any) -> tuple[Verdict, ...]:
    """Of each snippet of one note."""
    one = note("bits/drawn.md", *snippets)
    return checked(config(folder, **{"use_cache": False, **settings}), one)[0].by_path[one.path]


def failures(verdict: Verdict) -> list[tuple[Code, int]]:
    return [(failure.code, failure.line) for failure in verdict.failures]


def only(verdict: Verdict) -> Failure:
    (failure,) = verdict.failures
    return failure


def alts(verdict: Verdict) -> list[str]:
    return [figure.alt for figure in verdict.figures]


def test_an_open_figure_is_drawn_for_the_page_and_closed(tmp_path: Path) -> None:
    first, second = verdicts(tmp_path, snippet(DRAWN, alt="A rising line"), "assert plt.get_fignums() == []")
    (figure,) = first.figures
    assert (first.failures, figure.alt, second.failures, second.figures) == ((), "A rising line", (), ())
    root = ET.fromstring(figure.svg)
    assert "up to x2" in "".join(root.itertext()).replace("\xa0", " ")
    assert not [element for element in root.iter() if "style" in element.attrib or element.tag.endswith("style")]


def test_showing_neither_blocks_nor_warns_and_keeps_what_is_shown(tmp_path: Path) -> None:
    shows = "for height in (1, 2):\n    plt.plot([0, height])\n    plt.show(block=True)\nfig, ax = plt.subplots()\nfig.show()\n"
    code = f"{IMPORT}{shows}"
    (verdict,) = verdicts(tmp_path, snippet(f"{code}assert plt.get_fignums() == []", alt="A line"))
    assert (verdict.failures, verdict.stderr, verdict.warnings) == ((), "", ())
    assert alts(verdict) == ["A line (1 of 3)", "A line (2 of 3)", "A line (3 of 3)"]


def test_setup_leaves_its_figures_to_the_block_that_it_is_for(tmp_path: Path) -> None:
    setup, shown = verdicts(
        tmp_path, snippet(DRAWN + HEAT, role=Role.SETUP), snippet("assert plt.get_fignums() == [1]", alt="From above")
    )
    assert (setup.figures, setup.failures, shown.failures) == ((), (), ())
    assert alts(shown) == ["From above (1 of 2)", "From above (2 of 2)"]


def test_a_check_draws_for_the_snippet_that_it_checks(tmp_path: Path) -> None:
    shown, check = verdicts(
        tmp_path, "mask = [[True, False], [True, True]]\nassert mask", snippet(HEAT, role=Role.CHECK, alt="A map")
    )
    assert (shown.figures, alts(check), check.failures) == ((), ["A map"], ())


def test_a_heat_map_is_no_file_that_the_note_reads(tmp_path: Path) -> None:
    one = note("bits/drawn.md", snippet(HEAT + "assert repr(map_) == 'heatmap(2 × 2, −0.50 to 2.00)', repr(map_)", alt="A map"))
    verification, problems = checked(config(tmp_path, use_cache=False), one)
    assert (problems, verification.reads) == ((), ())


def test_a_figure_without_words_is_an_error_at_its_fence(tmp_path: Path) -> None:
    one = note("bits/drawn.md", DRAWN, snippet("plt.plot([2])", role=Role.CHECK))
    _, problems = checked(config(tmp_path, use_cache=False), one)
    fences = [(str(one.path), one.snippets[index].fence_line, "missing-alt") for index in (0, 1)]
    assert places(problems) == fences
    assert 'alt="…"' in problems[0].hint


def test_words_without_a_figure_are_an_error_at_their_fence(tmp_path: Path) -> None:
    shown, setup, last, about = verdicts(
        tmp_path,
        snippet("assert len(dir())", alt="Nothing"),
        snippet("x = 1", role=Role.SETUP, alt="Too early"),
        "assert x",
        snippet(HEAT + "assert len(dir())", role=Role.FACT, alt="No place"),
    )
    assert [failures(one) for one in (shown, setup, last, about)] == [
        [(Code.NO_FIGURE, 0)],
        [(Code.NO_FIGURE, 0)],
        [],
        [(Code.NO_FIGURE, 0)],
    ]
    assert only(shown).message == 'alt="Nothing", and no figure is drawn'


def test_a_fact_may_draw_but_shows_nothing(tmp_path: Path) -> None:
    first, second = verdicts(tmp_path, fact(HEAT + "assert answer == 1", "1", "2"), "assert len(dir())")
    assert (first.failures, first.figures, second.figures) == ((), (), ())


def test_a_fence_that_raised_has_other_faults_than_its_figures(tmp_path: Path) -> None:
    one, two, three = verdicts(tmp_path, f"{DRAWN}1 / 0", snippet("1 / 0", alt="Never drawn"), "assert plt.get_fignums() == []")
    assert [code for verdict in (one, two) for code, _ in failures(verdict)] == [Code.FAILED, Code.FAILED]
    assert (three.failures, three.figures) == ((), ())


def test_what_is_drawn_before_an_expected_error_is_shown(tmp_path: Path) -> None:
    (verdict,) = verdicts(tmp_path, snippet(f"{DRAWN}1 / 0", raises=Raises("ZeroDivisionError"), alt="A line"))
    assert (verdict.failures, alts(verdict)) == ((), ["A line"])


def test_a_figure_that_cannot_be_drawn_is_a_failure_of_its_fence(tmp_path: Path) -> None:
    code = f"{IMPORT}plt.title(r'$\\nonsense$')\nassert len(dir())"
    first, second = verdicts(tmp_path, snippet(code, alt="A title"), "assert plt.get_fignums() == []")
    assert failures(first) == [(Code.FAILED, 0)]
    assert "cannot be drawn: ValueError" in only(first).message
    assert second.failures == ()


def test_a_figure_that_is_too_heavy_is_refused(tmp_path: Path) -> None:
    code = f"{IMPORT}import numpy as np\nplt.scatter(*np.random.default_rng(0).normal(size=(2, 20_000)))\nassert len(dir())"
    (verdict,) = verdicts(tmp_path, snippet(code, alt="A cloud"))
    assert failures(verdict) == [(Code.HEAVY_FIGURE, 0)]
    assert "rasterized=True" in only(verdict).hint
    (verdict,) = verdicts(tmp_path, snippet(code.replace("))\n", "), rasterized=True)\n"), alt="A cloud"))
    assert (failures(verdict), alts(verdict)) == ([], ["A cloud"])


def test_a_large_figure_survives_the_pipe_and_the_cache(tmp_path: Path) -> None:
    code = f"{IMPORT}import numpy as np\nplt.scatter(*np.random.default_rng(0).normal(size=(2, 5000)))\nassert len(dir())"
    first = verdicts(tmp_path, snippet(code, alt="A cloud"), use_cache=True)[0]
    again = verdicts(tmp_path, snippet(code, alt="A cloud"), use_cache=True)[0]
    assert len(first.figures[0].svg) > 300_000
    assert (first.cached, again.cached, again.figures) == (False, True, first.figures)


def test_two_cold_builds_draw_the_same_bytes(tmp_path: Path) -> None:
    code = f"{DRAWN}plt.scatter([1, 2], [2, 1]); plt.imshow([[1, 2], [3, 4]]); plt.bar([1, 2], [1, 2], hatch='//')"
    drawn: list[tuple[Figure, ...]] = []
    for _ in range(2):
        stop()
        drawn.append(verdicts(tmp_path, snippet(code, alt="Much"), live=False)[0].figures)
    assert len(drawn[0]) == 1
    assert drawn[0] == drawn[1]


def test_the_looks_are_the_gardens_and_not_the_users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = tmp_path / "settings"
    settings.mkdir()
    (settings / "matplotlibrc").write_text("lines.linewidth: 9\ntext.color: red\n")
    monkeypatch.setenv("MPLCONFIGDIR", str(settings))
    stop()
    restored = "plt.rcdefaults(); plt.style.use('default')\n"
    (verdict,) = verdicts(tmp_path, snippet(IMPORT + restored + LINE + "assert len(dir())", alt="A line"), live=False)
    assert 'stroke="var(--figure-1)" stroke-width="1.8"' in verdict.figures[0].svg
    assert "red" not in verdict.figures[0].svg
    assert "#" not in verdict.figures[0].svg.replace('"#i', "").replace("(#i", "")


def test_matplotlib_that_a_file_beside_the_note_imports_has_the_same_looks(tmp_path: Path) -> None:
    beside = tmp_path / "drawing.py"
    beside.write_text(f"{IMPORT}def line():\n    {LINE}")
    one = note("bits/drawn.md", snippet("import drawing\ndrawing.line()\nassert len(dir())", alt="A line"))
    stop()
    verification, problems = checked(
        config(tmp_path, use_cache=False, live=False), one, files={PurePosixPath("bits/drawing.py"): beside}
    )
    assert problems == ()
    assert 'stroke="var(--figure-1)"' in verification.by_path[one.path][0].figures[0].svg


def test_a_note_that_draws_nothing_imports_nothing(tmp_path: Path) -> None:
    stop()
    (verdict,) = verdicts(
        tmp_path, "import sys\nassert not [name for name in sys.modules if name.startswith('matplot')]", live=False
    )
    assert verdict.failures == ()


def test_a_figure_of_unseeded_numbers_depends_on_the_seed(tmp_path: Path) -> None:
    code = f"{IMPORT}import torch\n{{}}plt.plot(torch.randn(5))\nassert len(dir())"
    (unseeded,) = verdicts(tmp_path, snippet(code.format(""), alt="Noise"))
    (seeded,) = verdicts(tmp_path, snippet(code.format("torch.manual_seed(0)\n"), alt="Noise"))
    assert ([code for code, _ in failures(unseeded)], failures(seeded)) == ([Code.UNSEEDED], [])


def test_each_note_begins_without_figures(tmp_path: Path) -> None:
    notes: list[Note] = [note(f"bits/{name}.md", snippet(IMPORT + HEAT + LINE, alt=name)) for name in "abc"]
    verification, _ = checked(config(tmp_path, use_cache=False), *notes)
    assert [len(verification.by_path[one.path][0].figures) for one in notes] == [2, 2, 2]


def test_a_run_that_no_page_shows_draws_nothing(tmp_path: Path) -> None:
    code = f"{DRAWN}{HEAT}plt.title(r'$\\nonsense$')"
    given = job(snippet_job(code, alt="A line"), "assert plt.get_fignums() == []")
    one, two = [message for message in run({**given, "sights": False}, str(tmp_path)) if "start" not in message]
    assert [(record["status"], record["figures"]) for record in (one, two)] == [("ran", []), ("ran", [])]
