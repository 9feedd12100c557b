"""The order in which a garden is read."""

from pathlib import Path

from tests.show.growing import grow


def test_bits_go_by_order_then_date_then_path_and_chapters_by_folder_first(tmp_path: Path) -> None:
    front = "---\n{0}\n---\n\nText.\n"
    files = {
        "bits/z.md": front.format("order: 2"),
        "bits/y.md": front.format("order: 1"),
        "bits/x/late.md": front.format("created: 2026-02-01"),
        "bits/w/early.md": front.format("created: 2026-01-01"),
        "bits/note-10.md": "# Ten\n\nText.\n",
        "bits/note-9.md": "# Nine\n\nText.\n",
        "chapters/10-b/a.md": front.format("order: 1"),
        "chapters/2-a/z.md": front.format("order: 5"),
        "chapters/2-a/y.md": "# Y\n\nText.\n",
        "cheatsheets/p/a.md": "# A\n\nText.\n",
        "loose.md": front.format("order: 3"),
    }
    notes = grow(tmp_path, files).garden.notes
    assert [path.as_posix() for path in notes] == [
        "bits/y.md",
        "bits/z.md",
        "loose.md",
        "bits/w/early.md",
        "bits/x/late.md",
        "bits/note-9.md",
        "bits/note-10.md",
        "chapters/2-a/z.md",
        "chapters/2-a/y.md",
        "chapters/10-b/a.md",
        "cheatsheets/p/a.md",
    ]
