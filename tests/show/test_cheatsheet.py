"""Parts: folders of cheat sheets and of chapters, their titles and their order."""

from pathlib import Path

from greenbed.model import Code
from greenbed.show.relate.cheatsheet import chapter_parts
from tests.show.growing import grow


def test_a_part_is_a_folder_and_its_chapters_come_in_order(tmp_path: Path) -> None:
    files = {
        "cheatsheets/01-foundations/b.md": "---\norder: 1\n---\n\nText.\n",
        "cheatsheets/01-foundations/a.md": "---\norder: 2\n---\n\nText.\n",
        "cheatsheets/02-in_practice/c.md": "---\npart: At scale\n---\n\nText.\n",
    }
    parts = grow(tmp_path, files).garden.parts
    assert [(part.title, [path.stem for path in part.notes]) for part in parts] == [
        ("Foundations", ["b", "a"]),
        ("At scale", ["c"]),
    ]
    assert parts[0].url.startswith("/cheatsheets/")
    assert "#" not in parts[0].url


def test_two_titles_for_one_part_are_a_problem_of_the_second(tmp_path: Path) -> None:
    files = {
        f"cheatsheets/p/{name}.md": f"---\ntitle: {name}\npart: {part}\n---\n\nText.\n"
        for name, part in (("a", "One"), ("b", "Two"))
    }
    problem = grow(tmp_path, files).problem(Code.FRONT_MATTER_TYPE)
    assert (problem.path, problem.line) == ("cheatsheets/p/b.md", 3)
    assert problem.message == 'part "Two", but cheatsheets/p/a.md calls this part "One"'


def test_chapters_come_in_parts_too(tmp_path: Path) -> None:
    files = {
        "chapters/one.md": "# One\n\nText.\n",
        "chapters/2-nets/b.md": "# B\n\nText.\n",
        "chapters/10-scale/c.md": "# C\n\nText.\n",
    }
    parts = chapter_parts(grow(tmp_path, files).garden.notes.values())
    assert [part.title for part in parts] == ["One", "Nets", "Scale"]


def test_chapters_in_no_folder_belong_to_the_part_that_they_name(tmp_path: Path) -> None:
    titled = "---\ntitle: {0}\npart: {1}\norder: {2}\n---\n\nText.\n"
    files = {
        "chapters/a.md": titled.format("A", "First steps", 1),
        "chapters/b.md": titled.format("B", "First steps", 2),
        "chapters/c.md": titled.format("C", "Scale", 3),
        "cheatsheets/x.md": titled.format("X", "One", 1),
        "cheatsheets/y.md": titled.format("Y", "Two", 2),
    }
    grown = grow(tmp_path, files)
    assert grown.problems == ()
    parts = chapter_parts(grown.garden.notes.values())
    assert [(part.title, part.url, len(part.notes)) for part in parts] == [
        ("First steps", "/chapters/#first-steps", 2),
        ("Scale", "/chapters/#scale", 1),
    ]
    assert [(part.title, part.url, part.slug) for part in grown.garden.parts] == [
        ("One", "/cheatsheets/x/", "x"),
        ("Two", "/cheatsheets/y/", "y"),
    ]


def test_two_facts_with_one_id_are_a_problem_wherever_they_stand(tmp_path: Path) -> None:
    fact = "# A\n\n:::fact {#same}\nWhich?\n\n= this\n- that\n\nsource: a book\n:::\n"
    grown = grow(tmp_path, {"cheatsheets/p/a.md": fact, "cheatsheets/q/b.md": fact, "bits/c.md": fact})
    problem = grown.problem(Code.DUPLICATE_URL)
    assert (problem.path, problem.line) == ("cheatsheets/q/b.md", 3)
    assert problem.message == (
        'the fact "#same" is already in cheatsheets/p/a.md, and readers keep their progress under its id'
    )
