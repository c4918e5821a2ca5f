"""The component that tells intents and the questions of a message."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.glossary_extractor import GlossaryExtractor
from bot.nlu.language_detector import THIRD_LANGUAGE
from bot.nlu.question_classifier import LONGEST_RANKING, SHORT_RANKING, QuestionClassifier
from tests.bot.nlu.graph import SENTENCES, loaded, made, processed, storage, training_data
from tests.programs import short

CONFIG = {"c": 1.0, "sharpness": 5.0}
TWO = "How much does verification cost? Which account has the menu?"


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


def test_confidences_are_shares_the_largest_first(classifier: Any) -> None:
    confidences = [entry["confidence"] for entry in processed(classifier, "menu cost")["intent_ranking"]]
    assert sum(confidences) == pytest.approx(1)
    assert confidences == sorted(confidences, reverse=True)


def test_a_third_language_is_certain(classifier: Any) -> None:
    found = processed(classifier, "Was kostet das?", **{THIRD_LANGUAGE: True})
    assert found["intent"] == {"name": THIRD_LANGUAGE, "confidence": 1.0}
    assert found["intent_ranking"] == []


def test_a_third_language_is_not_learned(tmp_path: Path) -> None:
    store = storage(tmp_path)
    third = [Message.build("combien ça coûte", THIRD_LANGUAGE), Message.build("was kostet das", THIRD_LANGUAGE)]
    made(QuestionClassifier, store, CONFIG).train(training_data().merge(TrainingData(third)))
    found = processed(loaded(QuestionClassifier, store, CONFIG), "was kostet das")
    assert THIRD_LANGUAGE not in [entry["name"] for entry in found["intent_ranking"]]


def intents(questions: list[dict[str, Any]]) -> list[str]:
    return [question["intent"]["name"] for question in questions]


def test_two_questions(classifier: Any) -> None:
    questions = processed(classifier, TWO)["questions"]
    assert intents(questions) == ["ask_verification_fee", "ask_menu"]
    assert [question["text"] for question in questions] == [
        "how much does verification cost?",
        "which account has the menu?",
    ]


def test_two_questions_at_a_joint(classifier: Any) -> None:
    questions = processed(classifier, "认证费用是多少钱，服务号有没有菜单")["questions"]
    assert intents(questions) == ["ask_verification_fee", "ask_menu"]


def test_each_question_is_read_as_it_would_be_alone(classifier: Any) -> None:
    for question in processed(classifier, TWO)["questions"]:
        alone = processed(classifier, question["text"])
        assert question["intent"]["name"] == alone["intent"]["name"]
        assert question["intent"]["confidence"] == pytest.approx(alone["intent"]["confidence"])
        assert question["intent_ranking"][0] == question["intent"]
        assert question["asks"] is alone["asks"] is True


def test_the_message_is_read_as_a_whole_whatever_its_clauses(classifier: Any) -> None:
    """Which of them leads is decided with the conversation in mind, not here."""
    found = processed(classifier, TWO)
    assert found["intent_ranking"][0] == found["intent"]
    surest = max(question["intent"]["confidence"] for question in found["questions"])
    assert found["intent"]["confidence"] < surest
    told = {entry["name"]: entry["confidence"] for entry in found["intent_ranking"]}
    assert min(told["ask_verification_fee"], told["ask_menu"]) > told["greet"]


def test_clauses_that_ask_nothing_are_marked(classifier: Any) -> None:
    found = processed(classifier, "Hello there. Which account has the menu?")
    told = [(question["text"], question["asks"]) for question in found["questions"]]
    assert told == [("hello there.", False), ("which account has the menu?", True)]
    assert found["asks"]


def test_keywords_side_by_side_are_asked_for_each(classifier: Any) -> None:
    questions = processed(classifier, "menu, verification cost")["questions"]
    assert [(question["text"], question["asks"]) for question in questions] == [
        ("menu", True),
        ("verification cost", True),
    ]
    assert intents(questions) == ["ask_menu", "ask_verification_fee"]


def test_a_clause_said_twice_is_one_question(classifier: Any) -> None:
    assert len(processed(classifier, "Menu? Which account has the menu? Which account has the menu?")["questions"]) == 2


@pytest.mark.parametrize(("text", "asks"), [("which account has the menu", True), ("hello there", False)])
def test_whether_a_message_asks(classifier: Any, text: str, asks: bool) -> None:
    found = processed(classifier, text)
    assert found["asks"] is asks
    assert found["questions"] == [], "a single clause is the message"


def test_rankings_are_no_longer_than_what_is_read_of_them(tmp_path: Path) -> None:
    data = TrainingData([Message.build(f"word{place} word{place}", f"ask_{place}") for place in range(30)] * 2)
    store = storage(tmp_path)
    made(QuestionClassifier, store).train(data)
    found = processed(loaded(QuestionClassifier, store), "Is it word1 word1? Is it word2 word2?")
    assert len(found["intent_ranking"]) == LONGEST_RANKING
    assert [len(question["intent_ranking"]) for question in found["questions"]] == [SHORT_RANKING] * 2


def test_entities_go_with_their_clause(classifier: Any) -> None:
    text = "认证要多少钱？服务号有菜单吗？"
    entities = [{"entity": "account", "value": "service", "start": 7, "end": 10}]
    questions = processed(classifier, text, entities=entities)["questions"]
    assert [len(question["entities"]) for question in questions] == [0, 1]


def test_senses_count_in_the_clause_in_which_they_stand(classifier: Any) -> None:
    text = "is it foo? is it bar?"
    senses = [{"entity": "sense", "value": "money", "start": 6, "end": 9}]
    with_sense = processed(classifier, text, senses=senses)["questions"]
    without = processed(classifier, text)["questions"]
    assert with_sense[0]["intent_ranking"] != without[0]["intent_ranking"]
    assert with_sense[1] == without[1]
    assert with_sense[0]["entities"] == [], "a sense is no entity"


def test_words_of_form_say_nothing_of_the_topic(classifier: Any) -> None:
    follows = [{"entity": "follows", "value": "yes", "start": 0, "end": 3}]
    marked, plain = (processed(classifier, "and the menu?", entities=found) for found in (follows, []))
    assert marked["intent_ranking"] == plain["intent_ranking"]


@pytest.mark.parametrize("text", ["2", "the second one", "第二个。"])
def test_a_choice_is_certain(classifier: Any, text: str) -> None:
    option = [{"entity": "option", "value": "2", "start": 0, "end": len(text.rstrip("。"))}]
    found = processed(classifier, text, entities=option)
    assert found["intent"] == {"name": "choose_option", "confidence": 1.0}
    assert found["intent_ranking"] == []


def test_one_question_stays_one(classifier: Any) -> None:
    assert len(processed(classifier, "which account has the menu")["questions"]) <= 1


@pytest.mark.parametrize("text", ["", "   ", "\x00"])
def test_an_empty_message_has_no_question(classifier: Any, text: str) -> None:
    found = processed(classifier, text)
    assert found["intent"]["name"] == "nlu_fallback"
    assert not found.get("questions")


@pytest.mark.parametrize("text", ["👍", "x" * 10_000, "?" * 500, "1234567890", "\u202e\u0000menu", "𠀀𠀁"], ids=short)
def test_any_message_has_an_intent(classifier: Any, text: str) -> None:
    assert processed(classifier, text)["intent"]["name"] in set(SENTENCES.values())


def test_pieces_without_a_mark_are_a_guess(classifier: Any) -> None:
    questions = processed(classifier, "we need the menu for this, the verification cost as a figure")["questions"]
    assert [(each["text"], each["asks"], each["guessed"]) for each in questions] == [
        ("we need the menu for this", False, True),
        ("the verification cost as a figure", False, True),
    ]
    assert not any("guessed" in each for each in processed(classifier, TWO)["questions"])
