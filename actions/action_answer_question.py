"""Answers questions on every topic: one generic action, the rule table knows the rest."""

from __future__ import annotations

from actions.consult.answer import Answer
from actions.consult.consultant import Consultant
from actions.consult.turn import Memory, Message
from actions.consultant_action import ConsultantAction


class ActionAnswerQuestion(ConsultantAction):
    """Looks the asked topics up in the rule table."""

    def name(self) -> str:
        return "action_answer_question"

    def answer(self, consultant: Consultant, message: Message, memory: Memory) -> tuple[Answer, Memory]:
        return consultant.answer(message, memory)
