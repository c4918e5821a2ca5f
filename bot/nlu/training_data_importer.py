"""Rasa importer: reads the training questions once and fast, and keeps copying and comparing them cheap.

Rasa's own importer parses every file again at each of its calls in a training; and merging the data of its layers
copies and hashes every question several times: https://rasa.com/docs/rasa/training-data-importers
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any, Optional, Text

import yaml
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


class TrainingQuestion(Message):
    """A training question. Its data are strings, so that a flat copy is a deep one."""

    _cached_fingerprint: Optional[str]

    def __deepcopy__(self, memo: dict[int, Any]) -> TrainingQuestion:
        return TrainingQuestion(data=dict(self.data), output_properties=set(self.output_properties))

    def fingerprint(self) -> str:
        """Returns a hash of the data, which every step of a training asks for: of the whole at once, not of each value.

        Rasa's hash of a question with its entities takes some twenty times as long.
        """
        if self._cached_fingerprint is None:
            told = repr((self.data, self.features)).encode()
            self._cached_fingerprint = hashlib.md5(told, usedforsecurity=False).hexdigest()
        return self._cached_fingerprint

    def __hash__(self) -> int:
        return hash((self.get(TEXT), self.get(INTENT)))


class _Reader(RasaYAMLReader):
    """Rasa's reader with the YAML parser in C. What has no valid form is found before (`require_sound`)."""

    def reads(self, string: Text, **kwargs: Any) -> TrainingData:
        # Every scalar is a string to this loader: an intent named `yes` is one.
        content = yaml.load(string, Loader=yaml.CBaseLoader) or {}  # noqa: S506
        self._parse_nlu(content.get("nlu"))
        return TrainingData(
            self.training_examples, self.entity_synonyms, self.regex_features, self.lookup_tables, self.responses
        )


class TrainingDataImporter(RasaFileImporter):
    """The default importer, with the questions of all files joined in one step and kept."""

    def get_nlu_data(self, language: Optional[Text] = "en") -> TrainingData:
        """Returns the questions and lookup tables of all NLU files."""
        return _read(tuple(self._nlu_files))


@lru_cache(maxsize=1)
def _read(files: tuple[str, ...]) -> TrainingData:
    parts: list[Any] = [_Reader().read(file) for file in files]
    return TrainingData(
        training_examples=[_question(example) for part in parts for example in part.training_examples],
        entity_synonyms={text: value for part in parts for text, value in part.entity_synonyms.items()},
        regex_features=[feature for part in parts for feature in part.regex_features],
        lookup_tables=[table for part in parts for table in part.lookup_tables],
    )


def _question(example: Message) -> Message:
    plain = all(isinstance(value, str) for value in example.data.values())
    return TrainingQuestion(data=dict(example.data)) if plain else example
