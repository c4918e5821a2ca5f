"""Measures how often the right group of the other language is found, on Wenhao's own questions.

    python -m benchmarks.learning.discovery_twins [--seeds 3]

A quarter of the topics is hidden; of each, 12 questions a language make a group. The classifier that ranks them is
trained on the others alone, with 30 examples of each topic and language. What it prints stands in
docs/learning/grouping.md.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import typer

from benchmarks.pipeline_config import read_config
from benchmarks.public_sets import Labelled
from benchmarks.samples import samples_of
from bot.evaluation.training_data.questions import FOLDER, read_examples
from bot.evaluation.training_data.word_lists import read_word_lists
from bot.learning.grouping.making import Known
from bot.learning.grouping.meanings import Meanings
from bot.learning.grouping.regrouping import ASKING, known_of
from bot.learning.grouping.twins import Profile, mean_ranking, shares, twins
from bot.nlu.ngram_model import NgramModel

PROJECT = Path(__file__).resolve().parents[2]
HIDDEN_SHARE = 0.25
GROUP_SIZE, EXAMPLES = 12, 30
RANKED = 20


def measure_twins(seeds: int = typer.Option(3, min=1, help="How many times other topics are hidden.")) -> None:
    """Measure how often a group's twin in the other language is the right one."""
    examples = read_examples(PROJECT / FOLDER)
    words = read_word_lists(PROJECT / FOLDER)
    questions = {language: _by_topic(known_of(examples, language)) for language in ("en", "zh")}
    linked = right = possible = 0
    for seed in range(seeds):
        topics = sorted(topic for topic in questions["en"].keys() & questions["zh"].keys() if topic.startswith(ASKING))
        hidden = random.Random(seed).sample(topics, round(HIDDEN_SHARE * len(topics)))  # noqa: S311 - the same draw is meant
        known = [
            (text, topic)
            for found in questions.values()
            for topic, texts in found.items()
            if topic not in hidden
            for text in texts[:EXAMPLES]
        ]
        model = NgramModel.train(samples_of(read_config(), known, words), [topic for _, topic in known])
        ours, theirs = (_profiles(model, questions[language], hidden, words) for language in ("en", "zh"))
        found = twins(ours, theirs)
        linked, right = linked + len(found), right + sum(our == their for our, their, _ in found)
        possible += len(hidden)
    print(f"{possible} pairs of hidden groups: {linked} linked, {right} of them rightly")


def _by_topic(known: Known) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for text, intent in zip(known.texts, known.intents, strict=True):
        found.setdefault(intent, []).append(text)
    return found


def _profiles(
    model: NgramModel, questions: dict[str, list[str]], hidden: Sequence[str], words: dict[str, list[str]]
) -> list[tuple[Profile, Profile]]:
    meanings = Meanings(words)
    return [
        _profile(model, [(text, topic) for text in questions[topic][:GROUP_SIZE]], meanings, words) for topic in hidden
    ]


def _profile(
    model: NgramModel, asked: Sequence[Labelled], meanings: Meanings, words: dict[str, list[str]]
) -> tuple[Profile, Profile]:
    confidences = model.confidences(samples_of(read_config(), asked, words))
    rankings = [
        [[model.labels[place], float(row[place])] for place in (-row).argsort()[:RANKED]] for row in confidences
    ]
    return shares([meanings.of(text) for text, _ in asked]), mean_ranking(rankings)


if __name__ == "__main__":
    typer.run(measure_twins)
