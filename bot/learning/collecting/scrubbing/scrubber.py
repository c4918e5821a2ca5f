"""Replaces the personal data of a text."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.learning.collecting.scrubbing.folding import fold, without_unseen
from bot.learning.collecting.scrubbing.rules import RULES, Rule
from bot.learning.collecting.scrubbing.surrogates import Surrogates

# No rule finds anything in a text with none of these.
_MAY_HOLD = re.compile(
    r"[0-9@<?]|://|[零〇一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖]{7}|-----|微信|薇信|v信|eyJ|AKIA|AIza|xox|gh_",
    re.IGNORECASE,
)

# Replies repeat themselves; so many are remembered.
REMEMBERED = 20_000


class Scrubber:
    """Replaces personal data by stand-ins made under a key: the same number is the same stand-in wherever it stands."""

    def __init__(self, key: bytes) -> None:
        self._surrogates = Surrogates(key)
        self.scrub = lru_cache(maxsize=REMEMBERED)(self._scrub)

    def _scrub(self, text: str) -> str:
        text = without_unseen(text)
        folded = fold(text)
        if not _MAY_HOLD.search(folded):
            return text
        found: list[tuple[int, int, str]] = []
        for rule in RULES:
            self._find(rule, folded, found)
        return _replaced(text, sorted(found))

    def _find(self, rule: Rule, folded: str, found: list[tuple[int, int, str]]) -> None:
        name = "value" if "value" in rule.pattern.groupindex else 0
        for match in rule.pattern.finditer(folded):
            first, end = match.span(name)
            if all(end <= begun or ended <= first for begun, ended, _ in found) and rule.holds(match):
                found.append((first, end, self._surrogates.make(rule.make, match[name])))


def _replaced(text: str, found: list[tuple[int, int, str]]) -> str:
    pieces: list[str] = []
    place = 0
    for first, end, surrogate in found:
        pieces += (text[place:first], surrogate)
        place = end
    return "".join([*pieces, text[place:]])
