"""Terms → glossary: where each is introduced first, who mentions it, and the file for programs."""

from pathlib import Path, PurePosixPath

from greenbed.show.relate.glossary import glossary_data, letter_of
from greenbed.show.relate.mentions import Mentions
from tests.show.growing import Grown, grow


def entry_names(grown: Grown) -> list[str]:
    return [entry.name for entry in grown.garden.glossary]


def stems(paths: tuple[PurePosixPath, ...]) -> list[str]:
    return [path.stem for path in paths]


def test_the_first_introduction_in_reading_order_wins(tmp_path: Path) -> None:
    files = {
        "bits/a.md": "---\ncreated: 2026-02-02\n---\n\nLater: a [gate]{.term} is a factor.\n",
        "bits/z.md": "---\ncreated: 2026-01-01\n---\n\nA [gate]{.term} multiplies.\n",
        "chapters/b.md": "# B\n\nA [Gate]{.term} again.\n",
    }
    (entry,) = grow(tmp_path, files).garden.glossary
    assert (entry.id, entry.name, entry.note) == ("gate", "gate", PurePosixPath("bits/z.md"))
    assert entry.term.text == "A gate multiplies."
    assert stems(entry.also_in) == ["a", "b"]


def test_a_term_introduced_by_its_short_form_or_alias_is_the_same(tmp_path: Path) -> None:
    files = {
        "bits/a.md": '# A\n\n[Rotary position embedding (RoPE)]{.term aka="rotary encoding"} turns pairs.\n',
        "bits/b.md": "# B\n\n[RoPE]{.term} turns.\n",
        "bits/c.md": "# C\n\n[Rotary encoding]{.term} turns.\n",
        "bits/d.md": "# D\n\nTie it with a rope.\n",
    }
    grown = grow(tmp_path, files)
    (entry,) = grown.garden.glossary
    assert (entry.name, entry.short, entry.aliases) == ("Rotary position embedding", "RoPE", ("rotary encoding",))
    assert stems(entry.also_in) == ["b", "c"]
    assert set(grown.garden.introductions.values()) == {"rotary-position-embedding"}
    assert len(grown.garden.introductions) == 3


def test_a_short_form_counts_by_case_and_a_name_does_not(tmp_path: Path) -> None:
    files = {
        "bits/a.md": "# A\n\n[Maximum a posteriori (MAP)]{.term} is a mode. A [logit]{.term} is a score.\n",
        "bits/b.md": "# B\n\nWe map and we mapped; Logits stay.\n",
        "bits/c.md": "# C\n\nThe MAP estimate, a maximum a\nposteriori one.\n",
        "bits/d.md": "# D\n\nOnly in code: `logit`, $logit$, <b title='logit'>x</b>.\n",
    }
    entries = {entry.name: stems(entry.also_in) for entry in grow(tmp_path, files).garden.glossary}
    assert entries == {"logit": ["b"], "Maximum a posteriori": ["c"]}


def test_words_within_words_are_no_mentions() -> None:
    found = Mentions((("gate", "", ()), ("self attention", "SA", ("intra-attention",)))).in_words
    assert found(["gateway", "investigate"]) == frozenset()
    assert found(["Gates"]) == {0}
    assert found(["Self", "Attention"]) == {1}
    assert found(["an", "intra", "attention"]) == {1}
    assert found(["self", "and", "attention", "sa"]) == frozenset()
    assert found(["SAs"]) == {1}


def test_terms_stand_in_order_and_what_begins_with_no_letter_comes_last(tmp_path: Path) -> None:
    terms = ["zero", "Épsilon", "βeta", "alpha", "2-norm", "Adam"]
    grown = grow(tmp_path, {"bits/a.md": "# A\n\n" + "\n\n".join(f"A [{term}]{{.term}} is." for term in terms) + "\n"})
    ordered = [(letter_of(name), name) for name in entry_names(grown)]
    assert ordered == [("A", "Adam"), ("A", "alpha"), ("E", "Épsilon"), ("Z", "zero"), ("#", "2-norm"), ("#", "βeta")]


