"""Figures on pages: named for readers, unique in their ids, their pictures as files, their colours to be told apart."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as ET

import pytest

from greenbed.model import Figure, Verdict
from greenbed.show.markup.figures import drawing, placed
from tests.show.growing import grow
from tests.show.rendering import ROOT, Rendered, held, pressed

PICTURE = b"\x89PNG and so on"
DATA = f"data:image/png;base64,{base64.b64encode(PICTURE).decode()}"
MARKED = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 460 259" width="645" height="363"><clipPath id="i0"/>'
    '<g clip-path="url(#i0)"><use href="#i1"/></g><path id="i1" d="M 0 0"/></svg>'
)
PICTURED = f'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="9"><image href="{DATA}"/><text>a &lt; b</text></svg>'
FIXED = '<svg xmlns="http://www.w3.org/2000/svg" class="fixed" width="400" height="9"/>'
NOTE = "# A\n\n```python setup\nx = 1\n```\n\n```python\nx\n```\n\n```python check\nassert x\n```\n"


def site(folder: Path, files: dict[str, str], *drawn: tuple[int, Figure]) -> Rendered:
    """The site where the given snippets of bits/a.md drew something."""
    grown = grow(folder, files)
    verdicts: dict[PurePosixPath, tuple[Verdict, ...]] = {}
    for path, note in grown.garden.notes.items():
        verdicts[path] = tuple(map(held, note.snippets))
    path = PurePosixPath("bits/a.md")
    for index, figure in drawn:
        found = list(verdicts[path])
        found[index] = replace(found[index], figures=(*found[index].figures, figure))
        verdicts[path] = tuple(found)
    rendered = pressed(grown, verdicts, templates=ROOT / "templates", static=ROOT / "static")
    assert rendered.problems == ()
    return rendered


def test_a_drawing_is_one_image_with_its_words() -> None:
    drawn = drawing(Figure(PICTURED, 'A "line" & more'))
    assert drawn.startswith('<svg class="figure__drawing" role="img" aria-label="A &quot;line&quot; &amp; more" width="200"')
    assert "<text>a &lt; b</text>" in drawn


@pytest.mark.parametrize(("svg", "form"), [(MARKED, "wide"), (FIXED, "fixed")])
def test_a_drawing_says_how_it_makes_room(svg: str, form: str) -> None:
    assert drawing(Figure(svg, "a")).startswith(f'<svg class="figure__drawing figure__drawing--{form}" role="img"')


def test_figures_of_a_snippet_and_its_checks_stand_below_it_in_order(tmp_path: Path) -> None:
    page = site(
        tmp_path, {"bits/a.md": NOTE}, (1, Figure(MARKED, "one")), (2, Figure(FIXED, "two")), (2, Figure(PICTURED, "three"))
    ).main("bits/a/index.html")
    assert re.findall(r'<figure class="figure"[^>]*>', page) == [
        '<figure class="figure" role="group" aria-label="Figure 1 of Python snippet 1" tabindex="0">',
        '<figure class="figure" role="group" aria-label="Figure 2 of Python snippet 1" tabindex="0">',
        '<figure class="figure" role="group" aria-label="Figure 3 of Python snippet 1">',
    ]
    assert re.findall(r'role="img" aria-label="(\w+)"', page) == ["one", "two", "three"]
    assert page.index("snippet__code") < page.index('class="figure"') < page.index('class="proof"')


def test_ids_are_unique_also_where_a_note_is_embedded_twice(tmp_path: Path) -> None:
    files = {"bits/a.md": NOTE, "bits/b.md": "# B\n\n![[a]]\n\nAgain.\n\n![[a]]\n"}
    page = site(tmp_path, files, (1, Figure(MARKED, "one")), (2, Figure(MARKED, "two"))).main("bits/b/index.html")
    ids = re.findall(r' id="(figure-[^"]*)"', page)
    assert len(ids) == len(set(ids)) == 8
    assert sorted(ids) == sorted(re.findall(r'(?:href="|url\()#(figure-[^")]*)', page))


def test_pictures_are_files_that_every_page_finds(tmp_path: Path) -> None:
    files = {"bits/a.md": NOTE, "bits/deep/b.md": "# B\n\n![[a]]\n"}
    rendered = site(tmp_path, files, (1, Figure(PICTURED, "one")), (2, Figure(PICTURED, "the same")))
    (name,) = [path for path in rendered.files if path.startswith("figures/")]
    assert rendered.files[name] == PICTURE
    for page, root in (("bits/a/index.html", "../../"), ("bits/deep/b/index.html", "../../../")):
        assert set(re.findall(r'<image href="([^"]*)"', rendered.page(page))) == {root + name}
        assert "data:" not in rendered.main(page)


def test_a_page_without_drawings_stays_as_it_is() -> None:
    html = '<p id="figure-i0">href="/figures/</p>'
    assert placed(html, "../") == html


def test_a_drawing_on_a_page_is_wellformed() -> None:
    html = placed(f"<p>{drawing(Figure(MARKED, 'one'))}</p>", "../")
    assert [element.get("id") for element in ET.fromstring(html).iter() if element.get("id")] == ["figure-1-i0", "figure-1-i1"]


def tokens() -> dict[str, tuple[str, str]]:
    """Light and dark value of each colour."""
    text = (ROOT / "static/css/tokens.css").read_text()
    return {name: (light, dark) for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\);", text)}


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["control", *(f"figure-{number}" for number in range(1, 11))])
def test_lines_and_bars_stand_out_from_the_ground(name: str, scheme: int) -> None:
    colours = tokens()
    for ground in ("surface", "ground", "sunken"):
        assert contrast(colours[name][scheme], colours[ground][scheme]) >= 3


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("sign", ["heat-", "heat-minus-"])
def test_values_can_be_read_on_every_shade_and_shades_ascend(sign: str, scheme: int) -> None:
    colours = tokens()
    for shade in range(1, 9):
        ink = "ink" if shade < 5 else "on-heat"
        assert contrast(colours[f"{sign}{shade}"][scheme], colours[ink][scheme]) >= 4.5
    ramp = [luminance(colours[name][scheme]) for name in ("heat-0", *(f"{sign}{shade}" for shade in range(1, 9)))]
    assert all((left > right) is (scheme == 0) for left, right in pairwise(ramp))
    assert contrast(colours["heat-0"][scheme], colours["ink"][scheme]) >= 4.5
