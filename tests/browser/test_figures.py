"""Figures in the browser: what matplotlib and heat maps drew follows the page, on every screen and under its policy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

from tests.browser.conftest import Reader
from tests.browser.test_looks import RULES, overflow
from tests.conftest import Project
from tests.show.test_figures import contrast, tokens

PAGE = "drawn/bits/drawn/index.html"
EMBEDDING = "drawn/bits/deep/embedding/index.html"
NOTE = """\
---
title: What is drawn
---

```python alt="Two lines that cross" title="lines.py"
import matplotlib.pyplot as plt
import torch

fig, ax = plt.subplots()
ax.plot([0, 1], [1, 0], "o-", label="falling")
ax.plot([0, 1], [0, 1], label="rising by $x^2$")
ax.set_xlabel("step")
ax.legend()
plt.show()
assert not plt.get_fignums()
```

```python alt="A table of sines"
table = torch.arange(12.0).reshape(3, 4).sin()
fig, ax = plt.subplots()
fig.colorbar(ax.imshow(table))
assert table.shape == (3, 4)
```

```python
mask = torch.ones(6, 6).tril().bool()
assert mask.sum() == 21
```

```python check alt="Each query sees itself and the keys before it"
from greenbed import heatmap
heatmap(mask, rows="query", columns="key")
```

```python check alt="Scores of 24 by 24 words"
heatmap(torch.linspace(-1, 1, 576).reshape(24, 24), rows="query", columns="key")
```

```python check alt="Scores of 12 words, with their values"
heatmap(torch.linspace(-1, 1, 144).reshape(12, 12), rows="query", columns="key")
```
"""
COLOURS = """(element) => {
  const canvas = document.createElement("canvas").getContext("2d");
  const hex = (colour) => {
    canvas.fillStyle = colour;
    return canvas.fillStyle;
  };
  const style = getComputedStyle(element);
  return [hex(style.stroke), hex(style.fill), hex(style.backgroundColor)];
}"""


@pytest.fixture(scope="module")
def drawn(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A garden that draws, built by the command, below the other so that the server has it too."""
    project = Project(tmp_path_factory.mktemp("drawn"))
    project.write({"bits/drawn.md": NOTE, "bits/deep/embedding.md": "# Embedding\n\n![[drawn]]\n\n![[drawn]]\n"})
    built = project.build("--strict")
    assert built.code == 0, built.stdout + built.stderr
    return Path(shutil.copytree(project.site, site / "drawn"))


@pytest.fixture
def seen(reader: Reader, drawn: Path) -> Reader:
    """A reader for whom the garden is there."""
    return reader


def stroke(element: Locator) -> str:
    return str(element.evaluate(COLOURS)[0])


def fill(element: Locator) -> str:
    return str(element.evaluate(COLOURS)[1])


def ground(element: Locator) -> str:
    return str(element.evaluate(COLOURS)[2])


def line(page: Page, number: int) -> Locator:
    """One of the lines of the first plot."""
    return page.locator(f'.figure path[stroke="var(--figure-{number})"][fill="none"]').first


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_drawings_have_the_colours_of_the_scheme(seen: Reader, scheme: str) -> None:
    page = seen.open(PAGE, color_scheme=scheme)
    at, colours = ["light", "dark"].index(scheme), tokens()
    assert [stroke(line(page, number)) for number in (1, 2)] == [colours[f"figure-{number}"][at] for number in (1, 2)]
    assert fill(page.locator(".figure text", has_text="falling")) == colours["ink"][at]
    assert fill(page.locator('.figure g[fill^="var(--heat-6"]').first) == colours["heat-6"][at]
    paper = ground(page.locator(".figure").first)
    assert contrast(fill(page.locator(".figure text").first), paper) >= 4.5
    assert contrast(stroke(line(page, 1)), paper) >= 3


