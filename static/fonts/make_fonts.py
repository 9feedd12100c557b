"""Make the font files of this folder again: `python static/fonts/make_fonts.py`, with npm, pip, fonttools and brotli at hand.

Text and code are set in Atkinson Hyperlegible Next and Mono, which tell 0 from O and l from 1 from I apart; maths in STIX Two
Math, because the fonts that Linux and Android fall back to let hats overlap and shrink primes. All are cut to the characters
that notes on machine learning use, and published under the SIL Open Font License (OFL.txt). What few pages need is in files of
its own, which a browser loads for the pages that have it: letters with accents, rare signs and alphabets of maths. The ranges
are printed; css/tokens.css and css/maths.css repeat them.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

HERE = Path(__file__).parent
PACKAGE = "@fontsource-variable/atkinson-hyperlegible-{}"
PACKAGE_VERSION = "5.3.0"
ROOT_WIDTH = 860  # units; between that of the smallest root and that of the others
ZIAMATH = "ziamath==0.13"  # the wheel that carries a STIX Two Math with its `ssty` glyphs

LATIN = [*range(0x20, 0x7F), 0xA0, 0xA7, 0xA9, 0xAB, *range(0xB0, 0xB4), 0xB5, 0xB7, *range(0xBB, 0xBF), 0xD7, 0xF7]
LATIN += [0x2009, 0x200B, *range(0x2010, 0x2023), 0x2026, 0x2044, 0x20AC, 0x2122, 0x2212, 0x2215]
LATIN_ACCENTS = [*range(0xA1, 0x100), 0x131, 0x152, 0x153, 0x2C6, 0x2DA, 0x2DC, 0x2002, 0x2023, 0x2024, 0x2025, 0x2039, 0x203A]
LATIN_ACCENTS = [character for character in LATIN_ACCENTS if character not in LATIN]
CODE = [*range(0x20, 0x7F), 0xA0, 0xB0, 0xB1, 0xB2, 0xB3, 0xB5, 0xB7, 0xD7, 0xF7, *range(0x2010, 0x2027), 0x20AC, 0x2212]
LATIN_EXTENDED = [*range(0x100, 0x180), 0x218, 0x219, 0x21A, 0x21B, 0x237, 0x1E9E]

MATHS_TEXT = [*range(0x20, 0x7F), 0xA0, 0xA8, 0xAC, 0xAF, 0xB0, 0xB1, 0xB4, 0xB7, 0xD7, 0xF7, 0x131, 0x237]
MATHS_ACCENTS = [0x2C6, 0x2C7, *range(0x2D8, 0x2DD), *range(0x300, 0x309), 0x30A, 0x30C, 0x332, 0x338, 0x203E, 0x20D6, 0x20D7]
MATHS_GREEK = [*range(0x391, 0x3AA), *range(0x3B1, 0x3CA), 0x3D1, 0x3D5, 0x3D6, 0x3F0, 0x3F1, 0x3F4, 0x3F5]
MATHS_SIGNS = [
    *(0x2013, 0x2014, 0x2016, 0x2018, 0x2019, 0x2020, 0x2021, 0x2022, 0x2026, *range(0x2032, 0x2036), *range(0x2061, 0x2065)),
    *(0x2102, 0x210B, 0x210E, 0x210F, 0x2110, 0x2111, 0x2112, 0x2113, 0x2115, 0x2118, 0x2119, 0x211A, 0x211B, 0x211C, 0x211D),
    *(0x2124, 0x212C, 0x212F, 0x2130, 0x2131, 0x2133, 0x2134, 0x2135, *range(0x2190, 0x2195), 0x2197, 0x2198, 0x21A6, 0x21BC),
    *(0x21C0, 0x21CC, *range(0x21D0, 0x21D5), *range(0x2200, 0x2219), 0x221A, 0x221D, 0x221E, *range(0x2223, 0x222D), 0x222E),
    *(0x2234, 0x2235, 0x2236, 0x223C, 0x2240, 0x2243, 0x2245, 0x2248, 0x2250, 0x2254, 0x2255, 0x225C, 0x225F, 0x2260, 0x2261),
    *(0x2262, 0x2264, 0x2265, 0x226A, 0x226B, 0x227A, 0x227B, 0x227C, 0x227D, *range(0x2282, 0x228C), 0x2291, 0x2293, 0x2294),
    *(*range(0x2295, 0x229B), 0x22A2, 0x22A4, 0x22A5, 0x22A8, *range(0x22C0, 0x22C7), 0x22EE, 0x22EF, 0x22F1),
    *(*range(0x2308, 0x230C), *range(0x239B, 0x23AF), 0x23DC, 0x23DD, 0x23DE, 0x23DF, 0x25A0, 0x25A1, 0x25B3, 0x25CB, 0x25CF),
    *(0x2605, 0x2713, 0x27C2, *range(0x27E6, 0x27EA), *range(0x27F5, 0x27FB), 0x27FC, 0x2A00, 0x2A01, 0x2A02, 0x2A2F, 0x2A7D),
    *(0x2A7E, 0x2AAF, 0x2AB0, 0xFE00, 0xFE01),
]
MATHS_LETTERS = [*range(0x1D434, 0x1D468), 0x1D6A4, 0x1D6A5, *range(0x1D6E2, 0x1D71C)]  # italic, dotless, italic Greek
MATHS_LETTERS += [0x1D49F, 0x1D4A9, 0x1D4AA, 0x1D53C, 0x1D540, 0x1D7D9]  # script D, N, O; double-struck E, I, 1
# What few formulas have. None of it stretches: browsers look for larger forms of a sign in the font that has the space alone.
# Small Greek stays: Chromium asks for the upright letter before it sets the italic one.
MATHS_RARE = [0x3D6, 0x3F0, 0x3F1, 0x3F4, *range(0x1D6E2, 0x1D6FB)]
MATHS_RARE += [
    *(0x2013, 0x2014, 0x2018, 0x2021, 0x2022, 0x2102, 0x210B, 0x210F, 0x2110, 0x2111, 0x2118, 0x211A, 0x211B, 0x211C),
    *(0x212C, 0x212F, 0x2130, 0x2131, 0x2133, 0x2134, 0x2135, 0x2197, 0x2198, 0x21CC, 0x2201, 0x2204, 0x2206, 0x220A, 0x220B),
    *(0x220C, 0x220D, 0x220E, 0x2214, 0x2215, 0x2224, 0x2226, 0x2234, 0x2235, 0x2236, 0x2240, 0x2245, 0x2250, 0x2255, 0x225F),
    *(0x2262, 0x227C, 0x227D, 0x2283, 0x2284, 0x2285, 0x2287, 0x2288, 0x2289, 0x228A, 0x228B, 0x2291, 0x2293, 0x2294, 0x2296),
    *(0x2298, 0x229A, 0x22A2, 0x22A8, 0x22C4, 0x25A0, 0x25A1, 0x25B3, 0x25CB, 0x25CF, 0x2605, 0x2713, *range(0x27F5, 0x27FB)),
    *(0x27FC, 0x2A2F, 0x2A7D, 0x2A7E, 0x2AAF, 0x2AB0),
]
MATHS = {*MATHS_TEXT, *MATHS_ACCENTS, *MATHS_GREEK, *MATHS_SIGNS, *MATHS_LETTERS}.difference(MATHS_RARE)
MATHS_ALPHABETS = [
    *range(0x1D400, 0x1D434),  # bold
    *range(0x1D468, 0x1D4D0),  # bold italic, script
    *range(0x1D538, 0x1D56C),  # double-struck
    *range(0x1D5A0, 0x1D5D4),  # sans-serif
    *(*range(0x1D6A8, 0x1D6E2), *range(0x1D71C, 0x1D756), *range(0x1D7CE, 0x1D7E2)),  # bold Greek, bold italic Greek, digits
]
MATHS_ALPHABETS = [character for character in MATHS_ALPHABETS if character not in MATHS_LETTERS]

# What stands above or below a letter; the slash of negation (U+0338) stays a mark, since it lies over one.
ACCENTS = [0x5E, 0x7E, 0xA8, 0xAF, 0xB4, *(accent for accent in MATHS_ACCENTS if accent != 0x338)]


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        text, code = (fetch_npm(f"{PACKAGE.format(face)}@{PACKAGE_VERSION}", Path(scratch)) for face in ("next", "mono"))
        write(cut(text_font(text, "latin"), LATIN, ("kern", "tnum")), "atkinson-next.woff2")
        write(cut(text_font(text, "latin"), LATIN_ACCENTS, ("kern",)), "atkinson-next-accents.woff2")
        write(cut(text_font(text, "latin-ext"), LATIN_EXTENDED, ("kern",)), "atkinson-next-ext.woff2")
        write(cut(text_font(code, "latin", (400, 400)), CODE, ()), "atkinson-mono.woff2")  # browsers embolden it well
        write(maths_font(fetch_wheel(ZIAMATH, Path(scratch))), "stix-two-math.woff2")
        write(cut(fetch_wheel(ZIAMATH, Path(scratch)), MATHS_RARE, ()), "stix-two-math-rare.woff2")
        write(cut(fetch_wheel(ZIAMATH, Path(scratch)), MATHS_ALPHABETS, ()), "stix-two-math-alphabets.woff2")


def fetch_npm(package: str, folder: Path) -> dict[str, bytes]:
    """The files of an npm package, by path."""
    run = subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True)
    with tarfile.open(folder / run.stdout.strip()) as archive:
        members = [member for member in archive.getmembers() if member.isfile()]
        return {member.name: archive.extractfile(member).read() for member in members}  # type: ignore[union-attr]  # a file


def fetch_wheel(requirement: str, folder: Path) -> TTFont:
    """STIX Two Math from the wheel that carries it."""
    subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "-d", folder, requirement], check=True)
    with zipfile.ZipFile(next(folder.glob("ziamath-*.whl"))) as archive:
        return TTFont(BytesIO(archive.read("ziamath/fonts/STIXTwoMath-Regular.ttf")), recalcTimestamp=False)


def text_font(package: dict[str, bytes], script: str, weights: tuple[int, int] = (400, 700)) -> TTFont:
    """One Atkinson file, its weights limited to these."""
    path = next(path for path in package if path.endswith(f"-{script}-wght-normal.woff2"))
    lightest, boldest = weights
    limits = lightest if lightest == boldest else (400, lightest, boldest)
    return reload(instancer.instantiateVariableFont(TTFont(BytesIO(package[path]), recalcTimestamp=False), {"wght": limits}))


def reload(font: TTFont) -> TTFont:
    """The font, saved and read again: the instancer leaves tables that the subsetter cannot take as they are."""
    buffer = BytesIO()
    font.flavor = None
    font.save(buffer)
    return TTFont(BytesIO(buffer.getvalue()), recalcTimestamp=False)


def cut(font: TTFont, characters: Iterable[int], features: Iterable[str]) -> TTFont:
    """The font with those characters and layout features alone, without hinting."""
    options = subset.Options(layout_features=list(features), hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 13, 14])
    options.drop_tables += ["DSIG", "STAT"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    return font


def maths_font(font: TTFont) -> TTFont:
    """STIX Two Math, cut, with the cures for how Chromium sets accents and primes."""
    enlarge_primes(font)
    font = reload(cut(font, MATHS, ()))
    # plain glyphs before those composed of them, which move with their parts
    for name in sorted(accent_glyphs(font), key=lambda name: (font["glyf"][name].isComposite(), name)):
        centre_on_its_ink(font, name)
    even_roots(font)
    constants = font["MATH"].table.MathConstants
    constants.AccentBaseHeight.Value -= 40
    constants.RadicalVerticalGap.Value += 60  # or the bar of a root touches the exponents below it
    return font


def enlarge_primes(font: TTFont) -> None:
    """Map the primes to their script-size glyphs: Chromium draws them as a superscript without asking for `ssty`."""
    script_size = {}
    for record in font["GSUB"].table.FeatureList.FeatureRecord:
        if record.FeatureTag == "ssty":
            for index in record.Feature.LookupListIndex:
                for table in font["GSUB"].table.LookupList.Lookup[index].SubTable:
                    script_size |= getattr(getattr(table, "ExtSubTable", table), "alternates", {})
    for table in font["cmap"].tables:
        for character in range(0x2032, 0x2038):
            if table.isUnicode() and script_size.get(getattr(table, "cmap", {}).get(character)):
                table.cmap[character] = script_size[table.cmap[character]][0]


def accent_glyphs(font: TTFont) -> set[str]:
    """The glyphs of the accents, and the wider ones that stretch over several letters."""
    names = {font.getBestCmap()[character] for character in ACCENTS if character in font.getBestCmap()}
    variants = font["MATH"].table.MathVariants
    for name, construction in zip(variants.HorizGlyphCoverage.glyphs, variants.HorizGlyphConstruction, strict=True):
        if name in names:
            names |= {record.VariantGlyph for record in construction.MathGlyphVariantRecord}
    return names


def centre_on_its_ink(font: TTFont, name: str) -> None:
    """Start the glyph's ink at 0 and make its advance the ink's width; no longer a mark, whose advance is taken for 0."""
    glyph = font["glyf"][name]
    if not glyph.numberOfContours:
        return
    glyph.expand(font["glyf"])
    glyph.recalcBounds(font["glyf"])
    if glyph.isComposite():
        for component in glyph.components:
            component.x -= glyph.xMin
    else:
        glyph.coordinates.translate((-glyph.xMin, 0))
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (glyph.xMax - glyph.xMin, glyph.xMin)
    attachment = font["MATH"].table.MathGlyphInfo.MathTopAccentAttachment
    if name in attachment.TopAccentCoverage.glyphs:
        attachment.TopAccentAttachment[attachment.TopAccentCoverage.glyphs.index(name)].Value = glyph.xMax // 2
    if "GDEF" in font and font["GDEF"].table.GlyphClassDef:
        font["GDEF"].table.GlyphClassDef.classDefs.pop(name, None)


def even_roots(font: TTFont) -> None:
    """Make all sizes of the root equally wide: Chromium keeps room for the widest of them beside every root."""
    root = font.getBestCmap()[0x221A]
    variants = font["MATH"].table.MathVariants
    construction = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(root)]
    larger = {record.VariantGlyph for record in construction.MathGlyphVariantRecord}
    parts = {part.glyph for part in construction.GlyphAssembly.PartRecords}
    for name in sorted(larger | parts | {root}):
        glyph, advance = font["glyf"][name], font["hmtx"][name][0]
        if advance > ROOT_WIDTH:
            glyph.coordinates.scale((ROOT_WIDTH / advance, 1))
        else:
            glyph.coordinates.translate((ROOT_WIDTH - advance, 0))
        glyph.coordinates.toInt()
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (ROOT_WIDTH, glyph.xMin)


def write(font: TTFont, name: str) -> None:
    """Save as woff2; no font takes the time of day, so that the same input gives the same bytes."""
    font.flavor = "woff2"
    font.save(HERE / name)
    print(f"{name}: {(HERE / name).stat().st_size:,} bytes, {len(font.getGlyphOrder())} glyphs")
    print(f"  unicode-range: {', '.join(spans(sorted(font.getBestCmap())))};")


def spans(characters: list[int]) -> Iterator[str]:
    """Neighbours together: "U+20-7E"."""
    first = last = characters[0]
    for character in [*characters[1:], -1]:
        if character == last + 1:
            last = character
            continue
        yield f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}"
        first = last = character


if __name__ == "__main__":
    main()
