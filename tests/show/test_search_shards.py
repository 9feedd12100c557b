"""The files of the index: how they are cut, named and kept small."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path
from typing import Any

import pytest

from greenbed.model import Artifact, Garden
from greenbed.show.search.documents import Group, Place, Record
from greenbed.show.search.postings import MOST, postings, shared_letters, written_places, written_terms
from greenbed.show.search.shards import BLOCK_LETTERS, BLOCK_PLACES, SHARD_BYTES, blocks_of, search_files
from tests.show.growing import grow
from tests.show.search_garden import many_notes


def contents(files: list[Artifact]) -> dict[str, Any]:
    """What each file hands to the page, by its name."""
    found = {}
    for file in files:
        call = file.content.decode()
        assert call.startswith("gardenSearch.take(")
        assert call.endswith(")\n")
        name, content = json.loads(f"[{call[len('gardenSearch.take(') : -2]}]")
        assert file.path.as_posix() == f"search/{name}.js"
        found[name] = content
    return found


def read_terms(lines: str) -> list[str]:
    """Terms, as the script reads them."""
    found: list[str] = []
    for line in lines.split("\n"):
        found.append((found[-1] if found else "")[: int(line[0], 36)] + line[1:])
    return found


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Garden:
    """More notes than one shard is for."""
    return grow(tmp_path_factory.mktemp("large"), many_notes(420)).garden


def test_up_to_400_notes_there_is_one_file_of_terms(tmp_path: Path) -> None:
    index = contents(list(search_files(grow(tmp_path, many_notes(12)).garden)))["index"]
    ((first, _),) = index["terms"]
    assert (first, index["spelling"], index["groups"]) == ("", {}, [12, 0, 0, 0])


def test_beyond_no_file_of_terms_weighs_more_than_16_kb(large: Garden) -> None:
    files = {file.path.stem: file.content for file in search_files(large)}
    found = contents(list(search_files(large)))
    names = [name for _, name in found["index"]["terms"]]
    assert len(names) > 1
    assert max(len(gzip.compress(files[name], 6)) for name in names) <= SHARD_BYTES


def test_every_term_lies_in_the_file_that_its_first_letters_name(large: Garden) -> None:
    found = contents(list(search_files(large)))
    starts = found["index"]["terms"]
    ends = [*(start for start, _ in starts[1:]), "\uffff"]
    everything: list[str] = []
    for (start, name), end in zip(starts, ends, strict=True):
        terms = read_terms(found[name][0])
        assert all(start <= term < end for term in terms)
        assert len(terms) == len(found[name][1].split("\n"))
        everything += terms
    assert everything == sorted(set(everything))
    spelt = [term for name in found["index"]["spelling"].values() for term in read_terms("\n".join(found[name]))]
    assert sorted(spelt) == [term for term in everything if len(term) >= 4]


def test_the_index_counts_what_the_files_hold(large: Garden) -> None:
    found = contents(list(search_files(large)))
    index = found["index"]
    places = [place for _, name in index["blocks"] for place in found[name]]
    assert [count for count, _ in index["blocks"]] == [len(found[name]) for _, name in index["blocks"]]
    assert sum(index["places"]) == len(places)
    assert index["groups"] == [len(index["places"]), 0, 0, 0] == [420, 0, 0, 0]


def test_the_same_garden_gives_the_same_bytes(tmp_path: Path) -> None:
    notes = many_notes(30)
    one = list(search_files(grow(tmp_path / "one", notes).garden))
    other = list(search_files(grow(tmp_path / "other", dict(reversed(notes.items()))).garden))
    assert one == other


def test_an_edit_renames_only_the_files_that_it_is_in(tmp_path: Path) -> None:
    notes = many_notes(60)
    before = {file.path for file in search_files(grow(tmp_path, notes).garden)}
    after = {
        file.path for file in search_files(grow(tmp_path, notes | {"bits/n7.md": notes["bits/n7.md"] + "edited\n"}).garden)
    }
    assert len(before - after) == len(after - before) == 2  # its terms, its record


def test_a_garden_of_nothing_has_an_index_of_nothing(tmp_path: Path) -> None:
    found = contents(list(search_files(grow(tmp_path, {}, live=True).garden)))
    assert (found["index"]["places"], found["index"]["blocks"]) == ([], [])


def record(group: Group, letters: int = 10, impacts: dict[str, int] | None = None) -> Record:
    return Record(group, "Title", "x/index.html", (Place("", "", "x" * letters, "", impacts or {}),))


def test_records_come_in_files_of_twenty_or_fewer_that_never_mix_groups() -> None:
    found = [record(Group.BITS)] * 45 + [record(Group.GLOSSARY)] * 3 + [record(Group.SHEETS, BLOCK_LETTERS // 2 + 1)] * 2
    assert [len(block) for block in blocks_of(found)] == [BLOCK_PLACES, BLOCK_PLACES, 5, 3, 1, 1]


def test_of_a_word_that_is_everywhere_the_best_400_places_are_kept_in_order() -> None:
    generator = random.Random(0)
    impacts = [generator.randint(1, 8) for _ in range(1000)]
    kept = postings([record(Group.BITS, impacts={"everywhere": impact}) for impact in impacts])["everywhere"]
    assert len(kept) == MOST
    assert [place for place, _ in kept] == sorted(place for place, _ in kept)
    assert min(impact for _, impact in kept) >= sorted(impacts, reverse=True)[MOST - 1]


def test_terms_and_places_are_written_as_the_script_reads_them() -> None:
    terms = ["a", "attend", "attention", "attention_mask", "b"]
    assert read_terms("\n".join(written_terms(terms))) == terms
    assert written_places([(3, 8), (4, 1), (40, 2)]) == "3HAzB"
    assert (shared_letters("mask", "masked"), shared_letters("", "a"), shared_letters("ab", "ac")) == (4, 0, 1)
