"""Templates: escaped, strict, and their mistakes told as problems with file and line."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from greenbed.model import Code, Problem
from greenbed.show.pages.assemble import contents
from greenbed.show.pages.assets import Assets
from greenbed.show.pages.env import TemplateMistake, Templates
from tests.show.growing import config_in


def templates(folder: Path, **texts: str) -> Templates:
    """A template folder; `macros__x` stands for macros/x.html."""
    for name, text in texts.items():
        file = folder / "templates" / f"{name.replace('__', '/')}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return Templates(config_in(folder), Assets({"a.css": "/static/a.0.css"}, ()))


def mistake(made: Templates, **context: object) -> Problem:
    """The problem of the page a.html."""
    with pytest.raises(TemplateMistake) as caught:
        made.page("a.html", **context)
    return caught.value.problem


def test_text_is_escaped_and_trusted_html_is_not(tmp_path: Path) -> None:
    made = templates(tmp_path, a="{{ text }} {{ body_html | safe }}")
    assert made.page("a.html", text="<b>", body_html="<b>") == "&lt;b&gt; <b>"


def test_addresses_are_seen_from_the_page(tmp_path: Path) -> None:
    made = templates(tmp_path, a='{{ href("/bits/x/#y", "../") }} {{ asset("a.css", "../../") }}')
    assert made.page("a.html") == "../bits/x/index.html#y ../../static/a.0.css"


def test_code_in_titles_stands_between_backticks(tmp_path: Path) -> None:
    made = templates(tmp_path, a="{{ title | ticks }}|{{ title | plain }}")
    assert made.page("a.html", title="`a<b` & c") == "<code>a&lt;b</code> &amp; c|a&lt;b &amp; c"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("one\n{{ missing }}", 2, "'missing' is undefined"),
        ("one\n\n{% for %}", 3, "Expected"),
        ("{% if x %}", 1, "Unexpected end of template"),
        ("{{ x | nofilter }}", 1, "nofilter"),
        ('\n{{ asset("no.css", "") }}', 2, 'there is no static file "no.css"'),
        ("\n\n{{ 1 / 0 }}", 3, "division by zero"),
        ("\n{{ x.y }}", 2, "'int object' has no attribute 'y'"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    problem = mistake(templates(tmp_path, a=text), x=1)
    assert (problem.path, problem.line, problem.code) == ("templates/a.html", line, Code.TEMPLATE)
    assert said in problem.message
    assert problem.hint


def test_a_mistake_in_an_included_template_is_told_there(tmp_path: Path) -> None:
    problem = mistake(templates(tmp_path, a='{% include "b.html" %}', b="fine\n{{ missing }}"))
    assert (problem.path, problem.line) == ("templates/b.html", 2)


def test_a_missing_template_is_told_with_who_asks_for_it(tmp_path: Path) -> None:
    problem = mistake(templates(tmp_path, a='\n{% include "no.html" %}'))
    assert (problem.path, problem.line) == ("templates/no.html", 1)
    assert problem.message == 'the template "no.html" is missing from templates/, asked for by templates/a.html:2'


def test_a_missing_page_template_is_told(tmp_path: Path) -> None:
    assert mistake(templates(tmp_path)).message == 'the template "a.html" is missing from templates/'


def test_a_macro_sees_its_arguments_alone(tmp_path: Path) -> None:
    made = templates(tmp_path, macros__card="{% macro card(it) %}<{{ it }}{{ page }}>{% endmacro %}")
    with pytest.raises(TemplateMistake) as caught:
        made.macro("card")("&")
    assert caught.value.problem.path == "templates/macros/card.html"


def test_a_macro_file_without_its_macro_is_a_mistake(tmp_path: Path) -> None:
    made = templates(tmp_path, macros__card="{% macro other() %}{% endmacro %}")
    with pytest.raises(TemplateMistake) as caught:
        made.macro("card")
    assert "card" in caught.value.problem.message


def test_an_error_of_our_own_stays_an_error(tmp_path: Path) -> None:
    made = templates(tmp_path, a="{{ page.items() }}")
    with pytest.raises(AttributeError):
        made.page("a.html", page=SimpleNamespace(items=lambda: contents([None])))


def test_a_filter_given_what_it_cannot_take_is_the_templates_mistake(tmp_path: Path) -> None:
    problem = mistake(templates(tmp_path, a="\n{{ title | day }}"), title="x")
    assert (problem.path, problem.line) == ("templates/a.html", 2)
