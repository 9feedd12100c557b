"""Related notes: what they share, what a reader has before them already, and the time it takes."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from time import process_time

from greenbed.show.relate.related import FREQUENT, MOST, Related, Relations, neighbours
from tests.show.growing import Grown, grow


def tagged(*tags: str, text: str = "Text.") -> str:
    return f"---\ntags: [{', '.join(tags)}]\n---\n{text}\n"


def others(count: int) -> dict[str, str]:
    """Notes that have nothing in common, so that what two others share is rare."""
    return {f"bits/z{number}.md": tagged(f"own{number}") for number in range(count)}


def related(grown: Grown, path: str) -> list[str]:
    return [other.note.stem for other in Relations(grown.garden).of(PurePosixPath(path))]


def test_rare_tags_count_more_than_common_ones(tmp_path: Path) -> None:
    files = {"bits/a.md": tagged("rope", "torch"), "bits/b.md": tagged("rope"), "bits/c.md": tagged("torch")}
    common = {f"bits/d{number}.md": tagged("torch") for number in range(6)}
    assert related(grow(tmp_path, {**files, **common, **others(20)}), "bits/a.md")[0] == "b"


def test_what_is_shared_is_said_the_rarest_first(tmp_path: Path) -> None:
    files = {
        "bits/a.md": tagged("position", "torch", text="A [rotation]{.term} turns."),
        "bits/b.md": tagged("torch", "position", text="It is a rotation."),
        "bits/c.md": tagged("torch"),
    }
    found = Relations(grow(tmp_path, {**files, **others(20)}).garden).of(PurePosixPath("bits/a.md"))
    assert found == (
        Related(PurePosixPath("bits/b.md"), ("position", "torch", "rotation"), ()),
        Related(PurePosixPath("bits/c.md"), ("torch",), ()),
    )


def test_notes_with_a_neighbour_in_common_are_related_whichever_way_the_links_go(tmp_path: Path) -> None:
    files = {"bits/a.md": "[[hub]]\n", "bits/hub.md": "[[b]]\n", "bits/b.md": "B\n"}
    garden = grow(tmp_path, {**files, **others(20)}).garden
    assert Relations(garden).of(PurePosixPath("bits/a.md")) == (
        Related(PurePosixPath("bits/b.md"), (), (PurePosixPath("bits/hub.md"),)),
    )


def test_what_is_linked_already_is_not_given_again(tmp_path: Path) -> None:
    files = {
        "bits/a.md": tagged("rope", text="[[b]]"),
        "bits/b.md": tagged("rope"),
        "bits/c.md": tagged("rope", text="[[a]]"),
        "bits/d.md": tagged("rope"),
    }
    grown = grow(tmp_path, {**files, **others(20)})
    assert related(grown, "bits/a.md") == ["d"]
    assert {path.stem for path in neighbours(grown.garden)[PurePosixPath("bits/a.md")]} == {"b", "c"}


def test_what_nearly_all_notes_have_relates_none(tmp_path: Path) -> None:
    files = {f"bits/a{number}.md": tagged("torch") for number in range(FREQUENT + 1)}
    assert related(grow(tmp_path, {**files, **others(60)}), "bits/a0.md") == []


def test_the_best_are_given_in_the_order_of_reading(tmp_path: Path) -> None:
    files = {f"bits/a{number}.md": tagged("rope") for number in range(9)}
    assert related(grow(tmp_path, {**files, **others(60)}), "bits/a4.md") == ["a0", "a1", "a2", "a3", "a5"]
    assert MOST == 5


def test_a_note_that_shares_nothing_has_no_relations(tmp_path: Path) -> None:
    assert related(grow(tmp_path, others(3)), "bits/z0.md") == []


def test_the_time_grows_with_the_garden_alone(tmp_path: Path) -> None:
    def seconds(count: int) -> float:
        files = {f"bits/n{number}.md": tagged(f"t{number % (count // 20)}", "all") for number in range(count)}
        garden = grow(tmp_path / str(count), files).garden
        best = []
        for _ in range(5):
            start = process_time()
            relations = Relations(garden)
            for path in garden.notes:
                relations.of(path)
            best.append(process_time() - start)
        return min(best)

    assert seconds(1600) < 20 * seconds(200)  # 8 times the notes; each compared with each would take 64 times as long
