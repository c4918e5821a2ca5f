"""The questions of a consultation: which comes next, and what an answer to it tells."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from decimal import Decimal
from typing import Any, Mapping, Optional

from actions.consult.circumstances import Circumstances
from actions.consult.consultation import Consultation
from actions.consult.costs import deposit, figure
from actions.consult.deciding import GUIDE, holds, states_of
from actions.consult.turn import Message
from actions.rule_table.consultation import Choice, Inquiry
from actions.rule_table.table import RuleTable
from actions.wording.script import to_traditional

CHOOSE_OPTION = "choose_option"
_MARKS = " \t\n.。!！?？,，、…~\"'“”"

# A move may have so many characters more than its words: "why do you ask me that now?".
MOST_BESIDE = 14


def next_question(table: RuleTable, state: Consultation) -> Optional[Inquiry]:
    """Returns the next question whose answer is neither known nor without bearing; None where there is none left."""
    states = states_of(table, state.told)
    for question in table.questions.values():
        known = any(is_known(table, state.told, name) for name in question.unless)
        if question.id not in state.passed and not known and holds(question.only, states):
            return question
    return None


def is_known(table: RuleTable, told: Circumstances, name: str) -> bool:
    """Whether what a question asks for was told already."""
    if name == "functions":
        wished = {*told.wishes, *told.lacks}
        return bool(wished & {*table.interfaces, "advanced"})
    if name == "deposit":
        return deposit(table, GUIDE, told).due is not None
    return bool(getattr(told, name))


def picked(question: Inquiry, message: Message) -> Optional[Choice]:
    """Returns the choice that a message names by number or by its own words, or by a bare yes or no."""
    number = number_of(message)
    if number is not None:
        return question.choices[number - 1] if 0 < number <= len(question.choices) else None
    said = folded(message.text)
    for choice in question.choices:
        if said in [folded(text) for text in (choice.says.en, choice.says.zh, to_traditional(choice.says.zh))]:
            return choice
    meant = {"affirm": "yes", "deny": "no"}.get(message.intent)
    return next((choice for choice in question.choices if meant and choice.means == meant), None)


def number_of(message: Message) -> Optional[int]:
    """Returns the number that a message consists of, None where it is more or other than that."""
    number = message.question.value_of("option") if message.intent == CHOOSE_OPTION else None
    return int(number) if number else None


def folded(text: str) -> str:
    """Returns a text as choices are compared: without case, width and the marks around it."""
    return unicodedata.normalize("NFKC", text).casefold().strip(_MARKS)


def told_by(table: RuleTable, choice: Choice) -> Circumstances:
    """Returns the circumstances that a choice sets."""
    sets: dict[str, Any] = dict(choice.sets)
    capital = sets.pop("capital", None)
    told = Circumstances.from_slot(_listed(sets))
    return replace(told, capital=_capital(table, str(capital))) if capital else told


def _listed(sets: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: [value] if name in ("wishes", "lacks") and isinstance(value, str) else value
        for name, value in sets.items()
    }


def _capital(table: RuleTable, value: str) -> Optional[Decimal]:
    rows = [row for row in table.rules_of("pay_deposit") if "capital" in row.values]
    if not rows:
        return None
    return figure(rows[0], "capital") if value == "reaches" else Decimal(0)


def move_of(message: Message) -> Optional[str]:
    """Returns the move that a whole message makes: why, skip, finish, stop, resume or restart."""
    length = len(folded(message.text))
    for entity in message.question.entities:
        if entity["entity"] == "move" and entity.get("start") == 0:
            room = MOST_BESIDE if entity["value"] == "why" and entity["end"] > len("what for") else 1
            if length <= entity["end"] + room:
                return str(entity["value"])
    return None
