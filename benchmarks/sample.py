"""Drawing training questions evenly over intents and languages."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from itertools import chain, zip_longest
from typing import Optional

from bot.evaluation.training_data import Example
from bot.nlu.text import language_of


def draw(examples: Sequence[Example], most: int, seed: int) -> list[Example]:
    """Returns at most that many questions: one of every intent and language in turn, until there are enough."""
    chance = random.Random(seed)  # noqa: S311 - the same draw in every run is meant
    groups: dict[tuple[str, str], list[Example]] = defaultdict(list)
    for example in examples:
        groups[(example.intent, language_of(example.text))].append(example)
    shuffled = [chance.sample(groups[key], len(groups[key])) for key in sorted(groups)]
    # Without it a last round that ends early would always leave out the same intents.
    chance.shuffle(shuffled)
    turns: chain[Optional[Example]] = chain.from_iterable(zip_longest(*shuffled))
    return [example for example in turns if example is not None][:most]


def to_nlu_file(examples: Sequence[Example]) -> str:
    """Returns questions in Rasa's format: https://rasa.com/docs/rasa/nlu-training-data."""
    by_intent: dict[str, list[str]] = defaultdict(list)
    for example in examples:
        by_intent[example.intent].append(example.text)
    lines = ['version: "3.1"', "nlu:"]
    for intent in sorted(by_intent):
        lines += [f"  - intent: {intent}", "    examples: |", *(f"      - {text}" for text in by_intent[intent])]
    return "\n".join(lines) + "\n"
