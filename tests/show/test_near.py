"""Near matches: the name that was meant."""

import pytest

from greenbed.show.relate.near import Near, nearest

NAMES = ["softmax", "attention/masks", "Log-sum-exp", "rope", "torch.where differentiates both branches"]


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("sofmax", "softmax"),
        ("SOFTMAXX", "softmax"),
        ("atention/mask", "attention/masks"),
        ("log sum exp", "Log-sum-exp"),
        ("rop", "rope"),
        ("torch where differentiates both", "torch.where differentiates both branches"),
        ("entirely different", ""),
        ("", ""),
    ],
)
def test_the_name_written_most_alike_is_found(word: str, name: str) -> None:
    assert Near(NAMES).find(word) == name
    assert nearest(word, NAMES) == name


def test_the_first_of_equals_is_found() -> None:
    assert Near(["mask-b", "mask-c"]).find("mask-a") == "mask-b"
