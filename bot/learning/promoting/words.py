"""The words of reports and reasons: words.yml, in English and Chinese."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.learning.promoting.comparison import Check
from bot.learning.promoting.gate import NOT_OURS


def say(key: str, language: str, **values: object) -> str:
    """Returns a sentence, as in `say("checks.chance.failed", "zh", wins=1)`, with its {names} filled in."""
    found: Any = _words()
    for name in key.split("."):
        found = found[name]
    text: str = found[language]
    return text.format(**values) if values else text


def name_of(given: str, language: str) -> str:
    """Returns what was answered in words: topics by their ids, and what a reply without an answer does."""
    return say(f"acts.{given}", language) if given in _words()["acts"] else given


def check_told(check: Check, language: str) -> str:
    """Returns the sentence about a check of the gate."""
    figures = dict(check.figures)
    if "p" in figures:
        figures["p"] = f"{figures['p']:.3g}"
    figures["listed"] = "; ".join(_fallen(fallen, language) for fallen in figures.get("fallen", ()))
    return say(f"checks.{check.name}.{'failed' if check.passed is False else 'passed'}", language, **figures)


def _fallen(fallen: dict[str, Any], language: str) -> str:
    topic = say("not_ours", language) if fallen["topic"] == NOT_OURS else fallen["topic"]
    return say("fallen", language, **{**fallen, "topic": topic})


@lru_cache(maxsize=1)
def _words() -> Any:
    return yaml.safe_load(Path(__file__).with_name("words.yml").read_text(encoding="utf-8"))
