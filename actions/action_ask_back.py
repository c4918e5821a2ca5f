"""Asks which topic was meant where the understanding is unsure."""

from __future__ import annotations

from actions.consult.answer import Answer
from actions.consult.consultant import Consultant
from actions.consult.resolve import choices_for
from actions.consult.turn import Memory, Message
from actions.consultant_action import ConsultantAction


class ActionAskBack(ConsultantAction):
    """Offers the likeliest topics to tap."""

    def name(self) -> str:
        return "action_ask_back"

    def answer(self, consultant: Consultant, message: Message, memory: Memory) -> tuple[Answer, Memory]:
        return consultant.ask_back(message, memory, choices_for(consultant.table, message))
