"""needs=: what is here and what is not."""

from __future__ import annotations

import sys

import pytest

from greenbed.check.running import needs

PYTHON = ".".join(str(part) for part in sys.version_info[:3])


@pytest.mark.parametrize(
    "requirement", ["pytest", "pytest>=1", "pytest >= 1, < 1000", "python>=3.11", "json", "hypothesis!=1.0"]
)
def test_a_need_that_is_met(requirement: str) -> None:
    assert needs.unmet(requirement) == ""


@pytest.mark.parametrize(
    ("requirement", "reason"),
    [
        ("nope", "needs nope, which is not installed here"),
        ("nope.below", "needs nope.below, which is not installed here"),
        ("pytest<1", f"needs pytest<1, here is {pytest.__version__}"),
        ("python>=99", f"needs python>=99, here is {PYTHON}"),
    ],
)
def test_a_need_that_is_not_met(requirement: str, reason: str) -> None:
    assert needs.unmet(requirement) == reason


@pytest.mark.parametrize("requirement", ["", ">=2", "torch>", "two words", "torch=2"])
def test_what_is_no_requirement(requirement: str) -> None:
    with pytest.raises(ValueError, match="no requirement"):
        needs.unmet(requirement)


@pytest.mark.parametrize(
    ("clauses", "holds"),
    [
        ("", True), (">=2.5", True), (">=2.13", True), (">2.13", False), (">2.12.9", True), ("<2.5", False), ("<=2.13.0", True),
        ("==2.13.0", True), ("==2.13", True), ("==2.13.*", True), ("==2.1.*", False), ("!=2.13", False), ("~=2.1", True),
        ("~=2.1.0", False), (">=2,<3", True), (">=2,<2.10", False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("has_packaging", [True, False])
def test_versions_compare_with_and_without_packaging(
    clauses: str, holds: bool, has_packaging: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_packaging:
        monkeypatch.setitem(sys.modules, "packaging.specifiers", None)
    monkeypatch.setattr(needs, "_version", lambda name: "2.13.0+cpu")
    assert (needs.unmet(f"torch{clauses}") == "") is holds
