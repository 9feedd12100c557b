"""Which claims are mended and which are refused; where they stand in lists, quotations and files of any making."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from greenbed.model import Code, Failure
from tests.accept.claiming import failed, note_of, proposed, ran, refusals, wrong

NOTE = """\
# A

```python
x = 1
x + 1  # 3
```

- In a list:

  ```python
  print(x)
  ```

  ```output
  2
  ```
"""
COMMENT = wrong("value", 2, " 3", " 2")
OUTPUT = wrong("output", 5, "2\n", "1\n")
RAISED = Failure(Code.FAILED, 1, "ValueError: no")


def test_what_did_not_hold_is_mended_and_nothing_else(tmp_path: Path) -> None:
    proposal = proposed(note_of(tmp_path, NOTE), failed(0, COMMENT), failed(1, OUTPUT))
    assert proposal.after == NOTE.replace("# 3", "# 2").replace("  2\n", "  1\n")
    assert (proposal.changes, proposal.refusals) == (2, ())


def test_a_snippet_that_failed_otherwise_is_refused_whole(tmp_path: Path) -> None:
    proposal = proposed(note_of(tmp_path, NOTE), failed(0, COMMENT, RAISED), ran(1))
    assert (proposal.after, proposal.changes) == (NOTE, 0)
    assert refusals(proposal) == [
        (4, "it is no expectation that does not hold: ValueError: no"),
        (5, "its snippet also failed on line 4: mend that first"),
    ]


def test_what_comes_after_a_snippet_that_raised_is_refused(tmp_path: Path) -> None:
    note = note_of(tmp_path, NOTE)
    assert refusals(proposed(note, failed(0, RAISED), failed(1, OUTPUT)))[1:] == [
        (15, "a snippet above it failed on line 4: mend that first")
    ]
    fresh = note_of(tmp_path, NOTE.replace("  ```python\n", "  ```python new\n"))
    assert proposed(fresh, failed(0, RAISED), failed(1, OUTPUT)).changes == 1


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (Code.UNSEEDED, "its snippet draws unseeded random numbers: seed them first"),
        (Code.EMPTY_EXPECTATION, 'an expectation that is only "..." is met by anything: write what is to come out'),
        (Code.TIMEOUT, "it is no expectation that does not hold: what happened"),
    ],
)
def test_other_failures_are_refused_with_their_reason(tmp_path: Path, code: Code, reason: str) -> None:
    proposal = proposed(note_of(tmp_path, NOTE), failed(0, Failure(code, 2, "what happened")), ran(1))
    assert refusals(proposal) == [(5, reason)]


@pytest.mark.parametrize(
    ("failure", "reason"),
    [
        (wrong("value", 2, " 3", "", unmended="nothing came"), "nothing came"),
        (wrong("value", 2, " 3", ""), "nothing can be written there that would be read again"),
        (wrong("value", 2, " 3", " <A at 0x7f>"), "it shows an address, which is another in every run"),
        (wrong("value", 2, " 3", " 0.2 s"), 'it shows a duration: "0.2 s"'),
        (wrong("value", 2, " 4", " 2"), "the line does not end in '# 4'"),
        (wrong("value", 9, " 3", " 2"), "its lines are not those of one snippet"),
        (wrong("value", 2, " 3\n 4", " 2"), "its lines are not those of one snippet"),
        (wrong("example", 2, ">>> x\n3", ">>> x\n2"), "the file does not say '>>> x' there"),
    ],
)  # fmt: skip
def test_a_claim_that_cannot_be_mended_is_refused(tmp_path: Path, failure: Failure, reason: str) -> None:
    proposal = proposed(note_of(tmp_path, NOTE), failed(0, failure), ran(1))
    assert (proposal.after, [text for _, text in refusals(proposal)]) == (NOTE, [reason])


def test_what_the_second_run_does_not_give_is_refused(tmp_path: Path) -> None:
    note = note_of(tmp_path, NOTE)
    for again in ((failed(0, wrong("value", 2, " 3", " 4")), ran(1)), (ran(0), ran(1)), ()):
        proposal = proposed(note, failed(0, COMMENT), ran(1), again=again)
        assert refusals(proposal) == [(5, "something else came when the note was run again")]


def test_a_line_that_two_snippets_reach_differently_is_refused(tmp_path: Path) -> None:
    note = note_of(tmp_path, NOTE)
    there = wrong("value", -5, " 3", " 4")  # relative to the second snippet
    assert refusals(proposed(note, failed(0, COMMENT), failed(1, there))) == [
        (5, "something else comes each time that the line is reached")
    ]
    agreeing = wrong("value", -5, " 3", " 2")
    assert proposed(note, failed(0, COMMENT), failed(1, agreeing)).changes == 1


def test_a_file_that_has_changed_is_refused(tmp_path: Path) -> None:
    note = note_of(tmp_path, NOTE)
    note.file.write_text(NOTE + "more\n")
    proposal = proposed(note, failed(0, COMMENT), ran(1))
    assert (proposal.changes, refusals(proposal)) == (
        0,
        [(1, "the file has changed since its snippets ran: run the command again")],
    )


def test_output_that_would_end_the_fence_is_refused_and_the_rest_is_mended(tmp_path: Path) -> None:
    ending = wrong("output", 5, "2\n", "```\nmore\n")
    proposal = proposed(note_of(tmp_path, NOTE), failed(0, COMMENT), failed(1, ending))
    assert proposal.after == NOTE.replace("# 3", "# 2")
    assert refusals(proposal) == [(15, "the note would be read in another way if that stood there")]


QUOTED = """\
> [!note] Title
> 1. ```python
>    f(x)  # [[1,
>          #   2]]
>    f(x)  # 0
>    ```
>
>    ```output
>    a
>
>    b
>    ```
"""


def test_lines_of_a_quoted_list_keep_what_stands_before_them(tmp_path: Path) -> None:
    proposal = proposed(
        note_of(tmp_path, QUOTED),
        failed(
            0,
            wrong("value", 1, " [[1,\n   2]]", " [[1,\n   3]]"),
            wrong("value", 3, " 0", " [[1,\n  2],\n  [3]]"),
            wrong("output", 7, "a\n\nb\n", "a\n\nc\n\nd\n"),
        ),
    )
    assert (proposal.changes, proposal.refusals) == (3, ())
    assert proposal.after == (
        QUOTED.replace(">          #   2]]", ">          #   3]]")
        .replace(">    f(x)  # 0\n", ">    f(x)  # [[1,\n>          #  2],\n>          #  [3]]\n")
        .replace(">    b\n", ">    c\n>\n>    d\n")
    )


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("", ""), ("> ", "> "), ("- ", "  "), ("1. ", "   "), ("> - ", ">   "), ("    - ", "      ")],
)
def test_an_empty_output_fence_is_filled(tmp_path: Path, opening: str, closing: str) -> None:
    text = f"- a\n\n{opening}```python\n{closing}print(1)\n{closing}```\n{closing.rstrip()}\n{closing}```output\n{closing}```"
    note = note_of(tmp_path, text)
    (snippet,) = note.snippets
    assert snippet.expected is not None
    line = snippet.expected.line - snippet.line + 1
    proposal = proposed(note, failed(0, wrong("output", line, "", "1\n 2\n")))
    assert proposal.after == text.removesuffix(f"{closing}```") + f"{closing}1\n{closing} 2\n{closing}```"


def test_a_comment_behind_a_prompt_cannot_go_on(tmp_path: Path) -> None:
    note = note_of(tmp_path, "```python\n>>> x  # 3\n```\n")
    proposal = proposed(note, failed(0, wrong("value", 1, " 3", " [1,\n  2]")))
    assert refusals(proposal) == [(2, "what came takes more lines than a comment behind a prompt has")]


def test_windows_files_stay_windows_files(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + NOTE.rstrip("\n").replace("\n", "\r\n").encode()
    proposal = proposed(note_of(tmp_path, content), failed(0, COMMENT), failed(1, wrong("output", 5, "2\n", "1\n2\n")))
    assert proposal.after.encode() == content.replace(b"# 3\r\n", b"# 2\r\n").replace(b"  2\r\n", b"  1\r\n  2\r\n")


def test_literals_on_one_line(tmp_path: Path) -> None:
    text = "# A\n\nIt is 1<!-- = a --> and 2<!-- = b --> and **3**<!-- = c -->.\n\n```python\n1  # 1\n```\n"
    note = note_of(tmp_path, text)
    assert [(literal.text, literal.line) for literal in note.literals][:2] == [("1", 3), ("2", 3)]
    one, two, _ = note.literals
    failures = (
        wrong("literal", 3 - 6 + 1, one.text, "10", column=one.column),
        wrong("literal", 3 - 6 + 1, two.text, "20", column=two.column),
    )
    proposal = proposed(note, failed(0, *failures))
    assert proposal.after == text.replace("1<!-- = a", "10<!-- = a").replace("2<!-- = b", "20<!-- = b")


PROSE = st.text(alphabet="ab *_-#>`[]()!:|\t0é\n", max_size=40).map(lambda text: text.replace("``", "a"))


@given(
    before=PROSE, between=PROSE, after=PROSE, end=st.sampled_from(["\n", "\r\n"]), mended=st.sampled_from(["4", "[1,\n  2]"])
)
def test_only_the_claims_change_whatever_stands_around_them(
    tmp_path_factory: pytest.TempPathFactory, before: str, between: str, after: str, end: str, mended: str
) -> None:
    code, lines = "```python\nx  # 3\n```\n\n", "```output\n2\n```\n"
    text = f"{before}\n\n{code}{between}\n\n{lines}{after}".replace("\n", end)
    note = note_of(tmp_path_factory.mktemp("garden"), text)
    if len(note.snippets) != 1 or note.snippets[0].code != "x  # 3\n" or note.snippets[0].expected is None:
        event("the prose has made something else of the fences")
        return
    (snippet,) = note.snippets
    assert snippet.expected is not None
    output = wrong("output", snippet.expected.line - snippet.line + 1, "2\n", "7\n\n8\n")
    proposal = proposed(note, failed(0, wrong("value", 1, " 3", f" {mended}"), output))
    first, *more = mended.split("\n")
    assert proposal.changes == 2
    comment = "\n".join([f"x  # {first}", *(f"   #{line}" for line in more)])
    mended_code, mended_lines = code.replace("x  # 3", comment), lines.replace("2", "7\n\n8")
    intended = f"{before}\n\n{mended_code}{between}\n\n{mended_lines}{after}"
    assert proposal.after == intended.replace("\n", end)
