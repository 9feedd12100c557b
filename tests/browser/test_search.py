"""Searching: the window with keyboard and mouse, from a server and from disk; what is found, in which order, at what weight."""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Response, Route, expect

from greenbed.model import Garden
from greenbed.show.search.shards import search_files
from greenbed.show.search.words import terms
from tests.browser.conftest import Reader
from tests.browser.test_looks import RULES, overflow, settled
from tests.conftest import Project
from tests.serve.test_preview import previewing
from tests.show.growing import grow
from tests.show.rendering import ROOT
from tests.show.search_garden import many_notes

KILO = 1024
TITLES = """async (text) => {
  const { hits } = await gardenSearch.query(text);
  return Promise.all(hits.map(async ({ place }) => {
    const [title, , , heading] = await gardenSearch.place(place);
    return title + (heading && ` › ${heading}`);
  }));
}"""
"""The result of a query, as titles and headings."""

Titles = Callable[[str], list[str]]


def field_of(page: Page) -> Locator:
    """The field of the search window."""
    return page.get_by_role("combobox", name="Search notes, terms and code")


def opened(page: Page) -> Locator:
    """The field of the search window, after Ctrl+K."""
    expect(page.get_by_role("button", name="Search", exact=True)).to_be_visible()
    page.keyboard.press("Control+k")
    field = field_of(page)
    expect(field).to_be_focused()
    return field


def told(page: Page) -> Locator:
    """What the window says of the results."""
    return page.get_by_role("dialog").get_by_role("status")


def chosen(page: Page) -> Locator:
    """The option that Enter opens."""
    return page.get_by_role("dialog").get_by_role("option", selected=True)


def serve_index(page: Page, garden: Garden) -> None:
    """The index of another garden in place of the site's."""
    files = {file.path.as_posix(): file.content for file in search_files(garden)}

    def answer(route: Route) -> None:
        route.fulfill(body=files[route.request.url.partition("/garden/")[2]], content_type="text/javascript")

    page.route("**/garden/search/*.js", answer)


@pytest.fixture
def titles_in(reader: Reader, tmp_path: Path) -> Callable[[Mapping[str, str]], Titles]:
    """Queries of a garden of these files."""

    def queries(files: Mapping[str, str]) -> Titles:
        page = reader.open("index")
        serve_index(page, grow(tmp_path, files).garden)
        opened(page)
        return lambda text: list(page.evaluate(TITLES, text))

    return queries


# --- the window


@pytest.mark.parametrize("by", ["http", "file"])
def test_ctrl_k_a_word_and_enter_lead_to_the_section_that_holds_it(reader: Reader, by: str) -> None:
    page = reader.open("chapter", by=by)
    field = opened(page)
    field.press_sequentially("callout views memory")
    expect(chosen(page)).to_contain_text("Everything a note may hold › Callouts")
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("Enter")
    page.wait_for_url("**/bits/everything/index.html#callouts")


def test_the_button_opens_the_window_and_esc_gives_the_focus_back_to_it(reader: Reader) -> None:
    page = reader.open("404")
    button = page.get_by_role("button", name="Search")
    button.click()
    field = field_of(page)
    expect(field).to_be_focused()
    field.fill("stride")
    expect(told(page)).to_have_text(re.compile("results?$"))
    field.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("Control+k")
    expect(field).to_have_value("stride")
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_results_come_in_groups_with_the_words_marked(reader: Reader) -> None:
    page = reader.open("index")
    opened(page).fill("stride")
    expect(told(page)).to_have_text(re.compile(r"^\d+ results$"))
    groups = page.get_by_role("dialog").get_by_role("group")
    assert {group.get_attribute("aria-labelledby") for group in groups.all()} <= {
        f"search-group-{number}" for number in range(4)
    }
    glossary = page.get_by_role("dialog").get_by_role("group", name="Glossary")
    expect(glossary.get_by_role("option")).to_have_count(1)
    assert glossary.locator("mark").all_inner_texts() == ["stride", "stride"]
    expect(glossary.get_by_role("option")).to_have_attribute("href", re.compile(r"/garden/glossary/index\.html#stride$"))
    assert page.get_by_role("dialog").get_by_role("group", name="Bits").locator("mark").count() > 0


