"""The component that finds the conditions of a question."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.glossary_extractor import SENSE, SENSES, GlossaryExtractor
from tests.bot.nlu.graph import loaded, made, processed, storage, training_data


@pytest.fixture
def trained(tmp_path: Path) -> ModelStorage:
    store = storage(tmp_path)
    made(GlossaryExtractor, store).train(training_data())
    return store


def entities(component: Any, text: str) -> list[tuple[str, str]]:
    return [(entity["entity"], entity["value"]) for entity in processed(component, text)["entities"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Can a Service Account have a menu?", [("account", "service"), ("area", "menu")]),
        ("服務號認證了", [("account", "service"), ("verified", "yes")]),
        ("how to get verified", []),
        ("we are in Beijing", []),
        ("under the 2014 rules", [("as_of", "2014")]),
        ("", []),
    ],
)
def test_finds(trained: ModelStorage, text: str, expected: list[tuple[str, str]]) -> None:
    assert entities(loaded(GlossaryExtractor, trained), text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How much does it COST?", [("money", 0, 8), ("money", 17, 21)]),
        ("服務號有菜單嗎？多少錢", [("having", 3, 4), ("money", 8, 11)]),
        ("the costume", []),
        ("hello", []),
        ("", []),
    ],
)
def test_senses_stand_apart_and_are_no_entities(
    trained: ModelStorage, text: str, expected: list[tuple[str, int, int]]
) -> None:
    message = Message({"text": text})
    loaded(GlossaryExtractor, trained).process([message])
    found = [(sense["value"], sense["start"], sense["end"]) for sense in message.get(SENSES)]
    assert found == expected
    assert {sense["entity"] for sense in message.get(SENSES)} <= {SENSE}
    assert SENSE not in {entity["entity"] for entity in message.get("entities")}
    assert SENSES not in message.as_dict(only_output_properties=True), "nobody but the classifier is told"


def test_a_word_may_have_a_sense_and_be_an_entity(trained: ModelStorage) -> None:
    message = Message({"text": "What does a service account cost?"})
    loaded(GlossaryExtractor, trained).process([message])
    assert [entity["value"] for entity in message.get("entities")] == ["service"]
    assert [sense["value"] for sense in message.get(SENSES)] == ["money"]


def test_places_are_those_of_the_normal_text(trained: ModelStorage) -> None:
    (entity,) = processed(loaded(GlossaryExtractor, trained), "  Our   SERVICE account")["entities"]
    assert (entity["start"], entity["end"]) == (4, 19)
    assert entity["extractor"] == "GlossaryExtractor"


def test_what_other_components_found_stays(trained: ModelStorage) -> None:
    known = [{"entity": "option", "value": "2", "start": 0, "end": 1}]
    found = processed(loaded(GlossaryExtractor, trained), "2 服务号", entities=known)["entities"]
    assert [entity["entity"] for entity in found] == ["option", "account"]


def test_a_trained_component_needs_no_loading(tmp_path: Path) -> None:
    component = made(GlossaryExtractor, storage(tmp_path))
    assert entities(component, "服务号") == []
    component.train(training_data())
    assert entities(component, "服务号") == [("account", "service")]


def test_training_questions_are_marked_too(tmp_path: Path) -> None:
    component = made(GlossaryExtractor, storage(tmp_path))
    data = training_data()
    component.train(data)
    marked = {
        example.get("text"): example.get("entities")
        for example in component.process_training_data(data).training_examples
    }
    assert [entity["value"] for entity in marked["服务号有菜单吗"]] == ["service", "menu"]
    assert marked["hello there"] == []
    senses = {
        example.get("text"): [sense["value"] for sense in example.get(SENSES)] for example in data.training_examples
    }
    assert senses["服务号有菜单吗"] == ["having"]
    assert senses["what does verification cost us"] == ["money"]
    assert senses["hello there"] == []
