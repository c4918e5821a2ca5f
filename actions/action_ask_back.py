"""Asks which topic was meant where the understanding is unsure."""

from __future__ import annotations

from actions.consult.answer import Answer
from actions.consult.choices import choices_for
from actions.consult.consultant import Consultant
from actions.consult.turn import Memory, Message
from actions.consultant_action import ConsultantAction


class ActionAskBack(ConsultantAction):
    """Offers the likeliest topics to tap, unless what came before makes clear which is meant.

    What has no words to read, a control character, say, makes nothing clear.
    """

    def name(self) -> str:
        return "action_ask_back"

    def answer(self, consultant: Consultant, message: Message, memory: Memory) -> tuple[Answer, Memory]:
        if message.ranking and memory.topics and consultant.is_asked(message, memory):
            return consultant.answer(message, memory)
        return consultant.ask_back(message, memory, choices_for(consultant.table, message))