def test_a_name_in_code_is_found_and_its_line_is_shown(reader: Reader) -> None:
    page = reader.open("bit")
    opened(page).fill("torch.softmax")
    expect(chosen(page)).to_contain_text("Attention from nothing › The weights")
    expect(chosen(page).locator("code")).to_have_text("weights = torch.softmax(torch.zeros(4), 0)")
    expect(chosen(page).locator("code mark")).to_have_text("torch.softmax")


def test_arrows_home_and_end_choose_and_the_field_keeps_the_focus(reader: Reader) -> None:
    page = reader.open("index")
    field = opened(page)
    field.fill("e")
    field.fill("everything")
    expect(told(page)).to_have_text(re.compile("results$"))
    options = page.get_by_role("dialog").get_by_role("option")
    last = options.count() - 1
    assert last > 0
    for key, number in (("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", last), ("ArrowDown", 0), ("End", last), ("Home", 0)):
        field.press(key)
        expect(options.nth(number)).to_have_attribute("aria-selected", "true")
        expect(field).to_have_attribute("aria-activedescendant", options.nth(number).get_attribute("id") or "")
        expect(page.get_by_role("dialog").get_by_role("option", selected=True)).to_have_count(1)
    expect(field).to_be_focused()


def test_a_result_opens_in_a_new_tab_as_links_do(reader: Reader) -> None:
    page = reader.open("index")
    field = opened(page)
    field.fill("broadcasting")
    expect(chosen(page)).to_be_visible()
    for open_it in (lambda: field.press("Control+Enter"), lambda: chosen(page).click(button="middle")):
        with page.context.expect_page() as other:
            open_it()
        assert re.search(r"/(bits/shapes|glossary)/index\.html#broadcasting$", other.value.url)
    expect(page.get_by_role("dialog")).to_be_visible()


def test_the_best_of_a_group_are_shown_and_the_rest_when_asked_for(reader: Reader, tmp_path: Path) -> None:
    page = reader.open("tags")
    serve_index(page, grow(tmp_path, {f"bits/n{number}.md": f"# Note {number}\n\nA harp.\n" for number in range(9)}).garden)
    field = opened(page)
    field.fill("harp")
    expect(told(page)).to_have_text("9 results")
    options = page.get_by_role("dialog").get_by_role("option")
    expect(options).to_have_count(6)
    field.press("End")
    expect(chosen(page)).to_have_text("Show all 9")
    field.press("Enter")
    expect(options).to_have_count(9)
    expect(options.nth(5)).to_have_attribute("aria-selected", "true")
    expect(field).to_be_focused()


def test_nothing_found_is_said(reader: Reader) -> None:
    page = reader.open("index")
    opened(page).fill("zyzzyva")
    expect(told(page)).to_have_text("Nothing matches “zyzzyva”. Try another word, or fewer.")
    expect(page.get_by_role("listbox")).to_be_hidden()
    field_of(page).fill("stride zyzzyva")
    expect(told(page)).to_have_text(re.compile(r"^Nothing holds all of these words\. \d+ results$"))


def test_nothing_of_the_search_is_loaded_before_it_is_used_and_nothing_is_there_without_a_script(reader: Reader) -> None:
    page = reader.open("bit")
    page.wait_for_load_state("networkidle")
    assert not [
        name for name in page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)") if "search" in name
    ]
    assert reader.open("bit", java_script_enabled=False).get_by_role("button", name="Search").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_open_window_is_accessible_and_fits_a_phone(reader: Reader, scheme: str) -> None:
    page = reader.open("tags", color_scheme=scheme, width=390)
    opened(page).fill("shapes")
    expect(told(page)).to_have_text(re.compile("results$"))
    settled(page)
    assert overflow(page) == 0
    box = page.get_by_role("dialog").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


def test_an_index_that_has_been_published_anew_is_loaded_anew(reader: Reader, tmp_path: Path) -> None:
    page = reader.open("index")
    serve_index(page, grow(tmp_path / "old", {"bits/a.md": "# Old\n\nSomething.\n"}).garden)
    field = opened(page)
    page.evaluate("gardenSearch.index()")
    page.unroute("**/garden/search/*.js")
    field.fill("stride")
    expect(page.get_by_role("dialog").get_by_role("group", name="Glossary")).to_be_visible()
    assert all("404" in trouble for trouble in reader.troubles)
    reader.troubles.clear()


