"""Rasa component: the intent of a message, and the questions in it where it holds more than one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Optional, Sequence

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.clauses import clauses, guessed_clauses, is_asking, is_list
from bot.nlu.glossary_extractor import SENSE, SENSES
from bot.nlu.language_detector import THIRD_LANGUAGE
from bot.nlu.linear_machines import Matrix
from bot.nlu.ngram_model import NgramModel, NgramSettings, Sample
from bot.nlu.sentence_encoder import embedded
from bot.nlu.text import bare, normalise

QUESTIONS = "questions"
ASKS = "asks"
CHOOSE_OPTION = "choose_option"
OPTION = "option"

LONGEST_RANKING = 20
SHORT_RANKING = 12

# Entities that tell the form of a message or of its sender, not what it is about, are no help to the classifier.
NOT_CONCEPTS = (
    *(OPTION, "follows", "choosing", "move"),
    *("wish", "company", "listed", "brands", "startup", "budget"),
    *("amount", "date", "frequency", "sent", "failed", "applications", "years", "accounts"),
)


@dataclass(frozen=True)
class Reading:
    """One text as the model reads it: its likeliest intent, and the confidence of every intent."""

    intent: str
    confidence: float
    confidences: Matrix

    def to_intent(self) -> dict[str, Any]:
        """Returns the intent as Rasa writes it."""
        return {INTENT_NAME_KEY: self.intent, "confidence": self.confidence}


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class QuestionClassifier(GraphComponent, IntentClassifier):
    """Classifies whole messages and their clauses with one n-gram model.

    Adds to the parse data `asks`, whether any clause has the look of a question, and, where a message has several
    clauses, `questions`: for each that has, its text and what the parse data tell of a message.
    """

    def __init__(
        self,
        config: Mapping[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: Optional[NgramModel] = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings of `config.yml`.

        c, smoothing, sharpness, bayes, encoder_weight: see NgramSettings.
        """
        return NgramSettings()._asdict()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> QuestionClassifier:
        """Makes an untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> QuestionClassifier:
        """Loads what training stored."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, NgramModel.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Trains on all questions that have an intent, and stores the model.

        Not on those in a third language: LanguageDetector tells them, and here they would draw slips and names away.
        """
        examples = [
            example
            for example in training_data.intent_examples
            if example.get(TEXT) and example.get(INTENT) != THIRD_LANGUAGE
        ]
        samples = [_sample(each.get(TEXT), [*each.get(ENTITIES, []), *(each.get(SENSES) or [])]) for each in examples]
        labels = [example.get(INTENT) for example in examples]
        settings = NgramSettings(**{name: self._config[name] for name in NgramSettings._fields})
        self._model = NgramModel.train(embedded(samples, examples[0]), labels, settings)
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets intent, ranking and questions of each message."""
        for message in messages:
            text = normalise(message.get(TEXT) or "")
            if not text:
                _set_certain(message, DEFAULT_NLU_FALLBACK_INTENT_NAME, 1.0)
            elif _is_option(text, message.get(ENTITIES, [])):
                _set_certain(message, CHOOSE_OPTION, 1.0)
            elif message.get(THIRD_LANGUAGE):
                _set_certain(message, THIRD_LANGUAGE, 1.0)
            else:
                self._classify(message)
        return messages

    def _classify(self, message: Message) -> None:
        terms = [*message.get(ENTITIES, []), *(message.get(SENSES) or [])]
        text = normalise(message.get(TEXT))
        split = list(dict.fromkeys(clauses(text)))
        guessed = guessed_clauses(text) if len(split) == 1 else []
        parts = guessed or (split if len(split) > 1 else [])
        samples = [_sample(text, terms), *(_sample(part, _inside(text, part, terms)) for part in parts)]
        whole, *readings = self._read(embedded(samples, message))
        read = dict(zip(parts, readings, strict=True))
        message.set(INTENT, whole.to_intent(), add_to_output=True)
        message.set(INTENT_RANKING_KEY, self._ranking(whole, LONGEST_RANKING), add_to_output=True)
        message.set(QUESTIONS, self._questions(message, read, bool(guessed)), add_to_output=True)
        message.set(ASKS, any(map(is_asking, split)), add_to_output=True)

    def _questions(self, message: Message, read: Mapping[str, Reading], guessed: bool) -> list[dict[str, Any]]:
        text = normalise(message.get(TEXT))
        listed = is_list(text)
        return [
            {
                "text": part,
                "intent": reading.to_intent(),
                "intent_ranking": self._ranking(reading, SHORT_RANKING),
                "entities": _inside(text, part, message.get(ENTITIES, [])),
                "asks": listed or is_asking(part),
                **({"guessed": True} if guessed else {}),
            }
            for part, reading in read.items()
        ]

    def _read(self, samples: Sequence[Sample]) -> list[Reading]:
        assert self._model, "the classifier is neither trained nor loaded"
        rows = self._model.confidences(samples)
        return [Reading(self._model.labels[row.argmax()], float(row.max()), row) for row in rows]

    def _ranking(self, reading: Reading, longest: int) -> list[dict[str, Any]]:
        assert self._model
        order = np.argsort(-reading.confidences)[:longest]
        return [
            {INTENT_NAME_KEY: self._model.labels[index], "confidence": float(reading.confidences[index])}
            for index in order
        ]


def _set_certain(message: Message, intent: str, confidence: float) -> None:
    message.set(INTENT, {INTENT_NAME_KEY: intent, "confidence": confidence}, add_to_output=True)
    message.set(INTENT_RANKING_KEY, [], add_to_output=True)


def _is_option(text: str, entities: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a message is nothing but the number or place of a choice: "2", "the second one"."""
    options = [entity for entity in entities if entity["entity"] == OPTION]
    return any(entity["start"] == 0 and entity["end"] >= len(text.rstrip(" .。!！)）、")) for entity in options)


def _sample(text: str, terms: Sequence[Mapping[str, Any]]) -> Sample:
    named = {f"{term['entity']}={term['value']}" for term in terms if term["entity"] not in (*NOT_CONCEPTS, SENSE)}
    senses = tuple(term["value"] for term in terms if term["entity"] == SENSE)
    return Sample(bare(normalise(text)), tuple(sorted(named)), senses=senses)


def _inside(text: str, part: str, terms: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Returns the terms whose words stand inside a part of the text."""
    start = text.find(part)
    end = start + len(part)
    return [term for term in terms if start <= term["start"] and term["end"] <= end]
