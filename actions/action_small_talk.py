"""Replies to what is no question on public accounts: greetings, thanks, what is out of scope or in another language."""

from __future__ import annotations

from dataclasses import replace

from actions.consult.answer import Answer
from actions.consult.consultant import Consultant
from actions.consult.reading import OUT_OF_SCOPE
from actions.consult.turn import Memory, Message
from actions.consultant_action import ConsultantAction

REQUEST_HUMAN = "request_human"
WITHOUT_SUGGESTIONS = ("goodbye", "thank", REQUEST_HUMAN)
THIRD_LANGUAGE = "third_language"
NOT_UNDERSTOOD = (OUT_OF_SCOPE, THIRD_LANGUAGE)


class ActionSmallTalk(ConsultantAction):
    """Says the reply of `phrases.yml` that bears the intent's name. Draws on no fact.

    What was taken for small talk may still ask on from the last answer ("how long?"): then that is answered. What is in
    a third language was not read, so that nothing in it counts.
    """

    def name(self) -> str:
        return "action_small_talk"

    def answer(self, consultant: Consultant, message: Message, memory: Memory) -> tuple[Answer, Memory]:
        if message.intent != THIRD_LANGUAGE and consultant.is_asked(message, memory):
            return consultant.answer(message, memory)
        topics = () if message.intent in WITHOUT_SUGGESTIONS else consultant.table.phrases.openings
        understood = message.intent not in NOT_UNDERSTOOD
        answer, memory = consultant.offer(message, memory, message.intent, topics, understood=understood)
        return replace(answer, person="asked" if message.intent == REQUEST_HUMAN else None), memory
