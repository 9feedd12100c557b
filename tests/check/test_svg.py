"""What becomes of matplotlib's SVG: attributes for styles, the page's colours, real text, few ids."""

from __future__ import annotations

import base64
import re
import struct
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenbed.check.running import svg

ROOT = Path(__file__).parents[2]
NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
DOCTYPE = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'


def whole(inner: str) -> str:
    return (
        f'<?xml version="1.0"?>{DOCTYPE}<svg {NAMESPACES} width="460.8pt" height="259.2pt" viewBox="0 0 460.8 259.2">'
        f"<metadata><a/></metadata><defs><style>*{{stroke-linejoin: round}}</style></defs>{inner}</svg>"
    )


def inside(inner: str) -> str:
    """What a drawing of `inner` is cleaned to, without its root."""
    found = re.fullmatch(r"<svg [^>]*(?:/>|>(.*)</svg>)", svg.cleaned(whole(inner)), re.DOTALL)
    assert found
    return (found[1] or "").replace(" />", "/>")


def test_the_root_says_how_large_the_drawing_is_and_nothing_of_who_made_it() -> None:
    assert svg.cleaned(whole("")) == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 460.8 259.2" width="645" height="363" font-size="10" '
        'stroke-linejoin="round" />'
    )


def test_styles_become_attributes_in_the_colours_of_the_page() -> None:
    drawn = inside('<path d="M 1.23456 2 \nL 3 4.00001 \nz\n" style="fill: #1f66c5; fill-opacity: 0.3; stroke: #1f1d1b"/>')
    assert drawn == ('<path d="M1.23 2l1.77 2z" fill="var(--figure-1)" fill-opacity="0.3" stroke="currentColor"/>')


def test_a_colour_that_the_author_chose_stays() -> None:
    assert (
        inside('<path d="M 0 0" style="fill: #1f77b4; stroke: #000000"/>') == '<path d="M0 0" fill="#1f77b4" stroke="#000000"/>'
    )


def test_what_cannot_be_seen_is_left_out() -> None:
    assert inside('<g id="patch_1"><path d="M 0 0 z" style="fill: none"/></g><!-- remark -->') == ""


def test_ids_stay_where_something_refers_to_them() -> None:
    drawn = inside(
        '<defs><path id="mf14c" d="M 0 3" style="stroke: #000000"/>'
        '<clipPath id="p1"><rect width="1" height="1"/></clipPath></defs>'
        '<g id="axes_1" clip-path="url(#p1)"><use xlink:href="#mf14c" x="1.5" y="2"/></g>'
    )
    assert drawn == (
        '<defs><path d="M0 3" stroke="#000000" id="i1"/><clipPath id="i0"><rect width="1" height="1"/></clipPath></defs>'
        '<g clip-path="url(#i0)"><use x="1.5" y="2" href="#i1"/></g>'
    )


@pytest.mark.parametrize(
    ("style", "attributes"),
    [
        ("font-size: 10px; font-family: 'DejaVu Sans', sans-serif", ""),
        ("font-size: 12px; font-weight: 700", ' font-size="1.2em" font-weight="700"'),
        ("font-size: 9px; font-family: 'DejaVu Sans Mono', monospace", ' font-size="0.9em" font-family="var(--code)"'),
        (
            "font-size: 10px; font-family: 'DejaVu Serif', serif; text-anchor: middle",
            ' text-anchor="middle" font-family="serif"',
        ),
    ],
)
def test_text_has_the_fonts_of_the_page(style: str, attributes: str) -> None:
    assert inside(f'<text style="{style}" transform="rotate(-0 1 2)">a &lt; b</text>') == f"<text{attributes}>a &lt; b</text>"


SPAN = '<tspan x="{}" y="{}" style="font-size: {}px; font-family: \'DejaVu Sans\'; fill: #1f1d1b">{}</tspan>'


def formula(anchor: str, *spans: tuple[float, float, float, str]) -> str:
    inner = "".join(SPAN.format(*span) for span in spans)
    return inside(f'<g id="{anchor}"><g style="fill: #1f1d1b" transform="translate(5 6)"><text>\n {inner}\n</text></g></g>')


def test_a_formula_in_one_line_flows() -> None:
    drawn = formula("anchor-left", (0, -1, 10, "1"), (6, -1, 10, "0"), (13, -5, 7, "3"))
    assert drawn == (
        '<g fill="currentColor" transform="translate(5 6)"><text x="0" y="-1" text-anchor="start">'
        '<tspan>10</tspan><tspan font-size="0.7em" dy="-0.57em">3</tspan></text></g>'
    )


@pytest.mark.parametrize(("anchor", "x"), [("anchor-center", "9"), ("anchor-right", "18"), ("ytick_3", "18"), ("xtick_1", "9")])
def test_a_formula_is_aligned_as_the_text_that_it_is(anchor: str, x: str) -> None:
    assert f'<text x="{x}" y="0"' in formula(anchor, (0, 0, 10, "a"), (6, 0, 10, "b"), (12, 0, 10, "c"))


def test_a_formula_keeps_the_space_around_its_relations() -> None:
    assert "<tspan>a\u2009=\u2009b</tspan>" in formula("", (0, 0, 10, "a"), (8, 0, 10, "="), (18, 0, 10, "b"))


def test_a_formula_in_two_storeys_keeps_its_places() -> None:
    drawn = formula("", (0, -5, 7, "a"), (0.4, 5, 7, "b"))
    assert drawn.endswith(
        '<text><tspan x="0" y="-5" font-size="7">a</tspan><tspan x="0.4" y="5" font-size="7">b</tspan></text></g>'
    )


def picture(columns: int, transform: str) -> str:
    head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", columns, 2) + bytes(40)
    return inside(
        f'<image xlink:href="data:image/png;base64,\n{base64.b64encode(head).decode()}" id="image1" transform="{transform}" '
        f'style="image-rendering:crisp-edges;image-rendering:pixelated" width="{columns}" height="2"/>'
    )


def test_pixels_are_sharp_only_where_there_are_few() -> None:
    few, many = picture(3, "scale(50)"), picture(900, "matrix(0.5 0 0 0.5 0 0)")
    assert 'image-rendering="pixelated"' in few
    assert "image-rendering" not in many
    assert 'href="data:image/png;base64,iVBOR' in many


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1))
def test_text_comes_through_unharmed(text: str) -> None:
    element = ET.Element("text")
    element.text = text
    assert ET.fromstring(svg.cleaned(whole(ET.tostring(element, encoding="unicode"))))[0].text == text


def test_every_colour_of_the_theme_is_one_of_the_page() -> None:
    theme = (Path(svg.__file__).parent / "matplotlibrc").read_text()
    settings = "\n".join(line for line in theme.splitlines() if not line.startswith("#"))
    assert {f"#{colour}" for colour in re.findall(r"\b(?=\w*[a-f])[0-9a-f]{6}(?=(?:80)?\b)|\b\d{6}\b", settings)} <= set(
        svg.COLOURS
    )
    assert all(colour[1:] in settings for colour in svg.COLOURS)
    tokens = (ROOT / "static/css/tokens.css").read_text()
    assert all(f"{value[4:-1]}:" in tokens for value in svg.COLOURS.values() if value != "currentColor")
