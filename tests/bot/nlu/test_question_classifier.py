"""The component that tells intents and the questions of a message."""

from __future__ import annotations

from typing import Any

import pytest

from bot.nlu.glossary_extractor import GlossaryExtractor
from bot.nlu.question_classifier import QuestionClassifier
from tests.bot.nlu.graph import SENTENCES, loaded, made, processed, storage, training_data
from tests.programs import short

# Few sentences make no sure model: from here on a clause counts as a question.
CONFIG = {"c": 1.0, "sharpness": 5.0, "clause_confidence": 0.4}


@pytest.fixture(scope="module")
def classifier(tmp_path_factory: pytest.TempPathFactory) -> Any:
    store = storage(tmp_path_factory.mktemp("model"))
    data = training_data()
    extractor = made(GlossaryExtractor, store)
    extractor.train(data)
    made(QuestionClassifier, store, CONFIG).train(extractor.process_training_data(data))
    return loaded(QuestionClassifier, store, CONFIG)


@pytest.mark.parametrize(("text", "intent"), SENTENCES.items())
def test_it_learns_its_sentences(classifier: Any, text: str, intent: str) -> None:
    found = processed(classifier, text)
    assert found["intent"]["name"] == intent
    assert found["intent_ranking"][0] == found["intent"]
    assert 0 < found["intent"]["confidence"] <= 1


def test_the_ranking_names_every_intent_once(classifier: Any) -> None:
    ranking = processed(classifier, "menu cost")["intent_ranking"]
    assert sorted(entry["name"] for entry in ranking) == sorted(set(SENTENCES.values()))


def test_two_questions(classifier: Any) -> None:
    questions = processed(classifier, "How much does verification cost? Which account has the menu?")["questions"]
    assert [question["intent"] for question in questions] == ["ask_verification_fee", "ask_menu"]
    assert questions[0]["text"] == "how much does verification cost?"


def test_two_questions_at_a_joint(classifier: Any) -> None:
    questions = processed(classifier, "认证费用是多少钱，服务号有没有菜单")["questions"]
    assert {question["intent"] for question in questions} == {"ask_verification_fee", "ask_menu"}


def test_entities_go_with_their_clause(classifier: Any) -> None:
    text = "认证要多少钱？服务号有菜单吗？"
    entities = [{"entity": "account", "value": "service", "start": 7, "end": 10}]
    questions = processed(classifier, text, entities=entities)["questions"]
    assert [len(question["entities"]) for question in questions] == [0, 1]


def test_one_question_stays_one(classifier: Any) -> None:
    assert len(processed(classifier, "which account has the menu")["questions"]) <= 1


@pytest.mark.parametrize("text", ["", "   ", "\x00"])
def test_an_empty_message_has_no_question(classifier: Any, text: str) -> None:
    found = processed(classifier, text)
    assert not (found.get("intent") or {}).get("name")
    assert not found.get("questions")


@pytest.mark.parametrize("text", ["👍", "x" * 10_000, "?" * 500, "1234567890", "\u202e\u0000menu", "𠀀𠀁"], ids=short)
def test_any_message_has_an_intent(classifier: Any, text: str) -> None:
    assert processed(classifier, text)["intent"]["name"] in set(SENTENCES.values())
