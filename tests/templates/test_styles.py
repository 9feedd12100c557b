"""The style sheets and what writes classes: nothing that is written stays unstyled."""

from __future__ import annotations

import re

import pytest

from greenbed.model import Status
from greenbed.show.markup.highlight import CLASSES as CODE
from greenbed.show.markup.mathstyles import CLASSES as MATHS
from greenbed.show.markup.rules.callouts import KINDS
from tests.show.rendering import ROOT

CSS = ROOT / "static" / "css"
SHEETS = {file.name: file.read_text(encoding="utf-8") for file in CSS.glob("*.css")}
JOINED = [name for name in SHEETS if name == "style.css" or name.startswith("page-")]
WHOLE = "\n".join(SHEETS.values())


def declarations(sheet: str, name: str) -> dict[str, str]:
    """What a sheet says of a class of its own."""
    found = re.search(rf"^\.{re.escape(name)} \{{\n(.*?)^\}}", SHEETS[sheet], re.MULTILINE | re.DOTALL)
    assert found, f"{sheet} says nothing of .{name}"
    pairs = (line.strip().rstrip(";").partition(":") for line in found[1].splitlines())
    return {key.strip(): value.strip() for key, _, value in pairs}


@pytest.mark.parametrize("name", sorted(MATHS))
def test_every_class_of_a_formula_means_what_its_style_attribute_meant(name: str) -> None:
    wanted = MATHS[name]
    said = declarations("maths.css", name)
    if wanted == "color of that name":
        assert list(said) == ["color"]
    else:
        pairs = (rule.partition(":") for rule in wanted.split(";"))
        assert {key: value.lower() for key, value in said.items()} == {
            key.strip(): value.strip().lower() for key, _, value in pairs
        }


@pytest.mark.parametrize("name", sorted(set(CODE.values())))
def test_every_class_of_code_has_its_colour(name: str) -> None:
    assert declarations("code.css", name)["color"].startswith("var(--code-")


def test_every_kind_of_callout_has_its_colour() -> None:
    for kind in KINDS:
        assert kind == "note" or f".callout--{kind}" in SHEETS["prose.css"]  # a note has the colours that callouts have anyway


def test_every_level_has_its_colour() -> None:
    for status in Status:
        assert status is Status.RUNS or f".badge--{status}" in SHEETS["badge.css"]  # what only runs stays grey


def imports(sheet: str) -> list[tuple[str, str]]:
    """(name, layer) of what a sheet joins."""
    return re.findall(r'@import "([^"]+)" layer\((\w+)\)', SHEETS[sheet])


def test_every_sheet_is_in_the_cascade() -> None:
    assert {name for joined in JOINED for name, _ in imports(joined)} == set(SHEETS) - set(JOINED)
    declared = re.search(r"@layer ([^;]+);", SHEETS["style.css"])
    assert declared
    layers = [layer.strip() for layer in declared[1].split(",")]
    for joined in JOINED:
        order = [layers.index(layer) for _, layer in imports(joined)]
        assert order == sorted(order), joined


def test_no_page_loads_a_sheet_twice() -> None:
    for joined in set(JOINED) - {"style.css"}:
        assert not set(imports(joined)) & set(imports("style.css")), joined


def test_colours_and_sizes_are_tokens() -> None:
    defined = set(re.findall(r"^\s*(--[\w-]+):", WHOLE, re.MULTILINE))
    used = set(re.findall(r"var\((--[\w-]+)", WHOLE))
    assert used <= defined | {
        "--stack",
        "--strike",
        "--swatch",
        "--badge-ink",
        "--badge-ground",
        "--callout-ink",
        "--callout-ground",
    }
    for name, text in SHEETS.items():
        if name not in ("tokens.css", "print.css", "maths.css", "base.css"):
            assert not re.search(r":[^;{]*#[0-9a-f]{3,6}\b", text.replace("#000", "")), name


def test_no_rule_shouts() -> None:
    assert "!important" not in WHOLE
