"""What the channel says by itself, and the few words of followers that it understands by itself."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Optional

import yaml

from bot.channels.words import say as say_of

COMMANDS = Path(__file__).with_name("commands.yml")


def say(key: str, language: str, **values: str) -> str:
    """Returns a sentence, as in `say("greeting", "zh")`."""
    return say_of(f"wechat.{key}", language, **values)


def say_in_both(key: str, **values: str) -> str:
    """Says it in Chinese and English, where nothing has shown yet which of them the follower reads."""
    return "\n".join(say(key, language, **values) for language in ("zh", "en"))


def command_of(text: str) -> Optional[str]:
    """Returns the name of the command in commands.yml that a text is, or None where it is none."""
    return _commands().get(text.strip().strip("。.!！“”\"'").casefold())


@lru_cache(maxsize=1)
def _commands() -> dict[str, str]:
    content: dict[str, list[str]] = yaml.safe_load(COMMANDS.read_text(encoding="utf-8"))
    return {str(word).casefold(): name for name, words in content.items() for word in words}
