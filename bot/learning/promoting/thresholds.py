"""From which probability on a model answers rather than asks back: tuned for each candidate before it is judged."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from pathlib import Path
from typing import Any, Mapping, Sequence

from bot.evaluation.cases import LANGUAGES, Case, read_cases
from bot.evaluation.json_lines import read_json_lines
from bot.evaluation.tuning import MOST_STEPS, Trial, threshold
from bot.settings import Settings

DEVELOPMENT = Path("tests/development")
LEARNED = Path("tests/golden/learned.jsonl")

# Conversations that are read for it, chosen by a hash where there are more.
MOST_READ = 800

# Fewer messages tell too little: the threshold stays as it is, and a language of fewer shares the other's.
LEAST_MESSAGES = 200

# A tap is worth half an answer, as in bot/evaluation/tuning.py.
TAP = 0.5

# The curve has a point for so many hundredths.
STEP = 2


def development(settings: Settings) -> list[list[Case]]:
    """Returns the messages that a threshold is tuned with, by conversation. A project may have none."""
    files = [*sorted((settings.project / DEVELOPMENT).glob("*.jsonl")), settings.project / LEARNED]
    cases = [case for file in files if file.is_file() and read_json_lines(file) for case in read_cases(file)]
    conversations: list[list[Case]] = []
    for case in cases:
        if case.earlier and conversations:
            conversations[-1].append(case)
        else:
            conversations.append([case])
    return sorted(conversations, key=_by_hash)[:MOST_READ]


def _by_hash(conversation: Sequence[Case]) -> str:
    return hashlib.sha256(conversation[0].text.encode()).hexdigest()


def tuned(trials: Sequence[tuple[str, Trial]], old: Mapping[str, float]) -> Mapping[str, float]:
    """Returns the threshold for each language: of each alone where that serves people better, else one for both.

    The old ones where there are too few messages to tell.
    """
    if len(trials) < LEAST_MESSAGES:
        return old
    together = threshold([trial for _, trial in trials])
    by_language: dict[str, list[Trial]] = defaultdict(list)
    for language, trial in trials:
        by_language[language].append(trial)
    return {language: _of_language(by_language[language], together) for language in LANGUAGES}


def _of_language(trials: Sequence[Trial], together: float) -> float:
    if len(trials) < LEAST_MESSAGES:
        return together
    alone = threshold(trials)
    return alone if served(trials, alone) > served(trials, together) else together


def served(trials: Sequence[Trial], least: float) -> float:
    """Returns how well a threshold serves people: right answers, and half of the choices that hold the right topic."""
    asked = [trial for trial in trials if trial.ours and trial.leads]
    return sum(float(trial.hit) if trial.confidence >= least else TAP * trial.offered for trial in asked)


def curve(trials: Sequence[tuple[str, Trial]]) -> tuple[dict[str, Any], ...]:
    """Returns, for each language and threshold, the share answered of what is ours, and the share of wrong answers."""
    points = []
    for language in LANGUAGES:
        of_language = [trial for name, trial in trials if name == language]
        ours = sum(trial.ours for trial in of_language)
        for step in range(0, MOST_STEPS + 1, STEP) if ours else ():
            answered = [trial for trial in of_language if trial.leads and trial.confidence >= step / 100]
            points.append(
                {
                    "language": language,
                    "threshold": step / 100,
                    "answered": sum(trial.ours for trial in answered) / ours,
                    "wrong": sum(not trial.hit for trial in answered) / len(answered) if answered else 0.0,
                }
            )
    return tuple(points)
