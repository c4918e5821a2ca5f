"""What is to be found: the messages of intents that were hidden, alone, among all, or among what a bot missed.

A quarter of the intents is hidden, drawn by a seed. The settings of the grouping were chosen on the sets' validation
questions with seeds of their own (100 to 103); what is reported are the test questions.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.public_sets import CLINC, MASSIVE, Labelled, PublicSet, PublicSets
from bot.evaluation.training_data.questions import key_of

HIDDEN_SHARE = 0.25
# Where the texts of CLINC150 that are out of scope are out of scope too: BANKING77 has none of its own.
OUT = "out of scope"
# MASSIVE's own intent for everything else; no other Chinese questions out of scope lie here.
OUT_IN_MASSIVE = "general_quirky"

FEW, SOME = 10, 20
THRESHOLD = 0.4


@dataclass(frozen=True)
class Task:
    """Known examples with their intents, and messages with theirs, which only the scores see."""

    language: str
    known: Sequence[str]
    intents: Sequence[str]
    texts: Sequence[str]
    truth: Sequence[str]

    @property
    def count(self) -> int:
        """How many intents the messages have."""
        return len(set(self.truth))


def language_of(questions: PublicSet) -> str:
    """Returns the language of a set."""
    return "zh" if questions.spec == MASSIVE else "en"


def hidden_intents(questions: PublicSet, seed: int) -> set[str]:
    """Returns the quarter of the intents that is hidden."""
    intents = sorted({intent for _, intent in questions.train})
    random.Random(seed).shuffle(intents)  # noqa: S311 - the same draw in every run is meant
    return set(intents[: round(HIDDEN_SHARE * len(intents))])


def only_new(questions: PublicSet, seed: int) -> Task:
    """Returns the hidden intents' test messages alone, with 10 examples of each known intent."""
    hidden = hidden_intents(questions, seed)
    asked = [each for each in questions.test if each[1] in hidden]
    return _task(questions, _examples(questions, hidden, seed, FEW), asked)


def everything(questions: PublicSet, seed: int) -> Task:
    """Returns all test messages, with all training examples of the known intents."""
    hidden = hidden_intents(questions, seed)
    return _task(questions, [each for each in questions.train if each[1] not in hidden], questions.test)


def honest_pool(questions: PublicSet, sets: PublicSets, seed: int) -> Task:
    """Returns what a bot is unsure of: test messages of hidden and known intents and some out of scope.

    The bot is a logistic regression over counts of n-grams with 20 examples of each known intent, unsure below a
    confidence of 0.4.
    """
    hidden = hidden_intents(questions, seed) | {OUT_IN_MASSIVE}
    examples = _examples(questions, hidden, seed, SOME)
    asked = [(text, OUT if intent == OUT_IN_MASSIVE else intent) for text, intent in questions.test]
    clinc = sets.find(CLINC)
    if clinc and questions.spec != MASSIVE:
        asked += [(text, OUT) for text, _ in clinc.out]
    task = _task(questions, examples, asked)
    unsure = _unsure(task)
    return Task(
        language=task.language,
        known=task.known,
        intents=task.intents,
        texts=[task.texts[index] for index in unsure],
        truth=[task.truth[index] for index in unsure],
    )


def _examples(questions: PublicSet, hidden: set[str], seed: int, most: int) -> list[Labelled]:
    """Returns so many training examples of each known intent, drawn by the seed."""
    by_intent: dict[str, list[Labelled]] = {}
    for each in questions.train:
        if each[1] not in hidden:
            by_intent.setdefault(each[1], []).append(each)
    chosen = random.Random(seed)  # noqa: S311 - the same draw in every run is meant
    return [each for _, found in sorted(by_intent.items()) for each in chosen.sample(found, min(most, len(found)))]


def _task(questions: PublicSet, examples: Sequence[Labelled], asked: Sequence[Labelled]) -> Task:
    return Task(
        language=language_of(questions),
        known=[key_of(text) for text, _ in examples],
        intents=[intent for _, intent in examples],
        texts=[key_of(text) for text, _ in asked],
        truth=[intent for _, intent in asked],
    )


def _unsure(task: Task) -> list[int]:
    if task.language == "zh":
        vectorizers = [CountVectorizer(analyzer="char", ngram_range=(1, 3))]
    else:
        vectorizers = [CountVectorizer(analyzer="char_wb", ngram_range=(2, 4)), CountVectorizer(ngram_range=(1, 2))]
    known = sparse.hstack([each.fit_transform(task.known) for each in vectorizers], format="csr")
    asked = sparse.hstack([each.transform(task.texts) for each in vectorizers], format="csr")
    bot = LogisticRegression(max_iter=200).fit(known, task.intents)
    return [index for index, row in enumerate(bot.predict_proba(asked)) if row.max() < THRESHOLD]
