"""matplotlib's SVG → one that a page can take in: it asks for no style, and its colours are the page's.

The strict content security policy drops style attributes and elements, so that every property becomes an attribute. What the
theme (`matplotlibrc`, beside this module) drew in a colour of its own gets the colour that the page has for it; a colour that
the author chose stays. Text stays text, in the font of the page and in sizes relative to the root's.
"""

from __future__ import annotations

import base64
import re
import struct
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from greenbed.check.running.outlines import shortened

NAMESPACE = "http://www.w3.org/2000/svg"
COLOURS = {
    "#1f1d1b": "currentColor",
    "#5a544d": "var(--ink-soft)",
    "#857e74": "var(--control)",
    "#e4e0d9": "var(--line)",
    "#fffffe": "var(--surface)",
    "#1f66c5": "var(--figure-1)",
    "#c95010": "var(--figure-2)",
    "#0b8464": "var(--figure-3)",
    "#b32f84": "var(--figure-4)",
    "#8f6a01": "var(--figure-5)",
    "#6f4bb9": "var(--figure-6)",
    "#0a7f93": "var(--figure-7)",
    "#cc3341": "var(--figure-8)",
    "#66707e": "var(--figure-9)",
    "#5d7d13": "var(--figure-10)",
}
"""What the theme's colours stand for. Nobody writes these values by hand: each is off by one from what the page has."""

_EM = 10.0  # the theme's font size, in the units of the drawing
_PIXELS = 1.4  # of the page, for each of these units
_ENLARGED = 2.0  # pixels of the page for one of a picture, from which on its pixels are to be seen
_HREF = "{http://www.w3.org/1999/xlink}href"
_ANCHORS = {"anchor-left": "start", "anchor-center": "middle", "anchor-right": "end", "xtick": "middle", "ytick": "end"}
_STACKED = 0.15  # of a letter's size: nearer to each other than this, one stands above the other
_OPERATORS = frozenset("=+−±×·<>≤≥≪≫≈≡∼∝→←∈")
_SPACED = 0.95  # of its size: an operator with more than this to the next letter has space around it
_LETTER = 0.6  # of its size: how wide a letter is
_WITHOUT_CONTENT = frozenset({"metadata", "style"})
_COLOURED = frozenset({"fill", "stroke", "stop-color", "flood-color"})
_SHAPES = frozenset({"path", "rect", "use", "circle", "ellipse", "polygon"})
_WRITTEN = frozenset({"text", "tspan", "title"})
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_BLANKS = re.compile(r"\s+")
_NO_TURN = re.compile(r"\s*rotate\(-?0(?: [^)]*)?\)")


def cleaned(svg: str) -> str:
    """The drawing for a page: without `style`, ids short and only where something refers to them."""
    root = ET.fromstring(svg)
    _clean(root)
    _name_anew(root)
    return ET.tostring(root, encoding="unicode")


def _clean(root: ET.Element) -> None:
    box = root.get("viewBox", "0 0 460.8 259.2")
    _dress(root)
    _, _, width, height = (float(part) for part in box.split())
    root.attrib.clear()
    root.attrib.update(
        {
            "xmlns": NAMESPACE,
            "viewBox": " ".join(map(_short, box.split())),
            "width": str(round(width * _PIXELS)),
            "height": str(round(height * _PIXELS)),
            "font-size": _short(str(_EM)),
            "stroke-linejoin": "round",  # matplotlib says so in its <style>
        }
    )


def _dress(element: ET.Element, anchor: str = "start") -> None:
    """Attributes for styles, here and below; what cannot be seen is left out, and so are groups that say nothing."""
    anchor = _ANCHORS.get(element.get("id", "").partition("_")[0], anchor)
    element.tag = element.tag.removeprefix(f"{{{NAMESPACE}}}")
    element.text = element.text if element.tag in _WRITTEN and (element.text or "").strip("\n ") else None
    element.tail = None
    _attribute(element)
    children = []
    for child in element:
        if isinstance(child.tag, str):
            _dress(child, anchor)
            children += _kept(child)
    element[:] = children
    if [child.tag for child in children] == ["text"] and len(children[0]):
        _set_mathematics(children[0], anchor)


def _transform(element: ET.Element) -> None:
    """No turning by nothing."""
    if turned := element.attrib.pop("transform", ""):
        transform = _NO_TURN.sub("", turned)
        element.attrib.update({"transform": transform} if transform else {})


def _kept(element: ET.Element) -> list[ET.Element]:
    """What stands for an element that has been dressed."""
    if element.tag in _WITHOUT_CONTENT:
        return []
    if element.tag in ("g", "a") and not set(element.attrib) - {"id"}:
        return list(element)
    if element.tag == "defs" and not len(element):
        return []
    if element.tag in _SHAPES and element.get("fill") == "none" and element.get("stroke", "none") == "none":
        return []
    return [element]


