"""Notes → Garden: what each way to write a link leads to, and what is said of those that lead nowhere."""

from pathlib import Path, PurePosixPath

import pytest

from greenbed.model import Backlink, Code
from tests.show.growing import grow

SOFTMAX = "# Softmax\n\n## Why it overflows\n\nText.\n"


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("[[softmax]]", "/bits/maths/softmax/"),
        ("[[SoftMax]]", "/bits/maths/softmax/"),
        ("[[softmax.md]]", "/bits/maths/softmax/"),
        ("[[maths/softmax]]", "/bits/maths/softmax/"),
        ("[[bits/maths/softmax]]", "/bits/maths/softmax/"),
        ("[[Soft maximum]]", "/bits/maths/softmax/"),
        ("[[normalised exponential]]", "/bits/maths/softmax/"),
        ("[[softmax#why-it-overflows]]", "/bits/maths/softmax/#why-it-overflows"),
        ("[[softmax#Why it overflows]]", "/bits/maths/softmax/#why-it-overflows"),
        ("[[softmax#term-logit|a logit]]", "/bits/maths/softmax/#term-logit"),
        ("![[softmax#why-it-overflows]]", "/bits/maths/softmax/#why-it-overflows"),
        ("[text](maths/softmax.md)", "/bits/maths/softmax/"),
        ("[text](./maths/../maths/softmax.md#why-it-overflows)", "/bits/maths/softmax/#why-it-overflows"),
        ("[text](../chapters/a%20b.md)", "/chapters/a-b/"),
        ("[text](#here)", "/bits/a/#here"),
        ("[[#Here]]", "/bits/a/#here"),
        ("[data](maths/data.csv)", "/files/bits/maths/data.csv"),
        ("![picture](maths/plot.svg)", "/files/bits/maths/plot.svg"),
        ("![[plot.svg]]", "/files/bits/maths/plot.svg"),
    ],
)
def test_every_way_to_write_a_link_leads_to_its_note(tmp_path: Path, written: str, url: str) -> None:
    front = "---\ntitle: Soft maximum\naliases: [normalised exponential]\n---\n"
    softmax = f"{front}\nA [logit]{{.term}} is a score.\n\n## Why it overflows\n"
    grown = grow(
        tmp_path,
        {
            "bits/a.md": f"# A\n\n## Here\n\nSee {written}.\n",
            "bits/maths/softmax.md": softmax,
            "bits/maths/data.csv": "1,2\n",
            "bits/maths/plot.svg": "<svg/>",
            "chapters/a b.md": "# C\n\nText.\n",
        },
    )
    assert grown.problems == ()
    assert list(grown.urls("bits/a.md").values()) == [url]


def test_an_exact_slug_wins_over_an_end_of_a_longer_path(tmp_path: Path) -> None:
    files = {"bits/mask.md": "# Mask\n\nx\n", "bits/deep/mask.md": "# Deep mask\n\nx\n", "bits/a.md": "# A\n\n[[mask]]\n"}
    grown = grow(tmp_path, files)
    assert grown.problems == ()
    assert grown.urls("bits/a.md") == {"mask": "/bits/mask/"}


def test_an_ambiguous_wikilink_lists_every_note_and_how_to_write_it(tmp_path: Path) -> None:
    files = {"bits/x/mask.md": "# X\n\nx\n", "chapters/y/mask.md": "# Y\n\nx\n", "bits/a.md": "# A\n\n[[Mask]]\n"}
    problem = grow(tmp_path, files).problem(Code.AMBIGUOUS_LINK)
    assert (problem.path, problem.line) == ("bits/a.md", 3)
    assert problem.message == "[[Mask]] can mean 2 notes: bits/x/mask.md, chapters/y/mask.md"
    assert problem.hint == "write [[x/mask]] for bits/x/mask.md or [[y/mask]] for chapters/y/mask.md"