def test_entries_with_one_slug_have_ids_of_their_own(tmp_path: Path) -> None:
    grown = grow(tmp_path, {"bits/a.md": "# A\n\nA [map]{.term} is.\n", "bits/b.md": "# B\n\nA [MAP]{.term} is.\n"})
    assert [(entry.id, entry.name) for entry in grown.garden.glossary] == [("map-1", "MAP"), ("map", "map")]


def test_no_entry_takes_an_id_that_the_page_has(tmp_path: Path) -> None:
    grown = grow(tmp_path, {"bits/a.md": "# A\n\nThe [main]{.term} is. A [letter A]{.term} is.\n"})
    assert [entry.id for entry in grown.garden.glossary] == ["letter-a-1", "main-1"]


def test_mentions_are_found_where_they_stand() -> None:
    names = Mentions((("gate", "", ()), ("self attention", "SA", ()), ("attention", "", ())))
    text = "Gates (self-\nattention). Self. Attention; SA, sa, self (attention)."
    found = [(text[spot.start : spot.end], spot.term) for spot in names.spots(text)]
    assert found == [("Gates", 0), ("self-\nattention", 1), ("Attention", 2), ("SA", 1), ("attention", 2)]
    assert names.firsts([0, 1]) == {"gate", "gates", "self", "selfs", "sa", "sas"}


def test_a_hyphen_makes_no_other_term(tmp_path: Path) -> None:
    files = {"bits/a.md": "# A\n\n[Self-attention]{.term} is.\n", "bits/b.md": "# B\n\n[self attention]{.term} is.\n"}
    assert entry_names(grow(tmp_path, files)) == ["Self-attention"]


def records(data: bytes) -> list[dict[str, str]]:
    """Read the file as its own header says."""
    lines = [line for line in data.decode("utf-8").split("\n") if not line.startswith("#")]
    blocks = [block.split("\n") for block in "\n".join(lines).strip("\n").split("\n\n")]
    return [{line.partition(":")[0]: line.partition(":")[2].strip() for line in block} for block in blocks]


def test_glossary_data_is_what_its_header_says(tmp_path: Path) -> None:
    files = {
        "bits/a.md": '# On: A\n\nA [query, key (QK)]{.term aka="x, y"} asks:\nwho? Then\n# rest.\n',
        "cheatsheets/p/b.md": "# B\n\nA [logit]{.term} is a score.\n",
    }
    data = glossary_data(grow(tmp_path, files).garden)
    assert records(data) == [
        {
            "term": "logit",
            "short": "",
            "aliases": "",
            "definition": "A logit is a score.",
            "note": "B",
            "url": "/cheatsheets/p/#b-term-logit",
        },
        {
            "term": "query, key",
            "short": "QK",
            "aliases": "x; y",
            "definition": "A query, key (QK) asks: who?",
            "note": "On: A",
            "url": "/bits/a/#term-query-key",
        },
    ]
    assert data.endswith(b"\n")
    assert b"\r" not in data
    assert not [line for line in data.decode().split("\n") if line != line.rstrip()]


def test_a_garden_without_terms_has_a_header_alone(tmp_path: Path) -> None:
    data = glossary_data(grow(tmp_path, {"bits/a.md": "# A\n\nText.\n"}).garden).decode()
    assert all(line.startswith("#") for line in data.splitlines())


def test_an_edited_note_is_read_anew(tmp_path: Path) -> None:
    introduces = {"bits/a.md": "# A\n\nA [gate]{.term} is.\n"}
    assert stems(grow(tmp_path, {**introduces, "bits/b.md": "# B\n\nNo.\n"}).garden.glossary[0].also_in) == []
    assert stems(grow(tmp_path, {**introduces, "bits/b.md": "# B\n\nA gate.\n"}).garden.glossary[0].also_in) == ["b"]
