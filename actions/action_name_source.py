"""Says what the last answer rests on."""

from __future__ import annotations

from actions.consult.answer import Answer
from actions.consult.consultant import Consultant
from actions.consult.turn import Memory, Message
from actions.consultant_action import ConsultantAction
from actions.wording.writer import Writer


class ActionNameSource(ConsultantAction):
    """Names every source of the rows that the last answer led with."""

    def name(self) -> str:
        return "action_name_source"

    def answer(self, consultant: Consultant, message: Message, memory: Memory) -> tuple[Answer, Memory]:
        table = consultant.table
        rows = [table.rows[row_id] for row_id in memory.rows if row_id in table.rows]
        if not rows:
            return consultant.offer(message, memory, "no_answer_yet", table.phrases.openings)
        writer = Writer(table, message.language)
        sources = dict.fromkeys(source for row in rows for source in row.sources)
        named = writer.frame("semicolon").join(writer.cite(table.sources[source]) for source in sources)
        if "interface" in memory.topics:
            named = writer.frame("semicolon").join([writer.frame("matrix"), named])
        return consultant.offer(message, memory, "source_of", sources=named)