def test_what_is_written_in_a_drawing_is_text_in_the_font_of_the_page(seen: Reader) -> None:
    page = seen.open(PAGE)
    words = page.locator(".figure text", has_text="falling")
    assert "Atkinson Next" in words.evaluate("(text) => getComputedStyle(text).fontFamily")
    assert page.evaluate("document.body.innerText").count("falling") >= 1
    assert page.get_by_role("img", name="Two lines that cross").count() == 1


def test_no_drawing_needs_a_style_that_the_policy_refuses(seen: Reader) -> None:
    page = seen.open(PAGE)
    assert page.locator(".figure").count() == 5
    assert page.locator(".figure [style], .figure style").count() == 0


@pytest.mark.parametrize("by", ["http", "file"])
@pytest.mark.parametrize("path", [PAGE, EMBEDDING])
def test_pictures_in_drawings_are_loaded(seen: Reader, path: str, by: str) -> None:
    page = seen.open(path, by=by)
    page.wait_for_load_state("networkidle")
    size = "Promise.all([...document.querySelectorAll('.figure image')].map(async (image) => {\n"
    size += "  const copy = new Image(); copy.src = image.href.baseVal; await copy.decode(); return copy.naturalWidth; }))"
    sizes = page.evaluate(size)
    assert 4 in sizes
    assert min(sizes) > 0


def test_embedded_twice_no_id_comes_twice_and_all_lead_somewhere(seen: Reader) -> None:
    page = seen.open(EMBEDDING)
    ids = page.evaluate("[...document.querySelectorAll('.figure [id]')].map((element) => element.id)")
    used = page.evaluate("[...document.querySelectorAll('.figure use')].map((use) => use.href.baseVal.slice(1))")
    assert len(ids) == len(set(ids)) > 0
    assert set(used) <= set(ids)


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_drawings_fit_or_scroll_by_keyboard(seen: Reader, width: int) -> None:
    page = seen.open(PAGE, width=width)
    assert overflow(page) == 0
    for figure in page.locator(".figure").all():
        if figure.evaluate("(figure) => figure.scrollWidth > figure.clientWidth"):
            figure.focus()
            page.keyboard.press("ArrowRight")
            page.wait_for_function("(figure) => figure.scrollLeft > 0", arg=figure.element_handle())


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_what_is_written_stays_legible_on_a_small_screen(seen: Reader, width: int) -> None:
    page = seen.open(PAGE, width=width)
    heights = page.evaluate("""[...document.querySelectorAll('.figure text')].map((text) =>
        parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().d || 99)""")
    assert min(heights) >= 8


def test_numbers_in_cells_stay_within_them(seen: Reader) -> None:
    page = seen.open(PAGE, width=390)
    page.evaluate("document.fonts.ready.then(() => true)")
    map_ = page.locator(".figure").nth(4)
    widest = map_.evaluate("""(figure) => Math.max(...[...figure.querySelectorAll("text")]
        .filter((text) => /^−?\\d\\.\\d\\d$/.test(text.textContent)).map((text) => text.getBBox().width))""")
    cell = map_.evaluate("(figure) => figure.querySelector('g rect').getBBox().width")
    assert 15 < widest < cell


def test_forced_colours_leave_drawings_legible(seen: Reader) -> None:
    page = seen.open(PAGE, forced_colors="active", color_scheme="dark")
    paper = ground(page.locator(".figure").first)
    assert contrast(fill(page.locator(".figure text", has_text="falling")), paper) >= 4.5
    assert contrast(stroke(line(page, 1)), paper) >= 3


def test_drawings_are_printed_whole(seen: Reader) -> None:
    page = seen.open(PAGE, color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert ground(page.locator(".figure").first) == "#ffffff"
    assert stroke(line(page, 1)) == tokens()["figure-1"][0]
    assert all(
        page.evaluate("[...document.querySelectorAll('.figure')].map((figure) => figure.scrollWidth <= figure.clientWidth)")
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_drawings(seen: Reader, scheme: str) -> None:
    page = seen.open(PAGE, color_scheme=scheme, width=1280 if scheme == "light" else 320)
    page.evaluate("document.fonts.ready.then(() => true)")
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