def test_notes_of_one_title_are_ambiguous_by_title_alone(tmp_path: Path) -> None:
    files = {"bits/p.md": "# Same\n\nx\n", "bits/q.md": "# Same\n\nx\n", "bits/a.md": "# A\n\n[[same]] [[p]]\n"}
    grown = grow(tmp_path, files)
    assert grown.problem(Code.AMBIGUOUS_LINK).hint == "write [[p]] for bits/p.md or [[q]] for bits/q.md"
    assert grown.urls("bits/a.md") == {"p": "/bits/p/"}


def test_all_dead_links_are_reported_with_their_lines_and_near_matches(tmp_path: Path) -> None:
    text = "# A\n\nSee [[sofmax]] and\n[this](sofmax.md), [that](softmax.md#overflws)\nand [[softmax#why-it-overflow]].\n"
    grown = grow(tmp_path, {"bits/a.md": text, "bits/softmax.md": SOFTMAX + "\n## Overflows\n"})
    assert grown.found == [
        ("bits/a.md", 3, Code.DEAD_LINK),
        ("bits/a.md", 4, Code.DEAD_ANCHOR),
        ("bits/a.md", 4, Code.DEAD_LINK),
        ("bits/a.md", 5, Code.DEAD_ANCHOR),
    ]
    said = {(problem.line, problem.code): (problem.message, problem.hint) for problem in grown.problems}
    assert said[3, Code.DEAD_LINK] == ("[[sofmax]] leads to no note", "did you mean [[softmax]]?")
    assert said[4, Code.DEAD_LINK] == ('"sofmax.md" leads to no note', 'did you mean "softmax.md"?')
    assert said[4, Code.DEAD_ANCHOR] == (
        '"#overflws" is no heading, term or fact of bits/softmax.md',
        "did you mean #overflows? There are also #why-it-overflows",
    )
    assert said[5, Code.DEAD_ANCHOR][1].startswith("did you mean #why-it-overflows?")


def test_a_link_from_the_wrong_folder_is_told_the_right_way(tmp_path: Path) -> None:
    files = {"chapters/c.md": "# C\n\n[x](bits/softmax.md)\n", "bits/softmax.md": SOFTMAX}
    problem = grow(tmp_path, files).problem(Code.DEAD_LINK)
    assert problem.hint == 'did you mean "../bits/softmax.md"?'


def test_a_relative_link_follows_case_as_github_does(tmp_path: Path) -> None:
    grown = grow(tmp_path, {"bits/a.md": "# A\n\n[x](Softmax.md)\n", "bits/softmax.md": SOFTMAX})
    assert grown.problem(Code.DEAD_LINK).hint == 'did you mean "softmax.md"?'


def test_a_link_that_leaves_the_content_folder_is_dead(tmp_path: Path) -> None:
    grown = grow(tmp_path, {"bits/a.md": "# A\n\n[x](../../secret.txt)\n"})
    assert grown.problem(Code.MISSING_FILE).message == '"../../secret.txt" leads to no file inside the content folder'


def test_a_missing_picture_is_reported_with_the_one_that_was_meant(tmp_path: Path) -> None:
    grown = grow(tmp_path, {"bits/a.md": "# A\n\n![p](img/plot.png)\n", "bits/img/plt.png": b"\x89PNG"})
    problem = grown.problem(Code.MISSING_FILE)
    assert (problem.line, problem.hint) == (3, 'did you mean "img/plt.png"?')
    assert grown.garden.copies == {}


def test_only_files_that_a_note_refers_to_are_copied(tmp_path: Path) -> None:
    files = {
        "bits/a.md": "# A\n\n![p](p.png) [d](data/50%25%20x.csv)\n",
        "bits/p.png": b"",
        "bits/data/50% x.csv": "",
        "bits/q.png": b"",
    }
    grown = grow(tmp_path, files)
    assert grown.problems == ()
    content = tmp_path / "content" / "bits"
    assert grown.garden.copies == {
        PurePosixPath("files/bits/data/50_25 x.csv"): content / "data" / "50% x.csv",
        PurePosixPath("files/bits/p.png"): content / "p.png",
    }


