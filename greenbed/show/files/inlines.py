r"""Inline tokens → Markdown that any tool reads: the author's own text, with what only a garden understands settled in it.

What an author wrote is kept letter by letter, and only constructs of a garden are replaced where they stand (`meta["at"]`):
wikilinks and links to files become ordinary links, terms and spans lose their braces, checked literals their comments, and
`\(…\)` becomes `$…$`. What a link by reference refers to is no part of the token stream, so that such a link is written out.

An address of the site stands between marks until it is known where the text will lie (`settled`): a page's text, a notebook
and a file that joins all texts each have their own way there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from greenbed.model import Garden, LinkKind, Note, Target
from greenbed.show.relate.citations import reference_url

Edit = tuple[int, int, str]
"""Start, end, and what stands there instead."""

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif")
_MARKED = re.compile("\0([^\0]*)\0")  # CommonMark has no NUL: it reads one as U+FFFD
_WIKILINK = re.compile(r"!?\[\[[^\[\]]*\]\]")
_ATTRIBUTES = re.compile(r"\{[^{}]*\}")
_DESTINATION = re.compile(r"\(\s*(<[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)")
_REFERENCE = re.compile(r"(?:\[[^\[\]]*\])?")
_TICKS = re.compile(r"`+")
_BRACKET = re.compile(r"(?<!\\)[\[\]]")
_DELIMITERS = {"\\(": "$", "\\[": "$$"}


@dataclass(frozen=True, slots=True)
class Writing:
    """Whose text is written, and in which garden."""

    note: Note
    garden: Garden


def mark(url: str) -> str:
    """An address from the site's root, to be settled later; an address elsewhere as it is."""
    return f"\0{url}\0" if url.startswith("/") and not url.startswith("//") else url


def settled(text: str, address: Callable[[str], str]) -> str:
    """The text with its addresses."""
    return _MARKED.sub(lambda found: address(found[1]), text)


def link(title: str, url: str) -> str:
    r"""A link with plain words.

    >>> print(link("x[0]", "https://example.org/"))
    [x\[0\]](https://example.org/)
    """
    return f"[{_BRACKET.sub(_escaped, title)}]({mark(url)})"


def inline(token: Token, writing: Writing) -> str:
    """The Markdown of an inline token."""
    content = token.content
    edits = [
        edit for child in token.children or () if (make := _EDITS.get(child.type)) for edit in make(content, child, writing)
    ]
    return edited(content, edits) if edits else content


def edited(content: str, edits: Iterable[Edit]) -> str:
    """The text with all edits, which do not overlap."""
    out, at = [], 0
    for start, end, text in sorted(edits):
        out += [content[at:start], text]
        at = end
    return "".join([*out, content[at:]])


def written(tokens: Sequence[Token]) -> str:
    """Markdown from tokens alone, where the text that they were read from is not at hand: words, code, formulas, emphasis."""
    return "".join(map(_written, tokens))


def picture(target: Target, alt: str) -> str:
    """A picture that an embed names; empty for anything else."""
    is_picture = target.note is None and target.title.lower().endswith(PICTURES)
    return f"!{link(alt, target.url)}" if is_picture else ""


def target_of(token: Token, kind: LinkKind, writing: Writing) -> Target | None:
    """Where a link of the garden leads."""
    return writing.garden.targets.get((writing.note.path, kind, token.meta["target"], token.meta["fragment"]))


def linked(token: Token, target: Target | None) -> str:
    """A wikilink as a link; in words alone where it leads nowhere."""
    words = str(token.meta.get("text") or "")
    if target is None:
        return words or str(token.meta["target"] or token.meta["fragment"])
    return link(words or target.title, target.url)


def _written(token: Token) -> str:
    if token.type == "code_inline":
        return f"{token.markup}{token.content}{token.markup}"
    if token.type.startswith("math_"):
        sign = "$$" if token.type == "math_inline_double" else "$"
        return f"{sign}{token.content.strip()}{sign}"
    if token.type in ("softbreak", "hardbreak"):
        return " "
    if token.type == "wikilink":
        return str(token.meta.get("text") or token.meta["target"] or token.meta["fragment"])
    if token.type == "image":
        return written(token.children or ())
    return token.markup if token.type.startswith(("em_", "strong_", "s_")) else token.content * (token.type.startswith("text"))


def _wikilink(content: str, token: Token, writing: Writing) -> Iterator[Edit]:
    if found := _WIKILINK.match(content, token.meta.get("at", 0)):
        yield found.start(), found.end(), linked(token, target_of(token, LinkKind.WIKILINK, writing))


def _embed(content: str, token: Token, writing: Writing) -> Iterator[Edit]:
    if found := _WIKILINK.match(content, token.meta.get("at", 0)):
        target = target_of(token, LinkKind.EMBED, writing)
        shown = picture(target, str(token.meta.get("text") or "")) if target else ""
        yield found.start(), found.end(), shown or linked(token, target)


