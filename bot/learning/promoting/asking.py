"""Asks both models the same messages, in two processes, the challenger with the thresholds that it will serve with."""

from __future__ import annotations

import tempfile
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Mapping, Optional, Sequence

from actions.consult.reading import shared_tuning
from actions.settings import TUNING
from bot.evaluation.cases import LANGUAGES, Case
from bot.learning.promoting.answers_kept import KeptAnswers
from bot.learning.promoting.comparison import Given, Threshold
from bot.learning.promoting.scripts import Answer, Place, Script, places_of
from bot.learning.promoting.serving import sha256_of
from bot.learning.promoting.threshold_file import model_id_of, read_thresholds, write_thresholds
from bot.learning.promoting.thresholds import curve, tuned
from bot.learning.promoting.workers import Workers
from bot.settings import Settings


@dataclass(frozen=True)
class Questions:
    """What is asked: cases with known answers, real conversations, and what the threshold is tuned with."""

    cases: Sequence[Case]
    replayed: Sequence[Script]
    development: Sequence[Sequence[Case]]

    @property
    def count(self) -> int:
        """How many messages each model is asked."""
        return len(self.cases) + sum(len(script.turns) for script in self.replayed)


@dataclass(frozen=True)
class Both:
    """What both gave. `cases` are in the order of the questions, with the old and the new answer."""

    cases: Sequence[tuple[Case, Given, Given]]
    threshold: Threshold
    kept_before: KeptAnswers
    kept_now: KeptAnswers

    def before(self, script: Script) -> list[Given]:
        """Returns what the champion gave to a real conversation."""
        return [_given(answer) for answer in self.kept_before.of(script)]

    def now(self, script: Script) -> list[Given]:
        """Returns what the challenger gave."""
        return [_given(answer) for answer in self.kept_now.of(script)]


def ask_both(settings: Settings, champion: Path, challenger: Path, questions: Questions) -> Both:
    """Asks both. Raises ModelError where one of them can't be loaded."""
    ids = model_id_of(champion), model_id_of(challenger)
    places = places_of(questions.cases)
    scripts = [*(place.script for place in places), *questions.replayed]
    old = thresholds_of(settings, ids[0])
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / TUNING
        write_thresholds(file, {ids[0]: old})
        workers = Workers(settings, file)
        try:
            reading = workers.read(challenger, questions.development)
            before = KeptAnswers(settings.models, sha256_of(champion), old)
            first = _begin(workers, before, champion, scripts)
            trials = [trial for job in reading for trial in job.result()]
            new = tuned(trials, old)
            write_thresholds(file, {ids[0]: old, ids[1]: new})
            after = KeptAnswers(settings.models, sha256_of(challenger), new)
            second = _begin(workers, after, challenger, scripts)
            for kept, begun in ((before, first), (after, second)):
                _end(kept, begun)
        finally:
            workers.close()
    cases = [_pair(case, place, before, after) for case, place in zip(questions.cases, places, strict=True)]
    return Both(cases, Threshold(old, new, len(trials), curve(trials)), before, after)


def thresholds_of(settings: Settings, model_id: str) -> Mapping[str, float]:
    """Returns the thresholds that a model serves with, by language."""
    own = read_thresholds(settings.models / TUNING).get(model_id, {})
    base = shared_tuning().ask_back_below
    return {language: own.get(language, base) for language in LANGUAGES}


Begun = tuple[Sequence[Script], Sequence["Future[list[list[Answer]]]"]]


def _begin(workers: Workers, kept: KeptAnswers, model: Path, scripts: Sequence[Script]) -> Begun:
    missing = kept.missing(scripts)
    return missing, workers.ask(model, missing)


def _end(kept: KeptAnswers, begun: Begun) -> None:
    scripts, jobs = begun
    kept.add(scripts, [answers for job in jobs for answers in job.result()])
    kept.keep()


def _pair(case: Case, place: Place, before: KeptAnswers, now: KeptAnswers) -> tuple[Case, Given, Given]:
    old, new = (kept.of(place.script)[place.turn] for kept in (before, now))
    return case, _given(old, case), _given(new, case)


def _given(answer: Answer, case: Optional[Case] = None) -> Given:
    topics, facts, later = (tuple(answer[name]) for name in ("topics", "facts", "later"))
    right = None if case is None else case.judge(facts, topics) and _shown(case, answer)
    return Given(answer["act"], topics, facts, later, answer["intent"], answer["confidence"], right)


def _shown(case: Case, answer: Answer) -> bool:
    return case.expects is None or case.expects.judge(answer["reply"], answer["recommendation"])
