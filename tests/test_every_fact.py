"""Each of the guides' 52 facts can be asked for in both languages, and its figures are in the reply."""

from __future__ import annotations

import pytest

from actions.rule_table.model import Language
from actions.rule_table.table import RuleTable
from actions.wording.values import format_value
from bot.evaluation.cases import MOST_MORE, read_cases
from bot.evaluation.training_data import read_examples
from bot.nlu.text import normalise
from bot.settings import PROJECT
from tests.every_fact import QUESTIONS
from tests.talking import Bot

LANGUAGES: tuple[Language, Language] = ("en", "zh")
ASKED = [
    (fact, language, question)
    for fact, pair in QUESTIONS.items()
    for language, question in zip(LANGUAGES, pair, strict=True)
]


def test_every_fact_is_asked_for(table: RuleTable) -> None:
    assert len(QUESTIONS) == 52
    assert set(QUESTIONS) == {row.id for row in table.rows.values() if row.is_guide}


def test_the_questions_stand_nowhere_else() -> None:
    elsewhere = {normalise(example.text) for example in read_examples(PROJECT / "data" / "nlu")}
    for name in ("held_out", "development"):
        elsewhere |= {normalise(case.text) for case in read_cases(PROJECT / "tests" / name / "questions.jsonl")}
    assert [question for _, _, question in ASKED if normalise(question) in elsewhere] == []


@pytest.mark.parametrize(
    ("fact", "language", "question"), ASKED, ids=[f"{fact}-{language}" for fact, language, _ in ASKED]
)
def test_the_reply_draws_on_the_fact_and_shows_its_figures(
    bot: Bot, table: RuleTable, fact: str, language: Language, question: str
) -> None:
    reply = bot.ask(question)
    assert fact in reply["facts"], reply["intent"]
    assert len(reply["facts"]) <= 1 + MOST_MORE
    assert reply["language"] == language
    for name, value in table.rows[fact].values.items():
        assert format_value(value, table.phrases, language) in reply["reply"], name