def _link(content: str, token: Token, writing: Writing) -> Iterator[Edit]:
    yield from _destination(content, token, token.meta.get("at", 0), _address(token, "href", LinkKind.RELATIVE, writing))


def _image(content: str, token: Token, writing: Writing) -> Iterator[Edit]:
    yield from _destination(content, token, token.meta.get("at", 0) + 1, _address(token, "src", LinkKind.IMAGE, writing))


def _address(token: Token, attribute: str, kind: LinkKind, writing: Writing) -> str:
    """Where it leads; empty where that is nowhere."""
    if "target" not in token.meta:
        return mark(str(token.attrs.get(attribute, "")))
    target = target_of(token, kind, writing)
    return mark(target.url) if target else ""


def _destination(content: str, token: Token, at: int, address: str) -> Iterator[Edit]:
    """The part in parentheses; for a link by reference, parentheses in place of the reference."""
    if not address or not content.startswith("[", at) or (end := _label_end(content, at)) < 0:
        return
    if found := _DESTINATION.match(content, end + 1):
        if "\0" in address:
            yield found.start(1), found.end(1), address
    elif found := _REFERENCE.match(content, end + 1):
        yield found.start(), found.end(), f"({address})"


def _label_end(content: str, at: int) -> int:
    """Where the bracket that opens at `at` is closed; code spans and escapes do not count; -1 where it is not."""
    depth, here, end = 0, at, len(content)
    while here < end:
        character = content[here]
        if character == "\\":
            here += 1
        elif character == "`" and (ticks := _TICKS.match(content, here)):
            closing = content.find(ticks[0], ticks.end())
            here = (closing if closing >= 0 else here) + len(ticks[0]) - 1
        elif character in "[]":
            depth += 1 if character == "[" else -1
            if depth == 0:
                return here
        here += 1
    return -1


def _literal(content: str, token: Token, writing: Writing) -> Iterator[Edit]:
    expression = token.meta["expression_at"]
    start, end = content.rfind("<!--", 0, expression), content.find("-->", expression)
    if 0 <= start < end:
        yield start, end + 3, ""


def _comment(content: str, token: Token, writing: Writing) -> Iterator[Edit]:
    at = token.meta.get("at", -1)
    if token.content.startswith("<!--") and at >= 0 and content.startswith(token.content, at):
        yield at, at + len(token.content), ""


def _span(content: str, token: Token, writing: Writing) -> Iterator[Edit]:
    at = token.meta.get("at", -1)
    end = _label_end(content, at) if at >= 0 and content.startswith("[", at) else -1
    if end >= 0 and (braces := _ATTRIBUTES.match(content, end + 1)):
        yield at, at + 1, ""
        yield end, braces.end(), ""


def _maths(content: str, token: Token, writing: Writing) -> Iterator[Edit]:
    at, sign = token.meta.get("at", -1), _DELIMITERS.get(token.markup)
    if sign and at >= 0 and content.startswith(token.markup + token.content, at):
        yield at, at + len(token.content) + 4, f"{sign}{token.content.strip()}{sign}"


def _footnote(content: str, token: Token, writing: Writing) -> Iterator[Edit]:
    """`^[text]` becomes a reference: its text stands at the end, as those of the others."""
    at = token.meta.get("at", -1)
    if at >= 0 and content.startswith("^[", at) and (end := _label_end(content, at + 1)) >= 0:
        yield at, end + 1, f"[^{footnote_label(token)}]"


def _citation(content: str, token: Token, writing: Writing) -> Iterator[Edit]:
    """[@key, §3.2] → ([label](address), §3.2)."""
    at = token.meta.get("at", -1)
    if at >= 0 and content.startswith(token.content, at):
        works = (_work(key, place, writing) for key, place, _ in token.meta["items"])
        yield at, at + len(token.content), f"({'; '.join(works)})"


def _work(key: str, place: str, writing: Writing) -> str:
    entry = writing.garden.bibliography.get(key)
    return ", ".join(filter(None, [link(entry.label, entry.url or reference_url(key)) if entry else key, place]))


def footnote_label(token: Token) -> str:
    """What a footnote is called."""
    return str(token.meta.get("label") or f"note-{token.meta['id'] + 1}")


def _escaped(bracket: re.Match[str]) -> str:
    return f"\\{bracket[0]}"


_EDITS: Mapping[str, Callable[[str, Token, Writing], Iterator[Edit]]] = {
    "wikilink": _wikilink,
    "embed_inline": _embed,
    "link_open": _link,
    "image": _image,
    "literal_open": _literal,
    "html_inline": _comment,
    "term_open": _span,
    "span_open": _span,
    "math_inline": _maths,
    "math_inline_double": _maths,
    "footnote_ref": _footnote,
    "citation": _citation,
}
