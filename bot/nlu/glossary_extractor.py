"""Rasa component: the conditions of a question and the senses of its words.

Conditions are found by the glossary's words (`data/nlu/glossary.yml`), senses by the thesaurus's
(`data/nlu/thesaurus`).
"""

from __future__ import annotations

import json
from typing import Any, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.as_of import find_as_of
from bot.nlu.glossary import Glossary, Term
from bot.nlu.text import normalise

SENSES = "senses"
SENSE = "sense"


# A featurizer too: only such components run over the training questions, which the classifier learns from.
@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR],
    is_trainable=True,
)
class GlossaryExtractor(GraphComponent, EntityExtractorMixin):
    """Finds entities by lookup tables named `entity/value`, the date of an "as of", and senses by `sense/value`.

    Senses are no entities, for they tell nothing but what the classifier makes of them: a message has them apart.

    Rasa's RegexEntityExtractor knows no values, takes the first match for the longest, and has one word-boundary
    setting for both languages. Positions count characters of the normalised text.
    """

    def __init__(self, model_storage: ModelStorage, resource: Resource, entries: dict[str, list[str]]) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._use(entries)

    def _use(self, entries: dict[str, list[str]]) -> None:
        self._entries = entries
        named = {tuple(name.split("/", 1)): phrases for name, phrases in entries.items()}
        self._glossary = Glossary({(entity, value): phrases for (entity, value), phrases in named.items()})

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> GlossaryExtractor:
        """Makes an untrained component."""
        return cls(model_storage, resource, {})

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> GlossaryExtractor:
        """Loads what training stored."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, json.loads((folder / "glossary.json").read_text(encoding="utf-8")))

    def train(self, training_data: TrainingData) -> Resource:
        """Takes the lookup tables over and stores them."""
        tables = {table["name"]: table["elements"] for table in training_data.lookup_tables}
        self._use({name: elements for name, elements in tables.items() if "/" in name})
        with self._model_storage.write_to(self._resource) as folder:
            (folder / "glossary.json").write_text(json.dumps(self._entries, ensure_ascii=False), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Marks the training questions too: what is found helps to tell the intents apart."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the entities of each message."""
        for message in messages:
            text = normalise(message.get(TEXT) or "")
            terms = self._glossary.find(text)
            found = [_entity(term) for term in terms if term.entity != SENSE]
            dated = _as_of(text)
            entities = self.add_extractor_name(found + ([dated] if dated else []))
            message.set(ENTITIES, message.get(ENTITIES, []) + entities, add_to_output=True)
            message.set(SENSES, [_entity(term) for term in terms if term.entity == SENSE])
        return messages


def _entity(term: Term) -> dict[str, Any]:
    return {"entity": term.entity, "value": term.value, "start": term.start, "end": term.end}


def _as_of(text: str) -> Optional[dict[str, Any]]:
    found = find_as_of(text)
    if not found:
        return None
    date, start, end = found
    return {"entity": "as_of", "value": date, "start": start, "end": end}
