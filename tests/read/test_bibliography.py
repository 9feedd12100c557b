"""content/references.yaml → works: what an entry may hold, and what is said where it is not whole."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenbed.model import Code, Config, Reference, Severity
from greenbed.read.bibliography import bibliography
from greenbed.read.discover import discover

WHOLE = """\
# a comment
vaswani2017:
  title: Attention Is All You Need
  authors: ["Vaswani, Ashish", Shazeer, et al.]
  year: 2017
  venue: NeurIPS 2017
  url: "https://arxiv.org/abs/1706.03762"
  note: Sections 3 and 5
gemma2024: {title: "Gemma 2", authors: [Gemma Team], year: 2024}
"""

YAML = [*"[]{}:,-'\"#&*!|>\n ?%@", "a", "title: ", "1"]


def test_a_bibliography_is_read_with_its_lines() -> None:
    works, findings = bibliography(WHOLE)
    assert findings == ()
    assert works == {
        "vaswani2017": Reference(
            key="vaswani2017",
            title="Attention Is All You Need",
            authors=("Vaswani, Ashish", "Shazeer", "et al."),
            year=2017,
            label="Vaswani et al., 2017",
            venue="NeurIPS 2017",
            url="https://arxiv.org/abs/1706.03762",
            note="Sections 3 and 5",
            line=2,
        ),
        "gemma2024": Reference("gemma2024", "Gemma 2", ("Gemma Team",), 2024, "Gemma Team, 2024", line=9),
    }


def test_works_of_the_same_people_and_year_are_told_apart() -> None:
    entry = "{{title: {0}, authors: [Chen, Li, Wu], year: {1}}}"
    works, _ = bibliography(f"x: {entry.format('X', 2023)}\ny: {entry.format('Y', 2023)}\nz: {entry.format('Z', 2022)}\n")
    assert [work.label for work in works.values()] == ["Chen et al., 2023a", "Chen et al., 2023b", "Chen et al., 2022"]


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "hint"),
    [
        ("a: {title: T, authors: [A], year: 1984}\nb: 7\n", 2, 4, '"b" must be a mapping, not 7', "write key: {"),
        ("a:\n  title: T\n  authors: A\n  year: 1984\n", 3, 12, '"authors" must be a list, not A', "[A]"),
        (
            "a: {title: T, authors: [], year: 1984}",
            1,
            24,
            '"authors" must be a list with one author or more, not []',
            "Vaswani",
        ),
        ("a: {title: 3, authors: [A], year: 1984}", 1, 12, '"title" must be text, not 3', '"3"'),
        ('a: {title: T, authors: [A], year: "1984"}', 1, 35, '"year" must be a year, not "1984"', "without quotes"),
        ("a: {title: T, authors: [A], year: 84}", 1, 35, '"year" must be a year, not 84', "2017"),
        ("a: {title: T, authors: [A], year: 1984, url: x.org}", 1, 46, '"url" must be an address, not x.org', "https://"),
        ("a: {title: T}", 1, 1, '"a" has no authors and no year', "write key: {"),
        ("a b: {title: T}", 1, 1, '"a b" is no key for a citation', "vaswani2017"),
        ("- a", 1, 1, '"references.yaml" must be made of keys and their works, not - a', "write key: {"),
        ("a: {title: ]}", 1, 12, "the bibliography is not YAML: did not find expected node content", "in quotes"),
        ("a: " + "[" * 200, 1, 1, "the bibliography is nested too deeply", "write key: {"),
    ],
)
def test_what_is_wrong_with_an_entry_is_said_where_it_is(text: str, line: int, column: int, message: str, hint: str) -> None:
    works, (finding,) = bibliography(text)
    assert (finding.line, finding.column, finding.code) == (line, column, Code.BAD_REFERENCE)
    assert finding.message.startswith(message)
    assert hint in finding.hint
    assert "b" not in works


def test_an_entry_written_twice_counts_once() -> None:
    entry = "{title: %s, authors: [A], year: 1984}"
    works, (finding,) = bibliography(f"a: {entry % 'First'}\na: {entry % 'Second'}\n")
    assert (finding.line, finding.message) == (2, '"a" is written twice, first on line 1')
    assert works["a"].title == "First"


def test_an_unknown_field_is_a_warning_and_the_entry_is_kept() -> None:
    works, (finding,) = bibliography("a: {title: T, authors: [A], year: 1984, venu: V}")
    assert (finding.code, finding.severity, finding.hint) == (Code.UNKNOWN_KEY, Severity.WARNING, 'did you mean "venue"?')
    assert list(works) == ["a"]


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(YAML)).map("".join)))
def test_no_text_makes_it_raise(text: str) -> None:
    works, findings = bibliography(text)
    assert all(work.key == key and work.authors for key, work in works.items())
    assert all(finding.line >= 1 for finding in findings)


def test_the_file_lies_in_the_content_folder_and_is_no_note(tmp_path) -> None:  # type: ignore[no-untyped-def]  # pytest's path
    content = tmp_path / "content"
    content.mkdir()
    (content / "a.md").write_text("A\n")
    config = Config(tmp_path, content, *(tmp_path / name for name in "tsoc"))
    assert discover(config)[0].bibliography == {}
    (content / "references.yaml").write_bytes(WHOLE.replace("\n", "\r\n").encode() + b"x: 1\r\n")
    discovery, (problem,) = discover(config)
    assert list(discovery.bibliography) == ["vaswani2017", "gemma2024"]
    assert (problem.path, problem.line, problem.code) == ("references.yaml", 10, Code.BAD_REFERENCE)
    assert [source.path for source in discovery.sources] == [PurePosixPath("a.md")]
    (content / "references.yaml").write_bytes(b"a: \xff\n")
    discovery, (problem,) = discover(config)
    assert (discovery.bibliography, problem.code) == ({}, Code.NOT_UTF8)