def test_an_index_that_does_not_come_is_said_and_comes_when_it_can(reader: Reader) -> None:
    page = reader.open("index")
    page.route("**/garden/search/*", lambda route: route.abort())
    field = opened(page)
    field.fill("stride")
    expect(told(page)).to_have_text("The search index did not load. Try again in a moment.")
    page.unroute("**/garden/search/*")
    field.fill("strides")
    expect(page.get_by_role("dialog").get_by_role("group", name="Glossary")).to_be_visible()
    assert all("ERR_FAILED" in trouble for trouble in reader.troubles)
    reader.troubles.clear()


def test_the_preview_finds_what_was_just_written(project: Project, chromium: Browser) -> None:
    project.write({"bits/one.md": "# One\n\nA first word.\n"})
    with previewing(project) as preview:
        reader = Reader(chromium, {"http": f"http://127.0.0.1:{preview.port}"})
        page = reader.open("bits/one/")
        page.set_default_timeout(20_000)
        project.write({"bits/one.md": "# Another\n\nA first saxophone.\n"})
        expect(page.get_by_role("heading", level=1)).to_have_text("Another", timeout=20_000)
        opened(page).fill("saxophone")
        expect(chosen(page).locator("mark")).to_have_text("saxophone")
        for context in reader.contexts:
            context.close()
        assert reader.troubles == []


# --- what is found


def test_a_title_comes_before_a_tag_a_heading_and_the_text(titles_in: Callable[[Mapping[str, str]], Titles]) -> None:
    filler = "Other things are said here at some length, in words that matter to nobody. " * 3
    titles = titles_in(
        {
            "bits/a.md": f"# Text\n\n{filler} The sampler.\n",
            "bits/b.md": f"# Heading\n\n{filler}\n\n## The sampler\n\n{filler}\n",
            "bits/c.md": f"---\ntitle: Tag\ntags: [sampler]\n---\n{filler}\n",
            "bits/d.md": f"# The sampler\n\n{filler}\n",
            "bits/e.md": f"# The samplers\n\n{filler}\n",
            "bits/f.md": f"# Code\n\n{filler}\n\n```python\nimport torch\nweighted_sampler = torch.empty(3)\n```\n",
        }
    )
    found = titles("sampler")
    assert [title for title in found if title != "The samplers"] == [
        "The sampler",
        "Tag",
        "Heading › The sampler",
        "Text",
        "Code",
    ]
    assert found.index("The sampler") < found.index("The samplers")


def test_words_are_found_whole_begun_misspelt_once_and_in_parts(titles_in: Callable[[Mapping[str, str]], Titles]) -> None:
    titles = titles_in(
        {
            "bits/a.md": "# First\n\nThe temperature of a softmax.\n",
            "bits/b.md": "# Second\n\nThe gradient of Schrödinger.\n",
            "bits/c.md": "# Third\n\n```python\nfrom torch.nn import functional as F\nF.scaled_dot_product_attention\n```\n",
            "bits/d.md": "# Fourth\n\nSee `torch.nn.LayerNorm`, and a mask.\n",
        }
    )
    first = ["temperature", "TEMPERATURE", "temper", "softmax temp", "the temperature of a softmax"]
    misspelt = ["temprature", "temperrature", "temperatura", "tempreature", "emperature", "sotfmax"]
    assert {query: titles(query) for query in first + misspelt} == {query: ["First"] for query in first + misspelt}
    twice = ["tempratura", "tmeperatrue", "temprture", "xxtemperature", "gradeintt", "maks", "msk"]
    assert {query: titles(query) for query in twice} == {query: [] for query in twice}
    assert titles("gradients") == titles("schrodinger") == titles("gradeint") == ["Second"]
    names = [
        "F.scaled_dot_product_attention",
        "F.scaled_dot",
        "scaled_dot_product_attention",
        "dot_product_attention",
        "product",
    ]
    assert {query: titles(query) for query in names} == {query: ["Third"] for query in names}
    names = ["torch.nn.LayerNorm", "nn.layernorm", "torch.nn", "LayerNorm", "layer norm", "nn.layernrom"]
    assert {query: titles(query) for query in names} == {query: ["Fourth"] for query in names}


