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
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.clauses import clauses, is_asking
from bot.nlu.linear_machines import Matrix
from bot.nlu.ngram_model import NgramModel, Sample
from bot.nlu.text import bare, normalise

QUESTIONS = "questions"
ALTERNATIVE = "alternative"
ASKING = "ask_"
OUT_OF_SCOPE = "out_of_scope"
CHOOSE_OPTION = "choose_option"
FOLLOW_UP = "follow_up"
OPTION = "option"

# Asked of the bot itself, not of the rules.
NOT_TOPICS = ("ask_capabilities", "ask_source")
LONGEST_RANKING = 10

# Entities that tell the form of a message, not what it is about, are no help to the classifier.
NOT_CONCEPTS = (OPTION, "follows")


@dataclass(frozen=True)
class Reading:
    """One text as the model reads it: its likeliest intent, and the confidence of every intent."""

    intent: str
    confidence: float
    confidences: Matrix


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class QuestionClassifier(GraphComponent, IntentClassifier):
    """Classifies whole messages and their clauses with one n-gram model.

    Adds to the parse data `questions`, for each question in the message its text, intent, confidence and entities,
    and `alternative`, the second likeliest intent where the message can be read in two ways.
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

        c: inverse strength of the regularisation. sharpness: how steeply margins become confidences.
        clause_confidence: from where on a clause counts as a question of its own. out_of_scope_lead: margin given
        to out_of_scope in advance. alternative_share: from which share of the first's confidence on the second
        likeliest question is an alternative reading worth answering too.
        """
        return {
            "c": 0.3,
            "sharpness": 8.0,
            "clause_confidence": 0.6,
            "out_of_scope_lead": 0.05,
            "alternative_share": 0.25,
        }

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
        """Trains on all questions that have an intent, and stores the model."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        samples = [_sample(example.get(TEXT), example.get(ENTITIES, [])) for example in examples]
        labels = [example.get(INTENT) for example in examples]
        leads = {OUT_OF_SCOPE: self._config["out_of_scope_lead"]}
        self._model = NgramModel.train(samples, labels, self._config["c"], self._config["sharpness"], leads)
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets intent, ranking and questions of each message."""
        for message in messages:
            text = normalise(message.get(TEXT) or "")
            if not text:
                _set_certain(message, None, 0.0)
            elif _is_option(text, message.get(ENTITIES, [])):
                _set_certain(message, CHOOSE_OPTION, 1.0)
            else:
                self._classify(message)
        return messages

    def _classify(self, message: Message) -> None:
        entities = message.get(ENTITIES, [])
        text = normalise(message.get(TEXT))
        parts = clauses(text)
        whole, *readings = self._read([_sample(text, entities), *_samples(text, parts, entities)])
        questions = self._questions(text, parts, readings, entities)
        intent, confidence = whole.intent, whole.confidence
        if questions and intent not in {question["intent"] for question in questions}:
            intent, confidence, questions = self._settle(whole, questions, entities, text)
        message.set(INTENT, {INTENT_NAME_KEY: intent, "confidence": confidence}, add_to_output=True)
        message.set(INTENT_RANKING_KEY, self._ranking(whole, intent, confidence), add_to_output=True)
        message.set(QUESTIONS, questions, add_to_output=True)
        message.set(ALTERNATIVE, self._alternative(whole) if len(questions) < 2 else None, add_to_output=True)

    def _read(self, samples: Sequence[Sample]) -> list[Reading]:
        assert self._model, "the classifier is neither trained nor loaded"
        rows = self._model.confidences(samples)
        return [Reading(self._model.labels[row.argmax()], float(row.max()), row) for row in rows]

    def _questions(
        self, text: str, parts: Sequence[str], readings: Sequence[Reading], entities: Sequence[Mapping[str, Any]]
    ) -> list[dict[str, Any]]:
        """Returns the clauses that are surely questions, one for each intent."""
        found: dict[str, dict[str, Any]] = {}
        for part, reading in zip(parts, readings, strict=True):
            sure = reading.confidence >= self._config["clause_confidence"]
            if sure and _is_topic(reading.intent) and (is_asking(part) or len(parts) == 1):
                found.setdefault(
                    reading.intent,
                    {
                        "text": part,
                        "intent": reading.intent,
                        "confidence": reading.confidence,
                        "entities": _inside(text, part, entities),
                    },
                )
        return list(found.values())

    @staticmethod
    def _settle(
        whole: Reading, questions: list[dict[str, Any]], entities: Sequence[Mapping[str, Any]], text: str
    ) -> tuple[str, float, list[dict[str, Any]]]:
        """Decides where the whole message reads otherwise than its clauses: whichever is surer leads.

        A long background can drown the question at its end; a question split in two can lose its sense.
        """
        best = max(questions, key=lambda question: float(question["confidence"]))
        if best["confidence"] >= whole.confidence or whole.intent == FOLLOW_UP:
            return best["intent"], best["confidence"], questions
        asked = {"text": text, "intent": whole.intent, "confidence": whole.confidence, "entities": list(entities)}
        also = [asked, *questions] if _is_topic(whole.intent) else []
        return whole.intent, whole.confidence, also

    def _alternative(self, whole: Reading) -> Optional[str]:
        """Returns the second likeliest intent where it is a question nearly as likely as the first."""
        assert self._model
        first, second = np.argsort(-whole.confidences)[:2]
        near = whole.confidences[second] >= self._config["alternative_share"] * whole.confidences[first]
        intents = [self._model.labels[index] for index in (first, second)]
        return intents[1] if near and all(map(_is_topic, intents)) else None

    def _ranking(self, whole: Reading, intent: str, confidence: float) -> list[dict[str, Any]]:
        assert self._model
        order = np.argsort(-whole.confidences)[:LONGEST_RANKING]
        ranked = [(self._model.labels[index], float(whole.confidences[index])) for index in order]
        ranked = [(intent, confidence), *((name, score) for name, score in ranked if name != intent)]
        return [{INTENT_NAME_KEY: name, "confidence": score} for name, score in ranked]


def _set_certain(message: Message, intent: Optional[str], confidence: float) -> None:
    message.set(INTENT, {INTENT_NAME_KEY: intent, "confidence": confidence}, add_to_output=True)
    message.set(INTENT_RANKING_KEY, [], add_to_output=True)


def _is_option(text: str, entities: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a message is nothing but the number or place of a choice: "2", "the second one"."""
    options = [entity for entity in entities if entity["entity"] == OPTION]
    return any(entity["start"] == 0 and entity["end"] >= len(text.rstrip(" .。!！)）、")) for entity in options)


def _is_topic(intent: str) -> bool:
    return intent.startswith(ASKING) and intent not in NOT_TOPICS


def _sample(text: str, entities: Sequence[Mapping[str, Any]]) -> Sample:
    named = {f"{entity['entity']}={entity['value']}" for entity in entities if entity["entity"] not in NOT_CONCEPTS}
    return Sample(bare(normalise(text)), tuple(sorted(named)))


def _samples(text: str, parts: Sequence[str], entities: Sequence[Mapping[str, Any]]) -> list[Sample]:
    return [_sample(part, _inside(text, part, entities)) for part in parts]


def _inside(text: str, part: str, entities: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Returns the entities whose words stand inside a part of the text."""
    start = text.find(part)
    end = start + len(part)
    return [entity for entity in entities if start <= entity["start"] and entity["end"] <= end]
