"""Why a message is not kept for review."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import Enum
from typing import Optional

from bot.evaluation.training_data.questions import key_of
from bot.learning.collecting.log_rows import Asked
from bot.learning.collecting.scrubbing.folding import without_unseen
from bot.nlu.text import MOST_CHARACTERS


class Skipped(str, Enum):
    """The values are words of the command's report."""

    COMMAND = "commands and payloads"
    TAPPED = "tapped suggestions"
    WORDLESS = "without words"
    TOO_LONG = f"longer than {MOST_CHARACTERS} characters"
    REPEATED = "repeats of the platform"
    EXPIRED = "older than they may be kept"


# What stands for a picture or a sticker: WeChat's [微笑] and [图片], Slack's :smile:.
_STUBS = re.compile(r"\[[^\[\]\s]{1,12}\]|:[a-z0-9_+\-]{2,40}:", re.IGNORECASE)


def why_skipped(asked: Asked, offered: Collection[str]) -> Optional[Skipped]:
    """Returns why a message is not kept, as far as it says itself; None where it is kept.

    `offered` are the keys (`key_of`) of the suggestions that stood below the answers before it.
    """
    text = without_unseen(asked.text).strip()
    if text.startswith("/"):
        return Skipped.COMMAND
    if asked.tapped or (offered and key_of(text) in offered):
        return Skipped.TAPPED
    if len(text) > MOST_CHARACTERS:
        return Skipped.TOO_LONG
    return None if any(map(str.isalpha, _STUBS.sub("", text))) else Skipped.WORDLESS
