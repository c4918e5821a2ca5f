"""Groups the queue anew: reads what waits, groups it, and writes all of it at once."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.evaluation.training_data.questions import FOLDER, Example
from bot.evaluation.training_data.word_lists import read_word_lists
from bot.learning.database import ReviewDatabase
from bot.learning.grouping.groups import Grouped, group_texts
from bot.learning.grouping.loading import open_texts
from bot.learning.grouping.making import Known
from bot.learning.grouping.meanings import Meanings
from bot.learning.grouping.storing import store_groups
from bot.nlu.text import language_of

LANGUAGES = ("en", "zh")
ASKING = "ask_"

# Of each intent and language: more shape the space no better and take their time.
MOST_EXAMPLES = 60

# Intents whose questions have nothing in common but what they are not: no meaning holds them together.
SHAPELESS = frozenset({"out_of_scope", "third_language", "follow_up", "give_context", "choose_option"})


@dataclass(frozen=True)
class Regrouped:
    """How many texts were grouped, into how many groups, and how many belong to none."""

    texts: int
    groups: int
    alone: int


def regroup(
    database: ReviewDatabase,
    project: Path,
    examples: Sequence[Example],
    languages: Sequence[str] = LANGUAGES,
    told: Callable[[str], None] = lambda doing: None,
    clock: Callable[[], float] = time.time,
) -> Regrouped:
    """Groups what waits in the queue, with the project's training examples as they are now.

    What a person decides meanwhile counts: texts changed since they were read are left alone. Twins are linked where
    both languages are grouped. `told` hears what is being done. Raises ReviewDatabaseError.
    """
    meanings = Meanings(read_word_lists(project / FOLDER))
    topics = {example.intent.removeprefix(ASKING) for example in examples}
    grouped = []
    for language in languages:
        with database.begin() as connection:
            texts = open_texts(connection, language, clock())
        told(f"Grouping {len(texts):,} texts ({language}) ...")
        grouped.append(group_texts(language, texts, known_of(examples, language), meanings, topics))
    with database.begin() as connection:
        groups = store_groups(connection, grouped, clock())
    return Regrouped(sum(map(_size, grouped)), groups, sum(len(each.alone) for each in grouped))


def known_of(examples: Sequence[Example], language: str) -> Known:
    """Returns the examples of a language that shape its groups: the same ones each time, so many of each intent."""
    by_intent: dict[str, list[str]] = {}
    for example in examples:
        if example.intent not in SHAPELESS and language_of(example.text) == language:
            by_intent.setdefault(example.intent, []).append(example.key)
    chosen = [
        (key, intent)
        for intent, keys in sorted(by_intent.items())
        for key in sorted(set(keys), key=_shuffled)[:MOST_EXAMPLES]
    ]
    return Known([key for key, _ in chosen], [intent for _, intent in chosen])


def _shuffled(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()


def _size(grouped: Grouped) -> int:
    return sum(len(group.texts) for group in grouped.groups) + len(grouped.alone)
