"""Rasa component: sentence embeddings for the classifier, from a model in a folder of this machine. Off by default.

The classifier alone knows which texts it reads, a message and its clauses. So a message carries no embeddings but the
encoder, and the classifier asks it for those of all its texts at once (`embedded`).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Mapping, Optional, Sequence

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.ngram_model import Sample
from bot.nlu.onnx_encoder import EncoderError, EncoderSettings, OnnxEncoder, fingerprint_of

ENCODER = "sentence_encoder"
RECORD = "encoder.json"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER], is_trainable=True)
class SentenceEncoder(GraphComponent):
    """Gives each message the encoder. Trains nothing: a trained model keeps which encoder it was trained with."""

    def __init__(
        self,
        config: Mapping[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        encoder: Optional[OnnxEncoder] = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._encoder = encoder

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings of `config.yml`. model: the folder; the others: see EncoderSettings."""
        return {"model": None, **EncoderSettings()._asdict()}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoder:
        """Makes a component that has yet to open its folder."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SentenceEncoder:
        """Opens the folder. Raises EncoderError where it is not as it was in training."""
        with model_storage.read_from(resource) as folder:
            known = json.loads((folder / RECORD).read_text(encoding="utf-8"))["fingerprint"]
        encoder = _open(config)
        if encoder.fingerprint() != known:
            raise EncoderError(
                f"{config['model']} is not the encoder that this model was trained with: put that one back, or run "
                "'wenhao train'"
            )
        return cls(config, model_storage, resource, encoder)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> Optional[str]:
        """Tells Rasa's cache of training steps what is in the folder."""
        try:
            return fingerprint_of(*_named({**cls.get_default_config(), **config}))
        except EncoderError:
            # Rasa would put words of its own in place of these; `train` comes next and says them.
            return None

    def train(self, training_data: TrainingData) -> Resource:
        """Stores which encoder it is. It is opened for that, so that a broken one stops the training here."""
        record = {"fingerprint": _open(self._config).fingerprint()}
        with self._model_storage.write_to(self._resource) as folder:
            (folder / RECORD).write_text(json.dumps(record), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Gives the training questions the encoder too."""
        self._give(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Gives each message the encoder."""
        if any(message.get(INTENT_RANKING_KEY) is not None for message in messages):
            raise EncoderError("config.yml: SentenceEncoder must stand before QuestionClassifier, or it is of no use")
        self._give(messages)
        return messages

    def _give(self, messages: Sequence[Message]) -> None:
        assert self._encoder, "the encoder is not loaded"
        for message in messages:
            message.set(ENCODER, self._encoder)


def embedded(samples: Sequence[Sample], message: Message) -> list[Sample]:
    """Returns the samples with their embeddings where a message has an encoder, else as they are."""
    encoder: Optional[OnnxEncoder] = message.get(ENCODER)
    if encoder is None:
        return list(samples)
    embeddings = encoder.encode([sample.text for sample in samples])
    return [sample._replace(embedding=row) for sample, row in zip(samples, embeddings, strict=True)]


def _open(config: Mapping[str, Any]) -> OnnxEncoder:
    return OnnxEncoder.load(*_named(config))


def _named(config: Mapping[str, Any]) -> tuple[Path, EncoderSettings]:
    """Returns the folder and the settings that a configuration names."""
    if not config["model"]:
        raise EncoderError("config.yml, SentenceEncoder: 'model' does not name the folder of an encoder")
    settings = EncoderSettings(**{name: config[name] for name in EncoderSettings._fields})
    return Path(config["model"]).expanduser(), settings