def test_a_correct_word_is_not_taken_for_another_and_all_words_count(titles_in: Callable[[Mapping[str, str]], Titles]) -> None:
    titles = titles_in(
        {
            "bits/a.md": "# First\n\nA batch.\n\n## Middle\n\nWarm.\n\n## Far away\n\nA match of colours.\n",
            "bits/b.md": "# Second\n\nA patch, a batch, a patch.\n",
            "bits/c.md": "# Third\n\nA match.\n",
        }
    )
    assert sorted(titles("match")) == ["First › Far away", "Third"]
    assert titles("batch colours") == ["First › Far away"]
    assert [title.partition(" › ")[0] for title in titles("batch match")] == ["First"]
    assert sorted(titles("warm patch")) == ["First › Middle", "Second"]


def test_a_large_garden_is_searched_through_the_few_files_that_a_word_needs(reader: Reader, tmp_path: Path) -> None:
    page = reader.open("index")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    notes = many_notes(420) | {"bits/z.md": "# Zebra\n\nAn unmistakable horse.\n"}
    serve_index(page, grow(tmp_path, notes).garden)
    opened(page)
    assert page.evaluate(TITLES, "unmistakable") == ["Zebra"]
    assert len([url for url in asked if "/garden/search/" in url]) == 3  # the list, the terms, the record
    for query in ("Xunmistakable", "nmistakable", "unmistakabel", "unmistak", "horse zebra"):
        assert page.evaluate(TITLES, query) == ["Zebra"], query
    assert page.evaluate(TITLES, "numistakabel") == []


def test_the_first_search_of_200_notes_weighs_at_most_120_kb(reader: Reader, tmp_path: Path) -> None:
    page = reader.open("index")
    notes = many_notes(200)
    serve_index(page, grow(tmp_path, notes).garden)
    came: list[Response] = []
    page.on("response", lambda response: came.append(response))
    (word,) = re.findall(r"^title: (\w+)", notes["bits/n3.md"], re.MULTILINE)
    opened(page).fill(word)
    expect(page.get_by_role("dialog").get_by_role("group", name="Bits")).to_be_visible()
    weights = [len(gzip.compress(response.body(), 6)) for response in came]
    assert len(weights) >= 5  # the script, the style, the list, the terms, some places
    assert sum(weights) <= 120 * KILO


# --- one rule in two languages


def test_the_script_takes_texts_apart_as_the_build_does(chromium: Browser) -> None:
    generator = random.Random(0)
    alphabet = "aaBBcC019__..  -'’×→é\u0301ßİΣςσﬁ½²ℝжÅ한中①ͅ"
    texts = ["".join(generator.choices(alphabet, k=generator.randint(1, 24))) for _ in range(3000)]
    texts += [
        (ROOT / "README.md").read_text(encoding="utf-8"),
        "torch.nn.functional RMSNorm __init__ GPT2LMHeadModel",
        "a" * 65,
        f"{'a' * 60}.{'b' * 60}.c1 {'𝐖' * 64} {'𝐖' * 65} {'ab_' * 90} {'1' * 65}",
    ]
    page = chromium.new_page()
    page.add_script_tag(path=ROOT / "static" / "js" / "search" / "terms.js")
    found = page.evaluate("(texts) => texts.map((text) => gardenSearch.terms(text).map(([term]) => term))", texts)
    places = page.evaluate(
        "(texts) => texts.map((text) => gardenSearch.terms(text).map(([, a, b]) => text.slice(a, b)))", texts
    )
    page.close()
    assert found == [terms(text) for text in texts]
    assert [words for words in places for word in words if not word] == []


@pytest.fixture(scope="module")
def is_one_edit(chromium: Browser) -> Iterator[Callable[[str, str], bool]]:
    """The script's judgement of two words."""
    page = chromium.new_page()
    page.add_script_tag(path=ROOT / "static" / "js" / "search" / "edits.js")
    yield lambda one, other: bool(page.evaluate("([one, other]) => gardenSearch.isOneEdit(one, other)", [one, other]))
    page.close()


def test_one_edit_is_a_letter_more_less_or_wrong_or_two_exchanged(is_one_edit: Callable[[str, str], bool]) -> None:
    word = "softmax"
    near = {word[:at] + word[at + 1 :] for at in range(7)} | {word[:at] + "x" + word[at:] for at in range(8)}
    near |= {word[:at] + "q" + word[at + 1 :] for at in range(7)}
    near |= {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(6)}
    assert all(is_one_edit(word, other) and is_one_edit(other, word) for other in near)
    far = ["softmax", "sftmx", "softmaxes", "osftamx", "sotfamx", "hardmax", "", "stofmax"]
    assert not any(is_one_edit(word, other) for other in far)
