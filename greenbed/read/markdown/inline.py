"""The inline parser, with two additions: every construct says where it was written, and only rules that can apply are tried.

markdown-it tries all rules at every special character, seventeen with ours. Each of them looks at that character first, so a
table from character to rules gives the same tokens in less time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

Rule = Callable[[StateInline, bool], bool]

TRIGGERS: Mapping[str, str] = {
    "newline": "\n",
    "math_brackets": "\\",
    "escape": "\\",
    "math_dollars": "$",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "wikilink": "[",
    "span": "[",
    "citation": "[",
    "link": "[",
    "embed": "!",
    "image": "!",
    "footnote_inline": "^",
    "footnote_ref": "[",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
    "gfm_autolink_www": "w",
    "gfm_autolink_protocol": ":",
    "gfm_autolink_email": "@",
}
"""The first character of each rule; the rule "text" is what is left."""

LABEL_ENDS = "]"  # has no rule, but markdown-it looks for it while it skips over tokens


class InlineParser(ParserInline):
    """Parses like markdown-it's own, and gives each construct its offset in the parent's content as `meta["at"]`."""

    def __init__(self) -> None:
        super().__init__()
        self.rules_at: dict[str, tuple[Rule, ...]] = {}
        self.special = re.compile("")

    def arrange(self) -> None:
        """Build the table of rules; to be called once all of them are registered."""
        named = zip(self.ruler.get_active_rules(), self.ruler.getRules(""), strict=True)
        rules = [(TRIGGERS[name], rule) for name, rule in named if name != "text"]
        starts = {*LABEL_ENDS, *"".join(triggers for triggers, _ in rules)}
        self.rules_at = {start: tuple(rule for triggers, rule in rules if start in triggers) for start in starts}
        self.special = re.compile(f"[{re.escape(''.join(sorted(starts)))}]")

    def tokenize(self, state: StateInline) -> None:
        """Generate tokens from `state.pos` to `state.posMax`."""
        src, end, nested_too_deeply = state.src, state.posMax, state.level >= state.md.options["maxNesting"]
        while (pos := state.pos) < end:
            rules = self.rules_at.get(src[pos])
            if rules is None or nested_too_deeply:
                state.pos = self._text_end(src, pos, end)
                state.append_pending(src[pos : state.pos])
            elif not self._construct(state, rules, pos):
                state.append_pending(src[pos])
                state.pos = pos + 1
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:
        """Move past one token without generating any; what was found is remembered."""
        pos, cache = state.pos, state.cache
        if pos not in cache:
            cache[pos] = self._skipped(state, pos)
        state.pos = cache[pos]

    def _construct(self, state: StateInline, rules: tuple[Rule, ...], pos: int) -> bool:
        tokens, before = state.tokens, len(state.tokens)
        for rule in rules:
            if rule(state, False) and state.pos > pos:
                if len(tokens) > before:
                    _place(tokens[before:], pos, state.src[pos])
                return True
        return False

    def _skipped(self, state: StateInline, pos: int) -> int:
        if state.level >= state.md.options["maxNesting"]:
            return state.posMax
        rules = self.rules_at.get(state.src[pos])
        if rules is None:
            return self._text_end(state.src, pos, state.posMax)
        for rule in rules:
            state.level += 1
            matched = rule(state, True)
            state.level -= 1
            if matched and state.pos > pos:
                return state.pos
        return pos + 1

    def _text_end(self, src: str, pos: int, end: int) -> int:
        found = self.special.search(src, pos + 1, end)
        return found.start() if found else end


def _place(tokens: list[Token], at: int, start: str) -> None:
    """Say where the tokens of one construct began; those of constructs inside know already.

    Plain text that was pending before it gets no place; the text tokens that emphasis will be made of begin with its marker.
    """
    for token in tokens:
        if token.type != "text" or token.content[:1] == start:
            token.meta.setdefault("at", at)
