"""What every action of the consultant shares: read the turn, answer, send, remember."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from dataclasses import replace
from functools import lru_cache
from typing import Any, Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.consult.answer import Answer
from actions.consult.consultant import MOST_CHARACTERS, Consultant
from actions.consult.dialogue import consult, kept
from actions.consult.turn import Memory, Message
from actions.rule_table.watched_table import WatchedTable
from actions.settings import ActionSettings
from actions.thresholds import WatchedThresholds
from actions.wording.script import in_traditional

logger = logging.getLogger(__name__)

# After so many failures in a row a person is offered.
MOST_FAILURES = 2


class ConsultantDesk:
    """Hands out the consultant over the rule table as it stands on disk."""

    def __init__(self, settings: ActionSettings) -> None:
        self._table = WatchedTable(settings.rule_table)
        self._as_of = settings.as_of
        self._thresholds = WatchedThresholds(settings.tuning)

    def consultant(self, model: str = "", language: str = "") -> Consultant:
        """Returns a consultant over the current table, as it was tuned for a model and a language.

        Raises RuleTableError where there is no good table.
        """
        ask_back_below = self._thresholds.of(model, language)
        return Consultant(self._table.current(), self._as_of, ask_back_below=ask_back_below)


@lru_cache(maxsize=1)
def shared_desk() -> ConsultantDesk:
    """Returns the one desk of this process, made from its settings at first use."""
    return ConsultantDesk(ActionSettings.read())


class ConsultantAction(Action, ABC):
    """An action that answers through the consultant. Subclasses say what they do with a turn.

    rasa_sdk makes each action without arguments: https://rasa.com/docs/action-server/sdk-actions
    """

    def __init__(self, desk: Optional[ConsultantDesk] = None) -> None:
        self._desk = desk

    @abstractmethod
    def name(self) -> str:
        """Returns the action's name in the domain."""

    @abstractmethod
    def answer(self, consultant: Consultant, message: Message, memory: Memory) -> tuple[Answer, Memory]:
        """Returns the answer to a turn and what to remember of it."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Answers the latest message and keeps what the next turn needs in the slots."""
        memory = Memory.from_slots(tracker.slots)
        message = Message.from_parse(tracker.latest_message, memory)
        consultant = (self._desk or shared_desk()).consultant(_model_of(tracker), message.language)
        answer, remembered = _counted(*self._answer_or_refuse(consultant, message, memory))
        if message.traditional:
            answer = in_traditional(answer)
        dispatcher.utter_message(
            text=answer.text,
            buttons=[{"title": question, "payload": question} for question in answer.suggestions],
            json_message=_reply_object(tracker.sender_id, message, answer),
        )
        return _changed_slots(
            tracker, replace(remembered, language=message.language, traditional=message.traditional).to_slots()
        )

    def _answer_or_refuse(self, consultant: Consultant, message: Message, memory: Memory) -> tuple[Answer, Memory]:
        if not message.text.strip():
            openings = consultant.table.phrases.openings
            return consultant.offer(message, memory, "empty", openings, understood=False)
        if len(message.text) > MOST_CHARACTERS:
            return consultant.offer(message, memory, "too_long", understood=False, limit=str(MOST_CHARACTERS))
        try:
            consulted = consult(consultant, message, memory)
            if consulted:
                return consulted
            return kept(consultant, message, *self.answer(consultant, message, memory))
        except Exception:
            # The person gets a kind word and nothing is lost; the traceback goes to the operator's log.
            logger.exception("%s could not answer a message with the intent %s", self.name(), message.intent)
            return consultant.offer(message, memory, "failed", understood=False)


def _counted(answer: Answer, memory: Memory) -> tuple[Answer, Memory]:
    """Counts the failures in a row, and offers a person where they are too many."""
    failures = 0 if answer.understood else memory.failures + 1
    if failures < MOST_FAILURES:
        return answer, replace(memory, failures=failures)
    return replace(answer, person=answer.person or "offered"), replace(memory, failures=0)


def _model_of(tracker: Tracker) -> str:
    """Returns the id of the model that understood the latest message: Rasa notes it with every event."""
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            return str((event.get("metadata") or {}).get("model_id") or "")
    return ""


def _changed_slots(tracker: Tracker, slots: dict[str, Any]) -> list[EventType]:
    return [SlotSet(name, value) for name, value in slots.items() if tracker.slots.get(name) != value]


def _reply_object(conversation: str, message: Message, answer: Answer) -> dict[str, Any]:
    """The reply as data: the contract at the edges, and `parts` for channels that render more than text."""
    return {
        "conversation": conversation,
        "text": message.text,
        "reply": answer.text,
        "language": message.language,
        "intent": message.intent,
        "confidence": round(message.confidence if answer.confidence is None else answer.confidence, 4),
        "understood": answer.understood,
        "facts": list(answer.facts),
        "later": list(answer.later),
        "suggestions": list(answer.suggestions),
        "recommendation": answer.recommendation,
        "person": answer.person,
        "parts": answer.parts_as_data(),
        **({"plan": answer.plan} if answer.plan else {}),
    }
