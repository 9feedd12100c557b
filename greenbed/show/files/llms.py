"""/llms.txt and /llms-full.txt (llmstxt.org): for language models, the garden as a list with summaries, and as one text."""

from __future__ import annotations

from collections.abc import Iterable

from greenbed.model import Config, Garden
from greenbed.show.files.inlines import link, settled
from greenbed.show.files.texts import Address, Text, joined_parts, overview, text_address
from greenbed.show.pages.assemble import all_verdicts
from greenbed.show.pages.env import counted
from greenbed.show.pages.proof import ran_on

FULL = "/llms-full.txt"
_RULE = "=" * 80


def llms(garden: Garden, config: Config) -> bytes:
    """/llms.txt: title, summary, and every note by kind and category with the way to its text."""
    more = {
        **({} if config.live else {FULL: "all of it as one text"}),
        "/glossary-data.txt": "the glossary as records",
        "/garden.json": "notes, links, terms and levels of proof as data",
        "/verification.json": "what running every snippet showed",
    }
    optional = "\n".join(f"- {link(url[1:], url)}: {what}" for url, what in more.items())
    said = f"> {config.tagline}" if config.tagline else ""
    parts = [f"# {config.title}", said, introduction(garden), *overview(garden), "## Optional", optional]
    return settled(joined_parts(parts), text_address(config, "llms.txt")).encode()


def introduction(garden: Garden) -> str:
    """How the code of these notes is known to be right."""
    checks = sum(verdict.checks for verdict in all_verdicts(garden))
    if not checks:
        return ""
    return (
        "The Python code of these notes was executed when the site was built, and what it printed stands below it: "
        f"{counted(checks, 'check', 'checks')} held on {ran_on(garden.verification.environment)}."
    )


def llms_full(texts: Iterable[Text], config: Config) -> bytes:
    """/llms-full.txt: the texts of all pages, each below a rule and its address."""
    address = text_address(config, "llms-full.txt")
    return "\n".join(part for text in texts for part in section(text, address)).encode()


def section(text: Text, address: Address) -> tuple[str, str, str, str, str]:
    """One page."""
    return _RULE, f"Page: {address(text.url)}", _RULE, "", settled(text.body, address)
