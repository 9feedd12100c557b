"""Snippets and facts as readers meet them: level, output, reason, proof."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from greenbed.model import Code, Environment, Failure, Note, Role, Sight, Status, Verdict, Warned
from greenbed.show.pages import views
from greenbed.show.pages.proof import badge, note_badge
from greenbed.show.pages.snippets import code_html, fact_proof, snippet_view, source_of
from tests.show.growing import grow
from tests.show.rendering import Rendered, only, press, pressed

PROVEN = (
    '# A\n\n```python setup\nimport math\n```\n\n```python title="pi.py" lines="2"\nx = 1\nmath.pi\n```\n\n'
    "```output\n3.14\n```\n\n```python check\nassert x\n```\n"
)


def shown(rendered: Rendered, index: int) -> views.Snippet:
    note = only(rendered.garden)
    return snippet_view(note, note.snippets[index], rendered.garden)


def with_verdicts(folder: Path, text: str, *verdicts: Verdict) -> Rendered:
    grown = grow(folder, {"a.md": text})
    return pressed(grown, {PurePosixPath("a.md"): verdicts} if verdicts else {})


def test_a_snippet_answers_for_its_setup_and_its_checks(tmp_path: Path) -> None:
    snippet = shown(press(tmp_path, {"a.md": PROVEN}), 1)
    assert snippet == views.Snippet(
        title="pi.py",
        number=1,
        badge=views.Badge(Status.VERIFIED, "Verified"),
        code_html='x = <span class="n">1</span>\n<span class="hl">math.pi\n</span>',
        outputs=(views.Printed("Output", "3.14"),),
        raised="",
        reason="",
        proof=views.Proof(
            "2 checks held in 0.75 s on torch 2.13.0, 22 Nov 2026.",
            (
                views.CodeBlock("Setup", '<span class="k">import</span> math', is_setup=True),
                views.CodeBlock("Check", '<span class="k">assert</span> x'),
            ),
            checks=2,
        ),
        place="a 1",
    )


def test_a_skipped_snippet_says_why_and_proves_nothing(tmp_path: Path) -> None:
    snippet = shown(press(tmp_path, {"a.md": '# A\n\n```python skip="needs a GPU"\nx\n```\n'}), 0)
    assert (snippet.badge, snippet.reason, snippet.proof) == (views.Badge(Status.SKIPPED, "Skipped"), "needs a GPU", None)


def test_an_expected_error_is_shown(tmp_path: Path) -> None:
    snippet = shown(press(tmp_path, {"a.md": '# A\n\n```python raises="ValueError: no"\nf()\n```\n'}), 0)
    assert snippet.raised == "ValueError: no"


def test_a_snippet_that_claims_nothing_only_runs(tmp_path: Path) -> None:
    ran = Verdict(0, Status.RUNS, seconds=1.5, verified_on="2026-11-22")
    snippet = shown(with_verdicts(tmp_path, "# A\n\n```python\nx = 1\n```\n", ran), 0)
    assert snippet.badge == views.Badge(Status.RUNS, "Runs")
    assert snippet.proof
    assert snippet.proof.sentence == "It ran and claims nothing, in 1.50 s on torch 2.13.0, 22 Nov 2026."


def test_what_running_gave_stands_under_the_code_and_in_its_proof(tmp_path: Path) -> None:
    warned = Warned("UserWarning", "look", 1)
    setup = Verdict(0, Status.RUNS, stdout="set up\n", warnings=(warned,))
    sights = (Sight(1, "x", ("(2, 3) float32",)),)
    code = Verdict(1, Status.VERIFIED, checks=1, sights=sights, unreached=(2,), warnings=(warned,), verified_on="2026-11-22")
    snippet = shown(with_verdicts(tmp_path, PROVEN, setup, code, Verdict(2, Status.VERIFIED, checks=1)), 1)
    assert snippet.code_html.startswith(
        '<span data-shape="(2,\N{NO-BREAK SPACE}3) float32">x = <span class="n">1</span></span>\n'
    )
    assert snippet.warnings == ("UserWarning: look",)
    assert snippet.proof
    assert snippet.proof.shapes == (views.Shape(1, "x", "(2, 3) float32"),)
    assert snippet.proof.printed == (views.Printed("Output of the setup", "set up"),)
    assert snippet.proof.warnings == ("UserWarning: look",)
    assert snippet.proof.sentence.endswith("22 Nov 2026. Never reached: what is claimed in line 2 of the code.")


def test_what_is_told_behind_its_print_stands_in_the_proof_alone(tmp_path: Path) -> None:
    verdict = Verdict(0, Status.VERIFIED, checks=1, stdout="3\n", verified_on="2026-11-22")
    snippet = shown(with_verdicts(tmp_path, "# A\n\n```python\nprint(3)  # 3\n```\n", verdict), 0)
    assert snippet.outputs == ()
    assert snippet.proof
    assert snippet.proof.printed == (views.Printed("Output", "3"),)


@pytest.mark.parametrize(
    ("fences", "fresh"),
    [
        (("", ""), [False, False]),
        (("", "new"), [False, True]),
        (("", "setup new", ""), [False, True]),
        (("setup new", "", "check", ""), [True, False]),
    ],
)
def test_a_fresh_namespace_begins_with_the_snippet_that_can_use_it_first(
    tmp_path: Path, fences: tuple[str, ...], fresh: list[bool]
) -> None:
    text = "# A\n\n" + "".join(f"```python {words}\nx = 1\n```\n\n" for words in fences)
    rendered = press(tmp_path, {"a.md": text})
    note = only(rendered.garden)
    found = [snippet for snippet in note.snippets if snippet.role is Role.SHOWN]
    assert [snippet_view(note, snippet, rendered.garden).is_fresh for snippet in found] == fresh


@pytest.mark.parametrize(
    ("words", "code", "tries"),
    [
        ("", "f()", ""),
        ('raises="ValueError"', "x = 1\nf(x)", "2"),
        ('raises="ValueError"', 'x = 1\nf(\n    x,\n    """a\nb""",\n)', "2 5"),
        ('raises="SyntaxError"', "for", "0"),
        ('skip="no"', "x", "0"),
    ],
)
def test_a_page_knows_what_has_to_be_caught(tmp_path: Path, words: str, code: str, tries: str) -> None:
    assert shown(press(tmp_path, {"a.md": f"# A\n\n```python {words}\n{code}\n```\n"}), 0).tries == tries


@pytest.mark.parametrize("broken", [0, 1, 2])
def test_a_failure_anywhere_in_the_proof_fails_the_snippet(tmp_path: Path, broken: int) -> None:
    failure = Failure(Code.FAILED, 3, "assert x failed")
    verdicts = [Verdict(index, Status.VERIFIED, checks=1) for index in range(3)]
    verdicts[broken] = Verdict(broken, Status.FAILED, failures=(failure,))
    snippet = shown(with_verdicts(tmp_path, PROVEN, *verdicts), 1)
    assert snippet.badge == views.Badge(Status.FAILED, "Failed")
    assert snippet.reason == "assert x failed"


def test_a_note_that_was_not_checked_has_no_badge(tmp_path: Path) -> None:
    rendered = with_verdicts(tmp_path, PROVEN)
    snippet = shown(rendered, 1)
    assert (snippet.badge, snippet.proof, snippet.reason) == (None, None, "")
    assert note_badge(only(rendered.garden), rendered.garden) is None


def test_a_note_with_a_skipped_snippet_is_partly_verified(tmp_path: Path) -> None:
    text = '# A\n\n```python\n1  # 1\n```\n\n```python skip="no"\nx\n```\n'
    rendered = press(tmp_path, {"a.md": text})
    assert note_badge(only(rendered.garden), rendered.garden) == views.Badge(Status.SKIPPED, "Partly verified")
    alone = press(tmp_path / "alone", {"a.md": '# A\n\n```python skip="no"\nx\n```\n'})
    assert note_badge(only(alone.garden), alone.garden) == views.Badge(Status.SKIPPED, "Skipped")


def test_where_torch_is_missing_python_is_named(tmp_path: Path) -> None:
    rendered = press(tmp_path, {"a.md": "# A\n\n```python\n1  # 1\n```\n"})
    without = replace(rendered.garden.verification, environment=Environment("3.12.1", "", "", ""))
    proof = shown(replace(rendered, garden=replace(rendered.garden, verification=without)), 0).proof
    assert proof
    assert proof.sentence == "1 check held in 0.25 s on Python 3.12.1, 22 Nov 2026."


def test_every_level_has_a_word() -> None:
    assert all(badge(status).word for status in Status)


def test_other_code_can_be_scrolled_by_keyboard() -> None:
    assert code_html("ls <a>", 'ba"sh').startswith('<pre class="code" tabindex="0" role="group" aria-label="ba&quot;sh code">')
    assert "ls &lt;a&gt;" in code_html("ls <a>", "nothing")


FACT = ":::fact {{#a}}\nOne?\n\n= 1\n- 2\n{more}\nBecause.\n\n{proof}\n:::\n"


def fact_note(folder: Path, proof: str, more: str = "") -> tuple[Note, Rendered]:
    rendered = press(folder, {"cheatsheets/p/a.md": f"# A\n\n{FACT.format(proof=proof, more=more)}"})
    return only(rendered.garden), rendered


def test_a_fact_says_how_its_check_decides(tmp_path: Path) -> None:
    note, rendered = fact_note(tmp_path, "```python check\nassert answer == 1\n```")
    level, proof = fact_proof(note.facts[0], note, rendered.garden)
    assert level == views.Badge(Status.VERIFIED, "Verified")
    assert proof
    assert proof.sentence.startswith("The check holds for the answer and fails for the other option. 1 check held")
    note, rendered = fact_note(tmp_path / "more", "```python check\nassert answer == 1\n```", "- 3\n")
    proof = fact_proof(note.facts[0], note, rendered.garden)[1]
    assert proof
    assert "fails for each of the 2 others" in proof.sentence


def test_a_check_without_the_answer_proves_the_explanation(tmp_path: Path) -> None:
    note, rendered = fact_note(tmp_path, "```python check\nassert 1 + 1 == 2\n```")
    proof = fact_proof(note.facts[0], note, rendered.garden)[1]
    assert proof
    assert proof.sentence.startswith("The check proves the explanation.")


def test_a_fact_that_code_cannot_decide_names_its_source(tmp_path: Path) -> None:
    note, rendered = fact_note(tmp_path, "source: https://example.org/a")
    assert fact_proof(note.facts[0], note, rendered.garden) == (None, None)
    assert source_of(note.facts[0]) == views.Anchor("https://example.org/a", "https://example.org/a")
    assert source_of(replace(note.facts[0], source="Strang 2016")) == views.Anchor("Strang 2016", "")
