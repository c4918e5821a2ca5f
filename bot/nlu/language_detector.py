"""Rasa component: in which language and script a message is written, for a reply in the same."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.text import is_traditional, language_of
from bot.nlu.third_language import is_third_language

LANGUAGE = "language"
TRADITIONAL = "traditional"
THIRD_LANGUAGE = "third_language"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER], is_trainable=False)
class LanguageDetector(GraphComponent):
    """Adds `language` (`en` or `zh`, absent where a message has no words) and `traditional` to the parse data.

    What is neither Chinese nor English is marked for the classifier, and is replied to in English.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LanguageDetector:
        """Makes the component: https://rasa.com/docs/rasa/custom-graph-components"""
        return cls()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leaves the training questions as they are: no later component learns from their language."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Marks each message."""
        for message in messages:
            text = message.get(TEXT) or ""
            third = is_third_language(text)
            language = "en" if third else language_of(text, default="")
            message.set(THIRD_LANGUAGE, third)
            message.set(LANGUAGE, language or None, add_to_output=True)
            message.set(TRADITIONAL, language == "zh" and is_traditional(text), add_to_output=True)
        return messages
