"""Replies to what is no question on public accounts: greetings, thanks, and what is out of scope."""

from __future__ import annotations

from actions.consult.answer import Answer
from actions.consult.consultant import Consultant
from actions.consult.reading import OUT_OF_SCOPE
from actions.consult.turn import Memory, Message
from actions.consultant_action import ConsultantAction

WITHOUT_SUGGESTIONS = ("goodbye", "thank", "request_human")


class ActionSmallTalk(ConsultantAction):
    """Says the reply of `phrases.yml` that bears the intent's name. Draws on no fact.

    What was taken for small talk may still ask on from the last answer ("how long?"): then that is answered.
    """

    def name(self) -> str:
        return "action_small_talk"

    def answer(self, consultant: Consultant, message: Message, memory: Memory) -> tuple[Answer, Memory]:
        if consultant.is_asked(message, memory):
            return consultant.answer(message, memory)
        topics = () if message.intent in WITHOUT_SUGGESTIONS else consultant.table.phrases.openings
        return consultant.offer(message, memory, message.intent, topics, understood=message.intent != OUT_OF_SCOPE)
