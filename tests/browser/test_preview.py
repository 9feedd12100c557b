"""The preview in a browser: pages reload when a build succeeds, and problems lie over the page while one fails."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, expect

from tests.browser.conftest import Reader
from tests.conftest import Project
from tests.serve.test_preview import previewing

GOOD = "# One\n\n```python\n1 + 1  # 2\n```\n"


def test_an_edit_shows_itself_and_a_mistake_lies_over_the_last_good_page(project: Project, chromium: Browser) -> None:
    project.write({"bits/one.md": GOOD})
    with previewing(project) as preview:
        reader = Reader(chromium, {"http": f"http://127.0.0.1:{preview.port}"})
        page = reader.open("bits/one/")
        page.set_default_timeout(20_000)
        overlay = page.get_by_role("alert", name="Problems of the last build")

        project.write({"bits/one.md": GOOD.replace("# 2", "# 3")})
        expect(overlay).to_contain_text(re.compile(r"bits/one\.md:4"), timeout=20_000)
        expect(overlay).to_contain_text("This build was not shown")
        expect(page.get_by_role("heading", level=1)).to_have_text("One")
        overlay.get_by_role("button", name="Close").press("Enter")
        expect(overlay).to_have_count(0)

        project.write({"bits/one.md": GOOD.replace("# One", "# Another")})
        expect(page.get_by_role("heading", level=1)).to_have_text("Another", timeout=20_000)
        expect(overlay).to_have_count(0)
        for context in reader.contexts:
            context.close()
        assert reader.troubles == []


def test_a_first_build_that_fails_is_told_on_the_page_that_waits(project: Project, chromium: Browser) -> None:
    project.write({"one.md": "[dead](nowhere.md)\n"})
    with previewing(project) as preview:
        reader = Reader(chromium, {"http": f"http://127.0.0.1:{preview.port}"})
        page = reader.open("")
        overlay = page.get_by_role("alert", name="Problems of the last build")
        expect(overlay).to_contain_text("nowhere.md", timeout=20_000)
        project.write({"one.md": "# Mended\n"})
        expect(page.get_by_role("link", name="Mended")).to_be_visible(timeout=20_000)
        for context in reader.contexts:
            context.close()
