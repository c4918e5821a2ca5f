"""What the channel says by itself, and the few words of followers that it understands by itself."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Optional

import yaml

from actions.wording.script import to_traditional
from bot.channels.words import say as say_of
from bot.nlu.text import bare, is_traditional, language_of, normalise

COMMANDS = Path(__file__).with_name("commands.yml")

TRADITIONAL = "zh-Hant"
"""Chinese in traditional characters, beside "zh" and "en". The sentences are written in simplified ones."""


def say(key: str, language: str, **values: str) -> str:
    """Returns a sentence, as in `say("greeting", "zh")`."""
    if language == TRADITIONAL:
        return to_traditional(say_of(f"wechat.{key}", "zh", **values))
    return say_of(f"wechat.{key}", language, **values)


def say_in_both(key: str, **values: str) -> str:
    """Says it in Chinese and English, where nothing has shown yet which of them the follower reads."""
    return "\n".join(say(key, language, **values) for language in ("zh", "en"))


def guess_language(text: str, known: str = "") -> str:
    """Returns the language of a text: "en", "zh" or TRADITIONAL.

    Where the text does not tell, as "2" or a picture, it is the one `known` of the follower, or else Chinese.
    """
    language = language_of(text, default="")
    if not language:
        return known or "zh"
    if language == "zh" and (is_traditional(text) or (known == TRADITIONAL and to_traditional(text) == text)):
        return TRADITIONAL
    return language


def command_of(text: str) -> Optional[str]:
    """Returns the name of the command in commands.yml that a text is, or None where it is none."""
    return _commands().get(_bare(text))


def _bare(text: str) -> str:
    return bare(normalise(text.strip().strip("“”\"'")))


@lru_cache(maxsize=1)
def _commands() -> dict[str, str]:
    content: dict[str, list[str]] = yaml.safe_load(COMMANDS.read_text(encoding="utf-8"))
    return {_bare(str(word)): name for name, words in content.items() for word in words}