def test_a_draft_is_left_out_and_links_to_it_say_so(tmp_path: Path) -> None:
    files = {"bits/a.md": "# A\n\n[[wip]] [x](wip.md)\n", "bits/wip.md": "---\ndraft: true\n---\n\n[[nowhere]]\n"}
    grown = grow(tmp_path, files)
    assert list(grown.garden.notes) == [PurePosixPath("bits/a.md")]
    assert [problem.message for problem in grown.problems] == [
        "[[wip]] leads to bits/wip.md, which is a draft",
        '"wip.md" leads to bits/wip.md, which is a draft',
    ]


@pytest.mark.parametrize("setting", ["drafts", "live"])
def test_drafts_are_shown_when_asked_for(tmp_path: Path, setting: str) -> None:
    files = {"bits/a.md": "# A\n\n[[wip]]\n", "bits/wip.md": "---\ndraft: true\n---\n\nText.\n"}
    grown = grow(tmp_path, files, **{setting: True})
    assert grown.problems == ()
    assert len(grown.garden.notes) == 2


def test_two_notes_that_want_one_url_are_both_named(tmp_path: Path) -> None:
    files = {"bits/two.md": "---\nslug: same\n---\n\nTwo.\n", "bits/one.md": "---\nslug: same\n---\n\nOne.\n"}
    grown = grow(tmp_path, files)
    problem = grown.problem(Code.DUPLICATE_URL)
    assert (problem.path, problem.line) == ("bits/two.md", 2)
    assert problem.message == "two notes want /bits/same/: bits/one.md and bits/two.md"
    assert "slug" in problem.hint
    assert list(grown.garden.notes) == [PurePosixPath("bits/one.md")]


def test_an_alias_redirects_and_may_not_take_a_note_s_place(tmp_path: Path) -> None:
    files = {
        "bits/new.md": "---\naliases: [old, Old Name, /2019/post/, new, taken]\n---\n\nText.\n",
        "bits/taken.md": "# Taken\n\nText.\n",
    }
    grown = grow(tmp_path, files)
    assert grown.garden.redirects == {"/2019/post/": "/bits/new/", "/bits/old-name/": "/bits/new/", "/bits/old/": "/bits/new/"}
    problem = grown.problem(Code.DUPLICATE_URL)
    assert (problem.path, problem.line) == ("bits/new.md", 2)
    assert problem.message == 'the alias "taken" wants /bits/taken/, which belongs to bits/taken.md'


def test_an_alias_of_two_notes_is_a_problem_of_the_second(tmp_path: Path) -> None:
    files = dict.fromkeys(("bits/a.md", "bits/b.md"), "---\naliases: [old]\n---\n\nText.\n")
    problem = grow(tmp_path, files).problem(Code.DUPLICATE_URL)
    assert (problem.path, "bits/a.md" in problem.message) == ("bits/b.md", True)


def test_backlinks_hold_one_sentence_for_each_note(tmp_path: Path) -> None:
    files = {
        "bits/a.md": "# A\n\nFirst words. The mask of [[b]] goes to [[softmax]] before all. Again [[softmax]].\n",
        "bits/b.md": "# B\n\nSee [this](softmax.md#why-it-overflows).\n",
        "bits/softmax.md": SOFTMAX + "\n[[#why-it-overflows]] [[softmax]]\n",
    }
    grown = grow(tmp_path, files)
    assert grown.problems == ()
    (first, second) = grown.garden.backlinks[PurePosixPath("bits/softmax.md")]
    assert first.note == PurePosixPath("bits/a.md")
    title = grown.garden.notes[PurePosixPath("bits/softmax.md")].title
    assert first.context == f"The mask of “B” goes to “{title}” before all."
    assert second == Backlink(PurePosixPath("bits/b.md"), "See this.")


def test_tags_that_lead_to_one_address_are_one(tmp_path: Path) -> None:
    tags = {"a": "[Mixed Precision, C]", "b": "[mixed precision, C++]", "c": "[mixed precision]"}
    grown = grow(tmp_path, {f"bits/{name}.md": f"---\ntags: {given}\n---\n\nText.\n" for name, given in tags.items()})
    assert {tag: [path.stem for path in paths] for tag, paths in grown.garden.tags.items()} == {
        "C": ["a"],
        "C++": ["b"],
        "mixed precision": ["a", "b", "c"],
    }