def _attribute(element: ET.Element) -> None:
    """Its styles and numbers as attributes of their own, in the page's terms."""
    styles = (part.partition(":") for part in element.attrib.pop("style", "").split(";") if part.strip())
    element.attrib.update({name.strip(): value.strip() for name, _, value in styles})
    for name, value in list(element.attrib.items()):
        if name in _COLOURED:
            element.set(name, COLOURS.get(value, value))
        elif name == "d":
            element.set(name, shortened(value))
        elif name in ("points", "transform", "x", "y", "width", "height"):
            element.set(name, _BLANKS.sub(" ", _NUMBER.sub(lambda found: _short(found[0]), value)).strip())
    if _HREF in element.attrib:
        element.set("href", element.attrib.pop(_HREF).replace("base64, ", "base64,"))
    _transform(element)
    if element.tag == "tspan":
        for said in ("fill", "opacity"):  # by the group around the text, too
            element.attrib.pop(said, None)
    if element.tag == "image":
        _show_pixels(element)
    _set_type(element)


def _set_type(element: ET.Element) -> None:
    """The font: sizes relative to the root's; the page's own families."""
    if size := element.get("font-size"):
        element.set("font-size", f"{_short(str(float(size.removesuffix('px')) / _EM))}em")
        if element.get("font-size") == "1em":
            del element.attrib["font-size"]
    family = element.attrib.pop("font-family", "").rpartition(",")[2].strip().strip("'")
    if "mono" in family.lower():
        element.set("font-family", "var(--code)")
    elif family in ("serif", "cursive", "fantasy"):
        element.set("font-family", family)


def _short(number: str) -> str:
    """Two decimals are a seventieth of a pixel.

    >>> _short("47.728226"), _short("-0.0001"), _short("3.0")
    ('47.73', '0', '3')
    """
    text = f"{float(number):.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _set_mathematics(text: ET.Element, anchor: str) -> None:
    """Text of which each letter has its place, by the measures of another font: where it is one line, let it flow."""
    spans = sorted(text, key=lambda span: float(span.get("x", 0)))
    places = [float(span.get("x", 0)) for span in spans]
    gaps = [(after - place) / _size(span) for span, place, after in zip(spans, places, places[1:], strict=False)]
    if any(gap < _STACKED for gap in gaps):
        for span in spans:  # the sizes stay with the places
            span.set("font-size", _short(str(_size(span))))
        return
    for span, gap in zip(spans, gaps, strict=False):
        if span.text in _OPERATORS and gap > _SPACED:
            span.text = f"\u2009{span.text}\u2009"
    end = places[-1] + _LETTER * _size(spans[-1])
    text.set("x", _short(str({"middle": (places[0] + end) / 2, "end": end}.get(anchor, places[0]))))
    text.set("y", spans[0].get("y", "0"))
    text.set("text-anchor", anchor)
    text[:] = list(_flowing(spans))


def _flowing(spans: list[ET.Element]) -> Iterator[ET.Element]:
    """Pieces of one type, each lowered or raised from the one before."""
    height, last, look = float(spans[0].get("y", 0)), None, None
    for span in spans:
        del span.attrib["x"]
        here = dict(span.attrib)
        if last is not None and here == look:
            last.text = (last.text or "") + (span.text or "")
            continue
        look, last = here, span
        if shift := float(span.attrib.pop("y", 0)) - height:
            span.set("dy", f"{_short(str(shift / _size(span)))}em")
        height += shift
        yield span


def _size(span: ET.Element) -> float:
    return float(span.get("font-size", "1em").removesuffix("em")) * _EM


def _show_pixels(image: ET.Element) -> None:
    """Sharp pixels only for a picture that is drawn larger than it is."""
    head = base64.b64decode(image.get("href", "").partition("base64,")[2][:64] + "====")
    sharp = image.attrib.pop("image-rendering", None)
    if sharp is None or head[12:16] != b"IHDR":
        return
    columns, _ = struct.unpack(">II", head[16:24])
    if float(image.get("width", 0)) * _scale(image.get("transform", "")) * _PIXELS >= columns * _ENLARGED:
        image.set("image-rendering", "pixelated")


def _scale(transform: str) -> float:
    """How much wider a transformation makes things."""
    found = re.search(r"matrix\(\s*(-?[\d.e+-]+)|scale\(\s*(-?[\d.e+-]+)", transform)
    return abs(float(found[1] or found[2])) if found else 1.0


def _name_anew(root: ET.Element) -> None:
    """Ids are short and in order; those that nothing refers to are gone."""
    wanted = dict.fromkeys(name for element in root.iter() for name in _references(element))
    names = {name: f"i{number}" for number, name in enumerate(wanted)}
    for element in root.iter():
        if "id" in element.attrib and (old := element.attrib.pop("id")) in names:
            element.set("id", names[old])
        for name, value in element.items():
            if name == "href" and value.startswith("#"):
                element.set(name, f"#{names[value[1:]]}")
            elif "url(#" in value:
                element.set(name, _REFERENCE.sub(lambda found: f"url(#{names[found[1]]})", value))


def _references(element: ET.Element) -> Iterator[str]:
    for name, value in element.items():
        if name == "href" and value.startswith("#"):
            yield value[1:]
        yield from _REFERENCE.findall(value)
