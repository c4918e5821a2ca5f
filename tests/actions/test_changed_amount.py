"""300 to 301 in one place: every answer says 301, with no retraining and no code."""

from __future__ import annotations

import asyncio
import re
from itertools import product
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.action_answer_question import ActionAnswerQuestion
from actions.consult.answer import Answer
from actions.consultant_action import ConsultantDesk
from actions.rule_table.loader import load_rule_table
from actions.rule_table.model import Language
from actions.rule_table.table import RuleTable
from actions.settings import ActionSettings
from actions.wording.writer import Writer
from tests.actions.asking import LANGUAGES, Conversation, parsed
from tests.programs import wenhao
from tests.table_copy import TableCopy

FEE = "amount: {value: 300, unit: CNY, per: application}\n      refundable"
TIMES = ("guide", "today", "2014-03", "2019")


@pytest.fixture
def changed(table_copy: TableCopy) -> TableCopy:
    """The table with a fee of 301 yuan."""
    table_copy.replace("verification", FEE, FEE.replace("300", "301"))
    return table_copy


def every_answer(table: RuleTable, language: Language) -> list[Answer]:
    """Returns the answers to every topic at several times, for every account and for both side by side."""
    accounts: list[Any] = [None, "service", "subscription", ["service", "subscription"]]
    cases = product(table.topics, TIMES, accounts)
    return [
        Conversation(table).ask(f"ask_{topic}", language, as_of, account=account) for topic, as_of, account in cases
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_that_draws_on_the_fee(changed: TableCopy, language: Language) -> None:
    table = load_rule_table(changed.folder)
    drawing = [answer for answer in every_answer(table, language) if "verification.fee" in answer.facts]
    assert len(drawing) >= len(TIMES) * 4
    fee = table.rows["verification.fee"]
    for answer in drawing:
        part = next(part for part in answer.parts if part.topic == "verification_fee")
        said = f"{part.lead}{part.reason}"
        assert "301" in said
        assert "300" not in said
        assert Writer(table, language).say(fee.answer, fee) in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_answer_says_300_but_for_another_row(changed: TableCopy, language: Language) -> None:
    """Whatever else still says 300 does so because another row has that value."""
    table = load_rule_table(changed.folder)
    others = {row.id for row in table.rows.values() if any(value.value == 300 for value in row.values.values())}
    assert "verification.fee" not in others
    for answer in every_answer(table, language):
        if re.search(r"(?<!\d)300(?!\d)", answer.text):
            assert others & {*answer.facts, *answer.later}, answer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_every_300_changed_no_answer_says_300(table_copy: TableCopy, language: Language) -> None:
    for file in table_copy.folder.glob("*.yml"):
        file.write_text(file.read_text(encoding="utf-8").replace("value: 300,", "value: 301,"), encoding="utf-8")
    for answer in every_answer(load_rule_table(table_copy.folder), language):
        assert not re.search(r"(?<!\d)300(?!\d)", answer.text), answer.text


def test_a_running_action_takes_the_change_over(table_copy: TableCopy) -> None:
    action = ActionAnswerQuestion(ConsultantDesk(ActionSettings(table_copy.folder)))

    def said(language: Language) -> str:
        dispatcher = CollectingDispatcher()
        tracker = Tracker("c", {}, parsed("ask_verification_fee", language), [], False, None, {}, "")
        asyncio.run(action.run(dispatcher, tracker, {}))
        return str(dispatcher.messages[0]["text"])

    assert "300 yuan" in said("en").splitlines()[0]
    table_copy.replace("verification", FEE, FEE.replace("300", "301"))
    assert "301 yuan" in said("en").splitlines()[0]
    assert "301元" in said("zh").splitlines()[0]


def test_the_command_line_shows_the_change(changed: TableCopy) -> None:
    shown = wenhao("rules", "show", "verification.fee", settings={"RULE_TABLE": changed.folder})
    assert "301 yuan per application" in shown.stdout
    assert "300" not in shown.stdout
