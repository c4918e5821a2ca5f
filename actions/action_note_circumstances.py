"""Takes note of what people say of their own account and business, for the questions that follow."""

from __future__ import annotations

from dataclasses import replace

from actions.consult.answer import Answer
from actions.consult.consultant import Consultant
from actions.consult.turn import Memory, Message
from actions.consultant_action import ConsultantAction
from actions.wording.writer import Writer


class ActionNoteCircumstances(ConsultantAction):
    """Remembers the conditions that were said and repeats them, so that a misunderstanding shows."""

    def name(self) -> str:
        return "action_note_circumstances"

    def answer(self, consultant: Consultant, message: Message, memory: Memory) -> tuple[Answer, Memory]:
        said = message.question.conditions
        memory = replace(memory, circumstances=said.completed_by(memory.circumstances))
        if consultant.is_asked(message, memory):
            return consultant.answer(message, memory)
        case = Writer(consultant.table, message.language).describe(said)
        openings = consultant.table.phrases.openings
        if not case:
            return consultant.offer(message, memory, "noted_nothing", openings)
        return consultant.offer(message, memory, "noted", openings, case=case)
