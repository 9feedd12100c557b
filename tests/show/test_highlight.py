"""Source code as HTML: the text survives, spans stay within lines, equal neighbours share one."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenbed.show.markup import highlight as module
from greenbed.show.markup.highlight import highlight, highlight_lines, remembering

TAG = re.compile(r"<[^>]*>")


def text_of(markup: str) -> str:
    return html.unescape(TAG.sub("", markup))


@pytest.mark.parametrize(
    ("code", "markup"),
    [
        ("return 1", '<span class="k">return</span> <span class="n">1</span>'),
        ("def f(x):", '<span class="k">def</span> <span class="f">f</span>(x):'),
        ("class A:", '<span class="k">class</span> <span class="f">A</span>:'),
        ("@no_grad", '<span class="d">@no_grad</span>'),
        ("len('a')", '<span class="t">len</span>(<span class="s">&#x27;a&#x27;</span>)'.replace("&#x27;", "'")),
        ("# a < b", '<span class="c"># a &lt; b</span>'),
        ("x not in y", 'x <span class="k">not in</span> y'),
        ("torch.nn.functional", "torch.nn.functional"),
    ],
)
def test_seven_classes_and_unstyled_names(code: str, markup: str) -> None:
    assert highlight(code, "python") == markup


def test_neighbours_of_one_class_share_a_span_and_the_space_between_them() -> None:
    assert highlight("a is not None", "python") == 'a <span class="k">is not None</span>'


def test_a_text_over_several_lines_is_closed_on_each_of_them() -> None:
    assert highlight_lines('"""one\n\ntwo"""', "python") == [
        '<span class="s">"""one</span>',
        "",
        '<span class="s">two"""</span>',
    ]


def test_a_marked_line_holds_its_own_newline() -> None:
    assert highlight("a\nb\nc\n", "text", marked=(2,)) == 'a\n<span class="hl">b\n</span>c\n'


def test_words_beside_a_line_are_no_part_of_its_text() -> None:
    markup = highlight('a = "\\n"\nb\nc\n', "python", marked=(2,), beside={1: '<1> & "2"', 2: "(2, 3)", 9: "nowhere"})
    assert markup.split("\n")[0].startswith('<span data-shape="&lt;1&gt; &amp; &quot;2&quot;">a = <span class="s">')
    assert '<span class="hl"><span data-shape="(2, 3)">b</span>\n</span>c\n' in markup
    assert text_of(markup) == 'a = "\\n"\nb\nc\n'


def test_an_unknown_language_is_escaped_text() -> None:
    assert highlight("<b> & 'c'", "no-such-language") == "&lt;b&gt; &amp; 'c'"
    assert highlight("<b>", "") == "&lt;b&gt;"


def test_prompts_are_told_from_code_and_output() -> None:
    assert highlight(">>> 1\n1\n", "python").startswith('<span class="c">&gt;&gt;&gt; </span>')


def test_other_languages_have_their_own_lexer() -> None:
    assert '<span class="c"># install</span>' in highlight("# install\npip install torch", "bash")


@settings(max_examples=150, deadline=None)
@given(st.text(), st.sampled_from(["python", "pycon", "bash", "json", "nothing"]), st.sets(st.integers(1, 9)))
def test_no_character_is_lost_and_no_markup_gets_in(code: str, language: str, marked: set[int]) -> None:
    code = code.replace("\r", "")
    markup = highlight(code, language, marked=marked)
    assert text_of(markup).rstrip("\n") == code.rstrip("\n")
    assert set(TAG.findall(markup)) <= {f'<span class="{name}">' for name in ("k", "t", "f", "d", "s", "n", "c", "hl")} | {
        "</span>"
    }


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("ab1 \"'#\n\\{}f@()=:.\t")))
def test_every_line_stands_alone(code: str) -> None:
    for line in highlight_lines(code, "python"):
        assert line.count("<span") == line.count("</span>")


def kept(folder: Path) -> set[str]:
    """What the cache folder holds."""
    return set(json.loads((folder / "highlighted.json").read_text(encoding="utf-8"))["html"].values())


@pytest.fixture
def lexed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each code that is highlighted anew, in a process that has seen none."""
    seen: list[str] = []
    made = module.markup

    def markup(code: str, language: str) -> str:
        seen.append(code)
        return made(code, language)

    monkeypatch.setattr(module, "markup", markup)
    for name in ("_used", "_kept", "_on_disk"):
        monkeypatch.setattr(module, name, {})
    return seen


def test_what_a_build_used_is_kept_for_the_next(tmp_path: Path, lexed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with remembering(tmp_path):
        first = [highlight("x = 1", "python"), highlight("y", "python")]
    for name in ("_used", "_kept", "_on_disk"):
        monkeypatch.setattr(module, name, {})  # another process
    with remembering(tmp_path):
        assert highlight("x = 1", "python") == first[0]
    assert lexed == ["x = 1", "y"]
    assert kept(tmp_path) == {first[0]}


def test_a_process_that_builds_again_asks_for_neither_file_nor_lexer(tmp_path: Path, lexed: list[str]) -> None:
    with remembering(tmp_path):
        highlight("x", "python")
    (tmp_path / "highlighted.json").unlink()
    with remembering(tmp_path):
        highlight("x", "python")
    assert lexed == ["x"]
    assert not (tmp_path / "highlighted.json").exists()


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"\xff\xfe", b'{"version": "0", "html": {}}', b'{"html": 3}'])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, lexed: list[str], damage: bytes) -> None:
    (tmp_path / "highlighted.json").write_bytes(damage)
    with remembering(tmp_path):
        assert highlight("x", "python") == "x"
    assert kept(tmp_path) == {"x"}


def test_without_a_cache_nothing_is_written(tmp_path: Path, lexed: list[str]) -> None:
    with remembering(None):
        assert highlight("x", "python") == "x"
    (tmp_path / "file").write_text("in the way")
    with remembering(tmp_path / "file"):
        assert highlight("y", "python") == "y"
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]
