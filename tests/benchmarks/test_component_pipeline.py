"""The components of config.yml, trained and asked without Rasa's graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.component_pipeline import ComponentPipeline, featurised
from benchmarks.component_worker import work
from benchmarks.pipeline_config import classifier_settings, read_config, with_settings
from benchmarks.samples import samples_of
from benchmarks.scores import Answer
from bot.evaluation.training_data.word_lists import read_word_lists
from tests.benchmarks.tiny_sets import QUESTIONS

FALLBACK = {"name": "FallbackClassifier", "threshold": 1.0, "ambiguity_threshold": 0.0}
TABLES = {"account/service": ["service account"], "sense/money": ["fee", "price"]}


@pytest.mark.parametrize("text", ["the fee, how much", "how much is the fee?", "my card has not come"])
def test_it_answers_as_config_yml_has_it(tmp_path: Path, text: str) -> None:
    pipeline = ComponentPipeline.train(read_config(), tmp_path, QUESTIONS, {})
    assert Answer.of(pipeline.ask(text), 0, 0).intent == ("fee" if "fee" in text else "card")


def test_a_fallback_of_the_configuration_is_told_from_the_answer(tmp_path: Path) -> None:
    pipeline = ComponentPipeline.train([*read_config(), FALLBACK], tmp_path, QUESTIONS, {})
    parsed = pipeline.ask("the fee, how much")
    assert parsed["intent"]["name"] == "nlu_fallback"
    assert Answer.of(parsed, 0, 0).intent == "fee"


def test_settings_are_the_classifiers_alone() -> None:
    config = with_settings([*read_config(), FALLBACK], {"c": 7.5})
    assert classifier_settings(config)["c"] == 7.5
    assert sum("c" in part for part in config) == 1


def test_samples_have_what_the_components_before_the_classifier_find() -> None:
    asked = [("The fee for a service account?", ""), ("Where?", "")]
    first, second = samples_of(read_config(), asked, TABLES)
    assert (first.text, first.concepts, first.senses) == (
        "the fee for a service account",
        ("account=service",),
        ("money",),
    )
    assert (second.concepts, second.senses) == ((), ())


def test_questions_that_occur_twice_stay_in_their_places(tmp_path: Path) -> None:
    messages = featurised(read_config(), tmp_path, [*QUESTIONS, *QUESTIONS], {})
    assert [message.get("text") for message in messages] == [text for text, _ in [*QUESTIONS, *QUESTIONS]]


def test_a_job_is_measured() -> None:
    result = work({"config": read_config(), "train": QUESTIONS, "texts": {"test": ["the fee"], "out": []}})
    assert result["seconds"] > 0
    assert result["megabytes"] >= result["libraries"] > 0
    assert result["answers"]["out"] == []
    assert Answer(**result["answers"]["test"][0]).intent == "fee"


def test_word_lists_are_the_lookup_tables(tmp_path: Path) -> None:
    (tmp_path / "thesaurus").mkdir()
    lookup = "nlu:\n  - lookup: sense/money\n    examples: |\n      - fee\n      - 费用\n"
    questions = "  - intent: x\n    examples: |\n      - y\n"
    (tmp_path / "thesaurus" / "money.yml").write_text(lookup + questions, encoding="utf-8")
    (tmp_path / "questions.yml").write_text("nlu:\n" + questions, encoding="utf-8")
    assert read_word_lists(tmp_path) == {"sense/money": ["fee", "费用"]}