def test_a_self_embed_and_a_ring_are_reported_once_each_with_the_whole_way(tmp_path: Path) -> None:
    files = {
        "bits/a.md": "# A\n\n![[b]]\n",
        "bits/b.md": "# B\n\n- ![[c#part]]\n",
        "bits/c.md": "# C\n\nText.\n\n## Part\n\n![[a]]\n",
        "bits/d.md": "# D\n\n![[d]]\n",
        "bits/e.md": "# E\n\n![[a]]\n",
    }
    grown = grow(tmp_path, files)
    assert grown.found == [("bits/a.md", 3, Code.EMBED_CYCLE), ("bits/d.md", 3, Code.EMBED_CYCLE)]
    messages = sorted(problem.message for problem in grown.problems)
    assert messages == [
        "![[b]] embeds itself: bits/a.md → bits/b.md → bits/c.md#part → bits/a.md",
        "![[d]] embeds itself: bits/d.md → bits/d.md",
    ]


def test_a_note_may_embed_another_section_of_itself(tmp_path: Path) -> None:
    files = {"bits/a.md": "# A\n\n## One\n\nText.\n\n## Two\n\n![[#One]]\n\n![[b]]\n", "bits/b.md": "# B\n\n![[a#one]]\n"}
    assert grow(tmp_path, files).problems == ()


def test_chapters_of_a_sheet_share_a_page_and_keep_their_anchors_apart(tmp_path: Path) -> None:
    chapter = "# {0}\n\n## Summary\n\nA [term]{{.term}} here. [[#Summary]]\n"
    grown = grow(
        tmp_path,
        {
            "cheatsheets/foundations/arrays.md": chapter.format("Arrays"),
            "cheatsheets/foundations/losses.md": chapter.format("Losses"),
            "bits/a.md": "# A\n\n[[losses#summary]] [[arrays]] [[losses#term-term]]\n",
        },
    )
    assert grown.problems == ()
    assert list(grown.urls("bits/a.md").values()) == [
        "/cheatsheets/foundations/#losses-summary",
        "/cheatsheets/foundations/#arrays",
        "/cheatsheets/foundations/#losses-term-term",
    ]
    assert grown.urls("cheatsheets/foundations/arrays.md") == {"#Summary": "/cheatsheets/foundations/#arrays-summary"}


def test_two_facts_with_one_id_on_a_page_are_a_problem(tmp_path: Path) -> None:
    fact = "# {0}\n\n:::fact {{#same}}\nWhat?\n\n= 1\n- 2\n- 3\n- 4\n\nBecause.\n\nsource: https://example.org/\n:::\n"
    files = {f"cheatsheets/p/{name}.md": fact.format(name) for name in "ab"}
    problem = grow(tmp_path, files).problem(Code.DUPLICATE_URL)
    assert (problem.path, problem.line) == ("cheatsheets/p/b.md", 3)
    assert problem.message == '"#same" is already on /cheatsheets/p/, from cheatsheets/p/a.md:3'


def test_an_id_written_in_html_is_an_anchor(tmp_path: Path) -> None:
    files = {"bits/a.md": '# A\n\n<a id="deep"></a>Here, [up](#deep), [down](#dep).\n'}
    grown = grow(tmp_path, files)
    assert grown.urls("bits/a.md") == {"#deep": "/bits/a/#deep"}
    assert grown.problem(Code.DEAD_ANCHOR).line == 3


def test_thousands_of_dead_links_among_similar_names_are_all_reported(tmp_path: Path) -> None:
    """Comparing each with each would take minutes here."""
    count = 1_500
    files = {
        f"bits/note-{n:04}.md": f"# Note number {n}\n\n[[note-{n:04}x]] and [[note-{(n + 1) % count:04}]].\n"
        for n in range(count)
    }
    grown = grow(tmp_path, files)
    assert len(grown.problems) == count
    assert len(grown.garden.backlinks) == count
