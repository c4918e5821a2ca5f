"""The NLU components that config.yml names, trained and asked in their order without Rasa's graph around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from benchmarks.pipeline_config import Config, is_classifier
from benchmarks.public_sets import Labelled

# Words by the name of their lookup table: the glossary and the thesaurus.
Tables = Mapping[str, Sequence[str]]


class ComponentPipeline:
    """A trained pipeline, as it comes out of what training stored."""

    def __init__(self, components: Sequence[Any]) -> None:
        self._components = components

    @classmethod
    def train(cls, config: Config, folder: Path, questions: Sequence[Labelled], tables: Tables) -> ComponentPipeline:
        """Trains each component on what the ones before it made of the questions, and stores it in an empty folder."""
        data = _training_data(questions, tables)
        trained = [_Part(part, index, folder) for index, part in enumerate(config)]
        for part in trained:
            data = part.train(data)
        return cls([part.loaded() for part in trained])

    def ask(self, text: str) -> dict[str, Any]:
        """Returns what the pipeline makes of a question."""
        messages = [Message({TEXT: text})]
        for component in self._components:
            messages = component.process(messages)
        return {"intent": messages[0].get(INTENT), "intent_ranking": messages[0].get(INTENT_RANKING_KEY)}


def featurised(config: Config, folder: Path, questions: Sequence[Labelled], tables: Tables) -> list[Message]:
    """Returns the questions, each as the classifier gets it from the components before it, in their order."""
    data = _training_data([], tables)
    messages = _messages(questions)
    for index, part in enumerate(config):
        if is_classifier(part):
            break
        component = _Part(part, index, folder)
        component.train(data)
        messages = component.loaded().process(messages)
    return messages


def _training_data(questions: Sequence[Labelled], tables: Tables) -> TrainingData:
    lookups = [{"name": name, "elements": list(words)} for name, words in tables.items()]
    return TrainingData(training_examples=_messages(questions), lookup_tables=lookups)


def _messages(questions: Sequence[Labelled]) -> list[Message]:
    return [Message({TEXT: text, INTENT: intent}) for text, intent in questions]


class _Part:
    """A component, and where it stores itself."""

    def __init__(self, part: Mapping[str, Any], index: int, folder: Path) -> None:
        registered = DefaultV1Recipe._from_registry(part["name"])
        self._class = registered.clazz
        self._trains = registered.is_trainable
        own = {name: value for name, value in part.items() if name != "name"}
        self._config = {**self._class.get_default_config(), **own}
        store = folder / str(index)
        store.mkdir(parents=True)
        self._known = (LocalModelStorage.create(store), Resource("it"), ExecutionContext(GraphSchema({})))

    def train(self, data: TrainingData) -> TrainingData:
        component = self._class.create(self._config, *self._known)
        if self._trains:
            component.train(data)
        return component.process_training_data(data) if hasattr(component, "process_training_data") else data

    def loaded(self) -> Any:
        make = self._class.load if self._trains else self._class.create
        return make(self._config, *self._known)
