"""Replies to what is no question on public accounts: greetings, thanks, and what is out of scope."""

from __future__ import annotations

from actions.consult.answer import Answer
from actions.consult.consultant import Consultant
from actions.consult.resolve import OUT_OF_SCOPE, choices_for, leans_on_context, names_our_subject
from actions.consult.turn import Memory, Message
from actions.consultant_action import ConsultantAction

WITHOUT_SUGGESTIONS = ("goodbye", "thank", "request_human")


class ActionSmallTalk(ConsultantAction):
    """Says the reply of `phrases.yml` that bears the intent's name. Draws on no fact."""

    def name(self) -> str:
        return "action_small_talk"

    def answer(self, consultant: Consultant, message: Message, memory: Memory) -> tuple[Answer, Memory]:
        if message.intent == OUT_OF_SCOPE and leans_on_context(consultant.table, message, memory):
            return consultant.answer(message, memory)
        if message.intent == OUT_OF_SCOPE and names_our_subject(message):
            return consultant.ask_back(message, memory, choices_for(consultant.table, message))
        topics = () if message.intent in WITHOUT_SUGGESTIONS else consultant.table.phrases.openings
        return consultant.offer(message, memory, message.intent, topics, understood=message.intent != OUT_OF_SCOPE)
