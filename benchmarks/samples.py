"""Questions as the classifier learns and reads them, for what looks into it: tuning, and the candidates."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from benchmarks.component_pipeline import Tables, featurised
from benchmarks.pipeline_config import Config
from benchmarks.public_sets import Labelled
from bot.nlu import question_classifier
from bot.nlu.glossary_extractor import SENSES
from bot.nlu.ngram_model import Sample


def samples_of(config: Config, questions: Sequence[Labelled], tables: Tables) -> list[Sample]:
    """Returns the samples of questions, in their order. `tables` are the glossary and the thesaurus."""
    with tempfile.TemporaryDirectory() as folder:
        return [_sample(message) for message in featurised(config, Path(folder), questions, tables)]


def _sample(message: Message) -> Sample:
    terms: list[Mapping[str, object]] = [*message.get(ENTITIES, []), *(message.get(SENSES) or [])]
    return question_classifier._sample(message.get(TEXT), terms)
