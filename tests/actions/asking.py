"""Asking the consultant without the understanding: messages as the NLU pipeline would have read them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any, Optional

from actions.consult.answer import Answer
from actions.consult.consultant import Consultant
from actions.consult.turn import Memory, Message
from actions.rule_table.loader import load_rule_table
from actions.rule_table.model import Language
from actions.rule_table.table import RuleTable
from tests.table_copy import RULE_TABLE

# Read once, for strategies that draw from it.
TABLE = load_rule_table(RULE_TABLE)
TODAY = datetime.date(2026, 11, 21)
LANGUAGES: tuple[Language, Language] = ("en", "zh")


def entities_of(**named: Any) -> list[dict[str, Any]]:
    """Returns entities: `entities_of(account="service", verified="no")`; a list stands for several of one kind."""
    pairs = [
        (name, value) for name, values in named.items() for value in (values if isinstance(values, list) else [values])
    ]
    return [{"entity": name, "value": value} for name, value in pairs if value is not None]


def parsed(intent: str, language: Language = "en", as_of: Optional[str] = None, **named: Any) -> dict[str, Any]:
    """Returns what Rasa's tracker holds of a message with one question."""
    return {
        "text": "?",
        "intent": {"name": intent, "confidence": 0.9},
        "intent_ranking": [{"name": intent, "confidence": 0.9}],
        "entities": entities_of(**named),
        "questions": [],
        "language": language,
        "metadata": {"as_of": as_of} if as_of else {},
    }


def message(intent: str, language: Language = "en", as_of: Optional[str] = None, **named: Any) -> Message:
    """Returns a message with one question."""
    return Message.from_parse(parsed(intent, language, as_of, **named))


@dataclass
class Conversation:
    """A conversation with the consultant over a table."""

    table: RuleTable = TABLE
    as_of: str = "guide"
    memory: Memory = field(default_factory=Memory)

    def ask(self, intent: str, language: Language = "en", as_of: Optional[str] = None, **named: Any) -> Answer:
        """Returns the answer to a message, and remembers the turn."""
        consultant = Consultant(self.table, self.as_of, lambda: TODAY)
        answer, self.memory = consultant.answer(message(intent, language, as_of, **named), self.memory)
        return answer


def ask(intent: str, language: Language = "en", as_of: Optional[str] = None, **named: Any) -> Answer:
    """Returns the answer to the first message of a conversation."""
    return Conversation().ask(intent, language, as_of, **named)
