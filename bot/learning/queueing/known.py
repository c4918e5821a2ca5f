"""What is never asked of a person again: texts that are learned, ignored, or no questions at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.evaluation.training_data.near_copies import copies_among
from bot.evaluation.training_data.questions import Example
from bot.nlu.text import language_of

_SAYS_SOMETHING = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Waiting:
    """A text that waits. `intent` is what the model would take it for, empty where it takes it for nothing."""

    id: int
    key: str
    intent: str


class Learned:
    """The training questions of one language, by their keys."""

    def __init__(self, examples: Sequence[Example], language: str) -> None:
        found = dict.fromkeys((e.key, e.intent) for e in examples if language_of(e.text) == language)
        self.keys = [key for key, _ in found]
        self.intents = [intent for _, intent in found]


def is_payload(key: str) -> bool:
    """Whether a text is a button's payload or a command, or holds no letter of any script."""
    return key.startswith("/") or not _SAYS_SOMETHING.search(key)


def learned(waiting: Sequence[Waiting], known: Learned) -> set[int]:
    """Returns the texts that stand in the training questions, or nearly, under the intent that they would get."""
    keys, intents = [text.key for text in waiting], [text.intent for text in waiting]
    copies = copies_among(keys, known.keys, labels=(intents, known.intents))
    return {waiting[copy.first].id for copy in copies}


def ignored(waiting: Sequence[Waiting], keys: Sequence[str]) -> set[int]:
    """Returns the texts that are near copies of what somebody ignored, `keys`."""
    return {waiting[copy.first].id for copy in copies_among([text.key for text in waiting], keys)}
