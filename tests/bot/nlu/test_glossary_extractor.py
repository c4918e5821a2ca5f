"""The component that finds the conditions of a question."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rasa.engine.storage.storage import ModelStorage

from bot.nlu.glossary_extractor import GlossaryExtractor
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
